//! The requests of one thread and of several, of one server in this process: what they have to do with each other.

use std::sync::Barrier;
use std::time::{Duration, Instant};

use crate::Result;
use crate::arguments::Arguments;
use crate::figures::{figure, median, ratio, us};
use crate::in_process::{Asker, InProcess};
use crate::{load, process};

/// The tokens that each thread asks about in turn.
const TOKENS: usize = 1_000;

/// The clients that the threads are.
#[derive(Debug, Clone, Copy)]
enum Clients {
    One,
    OneEach,
}

const ROWS: [(&str, Clients, bool); 4] = [
    ("POST /token, one client", Clients::One, true),
    ("POST /token, a client each", Clients::OneEach, true),
    ("introspection, one client", Clients::One, false),
    ("introspection, a client each", Clients::OneEach, false),
];

/// What a round came to.
#[derive(Debug, Clone, Copy)]
struct Round {
    /// A second, of all threads together.
    rate: f64,
    /// In microseconds, a request.
    cpu: f64,
    /// In a million requests.
    waits: f64,
}

pub(crate) fn run(arguments: &Arguments) -> Result {
    let threads = arguments.threads.unwrap_or(2);
    let duration = arguments.duration.unwrap_or(Duration::from_secs(1));
    println!(
        "1 thread and {threads}, medians of {} rounds of {duration:?} and of the ratios of a round; `waits` are those for a lock, in a \
         million requests\n",
        arguments.rounds
    );
    println!(
        "{:30} {:>9} {:>9} {:>6} {:>8} {:>8} {:>6} {:>7} {:>7}",
        "in process, in memory", "req/s, 1", threads, "ratio", "CPU us", threads, "ratio", "waits", threads
    );
    for (title, clients, mints) in ROWS {
        let mut rounds = [Vec::new(), Vec::new()];
        for _ in 0..arguments.rounds {
            for (rounds, threads) in rounds.iter_mut().zip([1, threads]) {
                rounds.push(round(threads, clients, mints, duration)?);
            }
        }
        let of = |pick: fn(&Round) -> f64| {
            let [one, several] = rounds.each_ref().map(|rounds| rounds.iter().map(pick).collect::<Vec<_>>());
            (median(&one), median(&several), ratio(&several, &one))
        };
        let [rate, cpu, waits] = [of(|round| round.rate), of(|round| round.cpu), of(|round| round.waits)];
        println!(
            "{title:30} {:9.0} {:9.0} {:6.2} {:8.2} {:8.2} {:6.2} {:7.0} {:7.0}",
            rate.0, rate.1, rate.2, cpu.0, cpu.1, cpu.2, waits.0, waits.1
        );
    }
    Ok(())
}

/// Each round has a server of its own: none has more to keep than another.
fn round(threads: usize, clients: Clients, mints: bool, duration: Duration) -> Result<Round> {
    let ours = InProcess::start(threads)?;
    let start = Barrier::new(threads);
    let askers = (0..threads).map(|thread| match clients {
        Clients::One => ours.asker(0),
        Clients::OneEach => ours.asker(thread),
    });
    let askers = askers.collect::<Result<Vec<_>>>()?;
    let done = std::thread::scope(|scope| {
        let working: Vec<_> =
            askers.iter().map(|asker| scope.spawn(|| work(asker, mints, &start, duration))).collect();
        let join =
            |thread: std::thread::ScopedJoinHandle<'_, _>| thread.join().map_err(|_| "a thread panicked")?;
        working.into_iter().map(join).collect::<Result<Vec<_>>>()
    })?;
    let requests = figure(done.iter().map(|done| done.requests).sum());
    Ok(Round {
        rate: done.iter().map(|done| figure(done.requests) / done.elapsed.as_secs_f64()).sum(),
        cpu: us(done.iter().map(|done| done.cpu).sum()) / requests,
        waits: figure(done.iter().map(|done| done.waits).sum()) / requests * 1e6,
    })
}

/// What a thread has done.
struct Done {
    requests: u64,
    elapsed: Duration,
    cpu: Duration,
    waits: u64,
}

/// One thread. Its tokens are there before what is measured.
fn work(asker: &Asker, mints: bool, start: &Barrier, duration: Duration) -> Result<Done> {
    let tokens: Result<Vec<_>> =
        (0..TOKENS).map(|_| Ok(load::token_in(&asker.token()?)?.to_owned())).collect();
    start.wait();
    let tokens = tokens?;
    let (started, cpu, waits) = (Instant::now(), process::cpu(), process::waits()?);
    let mut requests = 0;
    for token in tokens.iter().cycle() {
        if started.elapsed() >= duration {
            break;
        }
        if mints {
            load::token_in(&asker.token()?)?;
        } else {
            asker.introspect(token)?;
        }
        requests += 1;
    }
    Ok(Done {
        requests,
        elapsed: started.elapsed(),
        cpu: process::cpu().saturating_sub(cpu),
        waits: process::waits()?.saturating_sub(waits),
    })
}
