//! Who runs PostgreSQL. It refuses root, so root hands it to another account: the one that owns the folder
//! already, or else `postgres`. Everybody else runs it as himself.

use std::ffi::OsStr;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::Path;
use std::process::{Command, Stdio};

use super::command::{run, succeeds};
use super::error::ClusterError;

/// Variables of the caller that would lead PostgreSQL's programs to another server.
const STRAY_VARIABLES: [&str; 18] = [
    "PGHOST",
    "PGHOSTADDR",
    "PGPORT",
    "PGUSER",
    "PGDATABASE",
    "PGPASSWORD",
    "PGPASSFILE",
    "PGSERVICE",
    "PGSERVICEFILE",
    "PGOPTIONS",
    "PGDATA",
    "PGSSLMODE",
    "PGAPPNAME",
    "PGCLIENTENCODING",
    "PGTZ",
    "PGDATESTYLE",
    "PGCTLTIMEOUT",
    "PGTARGETSESSIONATTRS",
];

/// The account that runs PostgreSQL and owns its files.
#[derive(Debug, Clone)]
pub(super) struct Account {
    pub(super) name: String,
    pub(super) uid: u32,
    gid: u32,
    switch: Option<Switch>,
}

/// The program with which root becomes the account.
#[derive(Debug, Clone, Copy)]
enum Switch {
    Setpriv,
    Runuser,
    Su,
}

impl Account {
    /// The account for a folder that exists.
    pub(super) fn for_folder(folder: &Path) -> Result<Account, ClusterError> {
        let uid = id(&["-u"]).unwrap_or(0);
        if uid != 0 {
            let name = run(Command::new("id").arg("-un")).unwrap_or_else(|_| uid.to_string());
            return Ok(Account { name, uid, gid: id(&["-g"]).unwrap_or(0), switch: None });
        }
        let owner = folder.metadata().map_err(ClusterError::file("look at", folder))?.uid();
        let name = match owner {
            0 => "postgres".to_owned(),
            _ => run(Command::new("id").arg("-un").arg(owner.to_string()))
                .unwrap_or_else(|_| "postgres".to_owned()),
        };
        let (Some(uid), Some(gid)) = (id(&["-u", &name]), id(&["-g", &name])) else {
            return Err(ClusterError::NoAccount);
        };
        let mut account = Account { name, uid, gid, switch: None };
        for switch in [Switch::Setpriv, Switch::Runuser, Switch::Su] {
            account.switch = Some(switch);
            if account.can_enter(Path::new("/")) {
                return Ok(account);
            }
        }
        Err(ClusterError::NoSwitch { account: account.name })
    }

    /// Whether PostgreSQL runs as somebody else than this process.
    pub(super) fn is_other(&self) -> bool {
        self.switch.is_some()
    }

    /// A program to be run by the account, in a folder that it can enter.
    pub(super) fn command(&self, program: impl AsRef<OsStr>, folder: &Path) -> Command {
        let mut command = match self.switch {
            None => Command::new(program),
            Some(switch) => switch.wrap(self, program.as_ref()),
        };
        for name in STRAY_VARIABLES {
            command.env_remove(name);
        }
        command.env("LC_ALL", "C").current_dir(folder).stdin(Stdio::null());
        command
    }

    /// Whether the account can reach what lies in the folder.
    pub(super) fn can_enter(&self, folder: &Path) -> bool {
        succeeds(self.command("test", Path::new("/")).arg("-x").arg(folder))
    }

    /// Gives a folder that this process made to the account.
    pub(super) fn give(&self, folder: &Path) -> Result<(), ClusterError> {
        if self.is_other() {
            chown(folder, Some(self.uid), Some(self.gid)).map_err(ClusterError::file("give away", folder))?;
        }
        Ok(())
    }
}

impl Switch {
    fn wrap(self, account: &Account, program: &OsStr) -> Command {
        let mut command;
        match self {
            Switch::Setpriv => {
                command = Command::new("setpriv");
                command.arg(format!("--reuid={}", account.uid)).arg(format!("--regid={}", account.gid));
                command.args(["--init-groups", "--reset-env", "--"]);
            }
            Switch::Runuser => {
                command = Command::new("runuser");
                command.args(["-u", &account.name, "--"]);
            }
            Switch::Su => {
                command = Command::new("su");
                command.args(["-s", "/bin/sh", "-c", "exec \"$0\" \"$@\"", "--", &account.name]);
            }
        }
        command.arg(program);
        command
    }
}

fn id(arguments: &[&str]) -> Option<u32> {
    run(Command::new("id").args(arguments)).ok()?.parse().ok()
}
