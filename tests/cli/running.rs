//! A `rost` in a folder of its own.

use std::io::{BufRead, BufReader};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use rost::cluster::{Cluster, ClusterOptions, Durability};

use crate::support::{Client, TestFolder};

/// The program, started in `folder` with nothing in its environment that configures it.
pub fn rost(folder: &TestFolder) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rost"));
    for setting in rost::config::SETTINGS {
        command.env_remove(setting.name);
    }
    command.current_dir(folder.path()).stdin(Stdio::null());
    command
}

/// Runs a command to its end.
pub fn run(folder: &TestFolder, arguments: &[&str]) -> Output {
    rost(folder).args(arguments).output().unwrap()
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A running server; it does not outlive the test, nor does its database.
pub struct Running {
    child: Child,
    pub address: String,
    /// What it printed before it served.
    pub said: String,
    cluster: PathBuf,
}

impl Running {
    pub fn start(folder: &TestFolder, arguments: &[&str]) -> Running {
        let mut command = rost(folder);
        command.args(["serve", "--data", "data", "--addr", "127.0.0.1:0"]).args(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut said = String::new();
        let address = loop {
            let line = lines.next().expect("the server ended before it served").unwrap();
            if let Some(rest) = line.strip_prefix("Rost serves ") {
                break rest.split("/api/v1").next().unwrap().to_owned();
            }
            said.push_str(&line);
            said.push('\n');
        };
        // Nobody reads the rest, and the pipe must not fill up or break.
        std::thread::spawn(move || lines.for_each(drop));
        Running { child, address, said, cluster: folder.join("data/postgres") }
    }

    pub fn client(&self) -> Client {
        Client::new(&self.address, None)
    }

    pub fn signal(&self, name: &str) {
        let number = self.child.id().to_string();
        assert!(Command::new("kill").args([name, &number]).status().unwrap().success());
    }

    /// The number of the process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits for the end; the exit code, none after a kill.
    pub fn wait(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    pub fn has_database(&self) -> bool {
        UnixStream::connect(self.cluster.join("socket/.s.PGSQL.5432")).is_ok()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.child.try_wait().is_ok_and(|status| status.is_none()) {
            self.signal("-TERM");
            let _ = self.child.wait();
        }
        if self.has_database() {
            drop(Cluster::start(&self.cluster, Durability::Durable, &ClusterOptions::default()));
        }
    }
}
