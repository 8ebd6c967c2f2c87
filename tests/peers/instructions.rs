//! The instructions of a token request, against their budget.

use std::path::Path;

use crate::Result;
use crate::arguments::Arguments;
use crate::callgrind;
use crate::load;
use crate::servers::Server;

/// The instructions of ours, opaque and in memory, to those of the bare handler: the most that they may be. It may only fall.
const BUDGET: f64 = 1.57;
/// What compilers and the crates beside us may add to it, or take from it.
const SLACK: f64 = 0.03;

pub(crate) fn run(arguments: &Arguments) -> Result {
    let folder = tempfile::tempdir()?;
    let folder = arguments.profile.as_ref().map_or(folder.path(), |folder| Path::new(folder));
    std::fs::create_dir_all(folder)?;
    let asked = |server: &Server| matches!(server, Server::Bare | Server::Opaque) || arguments.all;
    let servers = Server::ALL.into_iter().filter(|server| server.is_here()).filter(asked);
    println!("{:32} {:>12} {:>6}", "instructions of a request", "user space", "ratio");
    let (mut bare, mut ours) = (f64::NAN, f64::NAN);
    for server in servers {
        let each = of_request(server, folder)?;
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

/// The instructions of a token request to a server. One connection: whatever several would have to do with each other is left to
/// chance.
pub(crate) fn of_request(server: Server, folder: &Path) -> Result<f64> {
    let program = server.command(1)?;
    callgrind::each(|requests| {
        let file = folder.join(format!("callgrind.{}.{requests}", server.name()));
        callgrind::of_server(&program, &file, |port| load::requests(port, 1, requests).map(drop))
    })
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
