//! Providers whose access tokens no store keeps, and one whose store does.

use std::sync::{Arc, LazyLock, Mutex};

use oauth_core::clock::Clock;
use oauth_core::event::{Event, Observer};
use oauth_core::grant::token_exchange::{ExchangeApproval, TokenExchangePolicy, TokenExchangeRequest};
use oauth_core::interaction::Approval;
use oauth_core::openid::PairwiseKey;
use oauth_core::prelude::*;
use oauth_core::store::{AccessToken, Revocation, Session};
use oauth_core::token::TokenResponse;
use oauth_tests::{ISSUER, Store};
use serde_json::json;

/// Any store that plays every role.
pub(crate) trait Storage: Store + Clone {}
impl<S: Store + Clone> Storage for S {}

/// The kinds of events, in their order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen(Arc<Mutex<Vec<&'static str>>>);

impl Observer for Seen {
    fn on(&self, event: &Event<'_>) {
        self.0.lock().unwrap().push(event.kind.as_str());
    }
}

impl Seen {
    pub(crate) fn take(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

/// The records of tokens: as a store would have kept them, and as hooks read them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Records {
    pub(crate) issued: Arc<Mutex<Vec<AccessToken>>>,
    pub(crate) read: Arc<Mutex<Option<AccessToken>>>,
    /// What the policy of an exchange found last, of the subject token and of the actor token.
    pub(crate) exchanged: Arc<Mutex<[Option<AccessToken>; 2]>>,
}

#[validator(custom)]
pub(crate) struct Accounts<S: Storage> {
    #[store]
    store: S,
    records: Records,
}

#[validator]
impl<S: Storage> Accounts<S> {
    /// What headers of the token request say: the audience, a claim, and what `may_act` names.
    fn pre_token(&self, request: &mut Request) -> Result<()> {
        let header = |name| request.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let (audience, claim) = (header("x-test-aud"), header("x-test-claim"));
        request.claims.insert("may_act", header("x-test-may-act").map(|sub| json!({ "sub": sub })))?;
        if let Some(claim) = claim {
            request.claims.insert(claim, json!({ "sub": "root" }))?;
        }
        request.claims.insert("aud", audience.map(|audience| json!([audience, ISSUER])))
    }

    #[claim("tenant")]
    fn tenant(&self, _: &Request) -> &'static str {
        "acme"
    }

    async fn save_bearer_token(&self, token: &TokenResponse, request: &mut Request) -> Result<()> {
        let issued = AccessToken::issued(token, request)?;
        self.revoke_as_told(request, &issued).await?;
        self.records.issued.lock().unwrap().push(issued);
        token.keep(self, request).await
    }

    async fn validate_bearer_token(
        &self,
        token: &str,
        scopes: &ScopeSet,
        request: &mut Request,
    ) -> Result<AccessToken> {
        let found = AccessToken::find(self, token, request).await?;
        self.records.read.lock().unwrap().clone_from(&found);
        let found = found.ok_or_else(|| Error::invalid_token("it is dead"))?;
        if scopes.is_subset(&found.scopes) { Ok(found) } else { Err(ErrorCode::InsufficientScope.into()) }
    }
}

impl<S: Storage> Accounts<S> {
    /// Another request that comes in between.
    async fn revoke_as_told(&self, request: &Request, issued: &AccessToken) -> Result<()> {
        let Some(marker) = request.headers().get("x-test-revoke") else { return Ok(()) };
        let before = request.now();
        let revocation = match marker.to_str().unwrap() {
            "family" => Revocation::Family(issued.authorization.family.unwrap()),
            "client" => Revocation::Client { client_id: issued.client_id().to_owned(), before },
            _ => Revocation::Subject { subject: issued.subject().unwrap().to_owned(), before },
        };
        Ok(self.store.revoke(&revocation, before + std::time::Duration::from_hours(1)).await?)
    }
}

impl<S: Storage> TokenExchangePolicy for Accounts<S> {
    async fn may_exchange(&self, _: &TokenExchangeRequest, request: &Request) -> Result<ExchangeApproval> {
        let find = async |name| match request.body().get(name) {
            Some(token) => AccessToken::find(self, token, request).await,
            None => Ok(None),
        };
        let found = [find("subject_token").await?, find("actor_token").await?];
        *self.records.exchanged.lock().unwrap() = found;
        Ok(ExchangeApproval::delegation().known_there_as("wiki"))
    }
}

/// Alice, by two factors; with `x-test-sign-out` she signs out instead, and with `x-test-subject` she is somebody else.
pub(crate) struct Login;

impl<S: Storage> Interaction<Accounts<S>> for Login {
    async fn decide(
        &self,
        context: &Context<'_, Accounts<S>>,
        asked: &AuthorizationRequest,
        request: &Request,
    ) -> Result<Decision> {
        let header = |name| request.headers().get(name).map(|value| value.to_str().unwrap());
        if header("x-test-sign-out").is_some() {
            context.session_ended(&session(context.now())).await?;
            return Ok(Decision::Deny);
        }
        let mut approval = Approval::new(header("x-test-subject").unwrap_or("alice"), context.now());
        approval.acr = Some("urn:example:mfa".to_owned());
        approval.amr = vec!["pwd".to_owned(), "otp".to_owned()];
        approval.sid = Some("session-1".to_owned());
        approval.scopes = Some(asked.asked_scopes());
        Ok(Decision::Approve(approval))
    }
}

fn session(now: oauth_core::time::UnixTime) -> Session {
    Session {
        subject: "alice".to_owned(),
        auth_time: now,
        expires_at: now,
        sid: "session-1".to_owned(),
        clients: Vec::new(),
        second_step: oauth_core::store::SecondStep::None,
    }
}

#[token_generator(
    jwt,
    issuer = "https://auth.example.com",
    expires_in = "10m",
    claims(tier = 3),
    self_contained
)]
pub(crate) struct SelfContained {
    #[signing_key]
    pub(crate) keys: KeyRing,
}

#[token_generator(jwt, issuer = "https://auth.example.com", expires_in = "10m", claims(tier = 3))]
pub(crate) struct Kept {
    #[signing_key]
    pub(crate) keys: KeyRing,
}

macro_rules! server {
    ($name:ident, $($field:tt)*) => {
        #[authorization_server(
            grants(authorization_code, refresh_token, client_credentials, token_exchange),
            scopes("openid", "profile", "email", "offline_access"),
            refresh_token_grace = "0s",
            dpop
        )]
        pub(crate) struct $name<S: Storage> {
            #[validator]
            pub(crate) accounts: Accounts<S>,
            #[interaction]
            pub(crate) login: Login,
            #[id_token]
            pub(crate) ids: KeyRing,
            $($field)*
        }
    };
}

server!(Op, #[access_token] pub(crate) tokens: SelfContained,);
server!(PairwiseOp, #[access_token] pub(crate) tokens: SelfContained, #[pairwise_key] pub(crate) key: PairwiseKey,);
server!(KeepingOp, #[access_token] pub(crate) tokens: Kept,);

/// What instances share beside their store.
#[derive(Clone)]
pub(crate) struct Shared {
    pub(crate) keys: KeyRing,
    pub(crate) clock: Clock,
    pub(crate) records: Records,
    pub(crate) seen: Seen,
}

impl Shared {
    pub(crate) fn new() -> Self {
        let keys = KeyRing::new(SigningKey::generate(Algorithm::ES256).unwrap());
        Self { keys, clock: Clock::manual(), records: Records::default(), seen: Seen::default() }
    }
}

pub(crate) static IDS: LazyLock<KeyRing> =
    LazyLock::new(|| KeyRing::new(SigningKey::generate(Algorithm::RS256).unwrap()));

/// One of the servers.
pub(crate) trait Provider: AuthorizationServer {
    type Store: Storage;

    fn over(store: Self::Store, shared: &Shared) -> Self;
}

impl<S: Storage> Provider for Op<S> {
    type Store = S;

    fn over(store: S, Shared { keys, records, .. }: &Shared) -> Self {
        let accounts = Accounts { store, records: records.clone() };
        Self { accounts, login: Login, ids: IDS.clone(), tokens: SelfContained { keys: keys.clone() } }
    }
}

impl<S: Storage> Provider for PairwiseOp<S> {
    type Store = S;

    fn over(store: S, shared: &Shared) -> Self {
        let Op { accounts, login, ids, tokens } = Op::over(store, shared);
        let key = PairwiseKey::new("a key of thirty-two bytes or more").unwrap();
        Self { accounts, login, ids, tokens, key }
    }
}

impl<S: Storage> Provider for KeepingOp<S> {
    type Store = S;

    fn over(store: S, shared: &Shared) -> Self {
        let Op { accounts, login, ids, tokens: SelfContained { keys } } = Op::over(store, shared);
        Self { accounts, login, ids, tokens: Kept { keys } }
    }
}
