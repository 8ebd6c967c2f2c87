//! Kinds of JWTs: what each must be, so that none is taken for another.

use std::time::Duration;

use crate::jose::InvalidJws;
use crate::secret::TokenHash;

/// Kind of a JWT that is verified here or by a resource server.
///
/// RFC 8725 §3.12: "the validation rules for those JWTs MUST be written such that they are mutually exclusive". Each kind
/// has a `typ` of its own and refuses every other explicit one; those that are older than RFC 8725 are also taken without
/// one, or with the `JWT` that says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JwtKind {
    /// Access token, `at+jwt` (RFC 9068 §4).
    AccessToken,
    /// ID token, `JWT` (OIDC Core §2), as it comes back in `id_token_hint`.
    IdToken,
    /// Client assertion, `client-authentication+jwt` (RFC 7523 §2.2).
    ClientAssertion,
    /// Authorization grant, `authorization-grant+jwt` (RFC 7523 §2.1).
    AuthorizationGrant,
    /// Request object, `oauth-authz-req+jwt` (RFC 9101 §10.8).
    RequestObject,
    /// Proof of possession, `dpop+jwt` (RFC 9449 §4.2).
    DpopProof,
    /// Introspection response, `token-introspection+jwt` (RFC 9701 §5).
    IntrospectionResponse,
    /// Identity assertion authorization grant, `oauth-id-jag+jwt`.
    IdJag,
    /// Signed backchannel authentication request (CIBA §7.1.1), which has no `typ` of its own.
    BackchannelRequest,
}

/// The rules of a kind for its tokens.
pub(super) struct Rules {
    /// The explicit type, in lower case.
    pub(super) typ: &'static str,
    /// True if a token without a type, or with `JWT`, is of this kind, too.
    pub(super) may_be_plain: bool,
    /// True if a token names its issuer.
    pub(super) has_issuer: bool,
    /// True if a token names its audience.
    pub(super) has_audience: bool,
    /// Claims that are texts and not empty.
    pub(super) texts: &'static [&'static str],
    /// Claims that are times.
    pub(super) times: &'static [&'static str],
    /// The longest time that `exp` may be ahead.
    pub(super) longest: Option<Duration>,
    /// The largest token that is parsed, in bytes.
    pub(super) limit: usize,
}

/// One whose issuer and audience are compared, without further claims.
const PLAIN: Rules = Rules {
    typ: "jwt",
    may_be_plain: true,
    has_issuer: true,
    has_audience: true,
    texts: &[],
    times: &["exp"],
    longest: None,
    limit: 16 * 1024,
};

/// RFC 7523 §3, point 4: "The authorization server MAY reject JWTs with an "exp" claim value that is unreasonably far in the
/// future." An identifier is kept for as long.
const ASSERTION: Rules =
    Rules { texts: &["iss", "sub", "jti"], longest: Some(Duration::from_hours(1)), ..PLAIN };

impl JwtKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::AccessToken,
        Self::IdToken,
        Self::ClientAssertion,
        Self::AuthorizationGrant,
        Self::RequestObject,
        Self::DpopProof,
        Self::IntrospectionResponse,
        Self::IdJag,
        Self::BackchannelRequest,
    ];

    pub(super) const fn rules(self) -> Rules {
        match self {
            // As large as the JWE that it may have come in.
            Self::AccessToken => {
                Rules { typ: "at+jwt", may_be_plain: false, limit: crate::jose::jwe::LARGEST, ..PLAIN }
            }
            // Ours always say `JWT`. OIDC Core §2 requires these claims, which no other plain JWT of ours has.
            Self::IdToken => Rules { may_be_plain: false, texts: &["sub"], times: &["exp", "iat"], ..PLAIN },
            Self::ClientAssertion => Rules { typ: "client-authentication+jwt", ..ASSERTION },
            Self::AuthorizationGrant => Rules { typ: "authorization-grant+jwt", ..ASSERTION },
            Self::RequestObject => {
                Rules { typ: "oauth-authz-req+jwt", texts: &["client_id"], times: &[], ..PLAIN }
            }
            Self::DpopProof => Rules {
                typ: "dpop+jwt",
                may_be_plain: false,
                has_issuer: false,
                has_audience: false,
                texts: &["jti", "htm", "htu"],
                times: &["iat"],
                limit: 8 * 1024,
                ..PLAIN
            },
            Self::IntrospectionResponse => {
                Rules { typ: "token-introspection+jwt", may_be_plain: false, times: &["iat"], ..PLAIN }
            }
            Self::IdJag => Rules {
                typ: "oauth-id-jag+jwt",
                may_be_plain: false,
                texts: &["iss", "sub", "client_id", "jti"],
                times: &["exp", "iat"],
                ..ASSERTION
            },
            Self::BackchannelRequest => {
                Rules { texts: &["iss", "jti"], times: &["exp", "iat", "nbf"], ..PLAIN }
            }
        }
    }

    /// The identifier by which a token of this kind is used once. Identifiers are those of whoever made them (RFC 7519 §4.1.7): the
    /// issuer, or the key of a proof.
    pub(crate) fn replay_id(self, maker: &str, jti: &str) -> Result<TokenHash, InvalidJws> {
        let id = (format_args!("{self:?}"), maker, jti);
        let id = serde_json::to_string(&id).map_err(|_| InvalidJws::Malformed)?;
        Ok(TokenHash::of(&id))
    }

    /// Tells whether a token with this `typ` is of the kind. RFC 7515 §4.1.9: a media type, of which
    /// `application/` may be left out; RFC 2045 §5.1: in any case.
    pub(super) fn is_typ(self, typ: Option<&str>) -> bool {
        let Rules { typ: own, may_be_plain, .. } = self.rules();
        let Some(typ) = typ else { return may_be_plain };
        let typ = match typ.split_at_checked("application/".len()) {
            Some((prefix, rest)) if prefix.eq_ignore_ascii_case("application/") => rest,
            _ => typ,
        };
        typ.eq_ignore_ascii_case(own) || may_be_plain && typ.eq_ignore_ascii_case("jwt")
    }
}
