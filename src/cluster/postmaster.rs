//! The running server, as its own `postmaster.pid` tells of it.

use std::fs;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::account::Account;
use super::command::run;

/// What `postmaster.pid` says. It may be left over from a server that is long dead.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Postmaster {
    pid: u32,
    pub(super) socket: PathBuf,
    port: u16,
    ready: bool,
}

/// What is known of the server that a data folder names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// There is none, and no trace of one.
    Absent,
    /// Its file is there but the process is gone or is somebody else's.
    Stale,
    /// It lives but is still starting, or stopping.
    Busy,
    /// It lives and listens.
    Listening,
}

impl Postmaster {
    /// Reads the file in the data folder.
    pub(super) fn read(data: &Path) -> Option<Postmaster> {
        Postmaster::parse(&fs::read_to_string(data.join("postmaster.pid")).ok()?)
    }

    fn parse(text: &str) -> Option<Postmaster> {
        let mut lines = text.lines();
        let pid = lines.next()?.trim().parse().ok()?;
        let port = lines.nth(2).and_then(|line| line.trim().parse().ok()).unwrap_or(0);
        let socket = PathBuf::from(lines.next().unwrap_or_default());
        let ready = lines.nth(2).is_some_and(|line| line.trim() == "ready");
        Some(Postmaster { pid, socket, port, ready })
    }

    /// Whether it said that it takes queries, and a socket answers.
    pub(super) fn is_ready(&self) -> bool {
        self.ready && self.listens()
    }

    /// A dead server's socket file may stay, but nobody answers there; so this cannot be fooled by a process
    /// that was given the same number later.
    fn listens(&self) -> bool {
        UnixStream::connect(self.socket.join(format!(".s.PGSQL.{}", self.port))).is_ok()
    }

    /// Whether the process with this number is a server on this very data folder.
    fn lives(&self, data: &Path, account: &Account) -> bool {
        if cfg!(target_os = "linux") {
            // A server's working folder is its data folder. The account asks, because even root may be
            // forbidden to look at other accounts' processes in a container.
            let link = format!("/proc/{}/cwd", self.pid);
            let folder = run(account.command("readlink", Path::new("/")).arg(link));
            return folder.is_ok_and(|folder| Path::new(&folder) == data);
        }
        let pid = self.pid.to_string();
        run(Command::new("ps").args(["-o", "command=", "-p", &pid]))
            .is_ok_and(|line| line.contains("postgres"))
    }
}

/// Looks whether a server runs on the data folder.
pub(super) fn state(data: &Path, account: &Account) -> State {
    match Postmaster::read(data) {
        Some(postmaster) if postmaster.listens() => State::Listening,
        Some(postmaster) if postmaster.lives(data, account) => State::Busy,
        Some(_) => State::Stale,
        None if data.join("postmaster.pid").exists() => State::Stale,
        None => State::Absent,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_running_servers_file_is_read() {
        let text = "4711\n/srv/data\n1763780000\n5432\n/srv/socket\n\n  123  456\nready   \n";
        let expected = Postmaster { pid: 4711, socket: "/srv/socket".into(), port: 5432, ready: true };
        assert_eq!(Postmaster::parse(text), Some(expected));
    }

    #[test]
    fn a_file_that_is_still_being_written_is_not_ready() {
        assert!(!Postmaster::parse("4711\n/srv/data\n").unwrap().ready);
        assert!(!Postmaster::parse("4711\n/d\n1\n5432\n/s\n\n1 2\nstarting\n").unwrap().ready);
        assert_eq!(Postmaster::parse(""), None);
    }
}
