//! A token request here, beside a bare handler that does next to nothing and beside other servers: how many a second, the time of the
//! processor, the instructions, and what a token takes of memory; and the instructions of each other work. `tests/benches/README.md` tells how to read it.
#![expect(clippy::print_stdout, reason = "the tables are what it is for")]

mod arguments;
mod callgrind;
mod connection;
mod figures;
mod in_process;
mod instructions;
mod kept;
mod latencies;
mod load;
mod logins;
mod memory;
mod operations;
mod others;
mod process;
mod rates;
mod requests;
mod scaling;
mod servers;
mod works;

use std::process::ExitCode;

use arguments::{Arguments, Command, HELP};

type Error = Box<dyn std::error::Error + Send + Sync>;
type Result<T = ()> = std::result::Result<T, Error>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result {
    let arguments = Arguments::read(std::env::args().skip(1))?;
    match &arguments.command {
        Command::Help => {
            println!("{HELP}");
            Ok(())
        }
        Command::Rates => rates::run(&arguments),
        Command::Instructions if arguments.works => works::run(&arguments),
        Command::Instructions => instructions::run(&arguments),
        Command::Memory => memory::run(&arguments),
        Command::Scaling => scaling::run(&arguments),
        Command::Logins => logins::run(&arguments),
        Command::Serve(server) => servers::serve(arguments.workers(), |listener| server.answer(listener)),
        Command::Provide(provider, keys) => {
            servers::serve(arguments.workers(), |listener| provider.answer(listener, keys))
        }
        Command::Repeat(operation, count) => operation.repeat(*count),
    }
}
