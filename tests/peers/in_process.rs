//! A server of ours in this process, asked through its tower service: no socket, no other process.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Instant;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{Request, StatusCode};
use oauth_core::clock::Clock;
use oauth_core::limits::PeerAddress;
use oauth_core::prelude::*;
use tokio::runtime::{Builder, Runtime};

use crate::latencies::Latencies;
use crate::servers::ours;
use crate::{Result, load, process, requests};

/// The address of whoever asks: one of the internet, by which attempts are counted.
const PEER: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 1));

/// A server, with all that asking it takes.
pub(crate) struct InProcess {
    pub(crate) server: ours::Opaque,
    pub(crate) store: MemoryStore,
    pub(crate) clock: Clock,
}

impl InProcess {
    /// Starts a server with so many clients, at a clock that stands still.
    pub(crate) fn start(clients: usize) -> Result<Self> {
        let (store, clock) = (MemoryStore::new(), Clock::manual());
        let server = runtime()?.block_on(ours::in_process(store.clone(), clients, clock.clone()))?;
        Ok(Self { server, store, clock })
    }

    /// What asks it, on this thread, as this client.
    pub(crate) fn asker(&self, client: usize) -> Result<Asker> {
        let authorization = requests::basic(&ours::client(client));
        Ok(Asker { server: self.server.clone(), runtime: runtime()?, authorization })
    }
}

fn runtime() -> Result<Runtime> {
    Ok(Builder::new_current_thread().enable_all().build()?)
}

/// One thread that asks as one client.
pub(crate) struct Asker {
    server: ours::Opaque,
    runtime: Runtime,
    authorization: String,
}

/// The latencies of requests, by the clock on the wall and in time of the processor.
pub(crate) struct Asked {
    pub(crate) wall: Latencies,
    pub(crate) cpu: Latencies,
}

impl Asked {
    /// No request.
    pub(crate) fn none() -> Self {
        Self { wall: Latencies::new(), cpu: Latencies::new() }
    }

    /// Adds others.
    pub(crate) fn add(&mut self, others: &Self) {
        self.wall.extend(&others.wall);
        self.cpu.extend(&others.cpu);
    }
}

impl Asker {
    /// Asks for a token, and returns the answer.
    pub(crate) fn token(&self) -> Result<Bytes> {
        self.ask("/token", requests::CLIENT_CREDENTIALS.into())
    }

    /// Asks about a token, which must be alive.
    pub(crate) fn introspect(&self, token: &str) -> Result {
        let answer = self.ask("/introspect", format!("token={token}").into())?;
        if answer.starts_with(b"{\"active\":true") { Ok(()) } else { Err(load::no_token(&answer)) }
    }

    /// Asks for so many tokens, one after the other.
    pub(crate) fn tokens(&self, count: u64) -> Result<Asked> {
        let mut asked = Asked::none();
        for _ in 0..count {
            let (started, cpu) = (Instant::now(), process::cpu());
            let answer = self.token()?;
            asked.cpu.add(process::cpu().saturating_sub(cpu));
            asked.wall.add(started.elapsed());
            load::token_in(&answer)?;
        }
        Ok(asked)
    }

    fn ask(&self, path: &str, form: Bytes) -> Result<Bytes> {
        let request = Request::post(path)
            .header(AUTHORIZATION, &self.authorization)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .extension(PeerAddress(PEER))
            .body(Body::from(form))?;
        self.runtime.block_on(async {
            let response = self.server.respond(request).await;
            let status = response.status();
            let body = to_bytes(Body::new(response.into_body()), usize::MAX).await?;
            if status == StatusCode::OK { Ok(body) } else { Err(load::no_token(&body)) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::servers::LIFETIME;

    #[test]
    fn a_token_lives_until_the_clock_is_turned() {
        let ours = InProcess::start(2).unwrap();
        let asker = ours.asker(1).unwrap();
        let answer = asker.token().unwrap();
        let token = load::token_in(&answer).unwrap();
        asker.introspect(token).unwrap();
        ours.clock.advance(LIFETIME);
        assert!(asker.introspect(token).unwrap_err().to_string().contains("\"active\":false"));
    }
}
