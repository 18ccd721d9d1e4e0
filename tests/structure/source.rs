//! The source as the structure tests read it: files with their lines, comments and tests left out.

use std::fs;
use std::path::{Path, PathBuf};

/// A file of `src`, by its path from there.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    /// Lines of code with their numbers, without comments and without the unit tests at the end of the file.
    pub(crate) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .take_while(|line| *line != "mod tests {")
            .enumerate()
            .map(|(index, line)| (index + 1, line.split("//").next().unwrap_or_default()))
            .filter(|(_, line)| !line.trim().is_empty())
    }

    /// The name of the file without its folder and ending.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    /// Whether the file is the part of a resource with that name, as a file or as a folder.
    pub(crate) fn is_part(&self, part: &str) -> bool {
        self.path.ends_with(&format!("/{part}.rs")) || self.path.contains(&format!("/{part}/"))
    }

    /// The folder of the resource the file belongs to: the longest one that has a service.
    pub(crate) fn resource(&self) -> Option<String> {
        let mut folder = Path::new(&self.path).parent();
        while let Some(path) = folder {
            let here = root().join("src").join(path);
            if here.join("service.rs").exists()
                || here.join("service/mod.rs").exists()
                || here.join("service").is_dir()
            {
                return Some(path.display().to_string());
            }
            folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        }
        None
    }
}

/// The folder of the package.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under a folder of the package.
pub(crate) fn files_under(folder: &str) -> Vec<Source> {
    let base = root().join(folder);
    let mut found = Vec::new();
    let mut pending: Vec<PathBuf> = vec![base.clone()];
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            pending.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let short = path.strip_prefix(&base).unwrap().display().to_string();
            found.push(Source { path: short, text: fs::read_to_string(&path).unwrap() });
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}
