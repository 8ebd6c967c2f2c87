//! The answer at a path where nothing is.

use http::{Request, StatusCode};
use serde_json::json;

use crate::frame::{AuthorizationServer, RunningServer};
use crate::http::{Response, json as respond};

/// Says what there is: somebody wrote the path of a client by hand.
pub(super) fn not_found<S: AuthorizationServer, B>(server: &RunningServer<S>, request: &Request<B>) -> Response {
    let mut paths: Vec<_> = server
        .routes()
        .filter(|(_, route)| route.advertised_as().is_some())
        .map(|(path, _)| format!("`{path}`"))
        .collect();
    paths.sort_unstable();
    let (path, paths) = (request.uri().path().escape_debug(), paths.join(", "));
    let description = format!("there is nothing at `{path}`: this server has {paths}, and its metadata");
    respond(StatusCode::NOT_FOUND, &json!({"error": "not_found", "error_description": description}))
}
