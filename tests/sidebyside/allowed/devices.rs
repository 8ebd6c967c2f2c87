//! Device authorization requests.

use super::Because::{Choice, Defect};
use super::{Allowed, only_oauthlib};
use crate::call::Endpoint;
use crate::outcome::Kind;

pub(super) const ALLOWED: &[Allowed] = &[
    Allowed {
        because: Defect,
        reason: "RFC 8628 §3.2 has no member scope; oauthlib adds one",
        explains: |case, difference| {
            case.is_at(Endpoint::DeviceAuthorization) && *difference == only_oauthlib("scope")
        },
    },
    Allowed {
        because: Defect,
        reason: "RFC 8628 §3.1: client_id is for clients that do not authenticate; oauthlib demands it of those that use Basic",
        explains: |case, _| {
            case.is_at(Endpoint::DeviceAuthorization)
                && case.call.authorization.is_some()
                && case.call.get("client_id").is_none()
                && case.oauthlib.error() == Some("invalid_request")
        },
    },
    Allowed {
        because: Defect,
        reason: "RFC 6749 §5.2: an unknown client is invalid_client; oauthlib says invalid_request at the device endpoint",
        explains: |case, _| {
            case.is_at(Endpoint::DeviceAuthorization)
                && (case.oauthlib.error(), case.ours.error())
                    == (Some("invalid_request"), Some("invalid_client"))
        },
    },
    Allowed {
        because: Defect,
        reason: "RFC 8628 §3.1: the parameters are in the body; oauthlib reads the query, too",
        explains: |case, _| {
            case.is_at(Endpoint::DeviceAuthorization)
                && !case.call.query.is_empty()
                && case.ours.error() == Some("invalid_request")
        },
    },
    Allowed {
        because: Choice,
        reason: "RFC 6749 §5.2: a client that may not poll gets no device code; oauthlib refuses it at the first poll",
        explains: |case, _| {
            case.is_at(Endpoint::DeviceAuthorization)
                && (case.oauthlib.kind == Kind::Success || case.oauthlib.error() == Some("invalid_scope"))
                && case.ours.error() == Some("unauthorized_client")
        },
    },
];
