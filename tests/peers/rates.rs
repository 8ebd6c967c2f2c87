//! Requests a second, the processor's time and the latency of a request, and the memory of a live token. Each round starts each server
//! anew, so that all meet the same machine and none is measured with more to keep than another.

use crate::Result;
use crate::arguments::Arguments;
use crate::figures::{figure, median, ratio, us};
use crate::load;
use crate::others;
use crate::process::Process;
use crate::servers::Server;

/// The load before what is measured.
const WARM_UP: u64 = 500;

/// The live tokens over which the memory is measured.
const TOKENS: u64 = 100_000;

/// A server that is compared.
pub(crate) struct Contestant {
    pub(crate) title: String,
    pub(crate) start: Box<dyn Fn() -> Result<Process>>,
    /// Tells whether it keeps its tokens.
    pub(crate) keeps: bool,
}

/// What a round came to.
struct Round {
    rate: f64,
    /// In microseconds, a request.
    cpu: f64,
    /// In microseconds.
    median: f64,
    /// In microseconds.
    worst: f64,
}

pub(crate) fn run(arguments: &Arguments) -> Result {
    println!(
        "{} worker thread(s), {} connections; medians of {} rounds of {:?}, and of the ratios to the bare handler of the same round",
        arguments.workers(),
        arguments.connections,
        arguments.rounds,
        arguments.duration()
    );
    let here = Server::ALL.into_iter().filter(|server| server.is_here());
    let ours: Vec<_> = here.map(|server| own(server, arguments.workers())).collect();
    table("Servers in Rust", &ours, arguments)?;
    let mut others = others::all();
    if !others.is_empty() {
        others.insert(0, own(Server::Bare, arguments.workers()));
        table("Servers in other languages, each one process", &others, arguments)?;
    }
    Ok(())
}

fn own(server: Server, threads: usize) -> Contestant {
    Contestant {
        title: server.title().to_owned(),
        start: Box::new(move || Process::start(server.command(threads)?)),
        keeps: matches!(server, Server::Opaque | Server::OauthAs),
    }
}

/// Prints a table of servers, of which the first is what the others are compared with.
fn table(title: &str, contestants: &[Contestant], arguments: &Arguments) -> Result {
    let mut rounds: Vec<Vec<Round>> = contestants.iter().map(|_| Vec::new()).collect();
    for _ in 0..arguments.rounds {
        for (contestant, rounds) in contestants.iter().zip(&mut rounds) {
            rounds.push(
                round(contestant, arguments).map_err(|error| format!("{}: {error}", contestant.title))?,
            );
        }
    }
    println!(
        "\n{title:44} {:>9} {:>6} {:>9} {:>6} {:>8} {:>6} {:>8} {:>6} {:>8}",
        "req/s", "ratio", "CPU us", "ratio", "p50 us", "ratio", "p99 us", "ratio", "B/token"
    );
    let base = rounds.first().map(Vec::as_slice).unwrap_or_default();
    for (contestant, rounds) in contestants.iter().zip(&rounds) {
        let of = |pick: fn(&Round) -> f64| {
            let [own, base] = [rounds, base].map(|rounds| rounds.iter().map(pick).collect::<Vec<_>>());
            (median(&own), ratio(&own, &base))
        };
        let [rate, cpu, p50, p99] = [
            of(|round| round.rate),
            of(|round| round.cpu),
            of(|round| round.median),
            of(|round| round.worst),
        ];
        let memory = match (contestant.keeps, arguments.tokens.unwrap_or(TOKENS)) {
            (false, _) | (_, 0) => "-".to_owned(),
            (true, tokens) => format!("{:.0}", memory(contestant, arguments.connections, tokens)?),
        };
        println!(
            "{:44} {:9.0} {:6.2} {:9.1} {:6.2} {:8.0} {:6.2} {:8.0} {:6.2} {memory:>8}",
            contestant.title, rate.0, rate.1, cpu.0, cpu.1, p50.0, p50.1, p99.0, p99.1
        );
    }
    Ok(())
}

fn round(contestant: &Contestant, arguments: &Arguments) -> Result<Round> {
    let server = (contestant.start)()?;
    load::requests(server.port, arguments.connections, WARM_UP)?;
    let before = server.cpu()?;
    let carried = load::lasting(server.port, arguments.connections, arguments.duration())?;
    let cpu = server.cpu()?.saturating_sub(before);
    server.finish()?;
    let requests = figure(carried.requests());
    Ok(Round {
        rate: requests / carried.elapsed.as_secs_f64(),
        cpu: us(cpu) / requests,
        median: us(carried.percentile(50)),
        worst: us(carried.percentile(99)),
    })
}

/// The bytes of a live token, over so many.
fn memory(contestant: &Contestant, connections: usize, tokens: u64) -> Result<f64> {
    let server = (contestant.start)()?;
    load::requests(server.port, connections, WARM_UP)?;
    let before = server.memory()?;
    load::requests(server.port, connections, tokens)?;
    let grown = server.memory()?.saturating_sub(before);
    server.finish()?;
    Ok(figure(grown) / figure(tokens))
}
