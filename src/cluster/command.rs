//! Running a program to its end and saying clearly what failed.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use super::error::ClusterError;

/// Runs the program and returns what it printed; a failure carries both of its outputs.
pub(super) fn run(command: &mut Command) -> Result<String, ClusterError> {
    let output = command.output().map_err(not_run(command))?;
    finish(command, &output)
}

/// Runs the program with `input` on its standard input.
pub(super) fn feed(command: &mut Command, input: &str) -> Result<String, ClusterError> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(not_run(command))?;
    if let Some(mut pipe) = child.stdin.take() {
        pipe.write_all(input.as_bytes()).map_err(not_run(command))?;
    }
    let output = child.wait_with_output().map_err(not_run(command))?;
    finish(command, &output)
}

/// Whether the program ran and was content.
pub(super) fn succeeds(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

fn finish(command: &Command, output: &Output) -> Result<String, ClusterError> {
    let printed = String::from_utf8_lossy(&output.stdout);
    if output.status.success() {
        return Ok(printed.trim().to_owned());
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    Err(ClusterError::Failed {
        program: describe(command),
        status: output.status.to_string(),
        output: format!("{} {}", complaint.trim(), printed.trim()).trim().to_owned(),
    })
}

fn not_run(command: &Command) -> impl FnOnce(std::io::Error) -> ClusterError + use<> {
    let program = describe(command);
    move |source| ClusterError::NotRun { program, source }
}

fn describe(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}
