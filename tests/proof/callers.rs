//! Callers: each does one thing after the other, at one instance after the other, and writes into the ledger what it was told.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use oauth_core::jose::JwtType;
use oauth_core::secret::SecretString;
use serde_json::json;
use tokio::task::JoinSet;

use crate::browser::{Form, query_param};
use crate::ledger::{Family, Promise};
use crate::wire::{Outcome, Reply};
use crate::world::{CALLBACK, VERIFIER, World, authorization_url};

/// Calls until the world ends.
pub(crate) async fn call(world: Arc<World>, number: usize) {
    let caller = Caller(world);
    let mut turn = number;
    while !caller.0.ends() {
        let first = caller.machine().await;
        caller.machine().await;
        match (turn % 6, first) {
            (0, Some(token)) => caller.revoke(token).await,
            (1, _) => caller.race_of_redemptions().await,
            (2, _) => caller.refreshes().await,
            (3, _) => caller.reuse().await,
            (4, _) => caller.race_of_assertions().await,
            (5, _) => drop(caller.device().await),
            _ => {}
        }
        turn += 1;
    }
}

/// The answers with tokens, of what was presented at once at every instance.
pub(crate) struct Won {
    pub(crate) codes: usize,
    pub(crate) rotations: usize,
    pub(crate) assertions: usize,
}

/// Presents one code, one refresh token and one assertion, each so many times at once.
pub(crate) async fn two_hundred(world: &Arc<World>, times: usize) -> Won {
    let caller = Arc::new(Caller(Arc::clone(world)));
    let (code, (family, tokens)) = (caller.code().await.unwrap(), caller.begin().await.unwrap());
    let assertion = Arc::new(caller.assertion().await);
    let mut all = (JoinSet::new(), JoinSet::new(), JoinSet::new());
    for _ in 0..times {
        let (one, code) = (Arc::clone(&caller), code.clone());
        all.0.spawn(async move { one.redeem(one.next(), &code).await.is_some() });
        let (one, presented) = (Arc::clone(&caller), tokens.refresh.clone());
        all.1.spawn(async move {
            let form = [("grant_type", "refresh_token"), ("refresh_token", &*presented)];
            one.note(family, &presented, one.token(one.next(), &form).await).is_some()
        });
        let (one, assertion) = (Arc::clone(&caller), Arc::clone(&assertion));
        all.2.spawn(async move { one.present(one.next(), &assertion).await.is_some() });
    }
    let won = async |answers: JoinSet<bool>| answers.join_all().await.into_iter().filter(|won| *won).count();
    Won { codes: won(all.0).await, rotations: won(all.1).await, assertions: won(all.2).await }
}

/// Issues a token at one instance, which must be good at another one.
pub(crate) async fn is_known_elsewhere(world: &Arc<World>, here: usize, there: usize) {
    let (here, there) = (&world.instances.origins[here], &world.instances.origins[there]);
    let caller = Caller(Arc::clone(world));
    let reply = caller.token(here, &[("grant_type", "client_credentials")]).await.done();
    let token = reply
        .unwrap_or_else(|| panic!("{here} does not serve:\n{}", world.instances.logs()))
        .member("access_token");
    assert!(world.introspect(there, &token).await, "{there} does not know a token of {here}");
}

/// A code that is not redeemed yet, and the tokens of another one.
pub(crate) struct Granted {
    code: String,
    tokens: Tokens,
}

/// What one instance grants.
pub(crate) async fn grants(world: &Arc<World>, number: usize) -> Granted {
    let (origin, caller) = (&world.instances.origins[number], Caller(Arc::clone(world)));
    let first = caller.code_at(origin).await.unwrap();
    let reply = caller.redeem(origin, &first).await.unwrap();
    Granted { code: caller.code_at(origin).await.unwrap(), tokens: Tokens::of(&reply) }
}

impl Granted {
    /// Presents all of it to an instance that cannot tell what it means (decision 6): 503 with `Retry-After`.
    pub(crate) async fn are_for_others_to_answer(&self, world: &Arc<World>, number: usize) {
        let (origin, caller) = (&world.instances.origins[number], Caller(Arc::clone(world)));
        let before = world.wire.overloads();
        for path in ["introspect", "revoke"] {
            let (url, form) = (format!("{origin}/{path}"), [("token", &*self.tokens.access)]);
            assert!(world.wire.post(&url, Some(&world.credentials), &form).await.done().is_none(), "{path}");
        }
        assert!(caller.redeem(origin, &self.code).await.is_none());
        let refresh = [("grant_type", "refresh_token"), ("refresh_token", &*self.tokens.refresh)];
        assert!(caller.token(origin, &refresh).await.done().is_none());
        assert_eq!((world.wire.overloads() - before, world.wire.faults()), (4, vec![]));
    }

    /// Uses all of it.
    pub(crate) async fn are_good(self, world: &Arc<World>, number: usize) {
        let (origin, caller) = (&world.instances.origins[number], Caller(Arc::clone(world)));
        assert!(world.introspect(origin, &self.tokens.access).await);
        assert!(caller.redeem(origin, &self.code).await.is_some());
        let refresh = [("grant_type", "refresh_token"), ("refresh_token", &*self.tokens.refresh)];
        assert!(caller.token(origin, &refresh).await.done().is_some());
    }
}

/// An assertion (RFC 7523 §2.2), with its identifier.
struct Assertion {
    jti: String,
    text: String,
}

struct Caller(Arc<World>);

/// The tokens of one response.
struct Tokens {
    access: String,
    refresh: String,
}

impl Tokens {
    fn of(reply: &Reply) -> Self {
        Self { access: reply.member("access_token"), refresh: reply.member("refresh_token") }
    }
}

impl Caller {
    async fn token(&self, origin: &str, form: &[(&str, &str)]) -> Outcome {
        self.0.wire.post(&format!("{origin}/token"), Some(&self.0.credentials), form).await
    }

    fn next(&self) -> &str {
        self.0.instances.next()
    }

    /// A token for a program (RFC 6749 §4.4).
    async fn machine(&self) -> Option<String> {
        let reply = self.token(self.next(), &[("grant_type", "client_credentials")]).await.done()?;
        let token = reply.member("access_token");
        self.0.ledger.issued(token.clone(), None);
        Some(token)
    }

    /// RFC 7009.
    async fn revoke(&self, token: String) {
        self.0.ledger.is_ending(&token);
        let url = format!("{}/revoke", self.next());
        if self.0.wire.post(&url, Some(&self.0.credentials), &[("token", &token)]).await.done().is_some() {
            self.0.ledger.revoked(token);
        }
    }

    /// A code for the person who is logged in.
    async fn code(&self) -> Option<String> {
        self.code_at(self.next()).await
    }

    async fn code_at(&self, origin: &str) -> Option<String> {
        let url = authorization_url(origin);
        let location = self.0.wire.get(&url, &self.0.cookies).await.done()?.location?;
        if location.starts_with(CALLBACK) { query_param(&location, "code") } else { None }
    }

    async fn redeem(&self, origin: &str, code: &str) -> Option<Reply> {
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", CALLBACK),
            ("code_verifier", VERIFIER),
        ];
        let reply = self.token(origin, &form).await.done()?;
        self.0.ledger.used(Promise::CodesAreUsedOnce, code);
        Some(reply)
    }

    /// One code at every instance at once. What the winner got dies with the family.
    async fn race_of_redemptions(&self) {
        let Some(code) = self.code().await else { return };
        let [a, b, c] = self.everywhere();
        tokio::join!(self.redeem(a, &code), self.redeem(b, &code), self.redeem(c, &code));
    }

    fn everywhere(&self) -> [&str; 3] {
        std::array::from_fn(|number| self.0.instances.origins[number].as_str())
    }

    /// A family, from a code that is redeemed once.
    async fn begin(&self) -> Option<(Family, Tokens)> {
        let code = self.code().await?;
        let tokens = Tokens::of(&self.redeem(self.next(), &code).await?);
        let family = self.0.ledger.family();
        self.0.ledger.issued(tokens.access.clone(), Some(family));
        self.0.ledger.began(family, tokens.refresh.clone());
        Some((family, tokens))
    }

    /// Notes the answer to a refresh; `None`: the family is lost to us.
    fn note(&self, family: Family, presented: &str, outcome: Outcome) -> Option<Tokens> {
        let tokens = Tokens::of(&outcome.done()?);
        self.0.ledger.rotated(presented, tokens.refresh.clone(), family);
        self.0.ledger.issued(tokens.access.clone(), Some(family));
        Some(tokens)
    }

    /// Presents a refresh token at one instance; without an answer, at the next ones, as a client does whose response was lost.
    async fn refresh(&self, family: Family, presented: &str) -> Option<Tokens> {
        for _ in 0..3 {
            let form = [("grant_type", "refresh_token"), ("refresh_token", presented)];
            let outcome = self.token(self.next(), &form).await;
            if let Outcome::Unknown = outcome {
                continue;
            }
            let is_refused = outcome.error().is_some();
            let noted = self.note(family, presented, outcome);
            if noted.is_some() || !is_refused {
                return noted;
            }
            break;
        }
        self.0.ledger.is_uncertain(family);
        None
    }

    /// Refreshes one after the other, and then one at every instance at once: all get one successor (RFC 9700 §4.14.2).
    async fn refreshes(&self) {
        let Some((family, first)) = self.begin().await else { return };
        let Some(second) = self.refresh(family, &first.refresh).await else { return };
        // To an instance whose clock is ahead, the grace of a retry is over when it begins elsewhere.
        if !self.0.clocks_agree {
            return;
        }
        let presented = second.refresh;
        let form = [("grant_type", "refresh_token"), ("refresh_token", &*presented)];
        let [a, b, c] = self.everywhere();
        let (a, b, c) = tokio::join!(self.token(a, &form), self.token(b, &form), self.token(c, &form));
        let mut answered = 0;
        for outcome in [a, b, c] {
            answered += usize::from(self.note(family, &presented, outcome).is_some());
        }
        if answered == 0 {
            self.0.ledger.is_uncertain(family);
        }
    }

    /// Presents a refresh token whose successor was used: the family ends (RFC 9700 §4.14.2).
    async fn reuse(&self) {
        let Some((family, first)) = self.begin().await else { return };
        let Some(second) = self.refresh(family, &first.refresh).await else { return };
        if self.refresh(family, &second.refresh).await.is_none() {
            return;
        }
        let form = [("grant_type", "refresh_token"), ("refresh_token", &*first.refresh)];
        let outcome = self.token(self.next(), &form).await;
        match outcome.error().as_deref() {
            Some("invalid_grant") => self.0.ledger.reused(family),
            _ => self.0.ledger.is_uncertain(family),
        }
        if let Outcome::Done(reply) = outcome {
            self.0.ledger.rotated(&first.refresh, reply.member("refresh_token"), family);
            self.0.ledger.is_uncertain(family);
        }
    }

    async fn assertion(&self) -> Assertion {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let (jti, issuer) = (SecretString::random().expose().to_owned(), &self.0.instances.issuer);
        // Of clocks that are off, too, it is neither from the future nor over.
        let claims = json!({ "iss": "signer", "sub": "signer", "aud": issuer, "jti": jti, "iat": now - 60, "exp": now + 120 });
        Assertion { text: self.0.signer.sign_jwt(JwtType::Jwt, &claims).await.unwrap(), jti }
    }

    async fn present(&self, origin: &str, assertion: &Assertion) -> Option<()> {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", &*assertion.text),
        ];
        let reply = self.0.wire.post(&format!("{origin}/token"), None, &form).await.done()?;
        self.0.ledger.used(Promise::AssertionsPassOnce, &assertion.jti);
        self.0.ledger.issued(reply.member("access_token"), None);
        Some(())
    }

    /// One assertion at every instance at once.
    async fn race_of_assertions(&self) {
        let assertion = self.assertion().await;
        let [a, b, c] = self.everywhere();
        tokio::join!(self.present(a, &assertion), self.present(b, &assertion), self.present(c, &assertion));
    }

    /// A device that the person connects polls every instance at once (RFC 8628).
    async fn device(&self) -> Option<()> {
        let url = format!("{}/device_authorization", self.next());
        let begun = self.0.wire.post(&url, None, &[("client_id", "tv")]).await.done()?;
        let (device_code, user_code) = (begun.member("device_code"), begun.member("user_code"));
        let page = self.0.wire.get(&format!("{}/device", self.next()), &self.0.cookies).await.done()?;
        let question = self.submit(&page, &[("user_code", &user_code)]).await?;
        self.submit(&question, &[("decision", "allow")]).await?;
        let form = [
            ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
            ("client_id", "tv"),
            ("device_code", &*device_code),
        ];
        let poll = async |origin: &str| {
            if let Some(reply) = self.0.wire.post(&format!("{origin}/token"), None, &form).await.done() {
                self.0.ledger.used(Promise::DevicesAreServedOnce, &device_code);
                self.0.ledger.issued(reply.member("access_token"), None);
            }
        };
        let [a, b, c] = self.everywhere();
        tokio::join!(poll(a), poll(b), poll(c));
        Some(())
    }

    async fn submit(&self, page: &Reply, fields: &[(&str, &str)]) -> Option<Reply> {
        let form = page.body.contains("<form ").then(|| Form::find(&page.body))?;
        let hidden = form.hidden.iter().map(|(name, value)| (&**name, &**value));
        let all: Vec<_> = hidden.chain(fields.iter().copied()).collect();
        // Forms lead to the issuer, which is the first instance; behind a load balancer it is any of them.
        let path = form.action.strip_prefix(&self.0.instances.issuer).unwrap_or(&form.action);
        self.0.wire.submit(&format!("{}{path}", self.next()), &self.0.cookies, &all).await.done()
    }
}
