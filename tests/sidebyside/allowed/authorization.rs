//! The authorization request.

use super::Allowed;
use super::Because::{Choice, Defect, LaterRule};
use crate::call::Endpoint;
use crate::outcome::{Kind, Place};

pub(super) const ALLOWED: &[Allowed] = &[
    Allowed {
        because: Defect,
        reason: "RFC 6749 §4.1.2.1: a missing response_type is invalid_request; oauthlib takes an empty one for an unknown one",
        explains: |case, _| {
            case.is_at(Endpoint::Authorize)
                && case.call.is_empty("response_type")
                && case.ours.error() == Some("invalid_request")
        },
    },
    Allowed {
        because: Defect,
        reason: "RFC 6749 §4.1.2.1: what no client may ask for is unsupported_response_type; oauthlib's code grant takes `none` and every word with `code` in it",
        explains: |case, _| {
            case.is_at(Endpoint::Authorize)
                && case
                    .call
                    .text("response_type")
                    .is_some_and(|name| name == "none" || name.contains("code") && name != "code")
                && (case.oauthlib.kind == Kind::Success
                    || case.oauthlib.error() == Some("unauthorized_client"))
                && case.ours.error() == Some("unsupported_response_type")
        },
    },
    Allowed {
        because: LaterRule,
        reason: "RFC 9700 §2.1.1, §4.8.2: PKCE is S256, well-formed and whole; oauthlib accepts `plain`, any text and a method without a challenge",
        explains: |case, _| {
            case.is_at(Endpoint::Authorize)
                && case.has_weak_pkce()
                && case.ours.error() == Some("invalid_request")
        },
    },
    Allowed {
        because: LaterRule,
        reason: "RFC 8252 §7.3: the port of a loopback redirect URI is free; a plain validator compares strings",
        explains: |case, _| {
            case.is_at(Endpoint::Authorize)
                && case.oauthlib.kind == Kind::Refused
                && case.ours.kind != Kind::Refused
                && case.call.text("redirect_uri").is_some_and(|uri| uri.starts_with("http://127.0.0.1:"))
        },
    },
    Allowed {
        because: Defect,
        reason: "RFC 6749 §4.2.2: an access token goes into the fragment; oauthlib puts it into the query if response_mode asks for it",
        explains: |case, _| {
            case.is_at(Endpoint::Authorize)
                && case.call.text("response_mode") == Some("query")
                && case.ours.error() == Some("invalid_request")
                && case.ours.place == Place::Fragment
        },
    },
    Allowed {
        because: Defect,
        reason: "RFC 6749 §3.3: one space between scopes and none around them; oauthlib strips",
        explains: |case, _| {
            case.call.text("scope").is_some_and(|scope| scope.trim() != scope)
                && case.ours.error() == Some("invalid_scope")
        },
    },
    Allowed {
        because: Choice,
        reason: "Multiple Response Types §2.1: a response_mode that the server does not have is invalid_request; oauthlib takes its default",
        explains: |case, _| {
            case.is_at(Endpoint::Authorize)
                && case.call.text("response_mode").is_some_and(|mode| !["query", "fragment"].contains(&mode))
                && case.ours.error() == Some("invalid_request")
        },
    },
];
