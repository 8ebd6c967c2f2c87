//! An API of your own behind your own tokens: a handler that takes a `Caller` runs only for requests whose token has the
//! scope `calendar`; all others get the challenge of RFC 6750 §3.

use axum::extract::FromRequestParts;
use axum::http::header::WWW_AUTHENTICATE;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use oauth_core::error::ResourceErrorCode;
use oauth_core::prelude::*;
use oauth_core::store::AccessToken;

#[validator]
#[derive(Clone)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    issuer = "http://127.0.0.1:8080",
    grants(client_credentials),
    scopes("calendar", "mail")
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
}

/// The API itself.
async fn events(Caller(token): Caller) -> Json<Vec<String>> {
    Json(vec![format!("{} may see this until {}", token.client_id, token.expires_at.as_secs())])
}

/// The scope that the API needs.
const SCOPE: &str = "calendar";

/// Whoever calls, with a token that has the scope.
struct Caller(AccessToken);

impl FromRequestParts<Accounts> for Caller {
    type Rejection = Challenge;

    async fn from_request_parts(parts: &mut Parts, accounts: &Accounts) -> Result<Self, Challenge> {
        let bearer = BearerToken::new(accounts);
        let mut request = Request::for_resource(parts)?;
        if bearer.get_token_from_request(&request)?.is_none() {
            return Err(Challenge(None));
        }
        Ok(Self(bearer.validate_request_scopes(&mut request, &ScopeSet::parse(SCOPE)?).await?))
    }
}

/// Why the request is refused; `None`: it has no token. RFC 6750 §3.1: "If the request lacks any authentication
/// information […], the resource server SHOULD NOT include an error code or other error information."
struct Challenge(Option<Error>);

impl From<Error> for Challenge {
    fn from(error: Error) -> Self {
        Self(Some(error))
    }
}

impl IntoResponse for Challenge {
    fn into_response(self) -> Response {
        let mut challenge = format!("Bearer realm=\"calendar\", scope=\"{SCOPE}\"");
        let mut status = StatusCode::UNAUTHORIZED;
        if let Some(error) = &self.0 {
            let code = ResourceErrorCode::from(error.code());
            status = code.status();
            challenge = format!("{challenge}, error=\"{}\"", code.as_str());
            if let Some(description) = error.description() {
                challenge = format!("{challenge}, error_description=\"{description}\"");
            }
        }
        match HeaderValue::try_from(challenge) {
            // A failure of ours is no challenge: nothing that the caller could send would help.
            Ok(challenge) if !status.is_server_error() => {
                (status, [(WWW_AUTHENTICATE, challenge)]).into_response()
            }
            _ => status.into_response(),
        }
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let store = MemoryStore::default();
    let secret = ClientSecret::generate();
    store.save_client(Client::confidential("robot", &secret).scope("calendar mail").build()?).await?;

    let accounts = Accounts { store };
    let server = AuthServer { accounts: accounts.clone() };
    let app = Router::new().route("/events", get(events)).with_state(accounts).merge(server.into_router()?);
    let listener = oauth_examples::listen().await?;
    let url = format!("http://{}", listener.local_addr()?);
    println!(
        "curl -u robot:{} -d grant_type=client_credentials -d scope=calendar {url}/token",
        secret.expose()
    );
    println!("curl -H 'Authorization: Bearer …' {url}/events");
    oauth_examples::serve(listener, app).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    oauth_core::conformance!(AuthServer, |_| AuthServer {
        accounts: Accounts { store: MemoryStore::default() }
    });
}
