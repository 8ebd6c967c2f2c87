//! Both sides answer alike, and say it in other ways.

use super::Because::{Choice, Defect, LaterRule};
use super::{Allowed, only_oauthlib, only_ours};
use crate::call::Endpoint;
use crate::outcome::{Difference, Place};

pub(super) const ALLOWED: &[Allowed] = &[
    Allowed {
        because: LaterRule,
        reason: "RFC 9207 §2: every authorization response names its issuer",
        explains: |case, difference| {
            // Without it, the response to `none` may have no parameter to put anywhere.
            let is_all = case.oauthlib.members.is_empty() && *difference == Difference::Place;
            case.is_at(Endpoint::Authorize) && (*difference == only_ours("iss") || is_all)
        },
    },
    Allowed {
        because: Choice,
        reason: "RFC 6749 §4.1.2.1, §5.2: error_description is optional; ours says more often what is wrong",
        explains: |case, difference| {
            let is_error = case.ours.error().is_some() && case.oauthlib.error().is_some();
            is_error
                && (*difference == only_ours("error_description")
                    || *difference == only_oauthlib("error_description"))
        },
    },
    Allowed {
        because: Choice,
        reason: "RFC 7009 §2.2: the body of a revocation response is ignored; ours is {} for clients that parse every 200 as JSON",
        explains: |case, difference| {
            case.is_at(Endpoint::Revoke)
                && *difference == Difference::Place
                && (case.oauthlib.place, case.ours.place) == (Place::Nothing, Place::Json)
        },
    },
    Allowed {
        because: Defect,
        reason: "RFC 6749 §4.2.2.1: errors of the implicit grant go into the fragment; OAuth2Error.in_uri puts them into the query",
        explains: |case, difference| {
            case.is_at(Endpoint::Authorize)
                && *difference == Difference::Place
                && case.call.text("response_type") == Some("token")
                && (case.oauthlib.place, case.ours.place) == (Place::Query, Place::Fragment)
        },
    },
    Allowed {
        because: Defect,
        reason: "RFC 6749 §3.3: a scope is a set; oauthlib repeats what was repeated, and issues it so",
        explains: |case, difference| {
            let words: Vec<_> =
                case.oauthlib.members.get("scope").into_iter().flat_map(|scope| scope.split(' ')).collect();
            *difference == Difference::Value("scope".to_owned())
                && (1..words.len()).any(|at| words[..at].contains(&words[at]))
        },
    },
    Allowed {
        because: LaterRule,
        reason: "RFC 7591 §2: a client that did not register the grant refresh_token gets no refresh token; oauthlib's code grant always adds one",
        explains: |case, difference| {
            case.is_at(Endpoint::Token)
                && *difference == only_oauthlib("refresh_token")
                && case.call.client_id().as_deref() == Some("once")
        },
    },
];
