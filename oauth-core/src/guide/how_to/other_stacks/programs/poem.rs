use std::io;

use oauth_core::limits::PeerAddress;
use oauth_core::prelude::*;
use oauth_core::resource::{Challenge, Local, ProtectedResource};
use oauth_core::scope::RequiredScopes;
use oauth_core::server::RunningServer;
use poem::endpoint::TowerCompatExt as _;
use poem::listener::TcpAcceptor;
use poem::{
    Endpoint, EndpointExt as _, FromRequest, IntoResponse as _, Request, RequestBody, Result, Route, Server,
    get, handler,
};
use tokio::net::TcpListener;

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

/// A token that has the scopes which a handler asks for.
struct Token<S: RequiredScopes>(Bearer<S>);

impl<'a, S: RequiredScopes> FromRequest<'a> for Token<S> {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> Result<Self> {
        let api = request.data::<Api>().ok_or(poem::error::GetDataError("Api"))?;
        let (mut head, ()) = poem::http::Request::new(()).into_parts();
        head.method = request.method().clone();
        head.uri = request.original_uri().clone();
        head.headers = request.headers().clone();
        api.authorize_parts(&head).await.map(Token).map_err(|challenge| refused(&challenge))
    }
}

/// The challenge as poem has it.
fn refused(challenge: &Challenge) -> poem::Error {
    let mut response = challenge.status().into_response();
    response.headers_mut().extend(challenge.to_response().into_parts().0.headers);
    poem::Error::from_response(response)
}

#[handler]
async fn read(Token(token): Token<CalendarRead>) -> String {
    format!("the events of {}", token.subject().unwrap_or("nobody"))
}

#[handler]
async fn write(_: Token<CalendarWrite>) -> &'static str {
    "written"
}

/// Notes where a request comes from: limits by address need to know it.
async fn locate(mut request: Request) -> Result<Request> {
    if let Some(peer) = request.remote_addr().as_socket_addr().copied() {
        request.extensions_mut().insert(PeerAddress(peer.ip()));
    }
    Ok(request)
}

/// The application, with the authorization server at its paths.
fn app(server: &RunningServer<AuthServer>, api: Api) -> impl Endpoint + use<> {
    let app = Route::new().at("/events", get(read).post(write));
    let paths = server.paths();
    paths.fold(app, |app, path| app.at(path, server.clone().compat().before(locate))).data(api)
}

/// Serves until the process is told to stop.
pub(crate) async fn serve(listener: TcpListener, server: RunningServer<AuthServer>) -> io::Result<()> {
    let api = server.protected_resource(ResourceConfig::new()).map_err(io::Error::other)?;
    let app = app(&server, api);
    // Removes what has expired, delivers logouts, turns keys.
    tokio::spawn(async move { server.maintain().await });
    Server::new_with_acceptor(TcpAcceptor::from_tokio(listener)?).run(app).await
}
