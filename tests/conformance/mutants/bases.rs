//! The servers that mutants are made of, and what the suite hears from each.

use std::sync::Arc;

use oauth_core::conformance::{BoxError, Fixture, Outcome, run_only};
use oauth_core::jose::JwtType;
use oauth_core::prelude::*;
use oauth_core::server::Rule;
use oauth_tests::{Accounts, SignNow as _, TestServer};
use serde_json::json;
use tokio::sync::OnceCell;

use super::heard::Exchange;
use super::layer::{Log, wrap};
use super::{Lie, requests};
use crate::fapi2::Bank;
use crate::servers::{Everything, SignedTokens, signing_key, vouched_for, with_resources};

/// A server that keeps every rule.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Base {
    /// Codes, refresh tokens and clients for themselves, over memory; whoever comes is Alice.
    Plain,
    /// Every feature that one server can have, with the built-in pages.
    Everything,
    /// Tokens are for resources.
    Resources,
    /// Who registers has an initial access token.
    VouchedFor,
    /// The profile `fapi2`.
    Bank,
    /// Signed access tokens, and nobody who looks them up.
    Signed,
    /// The same, made by a hook.
    Hooked,
}

/// The outcomes and the exchanges of one run of the suite.
#[derive(Debug, Default)]
pub(crate) struct Record {
    pub(crate) rules: Vec<(&'static Rule, Recorded)>,
}

#[derive(Debug)]
pub(crate) struct Recorded {
    pub(crate) outcome: Outcome,
    pub(super) exchanges: Vec<Exchange>,
}

/// One run of the suite over this server.
pub(crate) async fn record(base: Base) -> &'static Record {
    static RECORDS: [OnceCell<Record>; 7] = [const { OnceCell::const_new() }; 7];
    let make = async || {
        let mut record = Record::default();
        for rule in requests() {
            let (outcome, exchanges) = base.ask(rule, None).await;
            record.rules.push((rule, Recorded { outcome, exchanges }));
        }
        record
    };
    RECORDS[base as usize].get_or_init(make).await
}

impl Base {
    /// The outcome of a rule over this server with a lie, and what was heard and said.
    pub(super) async fn ask(self, rule: &'static Rule, lie: Option<Lie>) -> (Outcome, Vec<Exchange>) {
        match self {
            Self::Plain => ask(rule, lie, async |fixture| Ok(plain(fixture))).await,
            Self::Everything => ask(rule, lie, Everything::with_a_user).await,
            Self::Resources => ask(rule, lie, async |_| Ok(with_resources::server())).await,
            Self::VouchedFor => ask(rule, lie, async |fixture| Ok(vouched_for::server(fixture))).await,
            Self::Bank => ask(rule, lie, Bank::new).await,
            Self::Signed => ask(rule, lie, async |_| Ok(Signed::new())).await,
            Self::Hooked => ask(rule, lie, async |_| Ok(Hooked::new(JwtType::AccessToken, |_| ()))).await,
        }
    }
}

async fn ask<S: AuthorizationServer>(
    rule: &'static Rule,
    lie: Option<Lie>,
    build: impl AsyncFn(&mut Fixture) -> Result<S, BoxError>,
) -> (Outcome, Vec<Exchange>) {
    let log = Log::default();
    let build = async |fixture: &mut Fixture| {
        let server = build(fixture).await?;
        wrap::<S>(fixture, lie, Arc::clone(&log));
        Ok(server)
    };
    let is_it = |other: &Rule| (other.subject, other.name) == (rule.subject, rule.name);
    let (_, outcome) = run_only(is_it, build).await.pop().unwrap();
    let exchanges = std::mem::take(&mut *log.lock().unwrap());
    (outcome, exchanges)
}

fn plain(fixture: &mut Fixture) -> TestServer<Accounts<MemoryStore>> {
    fixture.refuse(|request| {
        request.headers_mut().insert("x-test-decision", http::HeaderValue::from_static("deny"));
    });
    TestServer { validator: Accounts(MemoryStore::default()) }
}

#[authorization_server(
    grants(client_credentials),
    scopes("jobs"),
    default_scopes("jobs"),
    endpoints(introspection = off, revocation = off)
)]
#[derive(Debug)]
struct Signed {
    #[validator]
    accounts: Accounts<MemoryStore>,
    #[access_token]
    tokens: SignedTokens,
}

impl Signed {
    fn new() -> Self {
        let tokens = SignedTokens { keys: KeyRing::from(signing_key()) };
        Self { accounts: Accounts(MemoryStore::default()), tokens }
    }
}

/// Makes JWTs in a hook, as an application may that has made them for long.
#[validator(custom)]
#[derive(Debug)]
pub(crate) struct Hook {
    #[store]
    store: MemoryStore,
    kind: JwtType,
    change: fn(&mut serde_json::Value),
}

#[validator]
impl Hook {
    #[token_generator]
    fn generate_access_token(&self, request: &Request) -> Result<String> {
        let (client_id, now) = (request.client_id().unwrap_or_default(), request.now().as_secs());
        let mut claims = json!({
            "iss": oauth_tests::ISSUER, "aud": "https://api.example.com", "sub": client_id, "client_id": client_id,
            "iat": now, "exp": now + request.expires_in.unwrap_or_default().as_secs(),
            "jti": SecretString::random().expose(),
        });
        (self.change)(&mut claims);
        Ok(signing_key().jwt(self.kind, &claims))
    }
}

#[authorization_server(
    grants(client_credentials),
    scopes("jobs"),
    issuer = "https://auth.example.com",
    endpoints(introspection = off, revocation = off)
)]
#[derive(Debug)]
pub(crate) struct Hooked {
    #[validator]
    hook: Hook,
}

impl Hooked {
    /// Its tokens are of this type, and their claims changed like this.
    pub(crate) fn new(kind: JwtType, change: fn(&mut serde_json::Value)) -> Self {
        Self { hook: Hook { store: MemoryStore::default(), kind, change } }
    }
}
