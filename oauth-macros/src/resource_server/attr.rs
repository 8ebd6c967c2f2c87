//! `#[resource_server(issuer = "…", audience = "…", jwks, …)]`.

use proc_macro2::TokenStream;

use crate::args::{Arg, Args, Attempted};
use crate::diagnostics::Diagnostics;
use crate::krate::Krate;
use crate::lints::Decisions;
use crate::rules::lifetime::Limits;
use crate::rules::resource::DURATIONS;

pub(super) struct Attr {
    pub(super) issuer: Option<Arg>,
    pub(super) audience: Option<Arg>,
    pub(super) jwks: Option<Arg>,
    pub(super) introspection: Option<Arg>,
    pub(super) algorithms: Option<Arg>,
    pub(super) danger_typ_jwt: Option<Arg>,
    pub(super) verification_cache: Option<Arg>,
    pub(super) danger_absent_audience: Option<Arg>,
    pub(super) body_token: Option<Arg>,
    pub(super) danger_query_token: Option<Arg>,
    pub(super) dpop: Option<Arg>,
    pub(super) durations: Vec<(&'static Limits, Arg)>,
    pub(super) realm: Option<Arg>,
    pub(super) resource: Option<Arg>,
    pub(super) scopes: Option<Arg>,
    pub(super) decisions: Decisions,
    pub(super) krate: Krate,
    pub(super) attempted: Attempted,
}

const KNOWN: [&str; 21] = [
    "issuer",
    "audience",
    "jwks",
    "introspection",
    "leeway",
    "algorithms",
    "danger_typ_jwt",
    "jwks_max_age",
    "jwks_refresh_interval",
    "verification_cache",
    "introspection_cache",
    "danger_absent_audience",
    "body_token",
    "danger_query_token",
    "dpop",
    "realm",
    "resource",
    "scopes",
    "allow",
    "deny",
    "crate",
];

impl Attr {
    pub(super) fn parse(args: TokenStream, diagnostics: &Diagnostics) -> Self {
        let mut args = Args::parse(args, diagnostics);
        let krate = Krate::take(&mut args, diagnostics);
        let decisions = Decisions::take("resource_server", &mut args, diagnostics);
        let mut take = |name| args.take(name, diagnostics);
        let mut attr = Self {
            issuer: take("issuer"),
            audience: take("audience"),
            jwks: take("jwks"),
            introspection: take("introspection"),
            algorithms: take("algorithms"),
            danger_typ_jwt: take("danger_typ_jwt"),
            verification_cache: take("verification_cache"),
            danger_absent_audience: take("danger_absent_audience"),
            body_token: take("body_token"),
            danger_query_token: take("danger_query_token"),
            dpop: take("dpop"),
            durations: DURATIONS.iter().filter_map(|limits| Some((limits, take(limits.name)?))).collect(),
            realm: take("realm"),
            resource: take("resource"),
            scopes: take("scopes"),
            decisions,
            krate,
            attempted: Attempted::default(),
        };
        attr.attempted = args.finish("#[resource_server]", &KNOWN, diagnostics);
        attr
    }
}
