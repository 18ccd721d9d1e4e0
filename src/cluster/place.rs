//! Where a cluster lives: its folder, who owns it, and the lock that keeps others out.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, Permissions, TryLockError};
use std::hash::{BuildHasher, RandomState};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::account::Account;
use super::command::feed;
use super::error::ClusterError;
use super::settings::Durability;

/// The file that says where the data is when it is not in the folder itself.
const ELSEWHERE: &str = "kept-elsewhere";
/// The file that says where the socket is when the folder's own path is too long for one.
const SOCKET_NOTE: &str = "socket-elsewhere";
/// The system allows 107 bytes on Linux and 103 on macOS.
const LONGEST_SOCKET: usize = 100;
const SOCKET_NAME: &str = "/.s.PGSQL.5432";

/// What to do when somebody else holds the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Claim {
    Refuse,
    Wait,
}

/// A cluster's folder, held by this process until it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    /// The folder with the data, the socket and the log.
    pub(super) home: PathBuf,
    /// Who runs PostgreSQL there.
    pub(super) account: Account,
    _locks: Vec<File>,
}

impl Place {
    /// Makes the folder if it is absent and takes hold of it.
    pub(super) fn open(folder: &Path, durability: Durability, claim: Claim) -> Result<Place, ClusterError> {
        fs::create_dir_all(folder).map_err(ClusterError::file("make", folder))?;
        let folder = folder.canonicalize().map_err(ClusterError::file("find", folder))?;
        let mut others = fs::read_dir(&folder).map_err(ClusterError::file("read", &folder))?;
        if others.next().is_some() && !folder.join("lock").exists() {
            return Err(ClusterError::NotOurs { folder });
        }
        let account = Account::for_folder(&folder)?;
        let mut locks = vec![lock(&folder, claim)?];
        let home = find_home(&folder, durability, &account)?;
        if home != folder {
            // A copy of the folder names the same home.
            locks.push(lock(&home, claim)?);
        }
        if home.to_str().is_none() {
            return Err(ClusterError::NotUtf8 { path: home });
        }
        Ok(Place { home, account, _locks: locks })
    }

    /// The folder of the data.
    pub(super) fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    /// The folder of the socket, made if it is absent: beside the data, or in /tmp if that path is too long.
    pub(super) fn socket(&self) -> Result<PathBuf, ClusterError> {
        let near = self.home.join("socket");
        if near.as_os_str().len() + SOCKET_NAME.len() <= LONGEST_SOCKET {
            make_private(&near, &self.account)?;
            return Ok(near);
        }
        let note = self.home.join(SOCKET_NOTE);
        if let Some(remembered) = read_path(&note)
            && fs::symlink_metadata(&remembered).is_ok_and(|it| is_private(&it, &self.account))
        {
            return Ok(remembered);
        }
        let name = RandomState::new().hash_one(&near);
        let fresh = PathBuf::from(format!("/tmp/rost-{name:016x}"));
        make_private(&fresh, &self.account)?;
        self.write(&note, &fresh.to_string_lossy())?;
        Ok(fresh)
    }

    /// Writes a file as the account, so that root never follows a link that the account laid.
    pub(super) fn write(&self, path: &Path, text: &str) -> Result<(), ClusterError> {
        let mut command = self.account.command("sh", &self.home);
        command.args(["-c", "umask 077; cat > \"$0\""]).arg(path);
        feed(&mut command, text).map(drop)
    }
}

/// Where the data of a folder is, without touching anything.
pub(super) fn home_of(folder: &Path) -> PathBuf {
    read_path(&folder.join(ELSEWHERE)).unwrap_or_else(|| folder.to_path_buf())
}

fn lock(folder: &Path, claim: Claim) -> Result<File, ClusterError> {
    let path = folder.join("lock");
    let file = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(&path);
    let file = file.map_err(ClusterError::file("open", &path))?;
    match (file.try_lock(), claim) {
        (Ok(()), _) => Ok(file),
        (Err(TryLockError::WouldBlock), Claim::Refuse) => {
            Err(ClusterError::Busy { folder: folder.to_path_buf() })
        }
        (Err(TryLockError::WouldBlock), Claim::Wait) => {
            log::debug!("waiting for another process to let go of {}", folder.display());
            file.lock().map_err(ClusterError::file("lock", &path))?;
            Ok(file)
        }
        (Err(TryLockError::Error(source)), _) => Err(ClusterError::File { action: "lock", path, source }),
    }
}

/// The folder itself, unless the account that runs PostgreSQL cannot reach it (root's home is closed).
fn find_home(folder: &Path, durability: Durability, account: &Account) -> Result<PathBuf, ClusterError> {
    let note = folder.join(ELSEWHERE);
    let remembered = read_path(&note);
    let reachable = folder.parent().is_none_or(|parent| account.can_enter(parent));
    if remembered.is_none() && (!account.is_other() || reachable) {
        account.give(folder)?;
        fs::set_permissions(folder, Permissions::from_mode(0o700))
            .map_err(ClusterError::file("close to others", folder))?;
        return Ok(folder.to_path_buf());
    }
    let home = remembered.unwrap_or_else(|| elsewhere(folder, durability));
    if note.exists() && !home.exists() && durability == Durability::Durable {
        return Err(ClusterError::Lost { folder: folder.to_path_buf(), kept: home, note });
    }
    if let Some(parent) = home.parent() {
        fs::create_dir_all(parent).map_err(ClusterError::file("make", parent))?;
    }
    make_private(&home, account)?;
    if !note.exists() {
        log::info!(
            "{} cannot enter {}: the data is kept in {}",
            account.name,
            folder.display(),
            home.display()
        );
        fs::write(&note, home.as_os_str().as_encoded_bytes()).map_err(ClusterError::file("write", &note))?;
    }
    Ok(home)
}

/// The same folder for the same path, each time.
fn elsewhere(folder: &Path, durability: Durability) -> PathBuf {
    // FNV-1a: unlike the standard library's hashes it is promised to stay the same.
    let bytes = folder.as_os_str().as_encoded_bytes();
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    match durability {
        Durability::Durable => PathBuf::from(format!("/var/lib/rost/{hash:016x}")),
        Durability::Throwaway => PathBuf::from(format!("/tmp/rost-{hash:016x}")),
    }
}

/// Makes a folder that only the account can enter. One that exists must be like that already.
fn make_private(path: &Path, account: &Account) -> Result<(), ClusterError> {
    match DirBuilder::new().mode(0o700).create(path) {
        Ok(()) => account.give(path),
        Err(refusal) if refusal.kind() == ErrorKind::AlreadyExists => {
            let found = fs::symlink_metadata(path).map_err(ClusterError::file("look at", path))?;
            if is_private(&found, account) {
                return Ok(());
            }
            Err(ClusterError::Unsafe { folder: path.to_path_buf(), account: account.name.clone() })
        }
        Err(source) => Err(ClusterError::File { action: "make", path: path.to_path_buf(), source }),
    }
}

fn is_private(found: &Metadata, account: &Account) -> bool {
    found.is_dir() && found.uid() == account.uid && found.mode().trailing_zeros() >= 6
}

fn read_path(note: &Path) -> Option<PathBuf> {
    let text = fs::read_to_string(note).ok()?;
    Some(PathBuf::from(text.trim())).filter(|path| path.is_absolute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_place_of_a_path_never_changes() {
        let path = elsewhere(Path::new("/root/project/.rost"), Durability::Durable);
        assert_eq!(path, Path::new("/var/lib/rost/8478562e590c6229"));
        assert!(elsewhere(Path::new("/root/p"), Durability::Throwaway).starts_with("/tmp"));
    }
}
