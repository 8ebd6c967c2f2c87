//! The load: a few connections, each of which sends one request after another and looks at every answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde::Deserialize;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::runtime::Builder;
use tokio::task::JoinSet;

use crate::Result;

/// The request of all: `worker` with its secret, for the scope `jobs`.
const REQUEST: &str = "POST /token HTTP/1.1\r\nHost: 127.0.0.1\r\n\
    Authorization: Basic d29ya2VyOmEtc2VjcmV0LW9mLXRoaXJ0eS10d28tYnl0ZXMtb3ItbW9yZQ==\r\n\
    Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 40\r\n\r\n\
    grant_type=client_credentials&scope=jobs";

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
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await?;
    stream.set_nodelay(true)?;
    let mut latencies = Vec::new();
    let mut answer = Vec::with_capacity(4096);
    while until.goes_on() {
        let sent = Instant::now();
        stream.write_all(REQUEST.as_bytes()).await?;
        answer.clear();
        let body = loop {
            if stream.read_buf(&mut answer).await? == 0 {
                return Err("the server hung up".into());
            }
            if let Some(body) = body(&answer)? {
                break body;
            }
        };
        latencies.push(sent.elapsed());
        check(&answer, body)?;
    }
    Ok(latencies)
}

/// The body of an answer, once all of it is there.
fn body(answer: &[u8]) -> Result<Option<&[u8]>> {
    let Some(end) = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n") else { return Ok(None) };
    let head = std::str::from_utf8(answer.get(..end).unwrap_or_default())?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>())
    });
    let length = length.ok_or_else(|| format!("an answer of no known length: {head}"))??;
    Ok(answer.get(end + 4..).filter(|body| body.len() == length))
}

#[derive(Deserialize)]
struct Token<'a> {
    access_token: &'a str,
}

/// An answer is a token, and nothing else is measured.
fn check(answer: &[u8], body: &[u8]) -> Result {
    let token = serde_json::from_slice::<Token<'_>>(body);
    match token {
        Ok(token) if answer.starts_with(b"HTTP/1.1 200 ") && token.access_token.len() >= 20 => Ok(()),
        _ => Err(format!("no token: {}", String::from_utf8_lossy(answer)).into()),
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use tokio::net::TcpListener;

    use super::*;
    use crate::servers::{CLIENT, SCOPE, SECRET, Server};

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

    #[test]
    fn what_is_no_token_is_told() {
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
        let body = body(answer).unwrap().unwrap();
        assert!(check(answer, body).unwrap_err().to_string().starts_with("no token: "));
    }

    #[test]
    fn the_request_is_the_client_s() {
        let (head, form) = REQUEST.split_once("\r\n\r\n").unwrap();
        assert!(head.ends_with(&format!("Content-Length: {}", form.len())));
        assert!(form.ends_with(&format!("scope={SCOPE}")));
        // base64 has three bytes in four letters.
        let credentials = head.split("Basic ").nth(1).unwrap().lines().next().unwrap();
        assert_eq!(credentials.len(), (CLIENT.len() + 1 + SECRET.len()).div_ceil(3) * 4);
    }
}
