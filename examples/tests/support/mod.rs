//! Running an example as a user does: its program, on a free port, in a directory of its own.

pub(crate) mod browser;

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use self::browser::Browser;

/// The longest that anything here may take.
const PATIENCE: Duration = Duration::from_mins(2);

/// The place where a log is kept, in the directory of the example.
const LOG: &str = "log";

/// A running example. It is killed when dropped.
#[derive(Debug)]
pub(crate) struct Example {
    child: Child,
    /// The text that it printed up to the line that says where it listens.
    pub(crate) printed: String,
    /// The address where it listens.
    pub(crate) origin: String,
    /// The directory where it runs.
    pub(crate) directory: TempDir,
}

impl Example {
    /// Starts an example on a free port; `last` begins the last line of what it prints at the start.
    pub(crate) fn start(name: &str, args: &[&str], last: &str) -> Self {
        Self::start_in(tempfile::tempdir().expect("a temporary directory"), name, args, last)
    }

    pub(crate) fn start_in(directory: TempDir, name: &str, args: &[&str], last: &str) -> Self {
        let command = command(name, args, directory.path());
        Self::spawn(directory, command, last)
    }

    /// The same as [`start_in`](Self::start_in), with these in its environment.
    pub(crate) fn start_with_env(
        directory: TempDir,
        name: &str,
        args: &[&str],
        last: &str,
        environment: &[(&str, &str)],
    ) -> Self {
        let mut command = command(name, args, directory.path());
        command.envs(environment.iter().copied());
        Self::spawn(directory, command, last)
    }

    /// The same as [`start_in`](Self::start_in), with what it logs from this level on kept for
    /// [`log`](Self::log).
    pub(crate) fn start_logging_in(
        directory: TempDir,
        name: &str,
        args: &[&str],
        last: &str,
        level: &str,
    ) -> Self {
        let mut command = command(name, args, directory.path());
        let log = File::create(directory.path().join(LOG)).expect("a file");
        command.env("RUST_LOG", level).stderr(log);
        Self::spawn(directory, command, last)
    }

    /// The lines that it has logged so far.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.directory.path().join(LOG)).expect("it was started with a log")
    }

    fn spawn(directory: TempDir, mut command: Command, last: &str) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
        let stdout = child.stdout.take().expect("its output is a pipe");
        let (sender, lines) = mpsc::channel();
        // Reads on for as long as it runs, so that it never waits for a reader.
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                // Nobody listens any more once the start is over.
                let _ = sender.send(line);
            }
        });
        let mut example = Self { child, printed: String::new(), origin: String::new(), directory };
        loop {
            let line = lines.recv_timeout(PATIENCE).expect("it prints where it listens");
            example.printed.push_str(&line);
            example.printed.push('\n');
            if line.starts_with(last) {
                break;
            }
        }
        let start = example.printed.find("http://127.0.0.1:").expect("it prints a URL");
        let url = &example.printed[start..];
        let end = url.find(|c: char| !c.is_ascii_alphanumeric() && !":/.".contains(c)).unwrap_or(url.len());
        example.origin = url[..end].split('/').take(3).collect::<Vec<_>>().join("/");
        example
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::new(&self.origin)
    }

    /// The word after `label` in what it printed.
    pub(crate) fn word_after(&self, label: &str) -> &str {
        let (_, rest) =
            self.printed.split_once(label).unwrap_or_else(|| panic!("no {label} in {}", self.printed));
        rest.split_whitespace().next().expect("something follows")
    }

    #[cfg(unix)]
    pub(crate) fn signal(&self, signal: rustix::process::Signal) {
        rustix::process::kill_process(rustix::process::Pid::from_child(&self.child), signal)
            .expect("it runs");
    }

    /// Waits until it takes no more connections.
    pub(crate) fn wait_until_deaf(&self) {
        let address = self.origin.strip_prefix("http://").expect("an origin");
        let started = Instant::now();
        while std::net::TcpStream::connect(address).is_ok() {
            assert!(started.elapsed() < PATIENCE, "it goes on listening");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until it takes connections, where it says first what it is going to do.
    pub(crate) fn wait_until_heard(&self) {
        let address = self.origin.strip_prefix("http://").expect("an origin");
        let started = Instant::now();
        while std::net::TcpStream::connect(address).is_err() {
            assert!(started.elapsed() < PATIENCE, "it does not listen");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until it has ended by itself.
    pub(crate) fn wait(&mut self) -> ExitStatus {
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().expect("it is ours") {
                return status;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("it does not end");
    }

    /// Stops it and hands over its directory, for another one to start there.
    pub(crate) fn stop(mut self) -> TempDir {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
        std::mem::replace(&mut self.directory, tempfile::tempdir().expect("a temporary directory"))
    }
}

impl Drop for Example {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An example that runs beside another and listens on no port. It is killed when dropped.
pub(crate) struct Beside(Child);

impl Beside {
    /// Starts it, and waits for the first line that it prints.
    pub(crate) fn start(name: &str, args: &[&str], directory: &Path) -> Self {
        let mut child = command(name, args, directory).stdout(Stdio::piped()).spawn().expect("it starts");
        let mut output = BufReader::new(child.stdout.take().expect("its output is a pipe"));
        let beside = Self(child);
        let mut line = String::new();
        assert!(output.read_line(&mut line).expect("it prints") > 0, "{name} ends");
        beside
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs an example that is expected to end by itself: exit code, output, errors.
pub(crate) fn run(name: &str, args: &[&str], directory: &Path) -> (Option<i32>, String, String) {
    finish(command(name, args, directory))
}

/// The same as [`run`], with these in its environment.
pub(crate) fn run_with(
    name: &str,
    args: &[&str],
    directory: &Path,
    environment: &[(&str, &str)],
) -> (Option<i32>, String, String) {
    let mut command = command(name, args, directory);
    command.envs(environment.iter().copied());
    finish(command)
}

/// The same as [`run`], with something on its standard input.
pub(crate) fn run_fed(
    name: &str,
    args: &[&str],
    directory: &Path,
    input: &str,
) -> (Option<i32>, String, String) {
    let file = directory.join("standard-input");
    fs::write(&file, input).expect("a file");
    let mut command = command(name, args, directory);
    command.stdin(File::open(file).expect("a file"));
    finish(command)
}

/// Runs a program that is expected to end by itself and to say little: exit code, output, errors.
pub(crate) fn finish(mut command: Command) -> (Option<i32>, String, String) {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("it is ours") {
            break status;
        }
        if started.elapsed() > PATIENCE {
            child.kill().expect("it runs");
            panic!("{command:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    let (mut output, mut errors) = (String::new(), String::new());
    child.stdout.take().expect("a pipe").read_to_string(&mut output).expect("UTF-8");
    child.stderr.take().expect("a pipe").read_to_string(&mut errors).expect("UTF-8");
    (status.code(), output, errors)
}

/// A program that goes on writing. It is killed when dropped.
#[derive(Debug)]
pub(crate) struct Following {
    child: Child,
    lines: mpsc::Receiver<String>,
}

impl Following {
    pub(crate) fn start(name: &str, args: &[&str], directory: &Path) -> Self {
        let mut child = command(name, args, directory).stdout(Stdio::piped()).spawn().expect("it starts");
        let stdout = child.stdout.take().expect("its output is a pipe");
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || {
            // Nobody listens any more once the test is over.
            BufReader::new(stdout).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        Self { child, lines }
    }

    /// The next line, which is JSON.
    pub(crate) fn json(&mut self) -> serde_json::Value {
        let line = self.lines.recv_timeout(PATIENCE).expect("it writes on");
        serde_json::from_str(&line).expect("JSON")
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(name: &str, args: &[&str], directory: &Path) -> Command {
    let mut command = Command::new(program(name));
    // What goes as it should is not for the output of the tests.
    command
        .args(args)
        .current_dir(directory)
        .stdin(Stdio::null())
        .env("RUST_LOG", "oauth_core=warn,provider=warn");
    command
}

/// `target/debug/examples/<name>`, next to `target/debug/deps/`, where this test is.
fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a test knows where it is");
    let profile = test.ancestors().nth(2).expect("deps/ is in the directory of the profile");
    let program = profile.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        program.exists(),
        "{} is not built: `cargo test` builds it; with `--test examples` alone, run `cargo build --examples` first",
        program.display()
    );
    program
}
