//! The client, and what it asks for.

use super::Allowed;
use super::Because::{Choice, Defect};
use crate::call::Endpoint;
use crate::outcome::Difference;

pub(super) const ALLOWED: &[Allowed] = &[
    Allowed {
        because: Choice,
        reason: "RFC 6749 §2.3: credentials come in one way and all that come are checked; a plain validator looks at those it wants",
        explains: |case, difference| {
            let has = |name| case.call.text(name).is_some();
            let in_two_ways = case.call.authorization.is_some() && (has("client_id") || has("client_secret"));
            // Only `post` registered that its secret comes in the body.
            let where_none_is_due = has("client_secret") && case.call.text("client_id") != Some("post");
            *difference == Difference::Kind
                && (in_two_ways || where_none_is_due)
                && matches!(case.ours.error(), Some("invalid_request" | "invalid_client"))
        },
    },
    Allowed {
        because: Choice,
        reason: "RFC 6749 §5.2: a public client that asks for client_credentials is an unauthorized_client: it has nothing to authenticate with",
        explains: |case, _| {
            case.is_grant("client_credentials")
                && case.call.authorization.is_none()
                && (case.oauthlib.error(), case.ours.error())
                    == (Some("invalid_client"), Some("unauthorized_client"))
        },
    },
    Allowed {
        because: Choice,
        reason: "RFC 6749 §5.2 gives errors no order: we identify the client before we read what it asks for",
        explains: |case, _| {
            let is_late = match case.oauthlib.error() {
                Some("unsupported_grant_type") => true,
                Some("invalid_request") => case.lacks_a_parameter(),
                _ => false,
            };
            is_late && matches!(case.ours.error(), Some("invalid_client" | "unauthorized_client"))
        },
    },
    Allowed {
        because: Defect,
        reason: "RFC 6749 §5.2: a missing grant_type is invalid_request; oauthlib takes it for an unknown one",
        explains: |case, _| {
            case.is_at(Endpoint::Token)
                && case.call.get("grant_type").is_none()
                && (case.oauthlib.error(), case.ours.error())
                    == (Some("unsupported_grant_type"), Some("invalid_request"))
        },
    },
    Allowed {
        because: Defect,
        reason: "RFC 6749 §5.2: an unknown grant_type is unsupported_grant_type; oauthlib's default grant looks at the rest first",
        explains: |case, _| {
            case.is_at(Endpoint::Token)
                && case.call.server == "legacy"
                && (case.oauthlib.error(), case.ours.error())
                    == (Some("invalid_request"), Some("unsupported_grant_type"))
        },
    },
    Allowed {
        because: Choice,
        reason: "RFC 6749 §5.2 gives errors no order: we come last to a password, which costs a hash, and to a token that is used up",
        explains: |case, _| {
            (case.is_grant("password") || case.is_grant("refresh_token"))
                && case.oauthlib.error() == Some("invalid_grant")
                && matches!(case.ours.error(), Some("invalid_scope" | "unauthorized_client"))
        },
    },
];
