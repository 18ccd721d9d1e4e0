//! Where settings come from: flags over the environment over `.env`. Nothing here changes the environment.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use super::SETTINGS;

/// Settings as they were found, by name.
#[derive(Default)]
pub(super) struct Sources {
    flags: BTreeMap<String, String>,
    file: BTreeMap<String, String>,
    /// What was wrong with the file and with the names.
    pub(super) problems: Vec<String>,
}

impl Sources {
    /// The flags as given, and the file if there is one.
    pub(super) fn new(flags: BTreeMap<String, String>, file: &Path) -> Self {
        let mut sources = Self { flags, ..Self::default() };
        match dotenvy::from_path_iter(file) {
            Ok(lines) => {
                for line in lines {
                    match line {
                        Ok((name, value)) => drop(sources.file.insert(name, value)),
                        // The line itself may hold a secret, so it is not shown.
                        Err(_) => sources.problems.push(format!("{}: a line cannot be read", file.display())),
                    }
                }
            }
            Err(dotenvy::Error::Io(error)) if error.kind() == ErrorKind::NotFound => {}
            Err(_) => sources.problems.push(format!("{}: the file cannot be read", file.display())),
        }
        let ours = |name: &&String| name.starts_with("ROST_");
        let named = sources.flags.keys().chain(sources.file.keys().filter(ours));
        let unknown = named.filter(|name| !SETTINGS.iter().any(|setting| setting.name == name.as_str()));
        let unknown: Vec<String> = unknown.map(|name| format!("{name}: there is no such setting")).collect();
        sources.problems.extend(unknown);
        sources
    }

    /// The value that wins.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
    pub(super) fn get(&self, name: &str) -> Option<String> {
        self.flags
            .get(name)
            .cloned()
            .or_else(|| std::env::var(name).ok())
            .or_else(|| self.file.get(name).cloned())
    }
}
