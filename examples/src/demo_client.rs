//! A client: a web application that sends people to an authorization server and gets a token for them
//! (RFC 6749 §4.1, with the PKCE of RFC 7636).
//!
//! `GET /` sends the browser to the server; `GET /callback` is where it comes back.

use std::fmt;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Query, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use oauth_core::client::ClientSecret;
use oauth_core::jose::KeyRing;
use oauth_core::secret::SecretString;
use oauth_core::server::{AuthorizationServer, RunningServer};
use oauth_core::time::UnixTime;
use serde::Deserialize;
use serde_json::Value;

use crate::html::{Row, escape, page, table};

/// The knowledge of the client.
pub struct DemoClient<S> {
    /// The server, which here is in the same process; elsewhere it would be an HTTP client.
    pub server: RunningServer<S>,
    /// The issuer identifier of the server.
    pub issuer: String,
    /// The keys that verify its tokens; elsewhere they would come from `jwks_uri`.
    pub keys: KeyRing,
    /// The client identifier.
    pub client_id: &'static str,
    /// The client secret.
    pub secret: ClientSecret,
    /// The scope that it asks for.
    pub scope: &'static str,
}

impl<S> fmt::Debug for DemoClient<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DemoClient").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

impl<S: AuthorizationServer> DemoClient<S> {
    /// The client's two pages.
    pub fn router(self) -> Router {
        Router::new()
            .route("/", get(start::<S>))
            .route("/callback", get(callback::<S>))
            .with_state(Arc::new(self))
    }

    /// The URI where the server sends the browser back.
    pub fn redirect_uri(issuer: &str) -> String {
        format!("{issuer}/callback")
    }

    /// Sends the code to the token endpoint, from this server to that one: no browser sees the token.
    async fn redeem(&self, code: &str, verifier: &str) -> Result<TokenResponse, String> {
        let body = form_urlencoded::Serializer::new(String::new())
            .append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", &Self::redirect_uri(&self.issuer))
            .append_pair("code_verifier", verifier)
            .finish();
        let credentials = STANDARD.encode(format!("{}:{}", self.client_id, self.secret.expose()));
        let request = Request::post("/token")
            .header(AUTHORIZATION, format!("Basic {credentials}"))
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .map_err(|cause| cause.to_string())?;
        let response = self.server.respond(request).await;
        let status = response.status();
        let body =
            to_bytes(Body::new(response.into_body()), usize::MAX).await.map_err(|cause| cause.to_string())?;
        if status != StatusCode::OK {
            return Err(format!("the token endpoint answered {status}: {}", String::from_utf8_lossy(&body)));
        }
        serde_json::from_slice(&body).map_err(|cause| cause.to_string())
    }
}

/// Remembers this login in a cookie, and sends the browser to the authorization endpoint.
async fn start<S: AuthorizationServer>(State(client): State<Arc<DemoClient<S>>>) -> impl IntoResponse {
    // `state` ties the answer to this browser, `code_verifier` ties it to this client.
    let (state, verifier) = (SecretString::random(), SecretString::random());
    // RFC 7636 §4.2: BASE64URL(SHA256(code_verifier)); a `TokenHash` is the SHA-256.
    let challenge = URL_SAFE_NO_PAD.encode(verifier.hash().as_bytes());
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("response_type", "code")
        .append_pair("client_id", client.client_id)
        .append_pair("redirect_uri", &DemoClient::<S>::redirect_uri(&client.issuer))
        .append_pair("scope", client.scope)
        .append_pair("state", state.expose())
        .append_pair("code_challenge", &challenge)
        .append_pair("code_challenge_method", "S256")
        .finish();
    let cookie = format!(
        "{LOGIN_COOKIE}={}.{}; Path=/callback; Max-Age=600; HttpOnly; SameSite=Lax",
        state.expose(),
        verifier.expose()
    );
    (AppendHeaders([(SET_COOKIE, cookie)]), Redirect::to(&format!("{}/authorize?{query}", client.issuer)))
}

const LOGIN_COOKIE: &str = "demo_login";

/// An authorization response, RFC 6749 §4.1.2.
#[derive(Deserialize)]
struct AuthorizationResponse {
    code: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
    state: Option<String>,
    iss: Option<String>,
}

/// A token response, RFC 6749 §5.1.
#[derive(Deserialize)]
struct TokenResponse {
    access_token: String,
    refresh_token: Option<String>,
}

async fn callback<S: AuthorizationServer>(
    State(client): State<Arc<DemoClient<S>>>,
    headers: HeaderMap,
    Query(answer): Query<AuthorizationResponse>,
) -> Response {
    let result = finish(&client, &headers, answer).await;
    let page = result.unwrap_or_else(|problem| {
        let main = format!("<p>{}</p>\n<p><a href=\"/\">Start again</a></p>", escape(&problem));
        page(StatusCode::BAD_REQUEST, "No token", &main)
    });
    // Each login counts once: a reload does not send a used code again, for which the server would revoke its tokens.
    let forget = format!("{LOGIN_COOKIE}=; Path=/callback; Max-Age=0; HttpOnly; SameSite=Lax");
    (AppendHeaders([(SET_COOKIE, forget)]), page).into_response()
}

async fn finish<S: AuthorizationServer>(
    client: &DemoClient<S>,
    headers: &HeaderMap,
    answer: AuthorizationResponse,
) -> Result<Response, String> {
    let (state, verifier) =
        login_cookie(headers).ok_or("This login is over, or was started in another browser.")?;
    // RFC 9700 §4.7.1: without this, someone could slip their own code into your browser.
    if !answer.state.is_some_and(|given| SecretString::new(state).matches(&given)) {
        return Err("This answer belongs to another login: its state is not ours.".to_owned());
    }
    // RFC 9207 §2.4: "Clients MUST compare the result to the issuer identifier of the authorization server".
    if answer.iss.as_ref() != Some(&client.issuer) {
        return Err("This answer comes from another server: its iss is not ours.".to_owned());
    }
    let Some(code) = answer.code else {
        let error = answer.error.unwrap_or_else(|| "no code".to_owned());
        let description = answer.error_description.map(|text| format!(": {text}")).unwrap_or_default();
        return Err(format!("The server answered {error}{description}."));
    };
    let token = client.redeem(&code, verifier).await?;
    token_page(&client.keys, &token)
}

/// `state` and `code_verifier` of the login that this browser started.
fn login_cookie(headers: &HeaderMap) -> Option<(&str, &str)> {
    let mut pairs =
        headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|v| v.split("; "));
    pairs.find_map(|pair| pair.strip_prefix(LOGIN_COOKIE)?.strip_prefix('=')?.split_once('.'))
}

/// Shows what is in a token. An application would not look: to a client, an access token is a key to the API and nothing
/// else (RFC 9068 §6).
fn token_page(keys: &KeyRing, token: &TokenResponse) -> Result<Response, String> {
    let verified =
        keys.verifying_keys().verify_jws(&token.access_token).map_err(|cause| cause.to_string())?;
    let claims: serde_json::Map<String, Value> =
        serde_json::from_slice(&verified.payload).map_err(|cause| cause.to_string())?;
    let header = token.access_token.split('.').next().unwrap_or_default();
    let header = URL_SAFE_NO_PAD.decode(header).map_err(|cause| cause.to_string())?;
    let header: serde_json::Map<String, Value> =
        serde_json::from_slice(&header).map_err(|cause| cause.to_string())?;
    let header: Vec<Row> = header.iter().map(|(name, value)| row(name, value)).collect();
    let claims: Vec<Row> = claims.iter().map(|(name, value)| row(name, value)).collect();
    let refresh = if token.refresh_token.is_some() { " A refresh token came with it." } else { "" };
    let main = format!(
        "<p>The signature is right.{refresh}</p>\n{}{}<p><code>{}</code></p>\n\
         <p><a href=\"/\">Get another one</a> · <a href=\"/logout\">Sign out</a></p>",
        table("Header", &header),
        table("Claims", &claims),
        escape(&token.access_token),
    );
    Ok(page(StatusCode::OK, "Your access token", &main))
}

fn row(name: &str, value: &Value) -> Row {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let text = match (name, value.as_u64()) {
        ("iat" | "exp" | "auth_time", Some(seconds)) => {
            format!("{text} ({})", relative(UnixTime::from_secs(seconds)))
        }
        _ => text,
    };
    let word = match name {
        "typ" => "what kind of token it is",
        "alg" => "how it is signed",
        "kid" => "which key signed it",
        "iss" => "who issued it",
        "sub" => "whom it speaks for",
        "aud" => "whom it is meant for",
        "client_id" => "who asked for it",
        "iat" => "when it was issued",
        "exp" => "when it expires",
        "auth_time" => "when you logged in",
        "jti" => "its own number",
        "scope" => "what it allows",
        _ => "a claim of this server's own",
    };
    (name.to_owned(), text, word)
}

fn relative(time: UnixTime) -> String {
    let now = UnixTime::now();
    if time > now {
        format!("in {} seconds", time.since(now).as_secs())
    } else {
        format!("{} seconds ago", now.since(time).as_secs())
    }
}
