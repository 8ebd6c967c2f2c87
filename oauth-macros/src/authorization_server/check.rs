//! The rules of a server's arguments.

use proc_macro2::Span;
use syn::Member;

use super::attr::Attr;
use super::fields::{
    check_access_token, check_interaction, check_refresh_token, check_validator, validator_bound,
};
use super::grants::{check_grants, check_used, device};
use super::model::ValidatedServer;
use super::openid::{check_id_token_lifetime, check_id_tokens, check_openid_field};
use super::scopes::{check_default_scopes, check_scopes};
use super::{client_authentication, endpoints, origins, presets, profile, response_types};
use crate::diagnostics::Diagnostics;
use crate::issuer::Issuer;
use crate::item::Struct;
use crate::literal::{Seconds, duration, lifetime};

pub(super) fn check<'a>(attr: &Attr, item: &'a Struct, diagnostics: &Diagnostics) -> ValidatedServer<'a> {
    item.check_owned("a server", diagnostics);
    item.check_bounded("access_token", "TokenGenerator", diagnostics);
    item.check_bounded("refresh_token", "TokenGenerator", diagnostics);
    let preset = presets::parse(attr, diagnostics);
    let grants = match preset {
        Some((preset, span)) => preset.grants(span),
        None => check_grants(attr, item, diagnostics),
    };
    item.check_bounded("validator", &validator_bound(item, &grants), diagnostics);
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
    require_issuer(attr, item, diagnostics);
    let issuer = attr.issuer.as_ref();
    let id_tokens = check_id_tokens(item, &scopes, diagnostics);
    let response_types = response_types::check(attr, &grants, &scopes, diagnostics);
    let endpoints = endpoints::check(attr, item, &grants, &scopes, diagnostics);
    let model = ValidatedServer {
        item,
        krate: attr.krate.clone(),
        default_scopes: check_default_scopes(attr, &scopes, diagnostics),
        scopes,
        scopes_span: attr.scopes.as_ref().map(|arg| arg.span),
        issuer: issuer.and_then(|arg| Some((Issuer::parse(arg, &item.fields, diagnostics)?, arg.span))),
        code_lifetime: check_code_lifetime(attr, diagnostics),
        device_code_lifetime: device::check_user_code_lifetime(attr, diagnostics),
        device_polling_interval: device::check_interval(attr, diagnostics),
        refresh_token_lifetime: check_refresh_token_lifetime(attr, diagnostics),
        refresh_token_grace: check_refresh_token_grace(attr, diagnostics),
        danger_pkce_optional: attr
            .danger_pkce_optional
            .as_ref()
            .inspect(|arg| arg.bare(diagnostics))
            .is_some(),
        body_limit: check_body_limit(attr, diagnostics),
        endpoints,
        auth_methods: client_authentication::check(attr, &grants, diagnostics),
        allowed_origins: origins::check(attr, diagnostics),
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
    presets::check_openid(&model, diagnostics);
    model
}

/// RFC 8414 §2: `issuer` is REQUIRED. A generator may state it; the default, opaque tokens, does not.
fn require_issuer(attr: &Attr, item: &Struct, diagnostics: &Diagnostics) {
    let is_absent = attr.issuer.is_none() && !attr.attempted.contains("issuer");
    if is_absent && item.lacks("access_token") && !item.is_unmarked() {
        const NONE: &str = "the server has no issuer, which its metadata must name (RFC 8414 §2)";
        const ADD: &str = "add `issuer = \"https://auth.example.com\"`, `issuer = env!(\"…\")` or `issuer = self.field` to `#[authorization_server(…)]`";
        match item.only_unmarked() {
            // Its mark was forgotten, or else it has the issuer.
            Some(field) => {
                let name = field.member_name();
                let message = format!(
                    "{NONE}, and the field `{name}` has no mark\n\
                     write `#[access_token]` above it if it makes the access tokens, as a `#[token_generator(jwt, …)]` that states the issuer\n\
                     or else {ADD}"
                );
                match &field.member {
                    Member::Named(name) => diagnostics.error_over(name, message),
                    Member::Unnamed(_) => diagnostics.error_over(&field.ty, message),
                }
            }
            None => diagnostics.error_over(
                item.ident(),
                format!("{NONE}\n{ADD}, or write `#[access_token]` above a field whose `#[token_generator(jwt, …)]` states one"),
            ),
        }
    }
}

/// RFC 6749 §4.1.2: "A maximum authorization code lifetime of 10 minutes is RECOMMENDED"; here it is the limit.
fn check_code_lifetime(attr: &Attr, diagnostics: &Diagnostics) -> Option<Seconds> {
    const TEN_MINUTES: (&str, u64) =
        ("a code is redeemed at once, and RFC 6749 §4.1.2 allows ten minutes (`10m`) at most", 600);
    lifetime(attr.code_lifetime.as_ref()?, "60s", TEN_MINUTES, diagnostics)
}

/// RFC 9700 §4.14.2: "refresh tokens SHOULD expire if the client has been inactive for some time".
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

/// A form has a byte at least.
fn check_body_limit(attr: &Attr, diagnostics: &Diagnostics) -> Option<(usize, Span)> {
    let (limit, span) = attr.body_limit.as_ref()?.integer("65536", diagnostics)?;
    if limit == 0 {
        diagnostics
            .error(span, "`body_limit` is zero: no token request would be read; the default is 65536 bytes");
    }
    Some((limit, span))
}
