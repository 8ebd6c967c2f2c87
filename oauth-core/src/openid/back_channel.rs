//! OIDC Back-Channel Logout: clients are told, server to server, that a session has ended.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use http::header::CONTENT_TYPE;
use serde_json::json;

use crate::client::Client;
use crate::error::Result;
use crate::http::{HttpClient, HttpError, HttpsClient};
use crate::jose::{JwtType, SigningKey};
use crate::time::UnixTime;

/// Sends logout tokens, in the field `#[back_channel]` of a server: clients that registered a `backchannel_logout_uri` are
/// told when somebody signs out. Needs the feature `http-client` and a Tokio runtime.
///
/// All clients are told at once. Whoever signs out waits until they have answered, at most [two seconds](Self::patience). Where the store
/// of the role `sessions` is a [`LogoutStore`](crate::store::LogoutStore), a client that does not answer in time or with success is
/// told again after 5 seconds, 30 seconds, 2 minutes, 10 minutes, and each hour for a day, by whichever instance
/// [is maintained](crate::server::RunningServer::maintain): each hears of it at least once, also if a process dies. A host is told four
/// times at once then, so that one that does not answer holds up no other. With another store,
/// slower clients are told all the same, and what fails is logged and not tried again. The tokens that depend on the session are revoked
/// here in any case.
///
/// ```
/// use oauth_core::openid::BackChannel;
///
/// let back_channel = BackChannel::https()?;
/// # Ok::<(), oauth_core::http::HttpError>(())
/// ```
#[derive(Clone)]
pub struct BackChannel {
    client: Arc<dyn Sender>,
    patience: Duration,
}

/// [`HttpClient`] without its type: a logout is no hot path.
trait Sender: Send + Sync {
    fn send(&self, request: Request<Bytes>) -> Pin<Box<dyn Future<Output = Sent> + Send + '_>>;
}

type Sent = Result<http::Response<Bytes>, HttpError>;

impl<C: HttpClient> Sender for C {
    fn send(&self, request: Request<Bytes>) -> Pin<Box<dyn Future<Output = Sent> + Send + '_>> {
        Box::pin(HttpClient::send(self, request))
    }
}

impl BackChannel {
    /// The time that someone who signs out waits for the clients' answers at most, unless set: two seconds.
    pub const DEFAULT_PATIENCE: Duration = Duration::from_secs(2);

    /// The time that a client has to answer where [`https`](Self::https) asks it.
    const TIMEOUT: Duration = Duration::from_secs(5);

    /// A back channel with an HTTP client of your own, which bounds the time of a request.
    pub fn new(client: impl HttpClient + 'static) -> Self {
        Self { client: Arc::new(client), patience: Self::DEFAULT_PATIENCE }
    }

    /// A back channel with an [`HttpsClient`] that gives each client five seconds to answer.
    ///
    /// # Errors
    ///
    /// If TLS cannot be set up.
    pub fn https() -> Result<Self, HttpError> {
        Ok(Self::new(HttpsClient::new()?.timeout(Self::TIMEOUT).max_response(64 * 1024)))
    }

    /// Sets how long someone who signs out waits for the clients' answers at most: with an outbox no longer than 20 seconds.
    #[must_use]
    pub const fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    pub(crate) const fn longest_wait(&self) -> Duration {
        self.patience
    }

    /// Sends one; what is wrong, if it does not arrive.
    pub(crate) async fn send(&self, token: LogoutToken) -> Result<(), String> {
        token.send(&*self.client).await
    }

    /// Sends all of these at once, and does not try again.
    pub(crate) async fn deliver(&self, tokens: Vec<LogoutToken>) {
        let tasks: Vec<_> = tokens
            .into_iter()
            .map(|token| {
                let client = Arc::clone(&self.client);
                tokio::spawn(async move { token.send(&*client).await })
            })
            .collect();
        let all = async {
            for task in tasks {
                // A task that panicked has been reported by Tokio.
                let _ = task.await;
            }
        };
        // Dropping the handles leaves the tasks running.
        let _ = tokio::time::timeout(self.patience, all).await;
    }
}

impl fmt::Debug for BackChannel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BackChannel").field("patience", &self.patience).finish_non_exhaustive()
    }
}

/// A logout token on its way.
pub(crate) struct LogoutToken {
    client_id: String,
    uri: String,
    token: String,
}

impl LogoutToken {
    /// The time that a logout token is good for: §2.4 recommends "at most two minutes".
    const LIFETIME: Duration = Duration::from_mins(2);

    /// A token of §2.4 for this client. It has no `nonce`, so that it is never taken for an ID token.
    pub(crate) async fn new(
        issuer: &str,
        client: &Client,
        uri: &str,
        key: &SigningKey,
        sub: &str,
        sid: &str,
        now: UnixTime,
    ) -> Result<Self> {
        let claims = json!({
            "iss": issuer,
            "sub": sub,
            "aud": client.client_id,
            "iat": now,
            "exp": now + Self::LIFETIME,
            "jti": crate::secret::SecretString::random().expose(),
            "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
            "sid": sid,
        });
        let token = key.sign_jwt(JwtType::LogoutToken, &claims).await?;
        Ok(Self { client_id: client.client_id.clone(), uri: uri.to_owned(), token })
    }

    /// §2.5: "an HTTP POST to the registered backchannel_logout_uri containing a Logout Token".
    async fn send(self, client: &dyn Sender) -> Result<(), String> {
        let client_id = &self.client_id;
        let body =
            form_urlencoded::Serializer::new(String::new()).append_pair("logout_token", &self.token).finish();
        let request = Request::post(self.uri.as_str())
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Bytes::from(body));
        let sent = match request {
            Ok(request) => client.send(request).await,
            Err(cause) => Err(HttpError::failed(cause)),
        };
        match sent {
            Ok(response) if response.status().is_success() => Ok(()),
            Ok(response) => {
                let status = response.status().as_u16();
                tracing::warn!(target: "oauth_core", %client_id, status, "a client refused a logout token");
                Err(format!("it answered {status}"))
            }
            Err(cause) => {
                tracing::warn!(target: "oauth_core", %client_id, %cause, "a client could not be told of a logout");
                Err("it could not be reached".to_owned())
            }
        }
    }
}
