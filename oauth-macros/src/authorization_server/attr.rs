//! `#[authorization_server(grants(…), scopes(…), …)]`.

use proc_macro2::TokenStream;

use super::foreign;
use crate::args::{Arg, Args, Attempted};
use crate::diagnostics::Diagnostics;
use crate::krate::Krate;
use crate::lints::Decisions;
use crate::rules::lifetime::{Limits, OF_A_SERVER};

pub(super) struct Attr {
    pub(super) grants: Option<Arg>,
    pub(super) preset: Option<Arg>,
    pub(super) profile: Option<Arg>,
    pub(super) scopes: Option<Arg>,
    pub(super) default_scopes: Option<Arg>,
    pub(super) resources: Option<Arg>,
    pub(super) issuer: Option<Arg>,
    pub(super) durations: Vec<(&'static Limits, Arg)>,
    pub(super) response_types: Option<Arg>,
    pub(super) token_endpoint_auth_methods: Option<Arg>,
    pub(super) allowed_origins: Option<Arg>,
    pub(super) dpop: Option<Arg>,
    pub(super) client_id_metadata_documents: Option<Arg>,
    pub(super) registration: Option<Arg>,
    pub(super) unverified_scopes: Option<Arg>,
    pub(super) danger_pkce_optional: Option<Arg>,
    pub(super) pushed_authorization_requests: Option<Arg>,
    pub(super) acr_values: Option<Arg>,
    pub(super) body_limit: Option<Arg>,
    pub(super) endpoints: Option<Arg>,
    pub(super) shared_validator: Option<Arg>,
    pub(super) decisions: Decisions,
    pub(super) krate: Krate,
    pub(super) attempted: Attempted,
}

/// The arguments that stand before the durations, and those after them.
const KNOWN: [&[&str]; 2] = [
    &["grants", "preset", "profile", "scopes", "default_scopes", "resources", "issuer"],
    &[
        "response_types",
        "token_endpoint_auth_methods",
        "allowed_origins",
        "dpop",
        "client_id_metadata_documents",
        "registration",
        "unverified_scopes",
        "danger_pkce_optional",
        "pushed_authorization_requests",
        "acr_values",
        "body_limit",
        "endpoints",
        "shared_validator",
        "allow",
        "deny",
        "crate",
    ],
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
            resources: take("resources"),
            issuer: take("issuer"),
            durations: OF_A_SERVER.iter().filter_map(|limits| Some((limits, take(limits.name)?))).collect(),
            response_types: take("response_types"),
            token_endpoint_auth_methods: take("token_endpoint_auth_methods"),
            allowed_origins: take("allowed_origins"),
            dpop: take("dpop"),
            client_id_metadata_documents: take("client_id_metadata_documents"),
            registration: take("registration"),
            unverified_scopes: take("unverified_scopes"),
            danger_pkce_optional: take("danger_pkce_optional"),
            pushed_authorization_requests: take("pushed_authorization_requests"),
            acr_values: take("acr_values"),
            body_limit: take("body_limit"),
            endpoints: take("endpoints"),
            shared_validator: take("shared_validator"),
            decisions,
            krate,
            attempted: Attempted::default(),
        };
        foreign::reject(&mut args, diagnostics);
        let durations: Vec<_> = OF_A_SERVER.iter().map(|limits| limits.name).collect();
        let known = [KNOWN[0], &durations, KNOWN[1]].concat();
        attr.attempted = args.finish("#[authorization_server]", &known, diagnostics);
        attr
    }
}
