//! A PostgreSQL of the test's own, with a database for whoever asks.

use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

const SCRIPT: &str = include_str!("postgres.sh");

/// One server for all tests of a process. It ends when this process does: its standard input ends then.
static SERVER: LazyLock<Server> = LazyLock::new(Server::start);

#[derive(Debug)]
struct Server {
    port: u16,
    /// Held open.
    _process: Child,
    databases: AtomicU32,
}

impl Server {
    fn start() -> Self {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let mut process = Command::new("sh")
            .args(["-c", SCRIPT, "sh", &port.to_string(), SCRIPT])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n", "PostgreSQL does not start: `apt-get install postgresql` brings it");
        Self { port, _process: process, databases: AtomicU32::new(0) }
    }
}

/// The URL of a server, and of the database in which others are made.
#[must_use]
pub fn administration() -> String {
    format!("postgres://oauth@127.0.0.1:{}/postgres", SERVER.port)
}

/// The URL of an empty database.
#[must_use]
pub fn database() -> String {
    let name = format!("test_{}", SERVER.databases.fetch_add(1, Ordering::Relaxed));
    let psql = Command::new("psql")
        .args(["--quiet", "--dbname", &administration(), "--command", &format!("CREATE DATABASE {name}")])
        .status()
        .unwrap();
    assert!(psql.success());
    format!("postgres://oauth@127.0.0.1:{}/{name}", SERVER.port)
}
