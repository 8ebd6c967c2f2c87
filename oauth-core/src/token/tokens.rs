//! The tokens of a generator: said once, and all else follows.

use std::sync::Arc;
use std::time::Duration;

use super::self_contained::{self, RecognizedTokens};
use super::{JweProfile, JwtProfile, Opaque, TokenFormat};
use crate::claims::StaticClaim;
use crate::error::{Error, Result};
use crate::jose::{EncryptionKeys, Expect, InvalidJws, Jwk, JwtKind, SigningKey, SigningKeys};
use crate::openid::PairwiseKey;
use crate::request::{Request, SelfContained};
use crate::time::UnixTime;

/// Tokens of a [generator](super::TokenGenerator::tokens): how they are made, and what a server has to know of them.
///
/// ```
/// use oauth_core::token::{Opaque, Tokens};
///
/// assert!(Tokens::opaque(Opaque::DEFAULT).check().is_ok());
/// assert!(Tokens::opaque(Opaque::DEFAULT.entropy(64)).check().is_err());
/// ```
#[derive(Clone)]
pub struct Tokens<'g> {
    form: Form<'g>,
    expires_in: Option<Duration>,
    audience: Option<&'g str>,
    static_claims: &'static [(&'static str, StaticClaim)],
}

#[derive(Clone)]
enum Form<'g> {
    Opaque(Opaque),
    Jwt(JwtProfile, &'g dyn SigningKeys),
    Jwe(JweProfile, &'g dyn SigningKeys, &'g dyn EncryptionKeys),
    Custom(Vec<Jwk>),
}

impl<'g> Tokens<'g> {
    /// The lifetime of those that do not say how long they live: an hour.
    pub const DEFAULT_EXPIRES_IN: Duration = Duration::from_hours(1);

    /// Random ones, without a meaning of their own.
    pub fn opaque(tokens: Opaque) -> Self {
        Self { audience: tokens.audience_of(), ..Self::of(Form::Opaque(tokens)) }
    }

    /// Signed ones, which say themselves that they are access tokens (RFC 9068 §2.1).
    pub fn jwt(profile: JwtProfile, keys: &'g dyn SigningKeys) -> Self {
        Self::of(Form::Jwt(profile, keys)).described(&profile)
    }

    /// Signed ones that are encrypted to the resource server (RFC 7516).
    pub fn jwe(profile: JweProfile, keys: &'g dyn SigningKeys, recipient: &'g dyn EncryptionKeys) -> Self {
        Self::of(Form::Jwe(profile, keys, recipient)).described(&profile.jwt)
    }

    /// Tokens of a format that only their generator knows.
    pub fn custom() -> Self {
        Self::of(Form::Custom(Vec::new()))
    }

    /// Tokens of a format that only their generator knows, signed with these keys, which the server
    /// publishes.
    pub fn custom_with_keys(published: Vec<Jwk>) -> Self {
        Self::of(Form::Custom(published))
    }

    fn of(form: Form<'g>) -> Self {
        Self { form, expires_in: None, audience: None, static_claims: &[] }
    }

    fn described(mut self, profile: &JwtProfile) -> Self {
        self.expires_in = Some(profile.expires_in);
        self.audience = profile.audience;
        self.static_claims = profile.claims;
        self
    }

    /// The key that signs them now, if one of the server does.
    pub(crate) fn signing_key(&self) -> Option<SigningKey> {
        match &self.form {
            Form::Jwt(_, keys) | Form::Jwe(_, keys, _) => Some(keys.active()),
            Form::Opaque(_) | Form::Custom(_) => None,
        }
    }

    /// Sets how long they live.
    #[must_use]
    pub const fn expires_in(mut self, lifetime: Duration) -> Self {
        self.expires_in = Some(lifetime);
        self
    }

    /// Sets whom they are for.
    #[must_use]
    pub const fn audience(mut self, audience: &'g str) -> Self {
        self.audience = Some(audience);
        self
    }

    pub(super) const fn lifetime(&self) -> Option<Duration> {
        self.expires_in
    }

    pub(super) const fn intended_audience(&self) -> Option<&'g str> {
        self.audience
    }

    pub(super) const fn claims(&self) -> &'static [(&'static str, StaticClaim)] {
        self.static_claims
    }

    /// Makes one.
    ///
    /// # Errors
    ///
    /// `server_error` as the format says; of a custom one always, for only its generator can.
    pub async fn generate(&self, issuer: &str, request: &Request) -> Result<String> {
        match &self.form {
            Form::Opaque(tokens) => tokens.generate(),
            Form::Jwt(profile, keys) => profile.generate(*keys, issuer, request).await,
            Form::Jwe(profile, keys, recipient) => profile.generate(*keys, *recipient, issuer, request).await,
            Form::Custom(_) => Err(Error::server("the generator of custom tokens has to make them itself")),
        }
    }

    /// Checks what only a run can tell, such as a key that cannot make the signatures asked for.
    ///
    /// # Errors
    ///
    /// One line that says what is wrong and what to write instead.
    pub fn check(&self) -> std::result::Result<(), String> {
        match &self.form {
            Form::Opaque(tokens) => tokens.check(),
            Form::Jwt(profile, keys) => profile.check(*keys),
            Form::Jwe(profile, keys, recipient) => profile.check(*keys, *recipient),
            Form::Custom(_) => super::check_audience(self.audience),
        }
    }

    /// The format of the tokens, as whoever holds them sees it.
    pub fn format(&self) -> TokenFormat {
        match &self.form {
            Form::Opaque(_) => TokenFormat::Opaque,
            Form::Jwt(_, keys) => TokenFormat::of_jwt(*keys),
            Form::Jwe(..) => TokenFormat::Encrypted,
            Form::Custom(published) => TokenFormat::of_keys(published),
        }
    }

    /// The public keys of their signatures, for the JWKS endpoint.
    pub fn jwks(&self) -> Vec<Jwk> {
        match &self.form {
            Form::Opaque(_) => Vec::new(),
            Form::Jwt(_, keys) | Form::Jwe(_, keys, _) => keys.jwks(),
            Form::Custom(published) => published.clone(),
        }
    }

    /// The algorithms of their signatures: that of the active key, and of each that is published. `None`: a published key that names
    /// none.
    pub(crate) fn algorithms(&self) -> Vec<Option<String>> {
        let active = match &self.form {
            Form::Jwt(_, keys) | Form::Jwe(_, keys, _) => Some(keys.active().algorithm().to_string()),
            Form::Opaque(_) | Form::Custom(_) => None,
        };
        let published = self.jwks();
        let published = published.iter().map(|key| key.alg().map(str::to_owned));
        let mut algorithms: Vec<_> = active.map(Some).into_iter().chain(published).collect();
        algorithms.sort();
        algorithms.dedup();
        algorithms
    }

    /// Tells whether no store keeps the tokens: see [`JwtProfile::self_contained`].
    pub const fn are_self_contained(&self) -> bool {
        matches!(&self.form, Form::Jwt(profile, _) if profile.self_contained)
    }

    /// A token of these that is self-contained, and neither forged nor expired; `None` of any other.
    pub(super) fn read(
        &self,
        issuer: &str,
        token: &str,
        now: UnixTime,
        key: Option<&PairwiseKey>,
        known: Option<&RecognizedTokens>,
    ) -> Option<SelfContained> {
        let Form::Jwt(JwtProfile { self_contained: true, .. }, keys) = &self.form else { return None };
        let public = keys.public_keys();
        let known = known.and_then(|known| Some((known, known.memorable(token)?)));
        if let Some((known, memorable)) = &known
            && let Some(found) = known.get(memorable, &public, now)
        {
            return Some(SelfContained { text: token.into(), record: found });
        }
        // Whom it is for, each reader looks at.
        let expect = Expect::new(JwtKind::AccessToken, now).issuer(issuer).any_audience();
        let verified = expect.verify_claims(&public, token);
        if matches!(verified, Err(InvalidJws::UnknownKey)) {
            keys.miss();
        }
        let record = Arc::new(self_contained::read(&verified.ok()?, key)?);
        if let Some((known, memorable)) = known {
            known.put(&memorable, Arc::clone(&record), public, record.expires_at, now);
        }
        Some(SelfContained { text: token.into(), record })
    }

    /// Tells whether the tokens say themselves that they are access tokens: then none can be a refresh token.
    pub(crate) const fn are_access_tokens(&self) -> bool {
        matches!(self.form, Form::Jwt(..) | Form::Jwe(..))
    }
}

impl std::fmt::Debug for Tokens<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tokens").field("format", &self.format()).finish_non_exhaustive()
    }
}
