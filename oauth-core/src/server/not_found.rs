//! The answer at a path where nothing is.

use http::header::ACCEPT;
use http::{HeaderValue, Request, StatusCode};
use serde_json::json;

use crate::frame::{AuthorizationServer, RunningServer, grant_set};
use crate::http::{Response, json as respond};
use crate::interaction::{Reader, nothing_there};

/// Says what there is: somebody wrote the path of a client by hand. Whoever reads pages gets one.
pub(super) fn not_found<S: AuthorizationServer, B>(
    server: &RunningServer<S>,
    request: &Request<B>,
) -> Response {
    let mut paths: Vec<_> = server
        .routes()
        .filter(|(_, route)| route.advertised_as().is_some())
        .map(|(path, _)| format!("`{path}`"))
        .collect();
    paths.sort_unstable();
    let (path, paths) = (request.uri().path().escape_debug(), paths.join(", "));
    let description = format!("there is nothing at `{path}`: this server has {paths}, and its metadata");
    let reads_pages =
        |accepted: &HeaderValue| accepted.to_str().is_ok_and(|types| types.contains("text/html"));
    if request.headers().get_all(ACCEPT).iter().any(reads_pages) {
        let mut response = nothing_there(description);
        Reader::of(request.uri(), request.headers()).draw(&mut response, || grant_set::look(server.server()));
        return response;
    }
    respond(StatusCode::NOT_FOUND, &json!({"error": "not_found", "error_description": description}))
}
