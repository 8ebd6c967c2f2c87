//! Every difference from oauthlib, with its reason. An entry that explains nothing fails the test.

use crate::call::{Call, Endpoint};
use crate::outcome::{Difference, Kind, Outcome, Place};
use crate::state::{Death, Side, State};

/// Why we differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Because {
    /// oauthlib breaks a rule that was there already.
    Defect,
    /// A later document asks for it.
    LaterRule,
    /// The standards leave it to the server.
    Choice,
}

/// Two answers to a request.
pub(crate) struct Case<'a> {
    pub(crate) call: &'a Call,
    pub(crate) state: &'a State,
    pub(crate) oauthlib: &'a Outcome,
    pub(crate) ours: &'a Outcome,
}

pub(crate) struct Allowed {
    pub(crate) because: Because,
    pub(crate) reason: &'static str,
    pub(crate) explains: fn(&Case<'_>, &Difference) -> bool,
}

use Because::{Choice, Defect, LaterRule};

/// The first entry that explains a difference counts.
pub(crate) const ALLOWED: &[Allowed] = &[
    // Both answer alike.
    Allowed {
        because: LaterRule,
        reason: "RFC 9207 §2: every authorization response names its issuer",
        explains: |case, difference| case.is_at(Endpoint::Authorize) && *difference == only_ours("iss"),
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
    // The request is malformed.
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
                && ["&x=\"", "&x={}", "&x=%zz"].contains(&case.call.raw)
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
            !case.is_at(Endpoint::Authorize)
                && *difference == Difference::Kind
                && ["&x=\"", "&x={}", "&x=%zz"].contains(&case.call.raw)
                && matches!(case.oauthlib.error(), Some("invalid_request" | "unsupported_grant_type"))
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
    // The client.
    Allowed {
        because: Choice,
        reason: "RFC 6749 §2.3: credentials come in one way and all that come are checked; a plain validator looks at those it wants",
        explains: |case, difference| {
            let has = |name| case.call.text(name).is_some();
            let in_header = case.call.authorization.is_some();
            *difference == Difference::Kind
                && (in_header && (has("client_id") || has("client_secret"))
                    || has("client_id") && has("client_secret"))
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
    // The authorization request.
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
        reason: "RFC 6749 §4.1.2.1: what no client may ask for is unsupported_response_type; oauthlib accepts every word with `code` in it",
        explains: |case, _| {
            case.is_at(Endpoint::Authorize)
                && case.call.text("response_type").is_some_and(|name| name.contains("code") && name != "code")
                && (case.oauthlib.error(), case.ours.error())
                    == (Some("unauthorized_client"), Some("unsupported_response_type"))
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
        because: LaterRule,
        reason: "Multiple Response Types §2.1: response_mode=query is not for tokens; oauthlib puts the token into the query",
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
    // Codes and tokens.
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
        because: LaterRule,
        reason: "RFC 9700 §4.5.3: redemption is one atomic step, so a failed attempt uses the code up; oauthlib leaves it valid",
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
                token.artefact == crate::state::Artefact::RefreshToken
                    && case.call.client_id().as_deref() != Some(&token.client_id)
            };
            case.is_at(Endpoint::Introspect)
                && case.ours.kind == Kind::Inactive
                && case.call.about().is_some_and(is_others)
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

fn only_ours(name: &str) -> Difference {
    Difference::OnlyOurs(name.to_owned())
}

fn only_oauthlib(name: &str) -> Difference {
    Difference::OnlyOauthlib(name.to_owned())
}

/// Whether an answer says that a code or a token is of no use.
fn is_dead(outcome: &Outcome) -> bool {
    outcome.kind == Kind::Inactive || outcome.error() == Some("invalid_grant")
}

impl Case<'_> {
    fn is_at(&self, endpoint: Endpoint) -> bool {
        self.call.endpoint == endpoint
    }

    fn is_grant(&self, grant_type: &str) -> bool {
        self.is_at(Endpoint::Token) && self.call.text("grant_type") == Some(grant_type)
    }

    fn is_method_right(&self) -> bool {
        self.call.method == "POST" || self.is_at(Endpoint::Authorize) && self.call.method == "GET"
    }

    /// Our answer is this error, or the page that stands for it where nothing can be redirected.
    fn refused_as(&self, code: &str) -> bool {
        self.ours.error() == Some(code) || self.is_at(Endpoint::Authorize) && self.ours.kind == Kind::Refused
    }

    fn is_dead_for_us(&self, death: Death) -> bool {
        is_dead(self.ours) && !is_dead(self.oauthlib) && self.state.died(self.call, Side::Ours, death)
    }

    /// Whether one of the parameters is missing that a request of its kind must have.
    fn lacks_a_parameter(&self) -> bool {
        let required = match (self.call.endpoint, self.call.text("grant_type")) {
            (Endpoint::Authorize, _) => "response_type",
            (Endpoint::Revoke | Endpoint::Introspect, _) => "token",
            (Endpoint::Token, Some("authorization_code")) => "code",
            (Endpoint::Token, Some("refresh_token")) => "refresh_token",
            (Endpoint::Token, Some("password")) => "password",
            (Endpoint::Token, _) => "grant_type",
        };
        self.call.get(required).is_none()
    }

    /// RFC 7636 §4.2: the challenge of S256 is 43 characters of base64url.
    fn has_weak_pkce(&self) -> bool {
        let is_base64url = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
        let (challenge, method) = (self.call.text("code_challenge"), self.call.text("code_challenge_method"));
        let is_whole = challenge.is_none_or(|text| text.len() == 43 && text.bytes().all(is_base64url));
        !is_whole || method != challenge.map(|_| "S256")
    }
}
