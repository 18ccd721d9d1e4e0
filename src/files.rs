//! Files that people bring: what they are, told by their own bytes, and where they are kept: in the database, or in a
//! folder of the configuration. A name in the folder is never a caller's.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use uuid::Uuid;

use crate::error::{Error, Result};
use crate::ids::new_id;

/// How the name of a file ends that is still being written.
const UNFINISHED: &str = "part";

/// What a file may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// PDF.
    Pdf,
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
}

impl Media {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Jpeg, Self::Png];

    /// Its media type.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// The kind of that media type.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|media| media.as_str() == name)
    }

    /// How the name of such a file ends.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// What the bytes are, whatever they are said to be. A PDF may begin with something else (ISO 32000-1, H.3).
    pub fn of(bytes: &[u8]) -> Option<Self> {
        const BEGINNING: usize = 1024;
        let beginning = bytes.get(..BEGINNING).unwrap_or(bytes);
        if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
            Some(Self::Jpeg)
        } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else {
            beginning.windows(5).any(|five| five == b"%PDF-").then_some(Self::Pdf)
        }
    }
}

/// Where files are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileStore {
    /// In the database.
    Database,
    /// In this folder.
    Folder(PathBuf),
}

/// Where the bytes of one file lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In its row.
    Row(Vec<u8>),
    /// In the folder, under this name.
    Folder(Uuid),
}

impl FileStore {
    /// The store of the configuration; a folder is made when it does not exist.
    pub fn open(folder: Option<&Path>) -> Result<Self> {
        let Some(folder) = folder else { return Ok(Self::Database) };
        make(folder)?;
        Ok(Self::Folder(folder.to_owned()))
    }

    /// Keeps the bytes. In a folder they are whole under their name, or not there at all, whatever happens meanwhile.
    pub fn keep(&self, bytes: Vec<u8>) -> Result<Place> {
        let Self::Folder(folder) = self else { return Ok(Place::Row(bytes)) };
        let name = new_id();
        let path = path(folder, name);
        let within = path.parent().unwrap_or(folder);
        make(within)?;
        let unfinished = path.with_extension(UNFINISHED);
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&unfinished)
            .map_err(Error::internal)?;
        file.write_all(&bytes).map_err(Error::internal)?;
        file.sync_all().map_err(Error::internal)?;
        fs::rename(&unfinished, &path).map_err(Error::internal)?;
        File::open(within).and_then(|within| within.sync_all()).map_err(Error::internal)?;
        Ok(Place::Folder(name))
    }

    /// The bytes that lie there.
    pub fn read(&self, place: Place) -> Result<Vec<u8>> {
        match (self, place) {
            (_, Place::Row(bytes)) => Ok(bytes),
            (Self::Folder(folder), Place::Folder(name)) => {
                fs::read(path(folder, name)).map_err(Error::internal)
            }
            (Self::Database, Place::Folder(name)) => {
                Err(Error::internal(format!("the file {name} lies in a folder that is not configured")))
            }
        }
    }

    /// The names of the files that have lain in the folder for so long.
    pub fn lying(&self, age: Duration) -> Result<Vec<Uuid>> {
        let old = self.older(age)?;
        Ok(old.iter().filter_map(|path| Uuid::parse_str(path.file_name()?.to_str()?).ok()).collect())
    }

    /// Removes what was left of writing that never came to its end; how many files that were.
    pub fn remove_unfinished(&self, age: Duration) -> Result<usize> {
        let old = self.older(age)?;
        let unfinished = old.iter().filter(|path| path.extension().is_some_and(|end| end == UNFINISHED));
        let removed: Vec<()> =
            unfinished.map(|path| fs::remove_file(path).map_err(Error::internal)).collect::<Result<_>>()?;
        Ok(removed.len())
    }

    /// The files of the folder that nobody has written to for so long.
    fn older(&self, age: Duration) -> Result<Vec<PathBuf>> {
        let Self::Folder(folder) = self else { return Ok(Vec::new()) };
        let mut old = Vec::new();
        for within in fs::read_dir(folder).map_err(Error::internal)? {
            let within = within.map_err(Error::internal)?.path();
            if !within.is_dir() {
                continue;
            }
            for file in fs::read_dir(within).map_err(Error::internal)? {
                let file = file.map_err(Error::internal)?;
                // One that goes meanwhile is none of ours; one from the future is not old.
                let written = file.metadata().and_then(|known| known.modified());
                let lain = written.ok().and_then(|written| written.elapsed().ok());
                if lain.is_some_and(|lain| lain >= age) {
                    old.push(file.path());
                }
            }
        }
        Ok(old)
    }

    /// Takes a file out of the folder that no row names any more; one that is gone already is no failure.
    pub fn remove(&self, name: Uuid) -> Result<()> {
        let Self::Folder(folder) = self else { return Ok(()) };
        match fs::remove_file(path(folder, name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(Error::internal(error)),
            _ => Ok(()),
        }
    }
}

fn make(folder: &Path) -> Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(Error::internal)
}

/// In 256 folders by the last byte of the name, which is random.
fn path(folder: &Path, name: Uuid) -> PathBuf {
    let last = name.as_bytes().last().copied().unwrap_or_default();
    folder.join(format!("{last:02x}")).join(name.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        assert_eq!(Media::of(b"%PDF-1.7 ..."), Some(Media::Pdf));
        assert_eq!(Media::of(b"\xef\xbb\xbf\n%PDF-1.4"), Some(Media::Pdf));
        assert_eq!(Media::of(b"\x89PNG\r\n\x1a\n...."), Some(Media::Png));
        assert_eq!(Media::of(&[0xff, 0xd8, 0xff, 0xe0]), Some(Media::Jpeg));
        for other in [&b""[..], b"PK\x03\x04", b"<html>", b"%PD", b"\x89PNG", &[0xff, 0xd8]] {
            assert_eq!(Media::of(other), None);
        }
        let late = [vec![b' '; 1024], b"%PDF-1.7".to_vec()].concat();
        assert_eq!(Media::of(&late), None);
    }

    #[test]
    fn what_is_kept_in_a_folder_is_read_again_until_it_is_removed() {
        let folder = std::env::temp_dir().join(format!("rost-files-{}", new_id()));
        let store = FileStore::open(Some(&folder)).unwrap();
        let place = store.keep(b"%PDF-1.7".to_vec()).unwrap();
        let Place::Folder(name) = place else { panic!("kept in {place:?}") };
        assert_eq!(store.read(Place::Folder(name)).unwrap(), b"%PDF-1.7");
        assert_eq!(store.lying(Duration::ZERO).unwrap(), [name]);
        assert!(store.lying(Duration::from_secs(60)).unwrap().is_empty());
        fs::write(path(&folder, name).with_extension(UNFINISHED), b"%PD").unwrap();
        assert_eq!(store.remove_unfinished(Duration::from_secs(60)).unwrap(), 0);
        assert_eq!(store.remove_unfinished(Duration::ZERO).unwrap(), 1);
        store.remove(name).unwrap();
        store.remove(name).unwrap();
        assert!(store.read(Place::Folder(name)).is_err());
        fs::remove_dir_all(folder).unwrap();
    }
}
