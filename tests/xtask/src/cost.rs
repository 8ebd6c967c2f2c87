//! The seconds of a processor that each feature of `oauth-core` adds to a build: the columns of the README's table. What else a machine does
//! hardly changes them.

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use xtask::features::{self, HEAD, SERVERS};
use xtask::{read, root};

/// The time that one build may take.
const MOST: Duration = Duration::from_mins(10);
/// The time that all of them may take.
const ALL: Duration = Duration::from_mins(40);

/// Measures what these features cost, or all, and writes it into the README's table, which it prints; tells whether there was time for all
/// of it.
pub(crate) fn print(names: &[&str]) -> bool {
    let folder = env::temp_dir().join(format!("oauth-features-{}", std::process::id()));
    let is_done = write_application(&folder).and_then(|()| measure(&folder, names)).unwrap_or(false);
    if let Err(cause) = fs::remove_dir_all(&folder) {
        eprintln!("{}: {cause}", folder.display());
    }
    is_done
}

/// Builds an application in this folder again and again. What is written in C for the cryptography takes long, is always the same and is
/// built once; then each set of features is built from there, cold.
fn measure(folder: &Path, names: &[&str]) -> Option<bool> {
    let started = Instant::now();
    let build = |args: &[&str], target: &str| {
        cargo(folder, target, args, MOST.min(ALL.saturating_sub(started.elapsed())))
    };
    // Nothing is downloaded while the clock runs.
    build(&["fetch"], "seed")?;
    let cryptography = build(&["build", "--package", "aws-lc-sys"], "seed")?;
    let cold = |features: &str| {
        copy(&folder.join("seed"), &folder.join("target"))?;
        let list: Vec<_> = features.split_terminator(',').map(|name| format!("oauth-core/{name}")).collect();
        let seconds = build(&["build", "--features", &list.join(",")], "target");
        fs::remove_dir_all(folder.join("target")).ok()?;
        eprintln!("{features:?}: {seconds:?}");
        seconds
    };
    let (least, fewest) = (cold("")?, features::crates(""));
    let (before, mut rows, after) = features::readme();
    let mut is_all = true;
    for row in &mut rows {
        let server = SERVERS.iter().find(|(words, _)| row.words == *words).map(|(_, set)| *set);
        row.crates = match server {
            Some(set) => features::crates(set).to_string(),
            None => format!("+{}", features::crates(&row.name) - fewest),
        };
        if !names.is_empty() && !names.contains(&row.name.as_str()) {
            continue;
        }
        let measured = if server == Some("") { Some(least) } else { cold(server.unwrap_or(&row.name)) };
        match (measured, server) {
            (Some(seconds), Some(_)) => row.seconds = whole(cryptography + seconds),
            (Some(seconds), None) => row.seconds = format!("+{}", whole(seconds.saturating_sub(least))),
            (None, _) => is_all = false,
        }
    }
    let table: String = rows.iter().map(ToString::to_string).collect();
    print!("{HEAD}{table}");
    fs::write(root().join("README.md"), format!("{before}{HEAD}{table}{after}")).ok()?;
    Some(is_all)
}

/// The seconds, rounded.
fn whole(time: Duration) -> String {
    format!("{:.0}", time.as_secs_f64())
}

/// An application as the README says: the crate by its path, with the versions of this repository. TLS asks the cryptography for something
/// that only Windows has: here it always is asked, so that its C is not built again under another name.
fn write_application(folder: &Path) -> Option<()> {
    let core = root().join("oauth-core").canonicalize().ok()?;
    let manifest = format!(
        "[package]\nname = \"application\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\noauth-core = {{ path = \"{}\", default-features = false }}\n\
         aws-lc-sys = {{ version = \"*\", features = [\"prebuilt-nasm\"] }}\n\n\
         [profile.dev.package.argon2]\nopt-level = 3\n[profile.dev.package.blake2]\nopt-level = 3\n",
        core.display()
    );
    fs::create_dir_all(folder.join("src")).ok()?;
    fs::write(folder.join("Cargo.toml"), manifest).ok()?;
    fs::write(folder.join("Cargo.lock"), read(&root().join("Cargo.lock"))).ok()?;
    fs::copy(root().join("rust-toolchain.toml"), folder.join("rust-toolchain.toml")).ok()?;
    fs::write(folder.join("src/main.rs"), "fn main() {}\n").ok()
}

/// The time of the processor that cargo and what it starts take, if it succeeds within the limit.
fn cargo(folder: &Path, target: &str, args: &[&str], limit: Duration) -> Option<Duration> {
    // It ends the compilers, too. The shell tells what it and they took, last of all that is written.
    let timed = r#"TIMEFORMAT="%U %S"; time timeout --kill-after 5 "$@" 2>/dev/null"#;
    let run = Command::new("bash")
        .args(["-c", timed, "bash", &limit.as_secs().max(1).to_string(), "cargo"])
        .args(args)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", folder.join(target))
        // As cargo builds by itself, whatever this repository or its CI prefers.
        .env_remove("CARGO_INCREMENTAL")
        .env_remove("CARGO_PROFILE_DEV_DEBUG")
        .env_remove("RUSTFLAGS")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .output();
    let told = run.ok().filter(|run| run.status.success()).map(|run| run.stderr);
    if told.is_none() {
        eprintln!("cargo {}: it failed, or took longer than {limit:?}", args.join(" "));
    }
    let told = String::from_utf8(told?).ok()?;
    let seconds: Option<Vec<f64>> = told.split_whitespace().map(|seconds| seconds.parse().ok()).collect();
    seconds.map(|seconds| Duration::from_secs_f64(seconds.iter().sum()))
}

/// Copies a folder with the times of its files, by which cargo knows that nothing has changed.
fn copy(from: &Path, to: &Path) -> Option<()> {
    Command::new("cp").arg("-a").arg(from).arg(to).status().is_ok_and(|status| status.success()).then_some(())
}
