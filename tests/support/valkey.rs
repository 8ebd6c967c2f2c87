//! A Valkey of the test's own, a cluster, and servers for whoever sets them up in unusual ways.

use std::ffi::OsString;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::free_port;

const SCRIPT: &str = include_str!("valkey.sh");
/// A folder that is on no disk.
const MEMORY: &str = "/dev/shm";

static NODE: LazyLock<Server> = LazyLock::new(|| Server::start(&[]));
static CLUSTER: LazyLock<[Server; 3]> = LazyLock::new(|| cluster(&[]));
static PREFIXES: AtomicU32 = AtomicU32::new(0);

/// A server, which ends with this value or this process: its standard input ends then.
#[derive(Debug)]
pub struct Server {
    port: u16,
    process: Child,
    answers: BufReader<ChildStdout>,
}

impl Server {
    /// Starts a server with these options besides the usual ones.
    #[must_use]
    pub fn start(options: &[&str]) -> Self {
        let port = free_port();
        let mut command = Command::new("sh");
        // A node of a cluster waits for the disk whenever it hears of another, and for a disk in use that takes seconds.
        if !options.contains(&"--appendonly") && Path::new(MEMORY).is_dir() {
            command.env("TMPDIR", MEMORY);
        }
        let mut process = command
            .args(["-c", SCRIPT, "sh", &port.to_string()])
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let answers = BufReader::new(process.stdout.take().unwrap());
        let mut server = Self { port, process, answers };
        server.expect("ready");
        server
    }

    /// Ends it at once.
    pub fn kill(&mut self) {
        self.order("kill");
        self.expect("killed");
    }

    /// Starts it again, on what the crash has left.
    pub fn restart(&mut self) {
        self.order("start");
        self.expect("ready");
    }

    fn order(&mut self, order: &str) {
        writeln!(self.process.stdin.as_mut().unwrap(), "{order}").unwrap();
    }

    fn expect(&mut self, answer: &str) {
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        assert_eq!(line.trim_end(), answer, "`.ci/run` says where `valkey-server` is from");
    }

    /// The URL of the server.
    #[must_use]
    pub fn url(&self) -> String {
        format!("valkey://127.0.0.1:{}", self.port)
    }

    /// Its port on 127.0.0.1.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The answer to a command, as `valkey-cli` prints it.
    #[must_use]
    pub fn ask(&self, command: &[&str]) -> String {
        let output = cli().args(["-p", &self.port.to_string()]).args(command).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }
}

impl Server {
    /// Tells whether all of its cluster is served, and whether it has what its primary has, if it is a replica.
    #[must_use]
    pub fn is_in_order(&self) -> bool {
        let replication = self.ask(&["info", "replication"]);
        let is_behind = replication.contains("role:slave") && !replication.contains("master_link_status:up");
        !is_behind && self.ask(&["cluster", "info"]).contains("cluster_state:ok")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

/// Starts so many servers with these options, and makes a cluster of them: three primaries, and replicas for each if there are more.
///
/// # Panics
///
/// If that is not possible.
#[must_use]
pub fn cluster<const N: usize>(options: &[&str]) -> [Server; N] {
    let mut tried = Err(String::new());
    // Where a node meets a stranger on a port that was free a moment ago, it waits for ever.
    for _ in 0..3 {
        tried = try_cluster(options);
        if tried.is_ok() {
            break;
        }
    }
    tried.unwrap_or_else(|why| panic!("they do not make a cluster: {why}"))
}

fn try_cluster<const N: usize>(options: &[&str]) -> Result<[Server; N], String> {
    let nodes = [(); N].map(|()| {
        let bus = free_port().to_string();
        Server::start(&[&["--cluster-enabled", "yes", "--cluster-port", &bus], options].concat())
    });
    let mut create = cli();
    create.args(["--cluster", "create"]);
    create.args(nodes.iter().map(|node| format!("127.0.0.1:{}", node.port)));
    create.args(["--cluster-replicas", &(N / 3 - 1).to_string(), "--cluster-yes"]);
    let created = create.output().unwrap();
    if !created.status.success() {
        return Err(format!("{created:?}"));
    }
    // Each has to hear of the others.
    until("each node has heard of the others", || nodes.iter().all(Server::is_in_order));
    Ok(nodes)
}

/// A client of a server, which does not wait for ever.
fn cli() -> Command {
    let mut command = Command::new("timeout");
    command.arg("60").arg(program());
    command
}

/// The program that is the client of a server.
#[must_use]
pub fn program() -> OsString {
    std::env::var_os("OAUTH_VALKEY_CLI").unwrap_or("valkey-cli".into())
}

/// Waits until it is so.
pub fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is_so() {
        assert!(started.elapsed() < Duration::from_mins(2), "it takes too long until {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The URL of a server that all tests of a process share.
#[must_use]
pub fn url() -> String {
    NODE.url()
}

/// The URLs of two nodes of a cluster that all tests of a process share.
#[must_use]
pub fn seeds() -> [String; 2] {
    let [first, second, _] = &*CLUSTER;
    [first.url(), second.url()]
}

/// The shared server itself.
#[must_use]
pub fn node() -> &'static Server {
    &NODE
}

/// What nobody else's keys begin with.
#[must_use]
pub fn prefix() -> String {
    format!("test{}:", PREFIXES.fetch_add(1, Ordering::Relaxed))
}
