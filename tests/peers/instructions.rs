//! The instructions of a request in user space, under callgrind: the difference between a long and a short run, so that what a start
//! costs is in neither. Of the same program they are the same from run to run, to a thousandth.

use std::path::Path;
use std::process::Command;

use crate::Result;
use crate::arguments::Arguments;
use crate::figures::figure;
use crate::load;
use crate::process::Process;
use crate::servers::Server;

/// The instructions of ours, opaque and in memory, to those of the bare handler: the most that they may be. It may only fall.
const BUDGET: f64 = 2.02;
/// What compilers and the crates beside us may add to it, or take from it.
const SLACK: f64 = 0.03;

const RUNS: [u64; 2] = [1_000, 3_000];

pub(crate) fn run(arguments: &Arguments) -> Result {
    let folder = tempfile::tempdir()?;
    let folder = arguments.profile.as_ref().map_or(folder.path(), |folder| Path::new(folder));
    std::fs::create_dir_all(folder)?;
    let asked = |server: &Server| matches!(server, Server::Bare | Server::Opaque) || arguments.all;
    let servers = Server::ALL.into_iter().filter(|server| server.is_here()).filter(asked);
    println!("{:32} {:>12} {:>6}", "instructions of a request", "user space", "ratio");
    let (mut bare, mut ours) = (f64::NAN, f64::NAN);
    for server in servers {
        let [short, long] = [count(server, RUNS[0], folder)?, count(server, RUNS[1], folder)?];
        let each = figure(long.saturating_sub(short)) / figure(RUNS[1] - RUNS[0]);
        match server {
            Server::Bare => bare = each,
            Server::Opaque => ours = each,
            Server::SelfContained | Server::OauthAs | Server::Logins => {}
        }
        println!("{:32} {each:12.0} {:6.3}", server.title(), each / bare);
    }
    judge(ours / bare)
}

fn judge(ratio: f64) -> Result {
    if ratio > BUDGET + SLACK {
        let over = format!(
            "ours takes {ratio:.3} times the instructions of the bare handler, and its budget is {BUDGET}: \
             `oauth-peers instructions --profile FOLDER` keeps what callgrind_annotate shows"
        );
        return Err(over.into());
    }
    if ratio < BUDGET - SLACK {
        println!("under the budget of {BUDGET}: write {ratio:.2} as `BUDGET` in tests/peers/instructions.rs");
    }
    Ok(())
}

/// The instructions of a server from its start to its end, with so many requests between.
fn count(server: Server, requests: u64, folder: &Path) -> Result<u64> {
    let file = folder.join(format!("callgrind.{}.{requests}", server.name()));
    let program = server.command(1)?;
    let mut command = Command::new("valgrind");
    command.args(["--quiet", "--tool=callgrind"]);
    command.arg(format!("--callgrind-out-file={}", file.display()));
    command.arg(program.get_program()).args(program.get_args());
    let process = Process::start(command)?;
    // One connection: whatever several would have to do with each other is left to chance.
    load::requests(process.port, 1, requests)?;
    process.finish()?;
    let text = std::fs::read_to_string(&file)?;
    let total = text.lines().find_map(|line| line.strip_prefix("totals: ")?.trim().parse().ok());
    total.ok_or_else(|| format!("{} has no total", file.display()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_the_budget_fails() {
        judge(BUDGET + SLACK / 2.0).unwrap();
        judge(BUDGET / 2.0).unwrap();
        assert!(judge(BUDGET + SLACK * 2.0).unwrap_err().to_string().contains("its budget is"));
    }
}
