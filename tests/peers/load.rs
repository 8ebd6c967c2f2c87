//! The load: a few connections, each of which sends one request after another and looks at every answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde::Deserialize;
use tokio::runtime::Builder;
use tokio::task::JoinSet;

use crate::Result;
use crate::connection::Connection;
use crate::requests::client_credentials;

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
    carry(port, connections, &Until::Sent(Arc::new(AtomicU64::new(count))))
}

/// Sends requests for so long.
pub(crate) fn lasting(port: u16, connections: usize, duration: Duration) -> Result<Carried> {
    carry(port, connections, &Until::At(Instant::now() + duration))
}

fn carry(port: u16, connections: usize, until: &Until) -> Result<Carried> {
    Builder::new_current_thread().enable_all().build()?.block_on(async {
        let started = Instant::now();
        let mut senders = JoinSet::new();
        for _ in 0..connections {
            senders.spawn(send(port, until.clone()));
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

/// One connection: the latency of each request.
async fn send(port: u16, until: Until) -> Result<Vec<Duration>> {
    let (mut connection, request) = (Connection::open(port).await?, client_credentials());
    let mut latencies = Vec::new();
    while until.goes_on() {
        let sent = Instant::now();
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

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use tokio::net::TcpListener;

    use super::*;
    use crate::servers::Server;

    #[test]
    fn every_server_of_this_program_answers_with_tokens() {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        for server in Server::ALL.into_iter().filter(|server| server.is_here()) {
            let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).unwrap();
            let port = listener.local_addr().unwrap().port();
            let answering = runtime.spawn(server.answer(listener));
            let carried = requests(port, 2, 10).unwrap_or_else(|error| panic!("{server:?}: {error}"));
            assert_eq!(carried.requests(), 10, "{server:?}");
            answering.abort();
        }
    }
}
