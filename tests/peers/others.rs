//! Servers in other languages, where their Python and their Node are: `tests/interop/setup.sh` makes them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::Process;
use crate::rates::Contestant;

pub(crate) fn all() -> Vec<Contestant> {
    let python = program("OAUTH_INTEROP_PYTHON", "python/bin/python");
    let node = program("OAUTH_INTEROP_NODE", "node");
    let oauthlib = other("oauthlib, in memory, behind uvicorn", python, "oauthlib_server.py");
    let provider = other("node-oidc-provider, opaque, in memory", node, "oidc_provider.mjs");
    oauthlib.into_iter().chain(provider).collect()
}

fn other(title: &str, program: PathBuf, script: &str) -> Option<Contestant> {
    if !program.exists() {
        println!("without {title}: {} is not there, see tests/interop/setup.sh", program.display());
        return None;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../interop/peers").join(script);
    let start = move || {
        let mut command = Command::new(&program);
        command.arg(&script).env("NODE_ENV", "production");
        Process::start(command)
    };
    Some(Contestant { title: title.to_owned(), start: Box::new(start), keeps: true })
}

fn program(variable: &str, path: &str) -> PathBuf {
    let made = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/interop").join(path);
    std::env::var_os(variable).map_or_else(made, PathBuf::from)
}
