//! The command line of `rost`: what each command does, and how it tells of it.
//!
//! Results go to standard output, everything else to standard error. Exit codes: 0 done, 1 failed, 2 called or
//! configured wrongly.

mod args;
mod config;
mod database;
mod demo;
mod failure;
mod logging;
mod migrate;
mod openapi;
mod output;
mod progress;
mod serve;
mod token;
mod verify;

use std::process::ExitCode;

use clap::Parser;

use self::args::{Args, Command};
use self::failure::Failure;
use self::progress::Progress;
use crate::config::Config;

/// Runs the command of this process to its end.
pub fn run() -> ExitCode {
    match perform(Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("rost: {failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}

fn perform(args: Args) -> Result<(), Failure> {
    // The document needs neither database nor configuration.
    if let Command::Openapi(what) = &args.command {
        return openapi::run(what);
    }
    let config = Config::load(args.settings.named()?)?;
    logging::start(&config)?;
    let progress = Progress::of_this_process();
    match args.command {
        Command::Serve(what) => serve::run(config, &what, progress),
        Command::Migrate => migrate::run(&config, progress),
        Command::Demo => demo::run(&config, progress),
        Command::Token(what) => token::run(&config, &what, progress),
        Command::Verify(what) => verify::run(&config, &what, progress),
        Command::Config => config::run(&config),
        Command::Openapi(_) => Ok(()),
    }
}
