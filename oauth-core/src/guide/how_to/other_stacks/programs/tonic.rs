use std::error::Error;

use axum::Router;
use axum::body::Body;
use axum::middleware::{map_request, map_response};
use oauth_core::limits::PeerAddress;
use oauth_core::prelude::*;
use oauth_core::resource::{Local, ProtectedResource};
use oauth_core::server::RunningServer;
use tokio::net::TcpListener;
use tonic::service::Routes;
use tonic::transport::Server;
use tonic::transport::server::{TcpConnectInfo, TcpIncoming};
use tonic::{Code, Request, Response, Status};

// From `calendar.proto`, by tonic-prost-build: `tonic::include_proto!("calendar")`.
use super::calendar::calendar_server::{Calendar, CalendarServer};
use super::calendar::{Day, Events};

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

/// The service, which is reached with a token alone.
struct Guarded;

#[tonic::async_trait]
impl Calendar for Guarded {
    async fn list(&self, request: Request<Day>) -> Result<Response<Events>, Status> {
        let Some(token) = request.extensions().get::<Bearer<CalendarRead>>() else {
            return Err(Status::internal("the layer is missing"));
        };
        let title = format!("the events of {}", token.subject().unwrap_or("nobody"));
        Ok(Response::new(Events { titles: vec![title] }))
    }

    async fn add(&self, request: Request<Events>) -> Result<Response<Day>, Status> {
        // The layer has asked for `calendar.read`; one method needs more.
        let token = request.extensions().get::<Bearer<CalendarRead>>();
        if !token.is_some_and(|token| token.scopes().contains(CalendarWrite::SCOPE.name)) {
            return Err(Status::permission_denied("the access token lacks calendar.write"));
        }
        Ok(Response::new(Day { date: "2026-12-01".to_owned() }))
    }
}

/// A challenge as gRPC has it: a status, and `www-authenticate` among the metadata. What gRPC answers itself is 200 always.
async fn as_grpc(response: http::Response<Body>) -> http::Response<Body> {
    let code = match response.status().as_u16() {
        400 => Code::InvalidArgument,
        401 => Code::Unauthenticated,
        403 => Code::PermissionDenied,
        500 => Code::Internal,
        503 => Code::Unavailable,
        _ => return response,
    };
    let mut refused = Status::new(code, "the access token does not open this").into_http::<Body>();
    refused.headers_mut().extend(response.into_parts().0.headers);
    refused
}

/// Notes where a request comes from: limits by address need to know it.
async fn locate(mut request: http::Request<Body>) -> http::Request<Body> {
    let connection = request.extensions().get::<TcpConnectInfo>();
    if let Some(peer) = connection.and_then(TcpConnectInfo::remote_addr) {
        request.extensions_mut().insert(PeerAddress(peer.ip()));
    }
    request
}

/// The gRPC services, with the authorization server at its paths: tonic's routes are a router of axum.
fn app(server: RunningServer<AuthServer>, api: &ProtectedResource<Local<AuthServer>>) -> Router {
    let services = Routes::new(CalendarServer::new(Guarded)).into_axum_router();
    let services = services.route_layer(api.layer::<CalendarRead>()).route_layer(map_response(as_grpc));
    server.into_router().layer(map_request(locate)).merge(services)
}

/// Serves until the process is told to stop.
pub(crate) async fn serve(
    listener: TcpListener,
    server: RunningServer<AuthServer>,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let api = server.protected_resource(ResourceConfig::new())?;
    let app = app(server.clone(), &api);
    // Removes what has expired, delivers logouts, turns keys.
    tokio::spawn(async move { server.maintain().await });
    // Browsers and most clients of OAuth speak HTTP/1.1.
    let mut grpc = Server::builder().accept_http1(true);
    Ok(grpc.add_routes(Routes::from(app)).serve_with_incoming(TcpIncoming::from(listener)).await?)
}
