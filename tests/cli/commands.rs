//! Commands that need no database.

use rost::config::SETTINGS;

use super::running::{rost, run, stderr, stdout};
use crate::support::TestFolder;

#[test]
fn the_help_lists_every_command() {
    let folder = TestFolder::new("cli-help");
    let help = run(&folder, &["--help"]);
    assert_eq!(help.status.code(), Some(0));
    for command in ["serve", "migrate", "openapi", "demo", "token", "verify", "config"] {
        assert!(stdout(&help).contains(&format!("\n  {command} ")), "{command}: {}", stdout(&help));
    }
}

#[test]
fn an_unknown_command_is_a_wrong_call() {
    let folder = TestFolder::new("cli-unknown");
    assert_eq!(run(&folder, &["dance"]).status.code(), Some(2));
}

#[test]
fn the_configuration_is_shown_without_secrets() {
    let folder = TestFolder::new("cli-secrets");
    let url = "postgres://rost:open-sesame@db.example/rost";
    let shown =
        run(&folder, &["config", "--database-url", url, "--set", "ROST_ADMIN_PASSWORD=open-sesame-too"]);
    assert_eq!(shown.status.code(), Some(0), "{}", stderr(&shown));
    assert!(stdout(&shown).contains("DATABASE_URL=***\n"));
    assert!(!stdout(&shown).contains("sesame") && !stderr(&shown).contains("sesame"));
}

#[test]
fn flags_win_over_the_environment_and_that_over_the_file() {
    let folder = TestFolder::new("cli-layers");
    let file = "ROST_WORKERS=3\nROST_READ_PIPES=3\nROST_ISSUER=from-file\n";
    std::fs::write(folder.join(".env"), file).unwrap();
    let mut command = rost(&folder);
    command.args(["config", "--set", "ROST_WORKERS=5"]).env("ROST_WORKERS", "4").env("ROST_READ_PIPES", "4");
    let shown = stdout(&command.output().unwrap());
    for line in ["ROST_WORKERS=5\n", "ROST_READ_PIPES=4\n", "ROST_ISSUER=from-file\n"] {
        assert!(shown.contains(line), "{line} in {shown}");
    }
}

#[test]
fn all_problems_of_the_configuration_are_told_at_once_without_their_secrets() {
    let folder = TestFolder::new("cli-problems");
    std::fs::write(folder.join(".env"), "ROST_WORKRES=2\nROST_ADMIN_PASSWORD=short\n").unwrap();
    let refused = run(&folder, &["config", "--addr", "nowhere", "--set", "ROST_WORKERS=0"]);
    assert_eq!(refused.status.code(), Some(2));
    for name in ["ROST_WORKRES", "ROST_ADMIN_PASSWORD", "ROST_ADDR", "ROST_WORKERS"] {
        assert!(stderr(&refused).contains(name), "{name}: {}", stderr(&refused));
    }
    assert!(!stderr(&refused).contains("short"));
}

#[test]
fn the_example_file_says_what_the_settings_are() {
    let mut expected =
        "# Settings of Rost. Copy this file to .env and change what you need; what is commented out \
                        has the value shown.\n"
            .to_owned();
    for setting in SETTINGS {
        expected.push_str(&format!("\n# {}.\n# {}={}\n", setting.help, setting.name, setting.default));
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/.env.example");
    assert_eq!(
        std::fs::read_to_string(path).unwrap(),
        expected,
        ".env.example differs from config::SETTINGS"
    );
}

#[test]
fn the_settings_have_the_defaults_they_are_said_to_have() {
    let folder = TestFolder::new("cli-defaults");
    let shown = stdout(&run(&folder, &["config"]));
    for setting in SETTINGS.iter().filter(|setting| setting.name != "ROST_WORKERS") {
        let line = format!("{}={}\n", setting.name, setting.default);
        assert!(shown.contains(&line), "{line} in {shown}");
    }
}

#[test]
fn a_document_that_differs_from_the_code_is_told_with_how_to_mend_it() {
    let folder = TestFolder::new("cli-openapi");
    assert_eq!(run(&folder, &["openapi"]).status.code(), Some(0));
    assert_eq!(run(&folder, &["openapi", "--check"]).status.code(), Some(0));
    let file = folder.join("openapi/v1.json");
    let changed = std::fs::read_to_string(&file).unwrap().replacen("\"Rost\"", "\"Root\"", 1);
    std::fs::write(&file, changed).unwrap();
    let refused = run(&folder, &["openapi", "--check"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).contains("make openapi"), "{}", stderr(&refused));
}

#[test]
fn the_demo_is_never_served_to_the_network() {
    let folder = TestFolder::new("cli-demo-network");
    let refused = run(&folder, &["serve", "--demo", "--addr", "0.0.0.0:0"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("loopback"), "{}", stderr(&refused));
}

#[test]
fn both_readmes_list_every_setting_with_its_default() {
    for name in ["README.md", "README.ru.md"] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let text = std::fs::read_to_string(path).unwrap();
        for setting in rost::config::SETTINGS {
            let default =
                if setting.default.is_empty() { String::new() } else { format!("`{}`", setting.default) };
            assert!(
                text.contains(&format!("| `{}` | {default} |", setting.name)),
                "{name}: {}",
                setting.name
            );
        }
    }
}
