//! Making, starting and stopping the PostgreSQL server of one place.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::binaries::Binaries;
use super::command::{feed, run, succeeds};
use super::error::ClusterError;
use super::place::Place;
use super::postmaster::{State, state};
use super::settings::{Durability, PORT, text};
use super::url::OWNER;

/// Settings that are ours; read from the end of `postgresql.conf`.
const SETTINGS: &str = "rost.conf";
/// Recovery after a loss of power may take its time, seconds.
const PATIENCE: &str = "300";
/// A log longer than this is put aside at the next start.
const LONGEST_LOG: u64 = 8 << 20;
const TAIL: usize = 12;
/// How often a start is tried while sessions of a killed server are still there.
const ATTEMPTS: u32 = 30;
const OLD_SESSIONS: &str = "shared memory block";

/// How a server is told to stop.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stop {
    /// Sessions are cut, the data is written out.
    Fast,
    /// At once; the next start recovers.
    Immediate,
}

impl Stop {
    pub(super) fn for_data(durability: Durability) -> Stop {
        match durability {
            Durability::Durable => Stop::Fast,
            Durability::Throwaway => Stop::Immediate,
        }
    }
}

/// PostgreSQL in its place.
#[derive(Debug)]
pub(super) struct Server {
    place: Place,
    binaries: Binaries,
    data: PathBuf,
    pub(super) socket: PathBuf,
}

impl Server {
    pub(super) fn new(place: Place, binaries: Binaries) -> Result<Server, ClusterError> {
        let (data, socket) = (place.data(), place.socket()?);
        Ok(Server { place, binaries, data, socket })
    }

    /// The major version that made the data, if there is data.
    pub(super) fn made_by(place: &Place) -> Option<u32> {
        fs::read_to_string(place.data().join("PG_VERSION")).ok()?.trim().parse().ok()
    }

    /// Makes an empty cluster unless there is one. A half-made one is never taken for whole, because it
    /// gets its name last.
    pub(super) fn initialize(&self, durability: Durability) -> Result<(), ClusterError> {
        if self.data.join("PG_VERSION").exists() {
            return Ok(());
        }
        let unfinished = self.place.home.join("data.new");
        remove(&unfinished)?;
        self.initdb(durability, "C.UTF-8").or_else(|failure| {
            // Older macOS has no C.UTF-8.
            remove(&unfinished)?;
            self.initdb(durability, "en_US.UTF-8").map_err(|_second| failure)
        })?;
        let main = unfinished.join("postgresql.conf");
        let mut append = self.place.account.command("sh", &self.place.home);
        append.args(["-c", "cat >> \"$0\""]).arg(&main);
        feed(&mut append, &format!("\ninclude_if_exists '{SETTINGS}'\n"))?;
        fs::rename(&unfinished, &self.data).map_err(ClusterError::file("name", &self.data))?;
        let home = &self.place.home;
        fs::File::open(home).and_then(|folder| folder.sync_all()).map_err(ClusterError::file("sync", home))
    }

    /// Starts the server, or adopts the one that a crashed process left running with the same settings.
    pub(super) fn start(&self, durability: Durability) -> Result<(), ClusterError> {
        let settings = self.data.join(SETTINGS);
        let wanted = text(durability, &self.socket.to_string_lossy());
        let same = fs::read_to_string(&settings).is_ok_and(|found| found == wanted);
        match self.state() {
            State::Listening if same && self.answers() => {
                log::info!("adopted the PostgreSQL that is running in {}", self.place.home.display());
                return Ok(());
            }
            State::Listening | State::Busy => self.stop(Stop::Fast)?,
            State::Stale => self.clear_traces()?,
            State::Absent => {}
        }
        self.place.write(&settings, &wanted)?;
        self.put_long_log_aside()?;
        let mut outcome = self.launch();
        for _ in 1..ATTEMPTS {
            match &outcome {
                // Sessions of a server that was killed go when they notice; each attempt waits a little.
                Err(ClusterError::NotStarted { tail, .. }) if tail.contains(OLD_SESSIONS) => {
                    outcome = self.launch();
                }
                _ => break,
            }
        }
        outcome
    }

    /// Stops the server and waits until it is gone.
    pub(super) fn stop(&self, how: Stop) -> Result<(), ClusterError> {
        if self.is_gone() {
            // pg_ctl would send its signal to whatever process has the number now.
            return Ok(());
        }
        let mode = match how {
            Stop::Fast => "fast",
            Stop::Immediate => "immediate",
        };
        let mut stop = self.program("pg_ctl");
        let stopped = run(stop.args(["-D", "data", "-s", "-w", "-t", PATIENCE, "-m", mode, "stop"]));
        match stopped {
            Err(failure) if !self.is_gone() => Err(failure),
            _ => Ok(()),
        }
    }

    /// Throws the data away.
    pub(super) fn wipe(&self) -> Result<(), ClusterError> {
        remove(&self.data)
    }

    pub(super) fn state(&self) -> State {
        state(&self.data, &self.place.account)
    }

    fn is_gone(&self) -> bool {
        matches!(self.state(), State::Absent | State::Stale)
    }

    /// Runs a query as the owner and returns what it printed.
    pub(super) fn query(&self, sql: &str) -> Result<String, ClusterError> {
        run(self.client("psql").args(["-X", "-q", "-t", "-A", "-d", "postgres", "-c", sql]))
    }

    /// Makes a database.
    pub(super) fn create_database(&self, name: &str) -> Result<(), ClusterError> {
        run(self.client("createdb").arg(name)).map(drop)
    }

    fn answers(&self) -> bool {
        succeeds(self.client("psql").args(["-X", "-q", "-d", "postgres", "-c", "select 1"]))
    }

    fn client(&self, name: &str) -> Command {
        let mut command = self.program(name);
        command.arg("-h").arg(&self.socket).args(["-p", &PORT.to_string(), "-U", OWNER, "-w"]);
        command
    }

    fn program(&self, name: &str) -> Command {
        self.place.account.command(self.binaries.program(name), &self.place.home)
    }

    fn initdb(&self, durability: Durability, locale: &str) -> Result<(), ClusterError> {
        let mut initdb = self.program("initdb");
        initdb.args(["-D", "data.new", "-U", OWNER, "--auth-local=trust", "--auth-host=reject"]);
        initdb.args(["-E", "UTF8", "--locale", locale, "--no-instructions"]);
        initdb.arg(match durability {
            Durability::Durable => "--data-checksums",
            Durability::Throwaway => "--no-sync",
        });
        run(&mut initdb).map(drop)
    }

    fn launch(&self) -> Result<(), ClusterError> {
        // Relative paths: pg_ctl hands them to a shell, where a path may hold anything.
        let mut start = self.program("pg_ctl");
        start.args(["-D", "data", "-l", "log", "-s", "-w", "-t", PATIENCE, "start"]);
        run(&mut start).map(drop).map_err(|failure| match failure {
            ClusterError::Failed { .. } => self.not_started(),
            other => other,
        })
    }

    /// Removes the marks of a server that was killed. The process number in them may by now be some innocent
    /// process's, or a dead one's that nobody has reaped, and PostgreSQL would respect it.
    fn clear_traces(&self) -> Result<(), ClusterError> {
        let name = format!(".s.PGSQL.{PORT}");
        let lock = self.socket.join(format!("{name}.lock"));
        for file in [self.data.join("postmaster.pid"), self.socket.join(name), lock] {
            match fs::remove_file(&file) {
                Err(refusal) if refusal.kind() != ErrorKind::NotFound => {
                    return Err(ClusterError::File { action: "remove", path: file, source: refusal });
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn put_long_log_aside(&self) -> Result<(), ClusterError> {
        let log = self.place.home.join("log");
        if fs::metadata(&log).is_ok_and(|found| found.len() > LONGEST_LOG) {
            fs::rename(&log, log.with_extension("old")).map_err(ClusterError::file("put aside", &log))?;
        }
        Ok(())
    }

    fn not_started(&self) -> ClusterError {
        let log = self.place.home.join("log");
        let text = fs::read(&log).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let mut tail: Vec<&str> = text.lines().rev().take(TAIL).collect();
        tail.reverse();
        ClusterError::NotStarted { log, tail: tail.join("\n") }
    }
}

fn remove(folder: &Path) -> Result<(), ClusterError> {
    match fs::remove_dir_all(folder) {
        Err(refusal) if refusal.kind() != ErrorKind::NotFound => {
            Err(ClusterError::File { action: "remove", path: folder.to_path_buf(), source: refusal })
        }
        _ => Ok(()),
    }
}
