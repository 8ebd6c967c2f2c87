//! The rules of `endpoints(token = "/oauth/token", revocation = off)`.

use proc_macro2::{Span, TokenTree};

use super::attr::Attr;
use super::grants::Grants;
use super::model::Endpoints;
use crate::args::{Arg, Text};
use crate::diagnostics::Diagnostics;
use crate::item::Struct;
use crate::rules::endpoint::{self, StandardEndpoint};
use crate::rules::path;
use crate::scope_list::{self, Scope};

/// The rest of the attribute, as far as endpoints are concerned.
struct Server<'a> {
    grants: &'a Grants,
    /// True if the server has the scope `openid`, or may have meant it.
    is_openid: bool,
    /// True if something may sign with keys that can be published.
    may_sign: bool,
    /// True if clients push authorization requests.
    has_pushed_requests: bool,
}

/// Paths that are well formed and each its own, of endpoints that this server has.
pub(super) fn check(
    attr: &Attr,
    item: &Struct,
    grants: &Grants,
    scopes: &[Scope],
    diagnostics: &Diagnostics,
) -> Option<Endpoints> {
    let arg = attr.endpoints.as_ref()?;
    let mut args = arg.list("token = \"/oauth/token\", revocation = off", diagnostics)?;
    let is_openid = scope_list::find(scopes, "openid").is_some() || attr.attempted.contains("scopes");
    let has_pushed_requests = attr.pushed_authorization_requests.is_some()
        || attr.attempted.contains("pushed_authorization_requests");
    let may_sign = is_openid || !item.lacks("access_token");
    let server = Server { grants, is_openid, may_sign, has_pushed_requests };
    let mut paths: Vec<Option<Text>> = Vec::new();
    // What leads somewhere: the default of an endpoint that the server lacks is free.
    let mut routed: Vec<Option<Text>> = Vec::new();
    let (mut all_given, mut session_spans, mut revocation_is_off) = (Vec::new(), Vec::new(), None);
    for endpoint in endpoint::ALL {
        let default = || Text { value: endpoint.default.into(), span: arg.span };
        let Some(given) = args.take(endpoint.name, diagnostics) else {
            paths.push(Some(default()));
            routed.push(used(endpoint, &server).is_ok().then(default));
            continue;
        };
        if endpoint.name == "revocation" {
            revocation_is_off = is_off(&given);
        }
        let path = endpoint_path(endpoint, &given, diagnostics);
        if path.is_some() {
            let is_used = check_used(endpoint, given.span, &server, diagnostics);
            if is_used && matches!(endpoint.name, "end_session" | "check_session") {
                session_spans.push(given.span);
            }
        }
        if let Some(path) = &path {
            check_own_path(path, &routed, diagnostics);
            all_given.push(path.clone());
        }
        routed.push(path.clone());
        paths.push(path);
    }
    let names: Vec<_> = endpoint::ALL.iter().map(|endpoint| endpoint.name).collect();
    args.finish("endpoints", &names, diagnostics);
    check_default_paths(&routed, diagnostics);
    Some(Endpoints { span: arg.span, paths, given: all_given, session_spans, revocation_is_off })
}

/// A path that leads nowhere is a mistake.
fn check_used(
    endpoint: &StandardEndpoint,
    span: Span,
    server: &Server<'_>,
    diagnostics: &Diagnostics,
) -> bool {
    let result = used(endpoint, server);
    if let Err(reason) = result {
        diagnostics.error(span, reason);
    }
    result.is_ok()
}

type Used = Result<(), &'static str>;

/// Tells whether the server has the endpoint, as far as its attribute tells.
fn used(endpoint: &StandardEndpoint, server: &Server<'_>) -> Used {
    let check = match endpoint.name {
        "authorization" => authorization_has_a_grant,
        "token" => token_has_a_grant,
        "device_authorization" => device_authorization_has_its_grant,
        "userinfo" => userinfo_needs_openid,
        "end_session" => end_session_needs_openid,
        "check_session" => check_session_needs_openid,
        "jwks" => jwks_needs_keys,
        "pushed_authorization_request" => pushed_requests_are_asked_for,
        _ => return Ok(()),
    };
    check(server)
}

fn ensure(is_used: bool, reason: &'static str) -> Used {
    if is_used { Ok(()) } else { Err(reason) }
}

/// RFC 6749 §3.1: "The authorization endpoint is used to interact with the resource owner and obtain an authorization grant."
fn authorization_has_a_grant(server: &Server<'_>) -> Used {
    ensure(
        server.grants.are_unknown() || server.grants.use_authorization_endpoint(),
        endpoint::rfc6749_section_3_1_the_authorization_endpoint_has_a_grant.words,
    )
}

/// RFC 6749 §3.2: the token endpoint "is used with every authorization grant except for the implicit grant type (since an
/// access token is issued directly)".
fn token_has_a_grant(server: &Server<'_>) -> Used {
    ensure(
        server.grants.are_unknown() || server.grants.use_token_endpoint(),
        endpoint::rfc6749_section_3_2_the_token_endpoint_has_a_grant.words,
    )
}

/// RFC 8628 §3.1.
fn device_authorization_has_its_grant(server: &Server<'_>) -> Used {
    ensure(
        server.grants.are_unknown() || server.grants.span("device_code").is_some(),
        endpoint::rfc8628_section_3_1_the_device_authorization_endpoint_has_its_grant.words,
    )
}

/// OpenID Connect Core §5.3: "The UserInfo StandardEndpoint is an OAuth 2.0 Protected Resource that returns Claims about the
/// authenticated End-User."
fn userinfo_needs_openid(server: &Server<'_>) -> Used {
    ensure(server.is_openid, endpoint::oidc_core_section_5_3_the_userinfo_endpoint_needs_openid.words)
}

/// OpenID Connect RP-Initiated Logout §2: "A Relying Party requests that an OpenID Provider log out the End-User".
fn end_session_needs_openid(server: &Server<'_>) -> Used {
    ensure(
        server.is_openid,
        endpoint::oidc_rp_initiated_logout_section_2_the_end_session_endpoint_needs_openid.words,
    )
}

/// OpenID Connect Session Management §3.
fn check_session_needs_openid(server: &Server<'_>) -> Used {
    ensure(
        server.is_openid,
        endpoint::oidc_session_management_section_3_the_page_that_watches_a_session_needs_openid.words,
    )
}

/// RFC 8414 §2, `jwks_uri`: "The referenced document contains the signing key(s) the client uses to validate signatures from the
/// authorization server."
fn jwks_needs_keys(server: &Server<'_>) -> Used {
    ensure(server.may_sign, endpoint::rfc8414_section_2_published_keys_sign_something.words)
}

/// RFC 9126 §2.
fn pushed_requests_are_asked_for(server: &Server<'_>) -> Used {
    ensure(
        server.has_pushed_requests,
        endpoint::rfc9126_section_2_the_pushed_authorization_request_endpoint_is_asked_for.words,
    )
}

/// The place of `off`.
pub(super) fn is_off(arg: &Arg) -> Option<Span> {
    arg.single_token()
        .filter(|token| matches!(token, TokenTree::Ident(off) if off == "off"))
        .map(|off| off.span())
}

/// A path that is well formed, unless the endpoint is off.
fn endpoint_path(endpoint: &StandardEndpoint, arg: &Arg, diagnostics: &Diagnostics) -> Option<Text> {
    if is_off(arg).is_some() {
        check_optional(endpoint, arg.span, diagnostics);
        return None;
    }
    let path = arg.text(&format!("\"{}\"", endpoint.default), diagnostics)?;
    if let Err(words) = path::check(&path.value) {
        diagnostics.error(path.span, words);
    }
    Some(path)
}

/// Refuses `off` for an endpoint that a grant or a signature needs.
fn check_optional(endpoint: &StandardEndpoint, span: Span, diagnostics: &Diagnostics) {
    if !endpoint.is_optional {
        let name = endpoint.name;
        diagnostics.error(span, endpoint::an_endpoint_that_is_needed_is_not_off.says(&[&name]));
    }
}

/// A path leads to one endpoint.
fn check_own_path(path: &Text, earlier: &[Option<Text>], diagnostics: &Diagnostics) {
    if earlier.iter().flatten().any(|known| known.value == path.value) {
        diagnostics.error(path.span, path::each_endpoint_has_its_own_path.says(&[&path.value]));
    }
}

/// A path of one endpoint may be the default of a later one that was not given.
fn check_default_paths(paths: &[Option<Text>], diagnostics: &Diagnostics) {
    for (index, endpoint) in endpoint::ALL.iter().enumerate() {
        let is_default =
            paths.get(index).and_then(Option::as_ref).is_some_and(|path| path.value == endpoint.default);
        let earlier = paths.iter().take(index).flatten().find(|path| path.value == endpoint.default);
        if let (true, Some(earlier)) = (is_default, earlier) {
            diagnostics.error(
                earlier.span,
                endpoint::a_path_is_not_the_default_of_another_endpoint
                    .says(&[&earlier.value, &endpoint.name]),
            );
        }
    }
}
