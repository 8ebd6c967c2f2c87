//! The command line.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use crate::Result;
use crate::operations::Operation;
use crate::servers::Server;
use crate::servers::provider::Provider;

pub(crate) const HELP: &str = "\
oauth-peers [rates] [--rounds 5] [--seconds 3] [--connections 16] [--threads 1] [--tokens 100000]
    Loads each server in turn, round by round, and says requests a second, the processor's time and the latency of a
    request, as ratios to the bare handler of the same round, and then the memory of a live token.
      --rounds        how often each is loaded; the medians are shown
      --seconds       how long each time
      --connections   how many send one request after another
      --threads       the worker threads of each server
      --tokens        the live tokens over which the memory is measured; 0: none

oauth-peers instructions [--all | --works [--only WORD]] [--profile FOLDER]
    Counts the instructions of a request in user space under `valgrind --tool=callgrind`, and fails where ours are over
    their budget.
      --all           every server, and not only the two that the budget is about
      --works         each work of ours, its cryptography alone, and the rest as a ratio to the bare handler; there is no
                      budget, and it fails where a work is not done
      --only          of the works, those whose name has this word in it
      --profile       a folder where callgrind's files are kept, for callgrind_annotate

oauth-peers memory [--tokens 1000000]
    Asks a server in this process for so many opaque tokens, turns its clock until all have expired, and goes on asking until they are gone:
    the bytes of a live token and the longest request, at each power of ten and while they go. Then it keeps as many sessions and as many
    identifiers of proofs in a store. It fails where anything took more than 5 ms of the processor
    three times.
      --tokens        ten million take 1.3 GB, and some minutes

oauth-peers scaling [--rounds 5] [--seconds 1] [--threads 2]
    Asks one server in this process, by one thread and by several in turn: requests a second and the processor's time of each, and how often
    a thread waited for a lock; as one client, and each thread as a client of its own.
      --threads       the most that ask at once

oauth-peers logins [--rounds 5] [--seconds 3] [--rate 500] [--connections 16] [--threads 1]
    Sends token requests at a steady rate, with and without people who log in all the time, in turn: what they wait for each other. It
    needs the feature `logins`.
      --rate          the token requests a second
      --connections   how many send them, and as many log in

oauth-peers serve SERVER [--threads 1]
    Serves at a port of 127.0.0.1, which it prints, until standard input ends.
      SERVER          bare, opaque, self-contained, oauth-as, logins

oauth-peers provide PROVIDER KEYS [--threads 1]
    Serves in the same way what the works need.
      PROVIDER        opaque, signed, api
      KEYS            the folder with its keys, which are made where they are not there

oauth-peers repeat OPERATION COUNT
    Does an operation of the cryptography so often.
      OPERATION       sha-256, es256-signature, es256-verification";

pub(crate) enum Command {
    Help,
    Rates,
    Instructions,
    Memory,
    Scaling,
    Logins,
    Serve(Server),
    Provide(Provider, PathBuf),
    Repeat(Operation, u64),
}

pub(crate) struct Arguments {
    pub(crate) command: Command,
    pub(crate) rounds: usize,
    pub(crate) duration: Option<Duration>,
    pub(crate) connections: usize,
    pub(crate) threads: Option<usize>,
    pub(crate) tokens: Option<u64>,
    pub(crate) rate: u32,
    pub(crate) all: bool,
    pub(crate) works: bool,
    pub(crate) only: String,
    pub(crate) profile: Option<String>,
}

/// How long each is loaded over HTTP, unless said.
const SECONDS: Duration = Duration::from_secs(3);

impl Arguments {
    /// How long each is loaded over HTTP.
    pub(crate) fn duration(&self) -> Duration {
        self.duration.unwrap_or(SECONDS)
    }

    /// The worker threads of a server.
    pub(crate) fn workers(&self) -> usize {
        self.threads.unwrap_or(1)
    }

    pub(crate) fn read(words: impl Iterator<Item = String>) -> Result<Self> {
        let mut read = Self {
            command: Command::Rates,
            rounds: 5,
            duration: None,
            connections: 16,
            threads: None,
            tokens: None,
            rate: 500,
            all: false,
            works: false,
            only: String::new(),
            profile: None,
        };
        let mut words = words;
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| format!("`{word}` needs a value"));
            match word.as_str() {
                "--help" | "-h" => read.command = Command::Help,
                "rates" => read.command = Command::Rates,
                "instructions" => read.command = Command::Instructions,
                "memory" => read.command = Command::Memory,
                "scaling" => read.command = Command::Scaling,
                "logins" => read.command = Command::Logins,
                "serve" => read.command = Command::Serve(Server::named(&value()?)?),
                "provide" => {
                    let provider = named(&value()?, Provider::ALL, Provider::name)?;
                    read.command = Command::Provide(provider, value()?.into());
                }
                "repeat" => {
                    let operation = named(&value()?, Operation::ALL, Operation::name)?;
                    read.command = Command::Repeat(operation, number(&word, &value()?)?);
                }
                "--rounds" => read.rounds = positive(&word, &value()?)?,
                "--seconds" => read.duration = Some(seconds(&word, &value()?)?),
                "--connections" => read.connections = positive(&word, &value()?)?,
                "--threads" => read.threads = Some(positive(&word, &value()?)?),
                "--tokens" => read.tokens = Some(number(&word, &value()?)?),
                "--rate" => read.rate = positive(&word, &value()?)?,
                "--all" => read.all = true,
                "--works" => read.works = true,
                "--only" => read.only = value()?,
                "--profile" => read.profile = Some(value()?),
                _ => return Err(format!("`{word}` is no argument.\n\n{HELP}").into()),
            }
        }
        Ok(read)
    }
}

fn named<T: Copy>(
    word: &str,
    all: impl IntoIterator<Item = T>,
    name: impl Fn(T) -> &'static str,
) -> Result<T> {
    let found = all.into_iter().find(|one| name(*one) == word);
    found.ok_or_else(|| format!("`{word}` is not known.\n\n{HELP}").into())
}

fn number(word: &str, value: &str) -> Result<u64> {
    value.parse().map_err(|_| format!("`{word} {value}`: it takes a number").into())
}

fn positive<N: FromStr + PartialOrd + From<u8>>(word: &str, value: &str) -> Result<N> {
    match value.parse() {
        Ok(number) if number > N::from(0) => Ok(number),
        _ => Err(format!("`{word} {value}`: it takes a number over 0").into()),
    }
}

fn seconds(word: &str, value: &str) -> Result<Duration> {
    let seconds = value.parse().ok().filter(|seconds| *seconds > 0.0);
    let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    duration.ok_or_else(|| format!("`{word} {value}`: it takes a number of seconds over 0").into())
}
