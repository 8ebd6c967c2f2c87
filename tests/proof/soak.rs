//! A soak: one server at full load for as long as you like, whose million tokens expire at one moment. Its memory stays
//! flat, and nobody notices the moment.
//!
//! Ten minutes of it, over either store:
//! `SOAK_MINUTES=10 cargo test --workspace --features oauth-tests/interop --test proof soak -- --nocapture`.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use tokio::task::JoinSet;

use crate::ALONE;
use crate::instances::example;
use crate::wire::{Outcome, Wire};

/// The callers, each of which waits for its answers: more than the processors can serve.
const CALLERS: usize = 24;
/// The windows of a run. In the first the caches fill, and the tokens that live for four seconds become as many as they will be.
const WINDOWS: u8 = 40;
const WARM: u8 = 10;

struct Length {
    minutes: Option<u64>,
}

impl Length {
    fn of_environment() -> Self {
        let minutes = std::env::var("SOAK_MINUTES").ok();
        Self { minutes: minutes.map(|minutes| minutes.parse().expect("SOAK_MINUTES is a number")) }
    }

    fn window(&self) -> Duration {
        self.minutes.map_or(Duration::from_millis(200), |minutes| {
            Duration::from_secs(minutes * 60) / u32::from(WINDOWS)
        })
    }

    /// The tokens that expire at one moment.
    fn tokens(&self) -> usize {
        self.minutes.map_or(20_000, |_| 1_000_000)
    }

    /// The time that it may take to make them, before which nothing is measured.
    fn preparation(&self) -> Duration {
        self.minutes.map_or(Duration::from_secs(3), |_| Duration::from_mins(3))
    }
}

/// The server, in a process of its own: its memory is measured.
struct Server {
    process: Child,
    origin: String,
    basic: String,
}

impl Server {
    fn start(store: &str, tokens: usize, end: u64) -> Self {
        let mut process = Command::new(example("soak_server"))
            .args([store, &tokens.to_string(), &end.to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let (origin, basic) = line.trim_end().split_once(' ').expect("the server serves");
        Self { origin: origin.to_owned(), basic: basic.to_owned(), process }
    }

    /// The memory that it has, in KiB.
    fn memory(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What a caller measured: when an answer came, and after how long.
type Measured = Vec<(Instant, Duration)>;

/// Gets a token, asks about it and revokes it, one after the other, until the end.
async fn call(wire: Wire, origin: String, basic: String, ends: Arc<AtomicBool>) -> Measured {
    let mut measured = Vec::new();
    let mut ask = async |path: &str, form: &[(&str, &str)]| {
        let started = Instant::now();
        let outcome = wire.post(&format!("{origin}/{path}"), Some(&basic), form).await;
        measured.push((Instant::now(), started.elapsed()));
        let Outcome::Done(reply) = outcome else { panic!("{path}: {outcome:?}") };
        reply
    };
    while !ends.load(Ordering::Relaxed) {
        let issued = ask("token", &[("grant_type", "client_credentials")]).await;
        let token = issued.member("access_token");
        for _ in 0..3 {
            assert_eq!(ask("introspect", &[("token", &token)]).await.json()["active"], true);
        }
        ask("revoke", &[("token", &token)]).await;
    }
    measured
}

/// What happened in a window.
struct Window {
    answers: usize,
    p99: Duration,
    memory: usize,
}

async fn soak(store: &str) {
    let length = Length::of_environment();
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let mut preparation = length.preparation();
    let (server, begins) = loop {
        let begins = now() + preparation;
        // In the middle of what is measured.
        let middle = begins + length.window() * u32::from(WINDOWS / 2);
        let server = Server::start(store, length.tokens(), middle.as_secs());
        if now() < begins {
            break (server, begins);
        }
        // The machine is busy.
        preparation *= 2;
    };
    let (wire, ends) = (Wire::new(), Arc::new(AtomicBool::new(false)));
    let mut callers = JoinSet::new();
    for _ in 0..CALLERS {
        callers.spawn(call(wire.clone(), server.origin.clone(), server.basic.clone(), Arc::clone(&ends)));
    }
    tokio::time::sleep(begins.saturating_sub(now())).await;
    let started = Instant::now();
    let mut memory = Vec::new();
    for window in 1..=u32::from(WINDOWS) {
        tokio::time::sleep_until((started + length.window() * window).into()).await;
        memory.push(server.memory());
    }
    ends.store(true, Ordering::Relaxed);
    let mut durations = vec![Vec::new(); WINDOWS.into()];
    for (at, took) in callers.join_all().await.into_iter().flatten() {
        let Some(since) = at.checked_duration_since(started) else { continue };
        let window = usize::try_from(since.as_nanos() / length.window().as_nanos()).unwrap();
        if let Some(window) = durations.get_mut(window) {
            window.push(took);
        }
    }
    let windows = durations.into_iter().zip(memory).map(|(mut durations, memory)| {
        durations.sort_unstable();
        let p99 = durations.get(durations.len() * 99 / 100).copied().expect("it is answered");
        Window { answers: durations.len(), p99, memory }
    });
    assert_eq!(wire.overloads(), 0);
    judge(&windows.skip(WARM.into()).collect::<Vec<_>>(), &length);
}

fn judge(windows: &[Window], length: &Length) {
    let mut p99: Vec<_> = windows.iter().map(|window| window.p99).collect();
    // The clock of expiry has seconds, and the removal goes on after it.
    let around = usize::from(WINDOWS / 2 - WARM) - 1;
    let worst = p99[around..around + 8].iter().max().copied().unwrap();
    p99.sort_unstable();
    let (median, slowest) = (p99[p99.len() / 2], p99[p99.len() - 1]);
    let answers: usize = windows.iter().map(|window| window.answers).sum();
    let rate = answers / usize::try_from((length.window() * u32::from(WINDOWS - WARM)).as_secs()).unwrap();
    let quarter = windows.len() / 4;
    let mean = |windows: &[Window]| windows.iter().map(|window| window.memory).sum::<usize>() / windows.len();
    let (first, last) = (mean(&windows[..quarter]), mean(&windows[windows.len() - quarter..]));
    println!(
        "{answers} answers, {rate} a second; p99: {median:.1?} in the median window, {worst:.1?} when {} tokens expire, {slowest:.1?} at \
         worst; memory {first} KiB at first, {last} KiB at last",
        length.tokens()
    );
    assert!(worst < median * 5 + Duration::from_millis(100), "whoever asks notices the expiry");
    assert!(last < first + first / 10 + (8 << 10), "the memory grows");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_soak_in_memory() {
    let _alone = ALONE.lock().await;
    soak("memory").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_soak_over_a_file() {
    let _alone = ALONE.lock().await;
    let folder = tempfile::tempdir().unwrap();
    soak(folder.path().join("oauth.db").to_str().unwrap()).await;
}
