//! Three instances, what calls them, and what must be true in the end.

use std::collections::HashSet;
use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use oauth_core::jose::SigningKey;
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::browser::{Browser, basic, encode};
use crate::callers;
use crate::instances::{Instances, Oddity};
use crate::ledger::{Broken, Ledger, Promise, broken};
use crate::spending::{self, Spent};
use crate::wire::{Outcome, Wire};

/// The client with a secret, which may ask about every token.
pub(crate) const WEB: (&str, &str) = ("web", "the-secret-of-the-client-web");
pub(crate) const CALLBACK: &str = "https://web.example/callback";
pub(crate) const SCOPE: &str = "calendar offline_access";
/// RFC 7636 Appendix B.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const PASSWORD: &str = "correct horse battery staple";

/// The callers, each of which waits for its answers.
const CALLERS: usize = 12;
/// The questions at once in the end.
const QUESTIONS: usize = 24;
/// The longest that a healed server may take to answer a question.
pub(crate) const HEALED: Duration = Duration::from_mins(1);

/// What callers believe of a revocation whose end nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Belief {
    /// What is true.
    Nothing,
    /// That it happened, wrongly.
    Done,
    /// That it did not, wrongly.
    Refused,
}

/// Instances under load, with the ledger of their answers.
pub(crate) struct World {
    pub(crate) instances: Instances,
    pub(crate) ledger: Ledger,
    pub(crate) wire: Wire,
    pub(crate) credentials: String,
    /// The session of the one person.
    pub(crate) cookies: String,
    pub(crate) signer: SigningKey,
    /// False if the clocks of the instances differ by more than the grace of a refresh.
    pub(crate) clocks_agree: bool,
    pub(crate) belief: Belief,
    /// What was used up, and may be presented again.
    pub(crate) spent: Mutex<Vec<Spent>>,
    ends: AtomicBool,
}

impl World {
    /// Starts three instances with this store, and logs in.
    pub(crate) async fn start(store: &str, oddities: [Oddity; 3]) -> Arc<Self> {
        Self::of(store, oddities, Belief::Nothing).await
    }

    /// The same, for callers that believe this.
    pub(crate) async fn of(store: &str, oddities: [Oddity; 3], belief: Belief) -> Arc<Self> {
        let clocks_agree = oddities.iter().all(|oddity| oddity.clock == oddities[0].clock);
        let args = ["--store", store, "--access-tokens", "opaque"];
        let instances = Instances::start(&clients(), &users(), &args, &oddities);
        let browser = Browser::new(&instances.issuer);
        let login = browser.follow(browser.get(&authorization_url(&instances.issuer)).await, CALLBACK).await;
        let answered = browser.submit(&login, &[("username", "alice"), ("password", PASSWORD)]).await;
        let returned = browser.follow(answered, CALLBACK).await;
        assert!(returned.location().starts_with(CALLBACK), "she is logged in: {}", returned.body);
        Arc::new(Self {
            cookies: browser.cookie_header().unwrap(),
            instances,
            ledger: Ledger::default(),
            wire: Wire::new(),
            credentials: basic(WEB.0, WEB.1),
            signer: SigningKey::from_jwk(include_str!("../interop/provider/signer.jwk.json")).unwrap(),
            clocks_agree,
            belief,
            spent: Mutex::default(),
            ends: AtomicBool::new(false),
        })
    }

    /// Calls the instances for as long as `faults` takes, and says which promises were broken once all is healed.
    pub(crate) async fn suffers(self: &Arc<Self>, faults: impl Future<Output = ()>) -> Vec<Broken> {
        let mut running = JoinSet::new();
        for number in 0..CALLERS {
            running.spawn(callers::call(Arc::clone(self), number));
        }
        faults.await;
        self.ends.store(true, Ordering::Relaxed);
        while let Some(ended) = running.join_next().await {
            ended.unwrap();
        }
        let mut broken = self.look_back().await;
        let dead: HashSet<_> = self.ledger.dead().into_iter().collect();
        spending::again(self).await;
        let died = self.ledger.dead().into_iter().filter(|token| !dead.contains(token));
        broken.extend(self.ask_about(died.collect()).await);
        broken.extend(self.ledger.broken());
        let seen = broken.len();
        println!("{}; {seen} broken promises", self.ledger.count());
        broken
    }

    /// Waits until there were so many more answers: load that is neither before nor after a fault.
    pub(crate) async fn answers(&self, more: usize) {
        let enough = self.ledger.answers() + more;
        self.until("there is no load", || self.ledger.answers() >= enough).await;
    }

    /// Waits until somebody has given up an answer that they waited for.
    pub(crate) async fn loses_an_answer(&self) {
        let lost = self.wire.lost();
        self.until("everything is answered", || self.wire.lost() > lost).await;
    }

    /// Waits until so many more were told to come again.
    pub(crate) async fn asks_to_come_again(&self, more: usize) {
        let enough = self.wire.overloads() + more;
        self.until("everything is answered", || self.wire.overloads() >= enough).await;
    }

    async fn until(&self, otherwise: &str, is_so: impl Fn() -> bool) {
        let started = Instant::now();
        while !is_so() {
            assert!(started.elapsed() < HEALED, "{otherwise}:\n{}", self.instances.logs());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub(crate) fn ends(&self) -> bool {
        self.ends.load(Ordering::Relaxed)
    }

    /// The promises that show only afterwards.
    async fn look_back(self: &Arc<Self>) -> Vec<Broken> {
        let alive = self.ledger.alive().into_iter().map(|token| (token, Promise::TokensStay));
        let mut found = self.ask_about(alive.chain(self.ledger.dead()).collect()).await;
        for (family, token) in self.ledger.last() {
            if let Some(error) = self.still_refreshes(&token).await {
                found.push(broken(Promise::OneSuccessor, format!("the last of family {family}: {error}")));
            }
        }
        found
    }

    /// Asks each instance about each token.
    async fn ask_about(self: &Arc<Self>, all: Vec<(String, Promise)>) -> Vec<Broken> {
        let (turns, mut asking) = (Arc::new(Semaphore::new(QUESTIONS)), JoinSet::new());
        for origin in &self.instances.origins {
            for (token, promise) in all.iter().cloned() {
                let (world, turns, origin) = (Arc::clone(self), Arc::clone(&turns), origin.clone());
                asking.spawn(async move {
                    let _turn = turns.acquire().await.unwrap();
                    let is_active = world.introspect(&origin, &token).await;
                    let must = promise == Promise::TokensStay;
                    let has_expired = must && world.ledger.may_have_expired(&token);
                    (is_active != must && !has_expired)
                        .then(|| broken(promise, format!("{token} at {origin}: {is_active}")))
                });
            }
        }
        asking.join_all().await.into_iter().flatten().collect()
    }

    /// Asks an instance about a token until it answers.
    pub(crate) async fn introspect(&self, origin: &str, token: &str) -> bool {
        let (url, started) = (format!("{origin}/introspect"), Instant::now());
        loop {
            match self.wire.post(&url, Some(&self.credentials), &[("token", token)]).await {
                Outcome::Done(reply) => return reply.json()["active"] == true,
                other => assert!(
                    started.elapsed() < HEALED,
                    "{origin} is not well: {other:?}\n{}",
                    self.instances.logs()
                ),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Refreshes once the pace of the family allows it; the error, if it does not work.
    async fn still_refreshes(&self, token: &str) -> Option<String> {
        let (started, form) = (Instant::now(), [("grant_type", "refresh_token"), ("refresh_token", token)]);
        loop {
            let url = format!("{}/token", self.instances.next());
            let outcome = self.wire.post(&url, Some(&self.credentials), &form).await;
            match (&outcome, outcome.error()) {
                (Outcome::Done(_), _) => return None,
                (_, Some(error)) => return Some(error),
                (other, None) => assert!(started.elapsed() < HEALED, "it is not well: {other:?}"),
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}

pub(crate) fn authorization_url(origin: &str) -> String {
    let query = encode(&[
        ("response_type", "code"),
        ("client_id", WEB.0),
        ("redirect_uri", CALLBACK),
        ("scope", SCOPE),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ]);
    format!("{origin}/authorize?{query}")
}

fn clients() -> Value {
    let signer = &crate::json("clients.json")[10];
    assert_eq!(signer["client_id"], "signer");
    json!([
        {
            "client_id": WEB.0,
            "client_secret": WEB.1,
            "first_party": true,
            "introspects": "all",
            "redirect_uris": [CALLBACK],
            "grant_types": ["authorization_code", "refresh_token", "client_credentials"],
            "scope": SCOPE,
        },
        {
            "client_id": "tv",
            "token_endpoint_auth_method": "none",
            "grant_types": ["urn:ietf:params:oauth:grant-type:device_code"],
            "scope": "calendar",
        },
        signer,
    ])
}

fn users() -> Value {
    json!([{ "sub": "alice-1", "username": "alice", "password": PASSWORD }])
}
