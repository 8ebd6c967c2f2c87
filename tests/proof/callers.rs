//! Callers: each does one thing after the other, at one instance after the other, and writes into the ledger what it was told.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use oauth_core::jose::JwtType;
use oauth_core::secret::SecretString;
use serde_json::json;

use crate::browser::{Form, query_param};
use crate::ledger::{Family, Promise};
use crate::spending::Spent;
use crate::wire::{Outcome, Reply};
use crate::world::{Belief, CALLBACK, VERIFIER, World, authorization_url};

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

/// An assertion (RFC 7523 §2.2), with its identifier.
#[derive(Debug, Clone)]
pub(crate) struct Assertion {
    jti: String,
    text: String,
}

pub(crate) struct Caller(pub(crate) Arc<World>);

/// The tokens of one response.
pub(crate) struct Tokens {
    pub(crate) access: String,
    pub(crate) refresh: String,
}

impl Tokens {
    pub(crate) fn of(reply: &Reply) -> Self {
        Self { access: reply.member("access_token"), refresh: reply.member("refresh_token") }
    }
}

impl Caller {
    pub(crate) async fn token(&self, origin: &str, form: &[(&str, &str)]) -> Outcome {
        self.0.wire.post(&format!("{origin}/token"), Some(&self.0.credentials), form).await
    }

    pub(crate) fn next(&self) -> &str {
        self.0.instances.next()
    }

    /// A token for a program (RFC 6749 §4.4).
    pub(crate) async fn machine(&self) -> Option<String> {
        let reply = self.token(self.next(), &[("grant_type", "client_credentials")]).await.done()?;
        let token = reply.member("access_token");
        self.0.ledger.issued(token.clone(), None);
        Some(token)
    }

    /// RFC 7009.
    pub(crate) async fn revoke(&self, token: String) {
        self.0.ledger.is_ending(&token);
        // Whoever is told to come again does, unless they believe to know.
        for _ in 0..3 {
            let (url, form) = (format!("{}/revoke", self.next()), [("token", &*token)]);
            match (self.0.wire.post(&url, Some(&self.0.credentials), &form).await, self.0.belief) {
                (Outcome::Done(_), _) | (Outcome::Unknown, Belief::Done) => {
                    return self.0.ledger.revoked(token);
                }
                (Outcome::Unknown, Belief::Refused) => return self.0.ledger.issued(token, None),
                (Outcome::Refused(_), _) => return,
                (Outcome::Unknown, Belief::Nothing) => {}
            }
        }
    }

    /// A code for the person who is logged in.
    pub(crate) async fn code(&self) -> Option<String> {
        self.code_at(self.next()).await
    }

    pub(crate) async fn code_at(&self, origin: &str) -> Option<String> {
        let url = authorization_url(origin);
        let location = self.0.wire.get(&url, &self.0.cookies).await.done()?.location?;
        if location.starts_with(CALLBACK) { query_param(&location, "code") } else { None }
    }

    pub(crate) async fn redeem(&self, origin: &str, code: &str) -> Option<Reply> {
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
        self.spent(Spent::Code(code));
    }

    pub(crate) fn spent(&self, what: Spent) {
        self.0.spent.lock().unwrap().push(what);
    }

    fn everywhere(&self) -> [&str; 3] {
        std::array::from_fn(|number| self.0.instances.origins[number].as_str())
    }

    /// A family, from a code that is redeemed once.
    pub(crate) async fn begin(&self) -> Option<(Family, Tokens)> {
        let code = self.code().await?;
        let tokens = Tokens::of(&self.redeem(self.next(), &code).await?);
        let family = self.0.ledger.family();
        self.0.ledger.issued(tokens.access.clone(), Some(family));
        self.0.ledger.began(family, tokens.refresh.clone());
        Some((family, tokens))
    }

    /// Notes the answer to a refresh; `None`: the family is lost to us.
    pub(crate) fn note(&self, family: Family, presented: &str, outcome: Outcome) -> Option<Tokens> {
        let tokens = Tokens::of(&outcome.done()?);
        self.0.ledger.rotated(presented, tokens.refresh.clone(), family);
        self.0.ledger.issued(tokens.access.clone(), Some(family));
        Some(tokens)
    }

    /// Presents a refresh token at one instance; without an answer, at the next ones, as a client does whose response was lost.
    pub(crate) async fn refresh(&self, family: Family, presented: &str) -> Option<Tokens> {
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
        self.spent(Spent::Refresh(family, first.refresh));
    }

    /// Presents a refresh token whose successor was used: the family ends (RFC 9700 §4.14.2).
    async fn reuse(&self) {
        let Some((family, first)) = self.begin().await else { return };
        let Some(second) = self.refresh(family, &first.refresh).await else { return };
        if self.refresh(family, &second.refresh).await.is_some() {
            self.reuse_of(family, &first.refresh).await;
        }
    }

    /// Presents a refresh token that was rotated.
    pub(crate) async fn reuse_of(&self, family: Family, presented: &str) {
        let form = [("grant_type", "refresh_token"), ("refresh_token", presented)];
        let outcome = self.token(self.next(), &form).await;
        match outcome.error().as_deref() {
            Some("invalid_grant") => self.0.ledger.reused(family),
            _ => self.0.ledger.is_uncertain(family),
        }
        if let Outcome::Done(reply) = outcome {
            self.0.ledger.rotated(presented, reply.member("refresh_token"), family);
            self.0.ledger.is_uncertain(family);
        }
    }

    pub(crate) async fn assertion(&self) -> Assertion {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let (jti, issuer) = (SecretString::random().expose().to_owned(), &self.0.instances.issuer);
        // Of clocks that are off, too, it is neither from the future nor over.
        let claims = json!({ "iss": "signer", "sub": "signer", "aud": issuer, "jti": jti, "iat": now - 60, "exp": now + 120 });
        Assertion { text: self.0.signer.sign_jwt(JwtType::Jwt, &claims).await.unwrap(), jti }
    }

    pub(crate) async fn present(&self, origin: &str, assertion: &Assertion) -> Option<()> {
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
        self.spent(Spent::Assertion(assertion));
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
