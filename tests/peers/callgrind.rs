//! Instructions in user space, under callgrind: the difference between a long and a short run, so that what a start costs is in
//! neither. Of the same program they are the same from run to run, to a thousandth.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::Result;
use crate::figures::figure;
use crate::process::Process;

/// The requests of a short and of a long run.
pub(crate) const RUNS: [u64; 2] = [1_000, 3_000];

/// The instructions of one of so many, of which a run takes the number.
pub(crate) fn each(mut run: impl FnMut(u64) -> Result<u64>) -> Result<f64> {
    let [short, long] = [run(RUNS[0])?, run(RUNS[1])?];
    Ok(figure(long.saturating_sub(short)) / figure(RUNS[1] - RUNS[0]))
}

/// The instructions of a server from its start to its end, with what is asked of it between.
pub(crate) fn of_server(program: &Command, file: &Path, ask: impl FnOnce(u16) -> Result) -> Result<u64> {
    let process = Process::start(under(program, file))?;
    ask(process.port)?;
    process.finish()?;
    total(file)
}

/// The instructions of a program that ends by itself.
pub(crate) fn of_program(program: &Command, file: &Path) -> Result<u64> {
    let status = under(program, file).stdin(Stdio::null()).status()?;
    if status.success() { total(file) } else { Err(format!("the program ended with {status}").into()) }
}

fn under(program: &Command, file: &Path) -> Command {
    let mut command = Command::new("valgrind");
    command.args(["--quiet", "--tool=callgrind"]);
    command.arg(format!("--callgrind-out-file={}", file.display()));
    command.arg(program.get_program()).args(program.get_args());
    command
}

fn total(file: &Path) -> Result<u64> {
    let text = std::fs::read_to_string(file)?;
    let total = text.lines().find_map(|line| line.strip_prefix("totals: ")?.trim().parse().ok());
    total.ok_or_else(|| format!("{} has no total", file.display()).into())
}
