//! The paths of a server, pages included, and what it reads there.

use super::repeated;
use crate::endpoint::ListedEndpoint;
use crate::server::AuthorizationServer;

pub(super) fn check<S: AuthorizationServer>(
    endpoints: &[(&'static str, ListedEndpoint<S>)],
    mistakes: &mut Vec<String>,
) {
    let paths: Vec<_> = endpoints.iter().map(|(path, _)| *path).collect();
    let names: Vec<_> = endpoints.iter().filter_map(|(_, endpoint)| endpoint.route.advertised_as()).collect();
    mistakes.extend(are_advertised_twice(&names));
    mistakes.extend(paths.iter().filter_map(|path| is_malformed(path)));
    mistakes.extend(paths.iter().filter_map(|path| is_a_well_known_name(path)));
    mistakes.extend(lead_to_two_endpoints(&paths));
    mistakes.extend(reads_nothing(S::CONFIG.body_limit));
}

/// RFC 3986 §3.3 and §2.3: segments that need no encoding, and that no router reads as a pattern; §5.2.4: `.` and `..` are
/// removed by clients.
fn is_malformed(path: &str) -> Option<String> {
    let is_segment = |segment: &str| {
        !matches!(segment, "" | "." | "..")
            && segment.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~'))
    };
    let is_path = path.strip_prefix('/').is_some_and(|rest| rest.split('/').all(is_segment));
    (!is_path).then(|| {
        format!(
            "the path `{}` must start with `/` and have only unreserved characters between single slashes (RFC 3986 §2.3), as \
             `/oauth/token` has",
            path.escape_debug()
        )
    })
}

/// RFC 8615 §3: names under `/.well-known/` are registered, and RFC 8414 §3 puts the metadata there.
fn is_a_well_known_name(path: &str) -> Option<String> {
    (path == "/.well-known" || path.starts_with("/.well-known/")).then(|| {
        format!(
            "the path `{path}` is under `/.well-known/`, whose names are registered with IANA (RFC 8615 §3): choose another"
        )
    })
}

/// The second could not be reached.
fn lead_to_two_endpoints(paths: &[&str]) -> Vec<String> {
    repeated(paths)
        .map(|path| format!("the path `{path}` leads to two endpoints: give each its own"))
        .collect()
}

/// RFC 8414 §2: a member of the metadata has one URL.
fn are_advertised_twice(names: &[&str]) -> Vec<String> {
    repeated(names)
        .map(|name| {
            format!("two endpoints are the metadata's `{name}` (RFC 8414 §2): leave one out, or rename yours")
        })
        .collect()
}

/// RFC 6749 §3.2: the parameters of a token request are in its body.
fn reads_nothing(body_limit: usize) -> Option<String> {
    (body_limit == 0).then(|| {
        "the body limit is zero, so that no token request would be read (RFC 6749 §3.2): the default is 65536 bytes".to_owned()
    })
}
