//! A CASE package as a framework; everything that is wrong with it at once, by its place in the package.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::{CaseAssociation, CaseItem, CasePackage, FrameworkImport};
use crate::diagnostics::frameworks::associations::{AssociationItem, AssociationKind, Destination};
use crate::diagnostics::frameworks::model::{
    CompetencyItem, CompetencyKind, FrameworkData, FrameworkKind, tree,
};
use crate::diagnostics::frameworks::service::FrameworkDraft;
use crate::error::{Error, FieldProblem, Result, Text};

/// Letters of a title.
const TITLE: usize = 500;

impl FrameworkImport {
    /// The framework with its tree and associations.
    pub fn draft(self) -> Result<FrameworkDraft> {
        let kind = FrameworkKind::from(self.kind);
        let mut problems = Vec::new();
        let version = self.package.document.case_version.as_deref();
        if version.is_some_and(|version| version != "1.1") {
            problems.push(at(
                "/CFDocument/caseVersion".to_owned(),
                "not_supported",
                "Поддерживается CASE 1.1",
                "CASE 1.1 is supported",
            ));
        }
        let (parents, associations) = parts(&self.package, &mut problems);
        let codes = codes(&self.package.items);
        let parents_of = |id: Uuid| parents.get(&id).and_then(|above| codes.get(above)).cloned();
        let blocks: HashSet<Uuid> = parents.values().copied().collect();
        let items: Vec<CompetencyItem> =
            self.package.items.into_iter().map(|item| row(item, kind, &blocks, &parents_of)).collect();
        if let Err(found) = tree(kind, &items) {
            problems.extend(found.into_iter().map(in_package));
        }
        if !problems.is_empty() {
            return Err(Error::invalid(problems));
        }
        let document = self.package.document;
        let data = FrameworkData {
            code: self.code,
            title: document.title,
            edition: self.edition,
            kind,
            identifier: Some(document.identifier),
            uri: Some(document.uri),
            creator: Some(document.creator),
            description: document.description,
            supersedes_id: self.supersedes_id,
        };
        Ok(FrameworkDraft { data, items, associations })
    }
}

/// The parent of each row, and the associations that are not of the tree.
fn parts(
    package: &CasePackage,
    problems: &mut Vec<FieldProblem>,
) -> (HashMap<Uuid, Uuid>, Vec<AssociationItem>) {
    let codes = codes(&package.items);
    let (mut parents, mut others, mut seen) = (HashMap::new(), Vec::new(), HashSet::new());
    for (index, one) in package.associations.iter().enumerate() {
        let place = |field: &str| format!("/CFAssociations/{index}/{field}");
        if !seen.insert(one.identifier) {
            problems.push(at(
                place("identifier"),
                "duplicate",
                "Этот идентификатор уже есть",
                "The identifier is there already",
            ));
        }
        let Some(origin) = codes.get(&one.origin.identifier) else {
            problems.push(at(
                place("originNodeURI"),
                "unknown",
                "Такой строки в пакете нет",
                "There is no such row in the package",
            ));
            continue;
        };
        if one.association_type == "isChildOf" {
            child(package, one, &codes, &place, &mut parents, problems);
        } else if let Some(kind) = AssociationKind::of_case(&one.association_type) {
            others.push(AssociationItem {
                origin_code: origin.clone(),
                kind,
                destination: Destination::Identifier {
                    identifier: one.destination.identifier,
                    uri: Some(one.destination.uri.clone()),
                    title: Some(shortened(&one.destination.title)),
                },
                identifier: Some(one.identifier),
                notes: one.notes.clone(),
            });
        } else {
            problems.push(at(
                place("associationType"),
                "unknown_value",
                "Такого вида связи нет",
                "There is no such kind of association",
            ));
        }
    }
    (parents, others)
}

fn child(
    package: &CasePackage,
    one: &CaseAssociation,
    codes: &HashMap<Uuid, String>,
    place: &impl Fn(&str) -> String,
    parents: &mut HashMap<Uuid, Uuid>,
    problems: &mut Vec<FieldProblem>,
) {
    let above = one.destination.identifier;
    if above == package.document.identifier {
        return;
    }
    if !codes.contains_key(&above) {
        problems.push(at(
            place("destinationNodeURI"),
            "unknown",
            "Такой строки в пакете нет",
            "There is no such row in the package",
        ));
    } else if parents.insert(one.origin.identifier, above).is_some_and(|other| other != above) {
        problems.push(at(
            place("originNodeURI"),
            "duplicate",
            "У строки уже есть другой родитель",
            "The row has another parent already",
        ));
    }
}

/// The code of each row: its own, or its identifier.
fn codes(items: &[CaseItem]) -> HashMap<Uuid, String> {
    items.iter().map(|item| (item.identifier, code(item))).collect()
}

fn code(item: &CaseItem) -> String {
    item.human_coding_scheme.clone().unwrap_or_else(|| item.identifier.to_string())
}

fn row(
    item: CaseItem,
    framework: FrameworkKind,
    blocks: &HashSet<Uuid>,
    parent: &impl Fn(Uuid) -> Option<String>,
) -> CompetencyItem {
    let named = item.item_type.as_deref().and_then(|name| CompetencyKind::parse(&name.to_lowercase()));
    let usual = match (blocks.contains(&item.identifier), framework) {
        (true, _) => CompetencyKind::Block,
        (false, FrameworkKind::CompetencyModel) => CompetencyKind::Competency,
        (false, _) => CompetencyKind::JobFunction,
    };
    let long = item.full_statement.chars().count() > TITLE;
    let title = item.abbreviated_statement.clone();
    let description = (long || title.is_some()).then(|| item.full_statement.clone());
    CompetencyItem {
        code: code(&item),
        parent_code: parent(item.identifier),
        kind: named.unwrap_or(usual),
        title: title.unwrap_or_else(|| shortened(&item.full_statement)),
        description,
        job_function: item.notes,
        identifier: Some(item.identifier),
        uri: Some(item.uri),
        item_type: item.item_type,
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(TITLE).collect()
}

/// A problem of the tree, by its place in the package.
fn in_package(problem: FieldProblem) -> FieldProblem {
    let mut parts = problem.pointer.split('/').skip(2);
    let (index, field) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let field = match field {
        "code" => "humanCodingScheme",
        "kind" => "CFItemType",
        "parent_code" | "identifier" => "identifier",
        other => other,
    };
    FieldProblem { pointer: format!("/package/CFItems/{index}/{field}"), ..problem }
}

fn at(place: String, code: &'static str, ru: &'static str, en: &'static str) -> FieldProblem {
    FieldProblem::new(format!("/package{place}"), code, Text::new(ru, en))
}
