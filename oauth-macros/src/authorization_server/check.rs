//! The rules of a server's arguments.

use proc_macro2::{Span, TokenTree};

use super::attr::Attr;
use super::fields::{check_access_token, check_interaction, check_refresh_token, check_validator};
use super::grants::{Grants, check_grants, check_used, device};
use super::model::{ENDPOINTS, EndpointName, Endpoints, ValidatedServer};
use super::openid::{check_id_token_lifetime, check_id_tokens, check_openid_field};
use super::scopes::{check_default_scopes, check_scopes};
use super::{presets, profile, response_types};
use crate::args::{Arg, Text};
use crate::diagnostics::Diagnostics;
use crate::issuer::Issuer;
use crate::item::Struct;
use crate::literal::{Seconds, duration, lifetime};
use crate::rules;

pub(super) fn check<'a>(attr: &Attr, item: &'a Struct, diagnostics: &Diagnostics) -> ValidatedServer<'a> {
    item.check_owned("a server", diagnostics);
    let preset = presets::parse(attr, diagnostics);
    let grants = match preset {
        Some((preset, span)) => preset.grants(span),
        None => check_grants(attr, item, diagnostics),
    };
    let scopes = check_scopes(attr, &grants, diagnostics);
    check_used(
        &[&attr.code_lifetime, &attr.danger_pkce_optional],
        "authorization_code",
        &grants,
        diagnostics,
    );
    check_used(
        &[&attr.refresh_token_lifetime, &attr.refresh_token_grace],
        "refresh_token",
        &grants,
        diagnostics,
    );
    check_used(
        &[&attr.device_code_lifetime, &attr.device_polling_interval],
        "device_code",
        &grants,
        diagnostics,
    );
    check_issuer(attr, item, diagnostics);
    let issuer = attr.issuer.as_ref();
    let id_tokens = check_id_tokens(item, &scopes, diagnostics);
    let response_types = response_types::check(attr, &grants, &scopes, diagnostics);
    let model = ValidatedServer {
        item,
        krate: attr.krate.clone(),
        default_scopes: check_default_scopes(attr, &scopes, diagnostics),
        scopes,
        scopes_span: attr.scopes.as_ref().map(|arg| arg.span),
        issuer: issuer.and_then(|arg| Some((Issuer::parse(arg, &item.fields, diagnostics)?, arg.span))),
        code_lifetime: check_code_lifetime(attr, diagnostics),
        device_code_lifetime: device::check_code_lifetime(attr, diagnostics),
        device_polling_interval: device::check_interval(attr, diagnostics),
        refresh_token_lifetime: check_refresh_token_lifetime(attr, diagnostics),
        refresh_token_grace: check_refresh_token_grace(attr, diagnostics),
        danger_pkce_optional: attr
            .danger_pkce_optional
            .as_ref()
            .inspect(|arg| arg.bare(diagnostics))
            .is_some(),
        body_limit: check_body_limit(attr, diagnostics),
        endpoints: check_endpoints(attr, &grants, diagnostics),
        validator: check_validator(item, diagnostics),
        access_token: check_access_token(item, diagnostics),
        refresh_token: check_refresh_token(item, &grants, preset.is_some(), diagnostics),
        interaction: check_interaction(item, &grants, diagnostics),
        pairwise_key: check_openid_field(
            item,
            "pairwise_key",
            "gives clients pairwise identifiers",
            &id_tokens,
            diagnostics,
        ),
        back_channel: check_openid_field(
            item,
            "back_channel",
            "tells clients of logouts",
            &id_tokens,
            diagnostics,
        ),
        profile: profile::parse(attr, diagnostics),
        profile_span: attr.profile.as_ref().map(|arg| arg.span),
        preset,
        id_token_lifetime: check_id_token_lifetime(attr, &id_tokens, diagnostics),
        response_types,
        id_tokens,
        grants,
    };
    profile::check(&model, diagnostics);
    presets::check(&model, diagnostics);
    model
}

/// RFC 8414 §2: `issuer` is REQUIRED. A generator may state it; the default, opaque tokens, does not.
fn check_issuer(attr: &Attr, item: &Struct, diagnostics: &Diagnostics) {
    if attr.issuer.is_none() && !attr.attempted.contains("issuer") && item.lacks("access_token") {
        diagnostics.error_over(
            item.ident(),
            "the server has no issuer, which its metadata must name (RFC 8414 §2)\n\
             add `issuer = \"https://auth.example.com\"`, `issuer = env!(\"…\")` or `issuer = self.field` to `#[authorization_server(…)]`",
        );
    }
}

/// RFC 6749 §4.1.2: "A maximum authorization code lifetime of 10 minutes is RECOMMENDED"; here it is the limit.
fn check_code_lifetime(attr: &Attr, diagnostics: &Diagnostics) -> Option<Seconds> {
    const TEN_MINUTES: (&str, u64) =
        ("a code is redeemed at once, and RFC 6749 §4.1.2 allows ten minutes (`10m`) at most", 600);
    lifetime(attr.code_lifetime.as_ref()?, "60s", TEN_MINUTES, diagnostics)
}

fn check_refresh_token_lifetime(attr: &Attr, diagnostics: &Diagnostics) -> Option<Seconds> {
    const TEN_YEARS: (&str, u64) = (
        "RFC 9700 §4.14.2 wants unused refresh tokens to expire; write ten years (`3650d`) at most",
        3650 * 86_400,
    );
    lifetime(attr.refresh_token_lifetime.as_ref()?, "30d", TEN_YEARS, diagnostics)
}

/// Zero is meaningful here: no grace.
fn check_refresh_token_grace(attr: &Attr, diagnostics: &Diagnostics) -> Option<Seconds> {
    const MINUTE: (&str, u64) = (
        "meanwhile a stolen token works (RFC 9700 §4.14.2), and a lost response is asked for again at once; write a minute (`60s`) at most",
        60,
    );
    duration(attr.refresh_token_grace.as_ref()?, "10s", MINUTE, diagnostics)
}

fn check_body_limit(attr: &Attr, diagnostics: &Diagnostics) -> Option<(usize, Span)> {
    let (limit, span) = attr.body_limit.as_ref()?.integer("65536", diagnostics)?;
    if limit == 0 {
        diagnostics
            .error(span, "`body_limit` is zero: no token request would be read; the default is 65536 bytes");
    }
    Some((limit, span))
}

fn check_endpoints(attr: &Attr, grants: &Grants, diagnostics: &Diagnostics) -> Option<Endpoints> {
    let arg = attr.endpoints.as_ref()?;
    let mut args = arg.list("token = \"/oauth/token\", revocation = off", diagnostics)?;
    let mut paths: Vec<Option<Text>> = Vec::new();
    let mut revocation_is_off = None;
    for endpoint in &ENDPOINTS {
        let default = || Text { value: endpoint.default.into(), span: arg.span };
        let Some(given) = args.take(endpoint.name, diagnostics) else {
            paths.push(Some(default()));
            continue;
        };
        if endpoint.name == "authorization" && !grants.is_empty() && !grants.use_authorization_endpoint() {
            diagnostics.error(
                given.span,
                "no grant uses the authorization endpoint: add `authorization_code`, or remove this",
            );
        }
        if endpoint.name == "device_authorization"
            && !grants.is_empty()
            && grants.span("device_code").is_none()
        {
            diagnostics.error(
                given.span,
                "no grant uses the device authorization endpoint (RFC 8628 §3.1): add `device_code`, or remove this",
            );
        }
        if endpoint.name == "revocation" {
            revocation_is_off = is_off(&given);
        }
        let path = endpoint_path(endpoint, &given, diagnostics);
        let repeated = path
            .as_ref()
            .and_then(|path| paths.iter().flatten().find(|known| known.value == path.value).map(|_| path));
        if let Some(path) = repeated {
            diagnostics.error(
                path.span,
                format!("the path `{}` is another endpoint's already: each has its own", path.value),
            );
        }
        paths.push(path);
    }
    let names: Vec<_> = ENDPOINTS.iter().map(|endpoint| endpoint.name).collect();
    args.finish("endpoints", &names, diagnostics);
    check_default_paths(&paths, diagnostics);
    Some(Endpoints { span: arg.span, paths, revocation_is_off })
}

/// Where `off` stands.
fn is_off(arg: &Arg) -> Option<Span> {
    arg.single_token()
        .filter(|token| matches!(token, TokenTree::Ident(off) if off == "off"))
        .map(|off| off.span())
}

fn endpoint_path(endpoint: &EndpointName, arg: &Arg, diagnostics: &Diagnostics) -> Option<Text> {
    let name = endpoint.name;
    if is_off(arg).is_some() {
        if !endpoint.is_optional {
            diagnostics.error(
                arg.span,
                format!("the {name} endpoint cannot be off: it is routed where a grant or a key needs it"),
            );
        }
        return None;
    }
    let path = arg.text(&format!("\"{}\"", endpoint.default), diagnostics)?;
    if let Err(reason) = rules::endpoint_path::check(&path.value) {
        diagnostics.error(path.span, format!("the path `{}` {reason}", path.value));
    }
    Some(path)
}

/// A path of one endpoint may be the default of a later one that was not given.
fn check_default_paths(paths: &[Option<Text>], diagnostics: &Diagnostics) {
    for (index, endpoint) in ENDPOINTS.iter().enumerate() {
        let is_default =
            paths.get(index).and_then(Option::as_ref).is_some_and(|path| path.value == endpoint.default);
        let earlier = paths.iter().take(index).flatten().find(|path| path.value == endpoint.default);
        if let (true, Some(earlier)) = (is_default, earlier) {
            diagnostics.error(
                earlier.span,
                format!(
                    "the path `{}` is the {} endpoint's by default: choose another, or give that one a path",
                    earlier.value, endpoint.name
                ),
            );
        }
    }
}
