//! `#[authorization_server(grants(…), scopes(…), …)]`.

use proc_macro2::TokenStream;

use super::foreign;
use crate::args::{Arg, Args, Attempted};
use crate::diagnostics::Diagnostics;
use crate::krate::Krate;
use crate::lints::Decisions;

pub(super) struct Attr {
    pub(super) grants: Option<Arg>,
    pub(super) preset: Option<Arg>,
    pub(super) profile: Option<Arg>,
    pub(super) scopes: Option<Arg>,
    pub(super) default_scopes: Option<Arg>,
    pub(super) issuer: Option<Arg>,
    pub(super) code_lifetime: Option<Arg>,
    pub(super) device_code_lifetime: Option<Arg>,
    pub(super) device_polling_interval: Option<Arg>,
    pub(super) refresh_token_lifetime: Option<Arg>,
    pub(super) refresh_token_grace: Option<Arg>,
    pub(super) id_token_lifetime: Option<Arg>,
    pub(super) response_types: Option<Arg>,
    pub(super) token_endpoint_auth_methods: Option<Arg>,
    pub(super) allowed_origins: Option<Arg>,
    pub(super) danger_pkce_optional: Option<Arg>,
    pub(super) body_limit: Option<Arg>,
    pub(super) endpoints: Option<Arg>,
    pub(super) decisions: Decisions,
    pub(super) krate: Krate,
    pub(super) attempted: Attempted,
}

const KNOWN: [&str; 21] = [
    "grants",
    "preset",
    "profile",
    "scopes",
    "default_scopes",
    "issuer",
    "code_lifetime",
    "device_code_lifetime",
    "device_polling_interval",
    "refresh_token_lifetime",
    "refresh_token_grace",
    "id_token_lifetime",
    "response_types",
    "token_endpoint_auth_methods",
    "allowed_origins",
    "danger_pkce_optional",
    "body_limit",
    "endpoints",
    "allow",
    "deny",
    "crate",
];

impl Attr {
    pub(super) fn parse(args: TokenStream, diagnostics: &Diagnostics) -> Self {
        let mut args = Args::parse(args, diagnostics);
        let krate = Krate::take(&mut args, diagnostics);
        let decisions = Decisions::take("authorization_server", &mut args, diagnostics);
        let mut take = |name| args.take(name, diagnostics);
        let mut attr = Self {
            grants: take("grants"),
            preset: take("preset"),
            profile: take("profile"),
            scopes: take("scopes"),
            default_scopes: take("default_scopes"),
            issuer: take("issuer"),
            code_lifetime: take("code_lifetime"),
            device_code_lifetime: take("device_code_lifetime"),
            device_polling_interval: take("device_polling_interval"),
            refresh_token_lifetime: take("refresh_token_lifetime"),
            refresh_token_grace: take("refresh_token_grace"),
            id_token_lifetime: take("id_token_lifetime"),
            response_types: take("response_types"),
            token_endpoint_auth_methods: take("token_endpoint_auth_methods"),
            allowed_origins: take("allowed_origins"),
            danger_pkce_optional: take("danger_pkce_optional"),
            body_limit: take("body_limit"),
            endpoints: take("endpoints"),
            decisions,
            krate,
            attempted: Attempted::default(),
        };
        foreign::reject(&mut args, diagnostics);
        attr.attempted = args.finish("#[authorization_server]", &KNOWN, diagnostics);
        attr
    }
}
