//! What a long command is doing: one changing line on a terminal, plain lines in a log.

use std::io::{IsTerminal, Write, stderr};
use std::time::Instant;

/// Tells of the steps of a command.
#[derive(Debug, Clone, Copy)]
pub(super) struct Progress {
    terminal: bool,
}

impl Progress {
    /// For a person when standard error is a terminal, else for a log.
    pub(super) fn of_this_process() -> Self {
        Self { terminal: stderr().is_terminal() }
    }

    /// Does the step and tells how it went.
    pub(super) fn step<T, E>(self, words: &str, work: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
        self.say(words);
        let started = Instant::now();
        let result = work();
        let seconds = started.elapsed().as_secs_f64();
        let outcome = if result.is_ok() { "done" } else { "failed" };
        if self.terminal {
            show(&format!("\r\x1b[K{words}: {outcome} ({seconds:.1} s)\n"));
        } else {
            log::info!(seconds:% = format_args!("{seconds:.1}"); "{words}: {outcome}");
        }
        result
    }

    /// Tells that what was said last is done.
    pub(super) fn done(self, words: &str) {
        if self.terminal {
            show(&format!("\r\x1b[K{words}\n"));
        } else {
            log::info!("{words}");
        }
    }

    /// Tells what is being done now.
    pub(super) fn say(self, words: &str) {
        if self.terminal {
            show(&format!("\r\x1b[K{words} …"));
        } else {
            log::info!("{words}");
        }
    }
}

fn show(text: &str) {
    let mut stream = stderr().lock();
    // Nobody is left to be told when standard error is closed.
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}
