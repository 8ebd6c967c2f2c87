//! The request is malformed.

use super::Because::{Choice, Defect};
use super::{Allowed, only_oauthlib};
use crate::call::Endpoint;
use crate::outcome::{Difference, Kind};

pub(super) const ALLOWED: &[Allowed] = &[
    Allowed {
        because: Choice,
        reason: "RFC 9110 §15.5.6: a method that an endpoint does not have is 405",
        explains: |case, _| case.ours.status == 405 && !case.is_method_right(),
    },
    Allowed {
        because: Defect,
        reason: "RFC 6749 §3.2: a query at the token endpoint is invalid_request; oauthlib raises it out of create_token_response",
        explains: |case, _| {
            case.is_at(Endpoint::Token)
                && !case.call.query.is_empty()
                && case.oauthlib.kind == Kind::Crash("InvalidRequestError".to_owned())
                && case.ours.error() == Some("invalid_request")
        },
    },
    Allowed {
        because: Defect,
        reason: "RFC 6749 §3.1: unrecognized parameters are ignored; oauthlib raises ValueError for characters that it does not expect",
        explains: |case, _| {
            case.oauthlib.kind == Kind::Crash("ValueError".to_owned())
                && ["&x=[1]", "&x={}", "&x=%zz"].contains(&case.call.raw)
        },
    },
    Allowed {
        because: Defect,
        reason: "RFC 6749 §3.1: unrecognized parameters are ignored; oauthlib cannot parse the query if one has no name or no =",
        explains: |case, _| {
            case.oauthlib.kind == Kind::Refused && ["&&", "&x", "&=x"].contains(&case.call.raw)
        },
    },
    Allowed {
        because: Defect,
        reason: "RFC 6749 §3.2: oauthlib takes a body with a character that it does not expect for no body at all",
        explains: |case, difference| {
            let has_no_body = if case.is_at(Endpoint::Authorize) {
                case.call.method == "POST" && case.oauthlib.kind == Kind::Refused
            } else {
                matches!(case.oauthlib.error(), Some("invalid_request" | "unsupported_grant_type"))
            };
            *difference == Difference::Kind
                && ["&x=[1]", "&x={}", "&x=%zz"].contains(&case.call.raw)
                && has_no_body
        },
    },
    Allowed {
        because: Defect,
        reason: "RFC 6749 Appendix B: parameters are percent-encoded UTF-8; oauthlib reads on where they are not",
        explains: |case, _| ["&x=%ff", "&x=%"].contains(&case.call.raw) && case.refused_as("invalid_request"),
    },
    Allowed {
        because: Defect,
        reason: "RFC 6749 §3.1, §3.2: parameters \"MUST NOT be included more than once\"; oauthlib looks at some of them",
        explains: |case, _| case.call.repeats() && case.refused_as("invalid_request"),
    },
    Allowed {
        because: Defect,
        reason: "RFC 6749 §3.2, RFC 7009 §2.1, RFC 7662 §2.1: the body is application/x-www-form-urlencoded; oauthlib never looks",
        explains: |case, _| {
            let is_form = case
                .call
                .content_type
                .is_some_and(|name| name.starts_with("application/x-www-form-urlencoded"));
            !case.is_at(Endpoint::Authorize) && !is_form && case.refused_as("invalid_request")
        },
    },
    Allowed {
        because: Defect,
        reason: "RFC 6749 §3.1: \"Parameters sent without a value MUST be treated as if they were omitted\"; oauthlib sees an empty value",
        explains: |case, difference| {
            let is_empty = |name: &&str| case.call.is_empty(name);
            let kinds = (case.oauthlib.error(), case.ours.error());
            *difference == only_oauthlib("state") && case.call.is_empty("state")
                || ["scope", "code_challenge", "code_verifier"].iter().any(is_empty)
                    && case.oauthlib.error().is_some()
                || case.call.is_empty("redirect_uri") && case.oauthlib.kind == Kind::Refused
                || ["code", "refresh_token"].iter().any(is_empty)
                    && kinds == (Some("invalid_grant"), Some("invalid_request"))
        },
    },
];
