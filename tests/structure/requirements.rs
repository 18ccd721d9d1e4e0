//! `docs/requirements.md`: what the five regulations ask for and the tests that prove it.
//!
//! A test proves a requirement when its doc comment names the number and it asks the running server over HTTP: what a
//! regulation demands is a contract with callers, so tests of the pure rules stand beside the proofs, not for them. The
//! demands stand in `docs/requirements.tsv`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::golden::assert_document;
use crate::source::{files_under, root};

/// Capabilities that are complete: each of their requirements needs a test. The others are still growing.
const COMPLETE: [&str; 4] = ["main job", "programs and diagnostics", "routes and approvals", "hours"];

/// One line of `docs/requirements.tsv`.
struct Requirement {
    number: String,
    paragraph: String,
    capability: String,
    demand: String,
}

#[test]
fn every_requirement_of_a_complete_capability_has_a_test() {
    let proofs = proofs();
    let (requirements, mut gaps) = (requirements(), Vec::new());
    for requirement in &requirements {
        let complete = COMPLETE.contains(&requirement.capability.as_str());
        if complete && !is_proven(&proofs, &requirement.number) {
            gaps.push(requirement.number.as_str());
        }
    }
    assert!(gaps.is_empty(), "no test over HTTP names {}", gaps.join(", "));
    assert_document("docs/requirements.md", &document(&requirements, &proofs));
}

/// Whether a test over HTTP names the requirement.
fn is_proven(proofs: &BTreeMap<String, Vec<(String, String)>>, number: &str) -> bool {
    let over_http = |file: &str| file.starts_with("tests/api/");
    proofs.get(number).is_some_and(|places| places.iter().any(|(file, _)| over_http(file)))
}

#[test]
fn tests_name_requirements_that_exist() {
    let known: BTreeSet<String> = requirements().into_iter().map(|requirement| requirement.number).collect();
    let proofs = proofs();
    let unknown: Vec<_> = proofs.keys().filter(|number| !known.contains(*number)).collect();
    assert!(unknown.is_empty(), "no regulation asks for {unknown:?}");
}

fn requirements() -> Vec<Requirement> {
    let text = std::fs::read_to_string(root().join("docs/requirements.tsv")).unwrap();
    let lines = text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>());
    lines
        .map(|cells| {
            let [number, paragraph, capability, demand, _acceptance] =
                <[String; 5]>::try_from(cells).unwrap();
            Requirement { number, paragraph, capability, demand }
        })
        .collect()
}

/// The tests by the requirement they name: file and function.
fn proofs() -> BTreeMap<String, Vec<(String, String)>> {
    let mut proofs: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for folder in ["src", "tests"] {
        for file in files_under(folder) {
            let (mut named, mut is_test) = (BTreeSet::new(), false);
            for line in file.text.lines().map(str::trim) {
                if let Some(comment) = line.strip_prefix("///") {
                    named.extend(numbers(comment));
                } else if line.starts_with("#[") {
                    is_test |= line.contains("test");
                } else if let Some(rest) = line.strip_prefix("fn ").filter(|_| is_test) {
                    let name = rest.split(['(', '<']).next().unwrap_or_default().to_owned();
                    for number in std::mem::take(&mut named) {
                        let place = (format!("{folder}/{}", file.path), name.clone());
                        proofs.entry(number).or_default().push(place);
                    }
                    is_test = false;
                } else {
                    (named, is_test) = (BTreeSet::new(), false);
                }
            }
        }
    }
    proofs.values_mut().for_each(|places| places.sort());
    proofs
}

/// The numbers in a comment, `P0-17` for example.
fn numbers(comment: &str) -> impl Iterator<Item = String> {
    comment.split(|symbol: char| !symbol.is_ascii_alphanumeric() && symbol != '-').filter_map(|word| {
        let (regulation, number) = word.split_once('-')?;
        let of_ours = matches!(regulation, "P0" | "P1" | "P2" | "P3" | "P4");
        (of_ours && number.parse::<u16>().is_ok()).then(|| word.to_owned())
    })
}

fn document(requirements: &[Requirement], proofs: &BTreeMap<String, Vec<(String, String)>>) -> String {
    let proven = requirements.iter().filter(|one| is_proven(proofs, &one.number)).count();
    let mut text = format!(
        "# Requirements and their tests\n\n\
         What the five regulations ask for, by number and paragraph, and the tests that prove it: {proven} of {} are\n\
         proven: a test over HTTP names them. Tests of the pure rules stand beside. Written from the doc comments of the\n\
         tests by `tests/structure/requirements.rs` (`make bless`).\n",
        requirements.len()
    );
    let mut title = "";
    for requirement in requirements {
        let regulation = requirement.number.split('-').next().unwrap_or_default();
        let heading = match regulation {
            "P0" => "P0: a school in Chelyabinsk oblast",
            "P1" => "P1: school 91",
            "P2" => "P2: Kostroma oblast",
            "P3" => "P3: Georgievsk municipality",
            _ => "P4: Altai krai",
        };
        if heading != title {
            title = heading;
            write!(
                text,
                "\n## {heading}\n\n| № | § | Demand | Capability | Proven by |\n|---|---|---|---|---|\n"
            )
            .unwrap();
        }
        let tests = proofs.get(&requirement.number).map_or_else(String::new, |places| {
            let tests = places.iter().map(|(file, name)| format!("[`{name}`](../{file})"));
            tests.collect::<Vec<_>>().join("<br>")
        });
        let Requirement { number, paragraph, capability, demand } = requirement;
        let demand = demand.replace('|', "\\|");
        writeln!(text, "| {number} | {paragraph} | {demand} | {capability} | {tests} |").unwrap();
    }
    text
}
