//! The requests that the READMEs show, sent as they stand there: what the READMEs show of the answers has to be in them.

use std::path::Path;
use std::process::Command;

use super::running::Running;
use crate::support::TestFolder;

/// The commands of a README (`$ …`, with the lines they go on) and the pieces it shows of the answers.
fn shown(text: &str) -> (String, Vec<String>) {
    let (mut commands, mut pieces, mut in_block, mut goes_on) = (String::new(), Vec::new(), false, false);
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if let Some(command) = line.strip_prefix("$ ").or(Some(line).filter(|_| goes_on)) {
            commands.push_str(command);
            commands.push('\n');
            goes_on = line.ends_with('\\') || line.ends_with('|');
        } else if in_block && line.trim_start().starts_with(['{', '"', '…']) {
            let fields = line.split('…').flat_map(|part| part.split(",\"").map(str::to_owned));
            let fields =
                fields.map(|field| field.trim_matches([' ', '{', '}', '[', ']', ',', '"']).to_owned());
            pieces.extend(fields.filter(|field| field.contains("\":") && !field.ends_with(':')));
        }
    }
    (commands, pieces)
}

/// Sends what a README tells to send to a server that has just loaded the demo.
pub fn play(server: &Running, folder: &TestFolder, name: &str) {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    let (commands, pieces) = shown(&text);
    let commands = commands.replace("http://127.0.0.1:8080", &server.address);
    assert!(pieces.len() > 20, "{name} shows too little: {pieces:?}");
    let output = Command::new("bash").args(["-euc", &commands]).current_dir(folder.path()).output().unwrap();
    let answers = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{name}: {answers}\n{}", String::from_utf8_lossy(&output.stderr));
    for piece in pieces {
        assert!(answers.contains(&piece), "{name} shows `{piece}`, which no answer holds:\n{answers}");
    }
    let table = std::fs::read_to_string(folder.join("registry.csv")).unwrap();
    assert!(table.contains("Формирующее оценивание"), "{table}");
}
