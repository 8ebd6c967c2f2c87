//! What token requests at a steady rate wait for logins: rounds with and without people who log in all the time, one after another on
//! each connection.

use std::thread;
use std::time::Duration;

use crate::Result;
use crate::arguments::Arguments;
use crate::figures::{figure, median, ratio, us};
use crate::load::{self, Carried};
use crate::process::Process;
use crate::servers::Server;

/// The form of a login by the password grant, which waits in the queue of the login page.
pub(crate) const FORM: &str =
    "grant_type=password&username=alice&password=correct+horse+battery+staple&scope=jobs";

/// The load before what is measured.
const WARM_UP: u64 = 500;
/// The time by which the logins begin before what is measured, and end after it.
const LEAD: Duration = Duration::from_millis(500);

/// The latencies of the token requests of each round, in microseconds.
#[derive(Default)]
struct Latencies {
    p50: Vec<f64>,
    p99: Vec<f64>,
}

impl Latencies {
    fn add(&mut self, carried: &Carried) {
        self.p50.push(us(carried.percentile(50)));
        self.p99.push(us(carried.percentile(99)));
    }
}

pub(crate) fn run(arguments: &Arguments) -> Result {
    let server = Server::named("logins")?;
    let (duration, rate, connections) = (arguments.duration(), arguments.rate, arguments.connections);
    println!(
        "{} worker thread(s), {} cores; {rate} token requests a second on {connections} connections, with and without {connections} people \
         who log in; medians of {} rounds of {duration:?}",
        arguments.workers(),
        thread::available_parallelism()?,
        arguments.rounds
    );
    let server = Process::start(server.command(arguments.workers())?)?;
    load::requests(server.port, connections, WARM_UP)?;
    let (mut alone, mut beside, mut hashes) = (Latencies::default(), Latencies::default(), Vec::new());
    for _ in 0..arguments.rounds {
        alone.add(&load::paced(server.port, connections, rate, duration)?);
        let port = server.port;
        let people = thread::spawn(move || load::sending(port, connections, FORM, LEAD + duration + LEAD));
        thread::sleep(LEAD);
        beside.add(&load::paced(server.port, connections, rate, duration)?);
        let logins = people.join().map_err(|_| "a thread panicked")??;
        hashes.push(figure(logins.requests()) / logins.elapsed.as_secs_f64());
    }
    server.finish()?;
    println!("\n{:32} {:>8} {:>8}", "token requests", "p50 us", "p99 us");
    for (title, latencies) in [("alone", &alone), ("beside logins", &beside)] {
        println!("{title:32} {:8.0} {:8.0}", median(&latencies.p50), median(&latencies.p99));
    }
    let [p50, p99] = [ratio(&beside.p50, &alone.p50), ratio(&beside.p99, &alone.p99)];
    println!("{:32} {p50:8.2} {p99:8.2}   (the aim: 2 for the p99)", "ratio");
    println!("\n{:.0} logins a second", median(&hashes));
    Ok(())
}
