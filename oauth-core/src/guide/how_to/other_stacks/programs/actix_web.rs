use std::io;
use std::net::TcpListener;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::error::{ErrorBadRequest, ErrorInternalServerError, InternalError};
use actix_web::http::StatusCode;
use actix_web::web::{self, Bytes, Data, ServiceConfig};
use actix_web::{App, FromRequest, HttpRequest, HttpResponse, HttpServer};
use futures_util::TryStreamExt as _;
use http::{request, response};
use http_body_util::{BodyExt as _, StreamBody};
use oauth_core::limits::PeerAddress;
use oauth_core::prelude::*;
use oauth_core::resource::{Local, ProtectedResource};
use oauth_core::scope::RequiredScopes;
use oauth_core::server::RunningServer;

#[scope("calendar.read", "See your calendar")]
pub(crate) struct CalendarRead;

#[scope("calendar.write", "Change your calendar")]
pub(crate) struct CalendarWrite;

#[validator]
pub(crate) struct Accounts {
    #[store]
    pub(crate) store: MemoryStore,
}

#[authorization_server(
    issuer = "https://auth.example.com",
    grants(authorization_code, client_credentials),
    scopes(CalendarRead, CalendarWrite)
)]
pub(crate) struct AuthServer {
    #[validator]
    pub(crate) accounts: Accounts,
    #[interaction]
    pub(crate) pages: LoginPages,
}

type Api = ProtectedResource<Local<AuthServer>>;

/// The head of a request in the types of `http` 1; actix-web has those of `http` 0.2. It says where the request comes from, too: limits
/// by address need to know it.
fn head(request: &HttpRequest) -> actix_web::Result<request::Parts> {
    let mut head = http::Request::builder().method(request.method().as_str()).uri(request.uri().to_string());
    for (name, value) in request.headers() {
        head = head.header(name.as_str(), value.as_bytes());
    }
    if let Some(peer) = request.peer_addr() {
        head = head.extension(PeerAddress(peer.ip()));
    }
    head.body(()).map(|request| request.into_parts().0).map_err(ErrorBadRequest)
}

/// A response, the other way round.
fn response(head: &response::Parts, body: Bytes) -> HttpResponse {
    let status = StatusCode::from_u16(head.status.as_u16()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponse::build(status);
    for (name, value) in &head.headers {
        response.append_header((name.as_str(), value.as_bytes()));
    }
    response.body(body)
}

/// Answers what is for the authorization server, which reads the body up to its own limit.
async fn answer(
    request: HttpRequest,
    body: web::Payload,
    server: Data<RunningServer<AuthServer>>,
) -> actix_web::Result<HttpResponse> {
    let body = StreamBody::new(body.map_ok(http_body::Frame::data));
    let answer = server.respond(http::Request::from_parts(head(&request)?, body)).await;
    let (head, body) = answer.into_parts();
    let Ok(body) = body.collect().await;
    Ok(response(&head, body.to_bytes()))
}

/// A token that has the scopes which a handler asks for.
struct Token<S: RequiredScopes>(Bearer<S>);

impl<S: RequiredScopes + 'static> FromRequest for Token<S> {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = actix_web::Result<Self>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let (api, head) = (request.app_data::<Data<Api>>().cloned(), head(request));
        Box::pin(async move {
            let api = api.ok_or_else(|| ErrorInternalServerError("the app has no data `Api`"))?;
            api.authorize_parts(&head?).await.map(Token).map_err(|challenge| {
                let (head, _) = challenge.to_response().into_parts();
                InternalError::from_response("refused", response(&head, Bytes::new())).into()
            })
        })
    }
}

async fn read(Token(token): Token<CalendarRead>) -> String {
    format!("the events of {}", token.subject().unwrap_or("nobody"))
}

async fn write(_: Token<CalendarWrite>) -> &'static str {
    "written"
}

/// The application, with the authorization server at its paths.
fn routes(config: &mut ServiceConfig, server: RunningServer<AuthServer>, api: Api) {
    config.service(web::resource("/events").route(web::get().to(read)).route(web::post().to(write)));
    for path in server.paths() {
        config.route(path, web::route().to(answer));
    }
    config.app_data(Data::new(api)).app_data(Data::new(server));
}

/// Serves until the process is told to stop.
pub(crate) async fn serve(listener: TcpListener, server: RunningServer<AuthServer>) -> io::Result<()> {
    let api = server.protected_resource(ResourceConfig::new()).map_err(io::Error::other)?;
    let background = server.clone();
    // Removes what has expired, delivers logouts, turns keys.
    tokio::spawn(async move { background.maintain().await });
    let app = move || {
        let (server, api) = (server.clone(), api.clone());
        App::new().configure(move |config| routes(config, server, api))
    };
    HttpServer::new(app).listen(listener)?.run().await
}
