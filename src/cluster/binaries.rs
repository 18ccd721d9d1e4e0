//! Finding PostgreSQL's own programs on this machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::command::run;
use super::error::ClusterError;

/// The oldest major version that works.
const OLDEST: u32 = 15;

/// What a folder must hold to be of use; Debian's client package alone has only some of these.
const PROGRAMS: [&str; 5] = ["postgres", "initdb", "pg_ctl", "psql", "createdb"];

/// Folders that hold one folder per version, each with a `bin`.
const VERSIONED: [&str; 4] = ["/usr/lib/postgresql", "/usr", "/opt/homebrew/opt", "/usr/local/opt"];

/// Folders that hold the programs themselves.
const PLAIN: [&str; 6] = [
    "/usr/bin",
    "/usr/local/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/bin",
    "/usr/libexec/postgresql",
    "/Applications/Postgres.app/Contents/Versions/latest/bin",
];

/// A folder with all programs of one major version.
#[derive(Debug)]
pub(super) struct Binaries {
    folder: PathBuf,
    pub(super) major: u32,
}

/// What was found, and why the rest will not do.
#[derive(Debug, Default)]
pub(super) struct Search {
    found: Vec<Binaries>,
    refused: Vec<String>,
}

impl Search {
    /// Looks in the configured folder alone, or else wherever packages put the programs: the folder of
    /// `pg_config` first, then the newest version.
    pub(super) fn new(configured: Option<&Path>) -> Search {
        let mut search = Search::default();
        let Some(folder) = configured else {
            if let Ok(folder) = run(Command::new("pg_config").arg("--bindir")) {
                search.consider(Path::new(&folder));
            }
            let mut others = Search::default();
            VERSIONED
                .iter()
                .flat_map(|parent| versions_in(Path::new(parent)))
                .for_each(|dir| others.consider(&dir));
            PLAIN.iter().for_each(|dir| others.consider(Path::new(dir)));
            others.found.sort_by_key(|binaries| std::cmp::Reverse(binaries.major));
            search.found.extend(others.found);
            search.refused.extend(others.refused);
            return search;
        };
        search.consider(folder);
        search
    }

    /// The version that made the data, or the first one found when there is no data yet.
    pub(super) fn choose(mut self, data: &Path, made_by: Option<u32>) -> Result<Binaries, ClusterError> {
        let position = match made_by {
            Some(major) => self.found.iter().position(|binaries| binaries.major == major),
            None => (!self.found.is_empty()).then_some(0),
        };
        match (position, made_by) {
            (Some(position), _) => Ok(self.found.swap_remove(position)),
            (None, Some(made_by)) if !self.found.is_empty() => {
                Err(ClusterError::OtherVersion { data: data.to_path_buf(), made_by, looked: self.looked() })
            }
            _ => Err(ClusterError::NotInstalled { looked: self.looked() }),
        }
    }

    fn consider(&mut self, folder: &Path) {
        if !folder.is_dir() {
            self.refused.push(format!("{}: no such folder", folder.display()));
            return;
        }
        let missing: Vec<&str> =
            PROGRAMS.into_iter().filter(|program| !folder.join(program).is_file()).collect();
        if !missing.is_empty() {
            self.refused.push(format!("{}: no {}", folder.display(), missing.join(", ")));
            return;
        }
        let printed = run(Command::new(folder.join("postgres")).arg("--version")).unwrap_or_default();
        match major_version(&printed) {
            Some(major) if major >= OLDEST => {
                self.found.push(Binaries { folder: folder.to_path_buf(), major });
            }
            Some(major) => self.refused.push(format!("{}: version {major}", folder.display())),
            None => self.refused.push(format!("{}: no version told", folder.display())),
        }
    }

    fn looked(&self) -> String {
        let found = self.found.iter().map(|it| format!("{}: version {}", it.folder.display(), it.major));
        found.chain(self.refused.iter().cloned()).collect::<Vec<_>>().join("; ")
    }
}

impl Binaries {
    /// The path of one program.
    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// `parent/15/bin`, `parent/pgsql-16/bin`, `parent/postgresql@17/bin` …
fn versions_in(parent: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(parent) else {
        return Vec::new();
    };
    let bins = entries.flatten().filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        let version = ["postgresql@", "postgresql", "pgsql-"].iter().find_map(|it| name.strip_prefix(it));
        let number = version.unwrap_or(&name);
        (number.is_empty() || number.parse::<u32>().is_ok()).then(|| entry.path().join("bin"))
    });
    bins.filter(|bin| bin.is_dir()).collect()
}

/// Reads `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` and `… 18beta2`.
fn major_version(printed: &str) -> Option<u32> {
    let version = printed.split_once(") ")?.1;
    version.split(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_every_known_form() {
        assert_eq!(major_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"), Some(15));
        assert_eq!(major_version("postgres (PostgreSQL) 17.2"), Some(17));
        assert_eq!(major_version("postgres (PostgreSQL) 18beta2"), Some(18));
        assert_eq!(major_version("postgres (PostgreSQL) 9.6.24"), Some(9));
        assert_eq!(major_version("something else"), None);
    }

    #[test]
    fn without_programs_the_message_says_what_to_install() {
        let search = Search::new(Some(Path::new("/nowhere/at/all")));
        let message = search.choose(Path::new("/data"), None).unwrap_err().to_string();
        for word in
            ["15 or newer", "apt-get install postgresql", "dnf install", "brew install", "/nowhere/at/all"]
        {
            assert!(message.contains(word), "{word} is missing in: {message}");
        }
    }

    #[test]
    fn data_of_another_version_asks_for_that_version() {
        let found = vec![Binaries { folder: "/usr/lib/postgresql/17/bin".into(), major: 17 }];
        let search = Search { found, refused: Vec::new() };
        let message = search.choose(Path::new("/data"), Some(15)).unwrap_err().to_string();
        assert!(message.contains("made by PostgreSQL 15"), "{message}");
    }

    #[test]
    fn the_version_that_made_the_data_is_preferred_to_the_newest() {
        let of = |major| Binaries { folder: "/bin".into(), major };
        let search = Search { found: vec![of(17), of(15)], refused: Vec::new() };
        assert_eq!(search.choose(Path::new("/data"), Some(15)).unwrap().major, 15);
    }
}
