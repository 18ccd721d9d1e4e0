//! What can go wrong with a private cluster, said so that a person knows what to do next.

use std::io;
use std::path::{Path, PathBuf};

/// A private cluster could not be found, started, used or stopped.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// No usable programs anywhere.
    #[error(
        "no PostgreSQL 15 or newer is installed (looked in: {looked}). Install it with \
         `apt-get install postgresql`, `dnf install postgresql-server` or `brew install postgresql`, \
         or set DATABASE_URL to use a server that is running elsewhere"
    )]
    NotInstalled {
        /// The folders that were tried, and what was wrong with each.
        looked: String,
    },

    /// The data was made by another major version than the ones installed.
    #[error(
        "the data in {} was made by PostgreSQL {made_by}, but that version is not installed (looked in: \
         {looked}). Install PostgreSQL {made_by} again, or carry the data over with pg_upgrade",
        data.display()
    )]
    OtherVersion {
        /// The data folder.
        data: PathBuf,
        /// The major version that made it.
        made_by: u32,
        /// The folders that were tried, and what was wrong with each.
        looked: String,
    },

    /// Root may not run PostgreSQL, and there is nobody else to run it.
    #[error(
        "PostgreSQL refuses to run as root and there is no account `postgres` to run it as. \
         Add one with `useradd --system postgres`, or start this program as an ordinary user"
    )]
    NoAccount,

    /// Root has no program to become another account.
    #[error(
        "PostgreSQL refuses to run as root, and none of setpriv, runuser and su could switch to the account \
         `{account}`. Install util-linux, or start this program as an ordinary user"
    )]
    NoSwitch {
        /// The account that should have run PostgreSQL.
        account: String,
    },

    /// Another server holds the folder.
    #[error(
        "another server is using {}. Stop it first, or choose another data folder for this one",
        folder.display()
    )]
    Busy {
        /// The folder both want.
        folder: PathBuf,
    },

    /// The folder is full of something else.
    #[error(
        "{} holds other files: the database needs a folder of its own. Name a new or an empty one",
        folder.display()
    )]
    NotOurs {
        /// The folder that was given.
        folder: PathBuf,
    },

    /// A folder in a public place belongs to somebody else, or is open to others.
    #[error(
        "{} should be a folder that only the account `{account}` can enter, and it is not. \
         Look who made it, remove it and start again",
        folder.display()
    )]
    Unsafe {
        /// The folder that was met.
        folder: PathBuf,
        /// The account that runs PostgreSQL.
        account: String,
    },

    /// The data was kept in another folder, and that one is gone.
    #[error(
        "the data of {} was kept in {}, which is gone. Put it back, or remove the file {} to begin \
         with an empty database",
        folder.display(), kept.display(), note.display()
    )]
    Lost {
        /// The folder that was given.
        folder: PathBuf,
        /// Where its data was.
        kept: PathBuf,
        /// The file that says so.
        note: PathBuf,
    },

    /// The path cannot be written into a configuration file.
    #[error("the path {} is not valid UTF-8. Choose another data folder", path.display())]
    NotUtf8 {
        /// The path.
        path: PathBuf,
    },

    /// The operating system refused something about a file or a folder.
    #[error(
        "could not {action} {}: {source}. The data folder must belong to the account that starts the server",
        path.display()
    )]
    File {
        /// What was tried, as a verb.
        action: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },

    /// A program of PostgreSQL or of the system could not be run.
    #[error("could not run {program}: {source}")]
    NotRun {
        /// The program.
        program: String,
        /// What the system said.
        source: io::Error,
    },

    /// A program ran and failed.
    #[error("{program} failed ({status}): {output}")]
    Failed {
        /// The program.
        program: String,
        /// Its exit status.
        status: String,
        /// What it printed.
        output: String,
    },

    /// The server did not come up.
    #[error("PostgreSQL did not start. The end of its log {} says:\n{tail}", log.display())]
    NotStarted {
        /// The log.
        log: PathBuf,
        /// Its last lines.
        tail: String,
    },

    /// A database name that would need quoting.
    #[error(
        "`{0}` cannot be the name of a database here: use at most 63 lower-case letters, digits and \
         underscores, beginning with a letter"
    )]
    DatabaseName(String),
}

impl ClusterError {
    /// Names the file and the deed in what the system said; for `map_err`.
    pub(super) fn file(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> ClusterError {
        let path = path.to_path_buf();
        move |source| ClusterError::File { action, path, source }
    }
}
