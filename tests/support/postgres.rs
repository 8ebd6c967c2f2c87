//! A PostgreSQL of the test's own, with a database for whoever asks.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::free_port;

const SCRIPT: &str = include_str!("postgres.sh");

/// One server for all tests of a process. It ends when this process does: its standard input ends then. What a crash would leave is of
/// no interest here, so the disk is not waited for.
static SERVER: LazyLock<Postgres> = LazyLock::new(|| Postgres::start(&["fsync=off", "full_page_writes=off"]));

/// A server on a port and files of its own. It ends with this value, or with the process.
#[derive(Debug)]
pub struct Postgres {
    port: u16,
    _process: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
    databases: AtomicU32,
}

impl Postgres {
    /// Starts one with these settings, such as `fsync=off`.
    #[must_use]
    pub fn start(settings: &[&str]) -> Self {
        Self::start_in(&std::env::temp_dir(), settings)
    }

    /// Starts one whose files are in a folder of this folder, which everybody may write to.
    #[must_use]
    pub fn start_in(folder: &Path, settings: &[&str]) -> Self {
        let port = free_port();
        let mut command = Command::new("sh");
        command.args(["-c", SCRIPT, "sh", &port.to_string(), SCRIPT]).env("TMPDIR", folder);
        for setting in settings {
            command.args(["-c", setting]);
        }
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (orders, answers) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        let (answers, databases) = (BufReader::new(answers), AtomicU32::new(0));
        let mut server = Self { port, _process: process, orders, answers, databases };
        server.expect("ready");
        server
    }

    /// Ends all its processes at once.
    pub fn kill(&mut self) {
        self.order("kill");
        self.expect("killed");
    }

    /// Starts it again, on what the crash has left.
    pub fn restart(&mut self) {
        self.order("start");
        self.expect("ready");
    }

    /// Starts it again if it has ended by itself, and waits until it answers.
    pub fn mend(&mut self) {
        self.order("mend");
        self.expect("ready");
    }

    /// The port of 127.0.0.1 where it is.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The URL of the database in which others are made.
    #[must_use]
    pub fn administration(&self) -> String {
        format!("postgres://oauth@127.0.0.1:{}/postgres", self.port)
    }

    /// The URL of an empty database.
    #[must_use]
    pub fn database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let psql = Command::new("psql")
            .args(["--quiet", "--dbname", &self.administration()])
            .args(["--command", &format!("CREATE DATABASE {name}")])
            .status()
            .unwrap();
        assert!(psql.success());
        format!("postgres://oauth@127.0.0.1:{}/{name}", self.port)
    }

    fn order(&mut self, order: &str) {
        writeln!(self.orders, "{order}").unwrap();
    }

    fn expect(&mut self, answer: &str) {
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        assert_eq!(
            line.trim_end(),
            answer,
            "PostgreSQL does not start: `apt-get install postgresql` brings it"
        );
    }
}

/// The URL of the server that tests share, and of the database in which others are made.
#[must_use]
pub fn administration() -> String {
    SERVER.administration()
}

/// The URL of an empty database of the server that tests share.
#[must_use]
pub fn database() -> String {
    SERVER.database()
}
