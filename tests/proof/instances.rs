//! The instances of one server: real processes behind one issuer, of which each can be killed, stopped and started again.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use oauth_tests::free_port;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;

/// Instances of `examples/provider`, as an operator starts them.
pub(crate) struct Instances {
    /// The one issuer: where the first one listens.
    pub(crate) issuer: String,
    pub(crate) origins: Vec<String>,
    all: Vec<Instance>,
    turn: AtomicUsize,
    _folder: TempDir,
}

struct Instance {
    command: Mutex<Command>,
    child: Mutex<Option<Child>>,
    log: PathBuf,
}

/// How an instance differs from the others.
#[derive(Debug, Clone, Default)]
pub(crate) struct Oddity {
    /// The seconds that its clock is off.
    pub(crate) clock: i64,
    /// More variables of its environment.
    pub(crate) environment: Vec<(String, String)>,
}

impl Instances {
    /// Three of them, for these clients and with these arguments.
    pub(crate) fn start(clients: &Value, users: &Value, args: &[&str], oddities: &[Oddity; 3]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("clients.json"), clients.to_string()).unwrap();
        fs::write(folder.path().join("users.json"), users.to_string()).unwrap();
        let origins: Vec<_> = oddities.iter().map(|_| format!("http://127.0.0.1:{}", free_port())).collect();
        let issuer = origins[0].clone();
        let all = oddities.iter().enumerate().map(|(number, oddity)| {
            let mut command = Command::new(example("provider"));
            let listen = origins[number].trim_start_matches("http://");
            let log = folder.path().join(format!("log-{number}"));
            command
                .args(["--clients", "clients.json", "--users", "users.json", "--keys", "keys"])
                .args(["--issuer", &issuer, "--listen", listen])
                .args(args)
                .current_dir(folder.path())
                .env("RUST_LOG", "oauth_core=warn,provider=warn")
                .envs(oddity.environment.iter().cloned())
                .stdin(Stdio::null())
                .stdout(Stdio::piped());
            if oddity.clock != 0 {
                // The time of the wall, and not that of timers.
                command
                    .env("LD_PRELOAD", faketime())
                    .env("FAKETIME", format!("{:+}s", oddity.clock))
                    .env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
            }
            Instance { command: Mutex::new(command), child: Mutex::default(), log }
        });
        let all = all.collect();
        let instances = Self { issuer, origins, all, turn: AtomicUsize::new(0), _folder: folder };
        for number in 0..instances.len() {
            instances.revive(number);
        }
        instances
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// The origin of the next one, round robin.
    pub(crate) fn next(&self) -> &str {
        &self.origins[self.turn.fetch_add(1, Ordering::Relaxed) % self.origins.len()]
    }

    /// Ends an instance as the kernel does.
    pub(crate) fn kill(&self, number: usize) {
        if let Some(mut child) = self.all[number].child.lock().unwrap().take() {
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// Ends an instance as an operator does: it serves until others know that it goes.
    pub(crate) fn stop(&self, number: usize) {
        self.signal(number, Signal::TERM);
        if let Some(mut child) = self.all[number].child.lock().unwrap().take() {
            assert!(child.wait().unwrap().success(), "instance {number} does not end well:\n{}", self.logs());
        }
    }

    /// Starts an instance that must not start; what it says of itself.
    pub(crate) fn is_refused(&self, number: usize) -> Vec<String> {
        let mut command = self.all[number].command.lock().unwrap();
        let ended = command.stderr(Stdio::piped()).output().unwrap();
        assert!(!ended.status.success(), "instance {number} starts");
        String::from_utf8_lossy(&ended.stderr)
            .lines()
            .filter(|line| line.starts_with("provider: "))
            .map(str::to_owned)
            .collect()
    }

    /// The lines of all logs that say this.
    pub(crate) fn have_logged(&self, what: &str) -> Vec<String> {
        let logs = self.all.iter().map(|one| fs::read_to_string(&one.log).unwrap_or_default());
        logs.flat_map(|log| {
            log.lines().filter(|line| line.contains(what)).map(str::to_owned).collect::<Vec<_>>()
        })
        .collect()
    }

    /// Starts an instance, and waits until it serves.
    pub(crate) fn revive(&self, number: usize) {
        let Instance { command, child, log } = &self.all[number];
        let errors = File::options().create(true).append(true).open(log).unwrap();
        let mut started = command.lock().unwrap().stderr(errors).spawn().unwrap();
        let mut lines = BufReader::new(started.stdout.take().unwrap()).lines();
        let serves = lines.any(|line| line.is_ok_and(|line| line.starts_with("provider: serving")));
        assert!(serves, "instance {number} does not start:\n{}", fs::read_to_string(log).unwrap());
        *child.lock().unwrap() = Some(started);
    }

    /// Stops an instance where it is (`Signal::STOP`), or lets it go on (`Signal::CONT`).
    pub(crate) fn signal(&self, number: usize, signal: Signal) {
        if let Some(child) = &*self.all[number].child.lock().unwrap() {
            kill_process(Pid::from_child(child), signal).unwrap();
        }
    }

    /// The last lines of all logs.
    pub(crate) fn logs(&self) -> String {
        let last = |path: &Path| {
            let text = fs::read_to_string(path).unwrap_or_default();
            let lines: Vec<_> = text.lines().rev().take(12).collect();
            lines.into_iter().rev().collect::<Vec<_>>().join("\n")
        };
        let logs = self.all.iter().enumerate();
        logs.map(|(number, one)| format!("instance {number}:\n{}", last(&one.log)))
            .collect::<Vec<_>>()
            .join("\n")
    }
}

impl Drop for Instances {
    fn drop(&mut self) {
        for number in 0..self.len() {
            self.kill(number);
        }
    }
}

/// A program of `target/debug/examples/`, next to `target/debug/deps/`, where this test is.
pub(crate) fn example(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let program = test.ancestors().nth(2).unwrap().join("examples").join(name);
    assert!(
        program.exists(),
        "{} is not built: `cargo build --workspace --examples` does",
        program.display()
    );
    program
}

/// The library that tells a process another time.
fn faketime() -> PathBuf {
    let places = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib"];
    let mut files = places.iter().map(|place| Path::new(place).join("faketime/libfaketime.so.1"));
    files.find(|file| file.exists()).expect("`apt-get install libfaketime` brings libfaketime.so.1")
}
