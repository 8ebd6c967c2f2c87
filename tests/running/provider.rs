//! An OpenID provider over any store, whose clients hear of logouts.

use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;

use oauth_core::clock::Clock;
use oauth_core::event::{Event, EventKind, Observer};
use oauth_core::http::HttpsClient;
use oauth_core::openid::BackChannel;
use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::server::{Environment, RunningServer};
use oauth_core::store::{CodeStore, ConsentStore, LogoutStore, Session, SessionStore, TokenStore};
use oauth_core::time::UnixTime;

use crate::receiver::Receiver;

pub(crate) trait Everything:
    ClientStore + UserStore + CodeStore + TokenStore + SessionStore + ConsentStore + LogoutStore + Clone + 'static
{
}

impl<S> Everything for S where
    S: ClientStore
        + UserStore
        + CodeStore
        + TokenStore
        + SessionStore
        + ConsentStore
        + LogoutStore
        + Clone
        + 'static
{
}

#[validator]
pub(crate) struct Accounts<S: Everything> {
    #[store]
    store: S,
}

#[token_generator(jwt, issuer = "https://op.example")]
pub(crate) struct Tokens {
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(grants(authorization_code), scopes("openid"))]
pub(crate) struct Op<S: Everything> {
    #[validator]
    accounts: Accounts<S>,
    #[access_token]
    tokens: Tokens,
    #[back_channel]
    back_channel: BackChannel,
    #[interaction]
    pages: LoginPages,
}

/// The events of back channels.
#[derive(Clone, Default)]
pub(crate) struct Events(Arc<Mutex<Vec<(EventKind, String)>>>);

impl Observer for Events {
    fn on(&self, event: &Event<'_>) {
        if event.kind.as_str().starts_with("back_channel.") {
            let client = event.client_id.unwrap_or_default().to_owned();
            self.0.lock().unwrap().push((event.kind, client));
        }
    }
}

impl Events {
    /// The number of events of a kind.
    pub(crate) fn count(&self, kind: EventKind) -> usize {
        self.0.lock().unwrap().iter().filter(|(known, _)| *known == kind).count()
    }
}

/// One instance.
pub(crate) struct Instance<S: Everything> {
    pub(crate) server: RunningServer<Op<S>>,
    pub(crate) clock: Clock,
    pub(crate) events: Events,
}

impl<S: Everything> Instance<S> {
    /// An instance whose people wait for clients as long as this.
    pub(crate) fn new(store: &S, clock: Clock, patience: Duration) -> Self {
        static KEYS: LazyLock<KeyRing> =
            LazyLock::new(|| KeyRing::new(SigningKey::generate(Algorithm::RS256).unwrap()));
        let https = HttpsClient::new().unwrap().timeout(Duration::from_mins(1));
        let events = Events::default();
        let environment = Environment::new().clock(clock.clone()).observer(events.clone());
        let server = Op {
            accounts: Accounts { store: store.clone() },
            tokens: Tokens { keys: KEYS.clone() },
            back_channel: BackChannel::new(https).patience(patience),
            pages: LoginPages::new(),
        };
        let server = server.start_in(environment).unwrap();
        Self { server, clock, events }
    }

    pub(crate) fn over(store: &S) -> Self {
        Self::new(store, Clock::manual(), Duration::from_secs(30))
    }

    pub(crate) fn advance(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// Tells whoever is to be told now; their number.
    pub(crate) async fn deliver(&self) -> u64 {
        self.server.deliver_logouts().await.unwrap()
    }
}

/// Registers clients that hear of logouts, and logs a person in at all of them.
pub(crate) async fn log_in<S: Everything>(store: &S, receiver: &Receiver, subject: &str, clients: &[&str]) {
    for client in clients {
        let uri = format!("{}/{client}", receiver.origin);
        let client = Client::public(*client).redirect_uri("https://app.example/cb").scope("openid");
        store.save_client(client.backchannel_logout_uri(uri).build().unwrap()).await.unwrap();
    }
    let now = UnixTime::now();
    let session = Session {
        subject: subject.to_owned(),
        auth_time: now,
        expires_at: now + Duration::from_hours(100),
        sid: format!("sid of {subject}"),
        clients: clients.iter().map(ToString::to_string).collect(),
        second_step: oauth_core::store::SecondStep::None,
    };
    store.save_session(TokenHash::of(subject), session).await.unwrap();
}
