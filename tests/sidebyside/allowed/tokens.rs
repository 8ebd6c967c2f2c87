//! Codes and tokens.

use super::Because::{Choice, Defect, LaterRule};
use super::{Allowed, is_dead};
use crate::call::Endpoint;
use crate::outcome::{Difference, Kind};
use crate::state::{Artefact, Death, Side};

pub(super) const ALLOWED: &[Allowed] = &[
    Allowed {
        because: Defect,
        reason: "RFC 6749 §4.1.2: a code that comes twice SHOULD end all that came from it; oauthlib cannot tell it from an unknown one",
        explains: |case, _| case.is_dead_for_us(Death::CodeTwice),
    },
    Allowed {
        because: LaterRule,
        reason: "RFC 9700 §4.14.2: a refresh token that comes twice ends its family; oauthlib has no families",
        explains: |case, _| case.is_dead_for_us(Death::RefreshTokenTwice),
    },
    Allowed {
        because: Choice,
        reason: "RFC 7009 §2.1: revoking a refresh token that was used already ends what it was exchanged for",
        explains: |case, _| case.is_dead_for_us(Death::UsedRefreshTokenRevoked),
    },
    Allowed {
        because: Choice,
        reason: "RFC 6749 §10.5: codes are single-use: redemption is one atomic step, and a failed attempt uses the code up; oauthlib leaves it valid",
        explains: |case, _| case.is_dead_for_us(Death::FailedAttempt),
    },
    Allowed {
        because: Choice,
        reason: "RFC 7636 §4.6: a code without its code_verifier is invalid_grant, as with a wrong one",
        explains: |case, _| {
            case.is_grant("authorization_code")
                && case.call.get("code_verifier").is_none()
                && (case.oauthlib.error(), case.ours.error())
                    == (Some("invalid_request"), Some("invalid_grant"))
        },
    },
    Allowed {
        because: Defect,
        reason: "RFC 6749 §5.2: a redirect_uri other than that of the authorization request is invalid_grant; oauthlib says invalid_request",
        explains: |case, _| {
            case.is_grant("authorization_code")
                && case.call.get("redirect_uri").is_some()
                && (case.oauthlib.error(), case.ours.error())
                    == (Some("invalid_request"), Some("invalid_grant"))
        },
    },
    Allowed {
        because: LaterRule,
        reason: "OAuth 2.1 §10.2: a token request with PKCE needs no redirect_uri",
        explains: |case, _| {
            case.is_grant("authorization_code")
                && case.call.get("redirect_uri").is_none()
                && case.oauthlib.error() == Some("invalid_request")
                && case.ours.kind == Kind::Success
        },
    },
    Allowed {
        because: Defect,
        reason: "RFC 6749 §4.1.3: redirect_uri is REQUIRED if the authorization request had one; oauthlib fills in the default",
        explains: |case, _| {
            case.is_grant("authorization_code")
                && case.call.get("redirect_uri").is_none()
                && case.oauthlib.kind == Kind::Success
                && case.ours.error() == Some("invalid_grant")
        },
    },
    Allowed {
        because: LaterRule,
        reason: "RFC 9700 §2.1.1: a code_verifier for a code without code_challenge is refused; oauthlib ignores it",
        explains: |case, _| {
            case.is_grant("authorization_code")
                && case.call.get("code_verifier").is_some()
                && case.call.about().is_some_and(|index| case.state.issued(index).verifier.is_none())
                && case.ours.error() == Some("invalid_grant")
        },
    },
    Allowed {
        because: Defect,
        reason: "RFC 7009 §2.1: a token of another client is refused \"and the client is informed\"; oauthlib ignores what revoke_token finds",
        explains: |case, _| {
            let is_owner =
                |index| case.call.client_id().as_deref() == Some(case.state.issued(index).client_id.as_str());
            case.is_at(Endpoint::Revoke)
                && case.oauthlib.kind == Kind::Success
                && case.ours.error() == Some("unauthorized_client")
                && case.call.about().is_some_and(|index| !is_owner(index))
        },
    },
    Allowed {
        because: Defect,
        reason: "RFC 7009 §2.1, RFC 7662 §2.1: token_type_hint is a hint; oauthlib refuses a token for what the hint says of it",
        explains: |case, _| {
            case.call.text("token_type_hint") == Some("refresh_token")
                && case.oauthlib.error() == Some("unsupported_token_type")
        },
    },
    Allowed {
        because: Defect,
        reason: "RFC 7662 §2.1: introspection needs \"some form of authorization\"; oauthlib lets public clients introspect",
        explains: |case, _| {
            case.is_at(Endpoint::Introspect)
                && case.call.authorization.is_none()
                && case.ours.error() == Some("invalid_client")
        },
    },
    Allowed {
        because: Choice,
        reason: "RFC 7662 §4: a refresh token is the business of its own client; a plain validator tells anyone",
        explains: |case, _| {
            let is_others = |index| {
                let token = case.state.issued(index);
                token.artefact == Artefact::RefreshToken
                    && case.call.client_id().as_deref() != Some(&token.client_id)
            };
            case.is_at(Endpoint::Introspect)
                && case.ours.kind == Kind::Inactive
                && case.call.about().is_some_and(is_others)
        },
    },
    Allowed {
        because: Choice,
        reason: "RFC 7662 §2.2: an AS may tell callers different things; a client is told of its own token no more than it needs",
        explains: |case, difference| {
            let untold = ["sub", "iat", "username", "aud"];
            case.is_at(Endpoint::Introspect)
                && matches!(difference, Difference::OnlyOauthlib(member) if untold.contains(&&**member))
        },
    },
    Allowed {
        because: LaterRule,
        reason: "RFC 9470 §6.2: introspection tells when a person logged in, and how; oauthlib has no such members",
        explains: |case, difference| {
            case.is_at(Endpoint::Introspect)
                && matches!(difference, Difference::OnlyOurs(member) if ["auth_time", "acr"].contains(&&**member))
        },
    },
    Allowed {
        because: Choice,
        reason: "one side had refused an earlier request, for another of these reasons, that the other carried out",
        explains: |case, _| {
            let died = |side| case.state.died(case.call, side, Death::EarlierDifference);
            let (theirs, own) = (is_dead(case.oauthlib), is_dead(case.ours));
            theirs && !own && died(Side::Oauthlib) || own && !theirs && died(Side::Ours)
        },
    },
];
