//! Signed access tokens, RFC 9068.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use oauth_rules::claim;
use oauth_rules::start_up::rfc8725_section_3_1_a_key_signs_with_the_algorithm_that_is_said;
use oauth_rules::token_generator::{
    rfc9068_section_2_1_a_self_contained_token_is_written_by_its_server_alone,
    rfc9068_section_2_2_the_audience_is_no_static_claim,
};

use super::access_token_claims::{AccessTokenClaims, Audience};
use super::{Tokens, check_audience};
use crate::claims::StaticClaim;
use crate::error::{Error, Result};
use crate::jose::{Algorithm, JwtType, SigningKey, SigningKeys};
use crate::request::Request;

/// The profile of `#[token_generator(jwt, …)]`, as a constant.
///
/// Its tokens are JWTs of the type `at+jwt` with `iss`, `exp`, `aud`, `sub`, `client_id`, `iat` and `jti`
/// (RFC 9068 §2.2), `scope` where there is one, `auth_time` and `acr` (§2.2.1) where they are known, and then the static claims and those of
/// [`Request::claims`]. Of a static claim and one of the request with the same name, the request's counts.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct JwtProfile {
    /// The lifetime of its tokens. Default: an hour.
    pub expires_in: Duration,
    /// `aud`, unless the request has [resources](crate::request::Validated::resources), or a claim `aud` of its own; `None`: the
    /// issuer.
    pub audience: Option<&'static str>,
    /// The algorithm that the active key must have; `None`: whichever it has.
    pub algorithm: Option<Algorithm>,
    /// Claims that are the same in every token.
    pub claims: &'static [(&'static str, StaticClaim)],
    /// True if its tokens are [self-contained](Self::self_contained).
    pub self_contained: bool,
}

impl JwtProfile {
    /// An hour, the key's algorithm, no static claims; the store keeps the tokens.
    pub const fn new() -> Self {
        Self {
            expires_in: Tokens::DEFAULT_EXPIRES_IN,
            audience: None,
            algorithm: None,
            claims: &[],
            self_contained: false,
        }
    }

    /// Sets how long its tokens live.
    #[must_use]
    pub const fn expires_in(mut self, lifetime: Duration) -> Self {
        self.expires_in = lifetime;
        self
    }

    /// Sets `aud`.
    #[must_use]
    pub const fn audience(mut self, audience: &'static str) -> Self {
        self.audience = Some(audience);
        self
    }

    /// Sets the algorithm that the active key must have.
    #[must_use]
    pub const fn algorithm(mut self, algorithm: Algorithm) -> Self {
        self.algorithm = Some(algorithm);
        self
    }

    /// Sets the static claims.
    #[must_use]
    pub const fn claims(mut self, claims: &'static [(&'static str, StaticClaim)]) -> Self {
        self.claims = claims;
        self
    }

    /// Lets no store keep the tokens: their server reads back what they say, and asks the store of the role `tokens` what is
    /// revoked, which a [`RevocationStore`](crate::store::RevocationStore) can tell. Its keys are public ones.
    ///
    /// A token of a person has 100 to 300 characters more for that, in the claim `oauth_core`, which is nobody else's. Where the
    /// server has a `#[pairwise_key]` it is encrypted.
    ///
    /// The server's introspection, userinfo, token exchange and [resources beside it](crate::resource::Local) see a revocation at
    /// once, at every instance. **Whoever verifies a token by its keys alone sees none, and takes it until it expires**, as every
    /// signed token: let it live for minutes ([`expires_in`](Self::expires_in)). Tokens that are out when `self_contained` is
    /// removed again are unknown to the server from then on.
    #[must_use]
    pub const fn self_contained(mut self) -> Self {
        self.self_contained = true;
        self
    }

    /// Makes a token.
    ///
    /// # Errors
    ///
    /// `server_error` if the profile does not [check](Self::check), the request has no client, a claim `aud` is neither
    /// a string nor a list of strings, or signing fails.
    pub async fn generate<K: SigningKeys + ?Sized>(
        &self,
        keys: &K,
        issuer: &str,
        request: &Request,
    ) -> Result<String> {
        let key = keys.active();
        self.check_with(&key).map_err(Error::server)?;
        let unsigned = self.unsigned(&key, issuer, request)?;
        key.sign_unsigned(unsigned).await
    }

    fn unsigned(&self, key: &SigningKey, issuer: &str, request: &Request) -> Result<String> {
        let client = request.require_client()?;
        let client_id = client.client_id.as_str();
        let issued_at = request.now();
        let mut jti = [0; 22];
        let carried = request.issuing.carried.as_ref().filter(|_| self.self_contained);
        let claims = AccessTokenClaims {
            iss: issuer,
            exp: issued_at + request.expires_in.unwrap_or(self.expires_in),
            aud: audience(request, self.audience.unwrap_or(issuer))?,
            sub: subject(request, client_id)?,
            client_id,
            iat: issued_at,
            jti: match carried {
                Some(carried) => &carried.jti,
                None => random_identifier(&mut jti)?,
            },
            scope: request.scopes.as_ref().filter(|scopes| !scopes.is_empty()),
            auth_time: request.auth_time,
            acr: request.acr.as_deref(),
            fixed: self.claims,
            request,
            own: carried.map(|carried| &carried.claim),
        };
        Ok(key.unsigned(JwtType::AccessToken, &claims.to_json()?))
    }

    /// Checks the profile and the keys, as a server does before it starts.
    ///
    /// # Errors
    ///
    /// If the active key has another algorithm than the profile, a static claim has a registered name, or the audience is
    /// empty.
    pub fn check<K: SigningKeys + ?Sized>(&self, keys: &K) -> std::result::Result<(), String> {
        self.check_with(&keys.active())
    }

    fn check_with(&self, key: &SigningKey) -> std::result::Result<(), String> {
        self.check_algorithm(key)?;
        self.check_is_not_shared(key)?;
        self.check_claims()?;
        check_audience(self.audience)
    }

    /// RFC 8725 §3.1: "each key MUST be used with exactly one algorithm".
    fn check_algorithm(&self, key: &SigningKey) -> std::result::Result<(), String> {
        let actual = key.algorithm();
        if let Some(expected) = self.algorithm
            && expected != actual
        {
            let rule = &rfc8725_section_3_1_a_key_signs_with_the_algorithm_that_is_said;
            let (expected, actual) = (format!("{expected:?}"), format!("{actual:?}"));
            return Err(rule.says(&[&expected, &actual, &expected]));
        }
        Ok(())
    }

    /// RFC 9068 §2.1: of a shared secret, every verifier is an issuer.
    fn check_is_not_shared(&self, key: &SigningKey) -> std::result::Result<(), String> {
        let rule = &rfc9068_section_2_1_a_self_contained_token_is_written_by_its_server_alone;
        let is_shared = self.self_contained && key.algorithm().is_symmetric();
        if is_shared { Err(rule.words.to_owned()) } else { Ok(()) }
    }

    /// RFC 9068 §2.2: `iss`, `exp`, `aud`, `sub`, `client_id`, `iat` and `jti` are REQUIRED, and the framework's to set.
    fn check_claims(&self) -> std::result::Result<(), String> {
        self.claims.iter().try_for_each(|(name, _)| match claim::check_static(name) {
            Err(broken) => Err(format!("the claim `{name}` {broken}")),
            Ok(()) if *name == "aud" => {
                Err(rfc9068_section_2_2_the_audience_is_no_static_claim.words.to_owned())
            }
            Ok(()) => Ok(()),
        })
    }
}

impl Default for JwtProfile {
    fn default() -> Self {
        Self::new()
    }
}

/// RFC 9068 §2.2: `sub` is the resource owner, or the client where there is none.
fn subject<'a>(request: &'a Request, client_id: &'a str) -> Result<&'a str> {
    match (request.subject_identifier(), &request.subject) {
        (Some(sub), _) => Ok(sub),
        (None, None) => Ok(client_id),
        (None, Some(_)) => Err(Error::server(format!(
            "what the pairwise client `{client_id}` calls the subject is not known yet: make the token with \
             BearerToken::create_token (OpenID Connect Core §8.1)"
        ))),
    }
}

/// RFC 7519 §4.1.3: `aud` is a string or an array of strings. RFC 9068 §3: "If the request includes a "resource" parameter [...], the
/// resulting JWT access token "aud" claim SHOULD have the same value as the "resource" parameter in the request."
fn audience<'a>(request: &'a Request, default: &'a str) -> Result<Audience<'a>> {
    match request.resources.as_slice() {
        [] => {}
        [one] => return Ok(Audience::One(one)),
        many => return Ok(Audience::Many(many)),
    }
    let Some(audience) = request.claims.get("aud") else {
        return Ok(Audience::One(default));
    };
    let is_valid = match audience {
        Value::String(one) => !one.is_empty(),
        Value::Array(many) => !many.is_empty() && many.iter().all(Value::is_string),
        _ => false,
    };
    if is_valid {
        Ok(Audience::Claim(audience))
    } else {
        Err(Error::server("the claim `aud` must be a string or a list of strings (RFC 7519 §4.1.3)"))
    }
}

/// 128 random bits, RFC 7519 §4.1.7: "a negligible probability that the same value will be accidentally assigned".
fn random_identifier(text: &mut [u8; 22]) -> Result<&str> {
    let mut bytes = [0; 16];
    rand::fill(&mut bytes);
    URL_SAFE_NO_PAD
        .encode_slice(bytes, text)
        .map_err(Error::server)
        .and_then(|_| std::str::from_utf8(text).map_err(Error::server))
}
