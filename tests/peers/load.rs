//! The load: a few connections, each of which sends one request after another and looks at every answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde::Deserialize;
use tokio::runtime::Builder;
use tokio::task::JoinSet;

use crate::connection::Connection;
use crate::requests::{CLIENT_CREDENTIALS, post};
use crate::{Error, Result};

/// The end of a load.
#[derive(Debug, Clone)]
enum Until {
    /// So many more requests, of all connections together.
    Sent(Arc<AtomicU64>),
    /// A moment.
    At(Instant),
}

impl Until {
    fn goes_on(&self) -> bool {
        match self {
            Self::Sent(left) => {
                left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
            }
            Self::At(end) => Instant::now() < *end,
        }
    }
}

/// The load that was carried.
pub(crate) struct Carried {
    pub(crate) elapsed: Duration,
    /// Of each request, the shortest first.
    latencies: Vec<Duration>,
}

impl Carried {
    pub(crate) fn requests(&self) -> u64 {
        self.latencies.len() as u64
    }

    /// The latency that so many in a hundred do not exceed.
    pub(crate) fn percentile(&self, percent: usize) -> Duration {
        let index = (self.latencies.len() * percent / 100).min(self.latencies.len().saturating_sub(1));
        self.latencies.get(index).copied().unwrap_or_default()
    }
}

/// Sends so many requests.
pub(crate) fn requests(port: u16, connections: usize, count: u64) -> Result<Carried> {
    carry(port, connections, CLIENT_CREDENTIALS, &Until::Sent(Arc::new(AtomicU64::new(count))), None)
}

/// Sends requests for so long.
pub(crate) fn lasting(port: u16, connections: usize, duration: Duration) -> Result<Carried> {
    sending(port, connections, CLIENT_CREDENTIALS, duration)
}

/// Sends a form for so long.
pub(crate) fn sending(port: u16, connections: usize, form: &str, duration: Duration) -> Result<Carried> {
    carry(port, connections, form, &Until::At(Instant::now() + duration), None)
}

/// Sends so many requests a second for so long, however long the answers take. One that was due before it could be sent has waited
/// since then.
pub(crate) fn paced(port: u16, connections: usize, rate: u32, duration: Duration) -> Result<Carried> {
    carry(
        port,
        connections,
        CLIENT_CREDENTIALS,
        &Until::At(Instant::now() + duration),
        Some(Duration::from_secs(1) / rate),
    )
}

/// `every`: the time between two requests, of all connections together.
fn carry(
    port: u16,
    connections: usize,
    form: &str,
    until: &Until,
    every: Option<Duration>,
) -> Result<Carried> {
    let request: Arc<str> = post("/token", "", form).into();
    let all = u32::try_from(connections)?;
    Builder::new_current_thread().enable_all().build()?.block_on(async {
        let started = Instant::now();
        let mut senders = JoinSet::new();
        let mut first = started;
        for _ in 0..connections {
            let times = every.map(|every| Times { next: first, every: every * all });
            first += every.unwrap_or_default();
            senders.spawn(send(port, Arc::clone(&request), until.clone(), times));
        }
        let mut latencies = Vec::new();
        while let Some(sent) = senders.join_next().await {
            latencies.extend(sent??);
        }
        let elapsed = started.elapsed();
        latencies.sort_unstable();
        Ok(Carried { elapsed, latencies })
    })
}

/// The times at which a connection sends.
struct Times {
    next: Instant,
    every: Duration,
}

impl Times {
    /// Waits until the next request is due, and returns since when it is.
    async fn due(&mut self) -> Instant {
        let due = self.next;
        self.next += self.every;
        if Instant::now() >= due {
            return due;
        }
        tokio::time::sleep_until(due.into()).await;
        // The timer is the load's.
        Instant::now()
    }
}

/// One connection: the latency of each request.
async fn send(port: u16, request: Arc<str>, until: Until, mut times: Option<Times>) -> Result<Vec<Duration>> {
    let mut connection = Connection::open(port).await?;
    let mut latencies = Vec::new();
    while until.goes_on() {
        let sent = match &mut times {
            Some(times) => times.due().await,
            None => Instant::now(),
        };
        let answer = connection.ask(&request).await?;
        latencies.push(sent.elapsed());
        // Nothing else is measured.
        answer.json::<Granted<'_>>()?.check()?;
    }
    Ok(latencies)
}

/// An answer that is a token.
#[derive(Deserialize)]
pub(crate) struct Granted<'a> {
    pub(crate) access_token: &'a str,
    pub(crate) token_type: &'a str,
    #[serde(default)]
    pub(crate) refresh_token: &'a str,
    #[serde(default)]
    pub(crate) id_token: &'a str,
}

impl Granted<'_> {
    /// What can be guessed is no token.
    pub(crate) fn check(&self) -> Result {
        if self.access_token.len() >= 20 { Ok(()) } else { Err("the token is too short".into()) }
    }
}

/// The token in the body of an answer.
pub(crate) fn token_in(body: &[u8]) -> Result<&str> {
    match serde_json::from_slice::<Granted<'_>>(body) {
        Ok(token) if token.check().is_ok() => Ok(token.access_token),
        _ => Err(no_token(body)),
    }
}

/// The error of an answer that is something else.
pub(crate) fn no_token(answer: &[u8]) -> Error {
    format!("no token: {}", String::from_utf8_lossy(answer)).into()
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use tokio::net::TcpListener;

    use super::*;
    use crate::servers::Server;

    #[test]
    fn every_server_of_this_program_answers_with_tokens() {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let servers = Server::ALL.into_iter().chain([Server::Logins]);
        for server in servers.filter(|server| server.is_here()) {
            let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).unwrap();
            let port = listener.local_addr().unwrap().port();
            let answering = runtime.spawn(server.answer(listener));
            let carried = requests(port, 2, 10).unwrap_or_else(|error| panic!("{server:?}: {error}"));
            assert_eq!(carried.requests(), 10, "{server:?}");
            answering.abort();
        }
    }

    #[cfg(feature = "logins")]
    #[test]
    fn a_login_is_answered_with_a_token() {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).unwrap();
        let port = listener.local_addr().unwrap().port();
        let answering = runtime.spawn(Server::Logins.answer(listener));
        let form = crate::logins::FORM;
        let carried = sending(port, 1, form, Duration::from_millis(1)).unwrap();
        assert!(carried.requests() > 0);
        answering.abort();
    }

    #[test]
    fn a_pace_is_kept_and_what_is_late_is_told() {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).unwrap();
        let port = listener.local_addr().unwrap().port();
        let answering = runtime.spawn(Server::Bare.answer(listener));
        let carried = paced(port, 4, 1000, Duration::from_millis(100)).unwrap();
        assert!(carried.requests() <= 105, "{}", carried.requests());
        answering.abort();

        let past = Instant::now().checked_sub(Duration::from_secs(9)).unwrap();
        let mut times = Times { next: past, every: Duration::from_secs(1) };
        assert_eq!(runtime.block_on(times.due()), past);
        assert_eq!(runtime.block_on(times.due()), past + Duration::from_secs(1));
    }
}
