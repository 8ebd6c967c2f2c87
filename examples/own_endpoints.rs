//! An application that has logged its people in already mounts each endpoint itself, where it likes: no router and no page of
//! the framework's. `POST /session` stands for the login that it has.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::extract::{Form, Request as HttpRequest, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use axum::{Json, Router};
use bytes::Bytes;
use oauth_core::grant::UserCode;
use oauth_core::interaction::DeviceInteraction;
use oauth_core::prelude::*;
use oauth_core::server::RunningServer;
use oauth_core::store::{DeviceDecision, DeviceStore as _};
use oauth_core::time::UnixTime;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    issuer = "http://127.0.0.1:8080",
    grants(authorization_code, refresh_token, device_code),
    scopes("calendar" = "See your calendar"),
    endpoints(
        authorization = "/oauth/authorize",
        token = "/oauth/token",
        revocation = "/oauth/revoke",
        introspection = "/oauth/introspect",
        device_authorization = "/oauth/device"
    )
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[interaction]
    people: Ourselves,
}

/// Nobody asks it: our handlers below decide.
struct Ourselves;

impl<V: RequestValidator> Interaction<V> for Ourselves {
    async fn decide(&self, _: &Context<'_, V>, _: &AuthorizationRequest, _: &Request) -> Result<Decision> {
        Ok(Decision::Deny)
    }
}

impl<V: RequestValidator> DeviceInteraction<V> for Ourselves {
    /// The path where devices send people: a page of ours.
    const VERIFICATION_PATH: &'static str = "/activate";
    const PAGES: &'static [&'static str] = &[];

    async fn device_page(
        &self,
        _: &Context<'_, V>,
        _: &str,
        _: &axum::http::Request<Bytes>,
    ) -> Result<oauth_core::http::Response> {
        Err(Error::invalid_request("there is no such page"))
    }
}

/// Our application: the endpoints, who is logged in, by the value of our cookie, and how many wrong codes each of them typed.
#[derive(Clone)]
struct App {
    oauth: RunningServer<AuthServer>,
    sessions: Arc<Mutex<HashMap<String, String>>>,
    guesses: Arc<Mutex<HashMap<String, u32>>>,
}

impl App {
    /// Whoever is logged in at this browser.
    fn user(&self, headers: &HeaderMap) -> Option<String> {
        let cookie = headers.get(header::COOKIE)?.to_str().ok()?.strip_prefix("session=")?;
        self.sessions.lock().ok()?.get(cookie).cloned()
    }

    /// RFC 8628 §5.1: "The server SHOULD rate-limit user code attempts". This one counts, and forgets at the right code; one that
    /// many use lets a guess in again after a while.
    fn guessed(&self, user: &str, is_right: bool) -> bool {
        const LIMIT: u32 = 5;
        let Ok(mut guesses) = self.guesses.lock() else { return false };
        let count = guesses.entry(user.to_owned()).or_default();
        let may_guess = *count < LIMIT;
        *count = if is_right && may_guess { 0 } else { *count + 1 };
        may_guess
    }
}

/// Stands for the login that an application has: it believes everyone.
async fn log_in(State(app): State<App>, Form(form): Form<HashMap<String, String>>) -> Response {
    let (id, user) = (SecretString::random(), form.get("user").cloned().unwrap_or_default());
    match app.sessions.lock() {
        Ok(mut sessions) => sessions.insert(id.expose().to_owned(), user),
        Err(_) => return StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    };
    // Lax: no form on another site is sent with it, and links are.
    let cookie = format!("session={}; Path=/; HttpOnly; SameSite=Lax", id.expose());
    ([(header::SET_COOKIE, cookie)], "logged in").into_response()
}

/// Our client is our own, so people need not be asked; for a client of someone else's, show a page of yours here.
async fn authorize(State(app): State<App>, request: HttpRequest) -> Response {
    let (parts, body) = request.into_parts();
    let asked = match app.oauth.validate_authorization_request(&parts).await {
        Ok(asked) => asked,
        Err(response) => return response.into_response(),
    };
    let decision = match app.user(&parts.headers) {
        None => return (StatusCode::UNAUTHORIZED, "log in first: POST /session").into_response(),
        Some(user) if asked.client.first_party => Decision::approve(user),
        Some(_) => Decision::Deny,
    };
    let request = HttpRequest::from_parts(parts, body);
    app.oauth.create_authorization_response(request, decision).await.into_response()
}

/// The person typed the code that their device shows, and is shown what it asks for; then they decide. RFC 8628 §5.4: someone
/// else's device may have asked, and its owner sent them here.
async fn activate(
    State(app): State<App>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Result<String, Response> {
    let failed = |error: oauth_core::store::StoreError| {
        eprintln!("{}", oauth_examples::one_line(&error));
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    };
    let user = app.user(&headers).ok_or_else(|| StatusCode::UNAUTHORIZED.into_response())?;
    let wrong = || (StatusCode::BAD_REQUEST, "no device shows this code").into_response();
    let (store, now) = (&app.oauth.server().accounts.store, UnixTime::now());
    let typed = form.get("user_code").and_then(|typed| UserCode::parse(typed)).ok_or_else(wrong)?;
    let device = store.device_authorization(&typed.hash(), now).await.map_err(failed)?;
    if !app.guessed(&user, device.is_some()) {
        return Err((StatusCode::TOO_MANY_REQUESTS, "too many wrong codes").into_response());
    }
    let device = device.ok_or_else(wrong)?;
    let decision = match form.get("decision").map(String::as_str) {
        Some("allow") => DeviceDecision::approve(user, now, device.scopes),
        Some(_) => DeviceDecision::Deny,
        None => {
            let client = store.client(&device.client_id).await.map_err(failed)?.ok_or_else(wrong)?;
            let asked = AuthServer::METADATA.scopes.iter().filter(|scope| device.scopes.contains(scope.name));
            let asked: Vec<_> = asked.map(|scope| scope.description.unwrap_or(scope.name)).collect();
            let (name, code) = (client.display_name(), typed.expose());
            return Ok(format!(
                "{name} wants to: {}. Is {code} what your own device shows?",
                asked.join(", ")
            ));
        }
    };
    let is_allowed = decision != DeviceDecision::Deny;
    let decided = store.decide_device_code(&typed.hash(), decision, now).await.map_err(failed)?;
    match (decided, is_allowed) {
        (false, _) => Err(wrong()),
        (true, true) => Ok("your device is connected".to_owned()),
        (true, false) => Ok("the device gets nothing".to_owned()),
    }
}

/// An API of ours.
async fn calendar(State(app): State<App>, request: HttpRequest) -> Response {
    let (parts, _) = request.into_parts();
    let Ok(scopes) = ScopeSet::parse("calendar") else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    match app.oauth.verify_request(&parts, &scopes).await {
        Ok(token) => Json(format!("the calendar of {}", token.subject().unwrap_or_default())).into_response(),
        Err(challenge) => challenge.to_response().into_response(),
    }
}

/// The endpoints that need nothing of ours.
macro_rules! endpoint {
    ($method:ident) => {
        async |State(app): State<App>, request: axum::http::Request<Body>| {
            app.oauth.$method(request).await.into_response()
        }
    };
}

fn router(app: App) -> Router {
    Router::new()
        .route("/session", post(log_in))
        .route("/oauth/authorize", get(authorize))
        .route("/activate", post(activate))
        .route("/calendar", get(calendar))
        // Any method: preflights of CORS are answered, too, and the wrong ones refused.
        .route("/oauth/token", any(endpoint!(create_token_response)))
        .route("/oauth/revoke", any(endpoint!(create_revocation_response)))
        .route("/oauth/introspect", any(endpoint!(create_introspection_response)))
        .route("/oauth/device", any(endpoint!(create_device_authorization_response)))
        .route("/.well-known/oauth-authorization-server", any(endpoint!(create_metadata_response)))
        .with_state(app)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let store = MemoryStore::default();
    let secret = ClientSecret::generate();
    let ours = Client::confidential("ours", &secret)
        .first_party()
        .introspects("http://127.0.0.1:8080")
        .redirect_uri("http://127.0.0.1:3000/callback")
        .grant_type(GrantType::AUTHORIZATION_CODE)
        .grant_type(GrantType::REFRESH_TOKEN)
        .grant_type(GrantType::DEVICE_CODE);
    store.save_client(ours.scope("calendar").build()?).await?;

    let oauth = AuthServer { accounts: Accounts { store }, people: Ourselves }.into_service()?;
    let app = router(App { oauth: oauth.clone(), sessions: Arc::default(), guesses: Arc::default() });
    let listener = oauth_examples::listen().await?;
    println!(
        "curl -u ours:{} -d scope=calendar http://{}/oauth/device",
        secret.expose(),
        listener.local_addr()?
    );
    oauth_core::serve(listener, app).maintain(&oauth).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    // Over the application: its routes, and its login.
    oauth_core::conformance!(AuthServer, |fixture| {
        let sessions = HashMap::from([("alices".to_owned(), "alice".to_owned())]);
        let sessions = Arc::new(Mutex::new(sessions));
        fixture.application(|oauth| router(App { oauth, sessions, guesses: Arc::default() }));
        fixture.first_party();
        fixture.approve(|request| {
            request.headers_mut().insert(header::COOKIE, header::HeaderValue::from_static("session=alices"));
        });
        AuthServer { accounts: Accounts { store: MemoryStore::default() }, people: Ourselves }
    });
}
