//! The engine that issues and validates bearer tokens, RFC 6750.

use std::time::Duration;

use http::header;
use serde_json::{Map, Value};

use super::{Opaque, RecognizedTokens, TokenGenerator, Tokens, floor, self_contained};
use crate::binding;
use crate::binding::{Bearer, BearerMethods, Binding, Bindings, Presented};
use crate::claims::{ClaimDestination, TokenClaims, names_audience};
use crate::error::{Error, Result};
use crate::model::check_sub;
use crate::openid::{PairwiseKey, subject_identifier};
use crate::request::Request;
use crate::response::TokenResponse;
use crate::scope::ScopeSet;
use crate::secret::SecretString;
use crate::store::{AccessToken, client_of_token};
use crate::validator::RequestValidator;

/// The choice whether [`BearerToken::create_token`] adds a refresh token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IncludeRefreshToken {
    /// It does.
    Yes,
    /// It does not.
    No,
}

/// The lifetime of access tokens: a [`Duration`], or a function of the request.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a token lifetime",
    note = "give `expires_in` a `std::time::Duration` or a closure `|request: &Request| Duration`"
)]
pub trait ExpiresIn: Send + Sync {
    /// The lifetime of this request's token; `None` leaves it to the generator.
    fn expires_in(&self, request: &Request) -> Option<Duration>;
}

impl ExpiresIn for Duration {
    fn expires_in(&self, _request: &Request) -> Option<Duration> {
        Some(*self)
    }
}

impl<F: Fn(&Request) -> Duration + Send + Sync> ExpiresIn for F {
    fn expires_in(&self, request: &Request) -> Option<Duration> {
        Some(self(request))
    }
}

/// Nothing was said.
impl ExpiresIn for () {
    fn expires_in(&self, _request: &Request) -> Option<Duration> {
        None
    }
}

/// Issues and validates tokens with the hooks of a validator. Grants use it; so can you.
///
/// ```
/// use std::time::Duration;
///
/// use oauth_core::prelude::*;
/// use oauth_core::token::TokenResponse;
///
/// async fn issue(validator: &impl RequestValidator, client: Client) -> Result<TokenResponse> {
///     let bearer = BearerToken::new(validator)
///         .token_generator(Opaque::DEFAULT.prefix("acme_at_"))
///         .expires_in(|request: &Request| match request.client_id() {
///             Some("batch") => Duration::from_secs(60),
///             _ => Duration::from_secs(3600),
///         });
///     let mut request = Request::local(client);
///     let token = bearer.create_token(&mut request, IncludeRefreshToken::No).await?;
///     validator.save_bearer_token(&token, &mut request).await?;
///     Ok(token)
/// }
/// ```
#[derive(Debug)]
pub struct BearerToken<'a, V, A = Opaque, R = Opaque, E = ()> {
    validator: &'a V,
    access: A,
    refresh: R,
    expires_in: E,
    settings: Settings<'a>,
}

/// The settings that do not depend on the generators.
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Debug, Clone, Copy)]
struct Settings<'a> {
    issuer: Option<&'a str>,
    /// The claims of the usual audience, made once.
    usual_claims: Option<&'a TokenClaims>,
    pairwise_key: Option<&'a PairwiseKey>,
    /// The self-contained tokens that were verified before.
    recognized: Option<&'a RecognizedTokens>,
    danger_query_token: bool,
    danger_any_audience: bool,
    bindings: &'a Bindings,
    /// True if a client may be known by a document alone.
    client_documents: bool,
    /// True if a token that is bound to nothing is worth nothing.
    only_bound: bool,
}

impl Settings<'_> {
    /// The claims of a token for this audience which has no others.
    fn claims_of(&self, audience: Option<&str>) -> TokenClaims {
        let Some(audience) = audience else { return TokenClaims::default() };
        let usual = self.usual_claims.filter(|claims| names_audience(claims, audience));
        usual.cloned().unwrap_or_else(|| TokenClaims::of_audience(audience))
    }
}

impl<'a, V: RequestValidator> BearerToken<'a, V> {
    /// The lifetime of an access token where neither the engine nor the generator says: an hour.
    pub const DEFAULT_EXPIRES_IN: Duration = Tokens::DEFAULT_EXPIRES_IN;

    /// An engine that makes [`Opaque`] tokens.
    pub const fn new(validator: &'a V) -> Self {
        Self {
            validator,
            access: Opaque::DEFAULT,
            refresh: Opaque::DEFAULT,
            expires_in: (),
            settings: Settings {
                issuer: None,
                usual_claims: None,
                pairwise_key: None,
                recognized: None,
                danger_query_token: false,
                danger_any_audience: false,
                bindings: &[],
                client_documents: false,
                only_bound: false,
            },
        }
    }
}

impl<'a, V: RequestValidator, A: TokenGenerator, R: TokenGenerator, E: ExpiresIn>
    BearerToken<'a, V, A, R, E>
{
    /// Sets the generator of access tokens. Refresh tokens stay with theirs: the two are never the same token.
    pub fn token_generator<B: TokenGenerator>(self, access: B) -> BearerToken<'a, V, B, R, E> {
        let Self { validator, access: _, refresh, expires_in, settings } = self;
        BearerToken { validator, access, refresh, expires_in, settings }
    }

    /// Sets the generator of refresh tokens.
    pub fn refresh_token_generator<B: TokenGenerator>(self, refresh: B) -> BearerToken<'a, V, A, B, E> {
        let Self { validator, access, refresh: _, expires_in, settings } = self;
        BearerToken { validator, access, refresh, expires_in, settings }
    }

    /// Sets how long access tokens live: a [`Duration`] or a function of the request. Without it the generator says, and
    /// else it is an hour. Zero is zero: such a token is born expired.
    pub fn expires_in<F: ExpiresIn>(self, expires_in: F) -> BearerToken<'a, V, A, R, F> {
        let Self { validator, access, refresh, expires_in: _, settings } = self;
        BearerToken { validator, access, refresh, expires_in, settings }
    }

    /// Sets the issuer, which is the audience of access tokens where neither a claim `aud` nor the generator
    /// [says](TokenGenerator::audience). Without it, such tokens are kept without an audience.
    #[must_use]
    pub const fn issuer(mut self, issuer: Option<&'a str>) -> Self {
        self.settings.issuer = issuer;
        self
    }

    /// Sets the claims of tokens for the usual audience, which those tokens then share.
    pub(crate) const fn usual_claims(mut self, claims: &'a TokenClaims) -> Self {
        self.settings.usual_claims = Some(claims);
        self
    }

    /// Sets the key of the subject identifiers of clients that registered `subject_type` `pairwise` (OIDC Core §8.1).
    #[must_use]
    pub const fn pairwise_key(mut self, key: Option<&'a PairwiseKey>) -> Self {
        self.settings.pairwise_key = key;
        self
    }

    /// Has it remember what it has verified of self-contained tokens.
    pub(crate) const fn recognized(mut self, recognized: &'a RecognizedTokens) -> Self {
        self.settings.recognized = Some(recognized);
        self
    }

    /// Sets whether [`validate_request`](Self::validate_request) takes a token from the query. RFC 9700
    /// §4.3.2 forbids it: URLs end up in logs, histories and `Referer` headers.
    #[must_use]
    pub const fn danger_query_token(mut self, enabled: bool) -> Self {
        self.settings.danger_query_token = enabled;
        self
    }

    /// Sets whether [`validate_request`](Self::validate_request) takes tokens that were issued for any other
    /// API, too (RFC 9700 §4.9). Without it, `aud` of a token must name the audience that this engine gives
    /// to its own, where it has one: that of the generator, or else the issuer.
    #[must_use]
    pub const fn danger_any_audience(mut self, enabled: bool) -> Self {
        self.settings.danger_any_audience = enabled;
        self
    }

    /// Lets tokens be of clients that are registered nowhere, and known by the URL of their document.
    pub(crate) const fn client_documents(mut self, client_documents: bool) -> Self {
        self.settings.client_documents = client_documents;
        self
    }

    /// Refuses tokens that are bound to nothing (FAPI 2.0 §5.3.3), such as those of a time before the profile.
    pub(crate) const fn only_bound(mut self, only_bound: bool) -> Self {
        self.settings.only_bound = only_bound;
        self
    }

    /// # Errors
    ///
    /// `invalid_token`.
    pub(crate) fn check_bound(&self, record: &AccessToken) -> Result<()> {
        if self.settings.only_bound && record.confirmation().is_none() {
            return Err(Error::invalid_token("the access token is bound to no key"));
        }
        Ok(())
    }

    /// Sets the bindings that it knows beside [`Bearer`].
    pub(crate) const fn bindings(mut self, bindings: &'a Bindings) -> Self {
        self.settings.bindings = bindings;
        self
    }

    /// Makes the tokens of a response. It does not save them: [`RequestValidator::save_bearer_token`] does.
    ///
    /// First `request.expires_in` is set, then the subject identifier and the declared claims, then the tokens are made,
    /// by the validator where it has a generator, else by the engine's own.
    ///
    /// # Errors
    ///
    /// What hooks and generators return; `server_error` if a generated token is empty, has a character that RFC 6749
    /// forbids, is the same as the other one, or can be guessed (RFC 6749 §10.10): it is shorter than 128 random bits are (22
    /// characters of base64url, 32 hexadecimal digits, 39 decimal ones).
    pub async fn create_token(
        &self,
        request: &mut Request,
        include: IncludeRefreshToken,
    ) -> Result<TokenResponse> {
        let expires_in = self
            .expires_in
            .expires_in(request)
            .or_else(|| self.access.expires_in())
            .unwrap_or(BearerToken::<V>::DEFAULT_EXPIRES_IN);
        let most = request.issuing.expires_at_most.map(|end| end.since(request.now()));
        let expires_in = most.map_or(expires_in, |most| expires_in.min(most));
        request.validated.expires_in = Some(expires_in);
        self.identify_subject(request)?;
        if let Some(sub) = &request.pairwise_identifier {
            check_sub(sub).map_err(Error::server)?;
        }
        request.establish()?;
        let declared = self.validator.declared_claims(ClaimDestination::AccessToken, request).await?;
        request.claims.extend(declared);
        request.claims.confirm(request.confirmation.clone());
        let access_token = self.access_token(request).await?;
        let refresh_token = match include {
            IncludeRefreshToken::Yes => Some(self.refresh_token(request).await?),
            IncludeRefreshToken::No => None,
        };
        if refresh_token.as_ref().is_some_and(|refresh| refresh.matches(access_token.expose())) {
            return Err(Error::server(
                "the refresh token is the access token: give the refresh tokens a generator of their own",
            ));
        }
        Ok(TokenResponse {
            access_token,
            token_type: binding::token_type(self.settings.bindings, request.confirmation.as_ref()),
            expires_in,
            refresh_token,
            id_token: None,
            scopes: request.scopes.clone(),
            extra_credentials: request.extra_credentials.clone(),
        })
    }

    /// Sets what the client calls the subject.
    pub(crate) fn identify_subject(&self, request: &mut Request) -> Result<()> {
        request.pairwise_identifier = match &request.subject {
            Some(subject) => Some(
                subject_identifier(self.settings.pairwise_key, &*request.require_client()?, subject)?
                    .into_owned(),
            ),
            None => None,
        };
        Ok(())
    }

    async fn access_token(&self, request: &mut Request) -> Result<SecretString> {
        let own = self.validator.generate_access_token(request).await?;
        // What the generator says is not true of a token that it did not make.
        let (audience, static_claims) = match own {
            None => (self.access.audience(), self.access.static_claims()),
            Some(_) => (None, [].as_slice()),
        };
        let is_self_contained = own.is_none() && self.access.tokens().are_self_contained();
        let carried = is_self_contained.then(|| self_contained::carry(request, self.settings.pairwise_key));
        request.issuing.carried = carried.transpose()?;
        request.token_claims = self.settings.claims_of(audience.or(self.settings.issuer));
        request.static_claims = static_claims;
        let token = match own {
            Some(token) => token,
            None => self.access.generate_token(request).await?,
        };
        // RFC 6749 Appendix A.12 is 1*VSCHAR; the space is left out because an Authorization header ends there.
        let token = checked("access", token, |b| matches!(b, 0x21..=0x7E))?;
        floor::check("an access", &token)?;
        Ok(token)
    }

    /// Reads what a token says that is self-contained, where the generator makes such: hooks find it by [`AccessToken::find`].
    pub(crate) fn recognize(&self, token: &str, request: &mut Request) {
        self.recognize_by(self.settings.recognized, token, request);
    }

    /// The same, with a memory of its own.
    pub(crate) fn recognize_by(&self, known: Option<&RecognizedTokens>, token: &str, request: &mut Request) {
        let Some(issuer) = self.access.issuer().or(self.settings.issuer) else { return };
        let (tokens, key) = (self.access.tokens(), self.settings.pairwise_key);
        request.self_contained.extend(tokens.read(issuer, token, request.now(), key, known));
    }

    async fn refresh_token(&self, request: &Request) -> Result<SecretString> {
        let token = match self.validator.generate_refresh_token(request).await? {
            Some(token) => token,
            None => self.refresh.generate_token(request).await?,
        };
        // RFC 6749 Appendix A.17: 1*VSCHAR.
        let token = checked("refresh", token, |b| matches!(b, 0x20..=0x7E))?;
        floor::check("a refresh", &token)?;
        Ok(token)
    }

    /// Finds the token of a request for a resource; `None` if it brings none, or credentials of another kind.
    ///
    /// It may be in the `Authorization` header (RFC 6750 §2.1), in a form (§2.2), or in the query (§2.3) where
    /// [`danger_query_token`](Self::danger_query_token) allows it.
    ///
    /// # Errors
    ///
    /// `invalid_request` if it comes in two ways at once (RFC 6750 §2), the header is malformed, or it is in a query where
    /// it may not be.
    pub fn get_token_from_request<'r>(&self, request: &'r Request) -> Result<Option<&'r str>> {
        Ok(self.presented(request)?.map(|presented| presented.token))
    }

    fn presented<'r>(&self, request: &'r Request) -> Result<Option<Presented<'r>>> {
        let methods = BearerMethods { body: true, danger_query: self.settings.danger_query_token };
        binding::presented(self.settings.bindings, request, methods)
    }

    /// Validates the token of a request for a resource, whatever its scopes: see
    /// [`validate_request_scopes`](Self::validate_request_scopes).
    ///
    /// # Errors
    ///
    /// `invalid_request` or `invalid_token` (RFC 6750 §3.1).
    pub async fn validate_request(&self, request: &mut Request) -> Result<AccessToken> {
        self.validate_request_scopes(request, &ScopeSet::new()).await
    }

    /// Tells whether these claims of a token name an audience that this engine gives to its own. Without one,
    /// it asks nothing.
    pub(crate) fn is_audience_of(&self, claims: &Map<String, Value>) -> bool {
        let own = self.settings.issuer.filter(|_| V::GENERATES_ACCESS_TOKENS);
        let Some(audience) = self.access.audience().or(self.settings.issuer) else { return true };
        [Some(audience), own].into_iter().flatten().any(|audience| names_audience(claims, audience))
    }

    /// Validates the token of a request for a resource that needs `scopes`, and sets the request's client, subject,
    /// scopes and claims to the token's. The subject is the store's own; what the client calls the person is
    /// [`Request::subject_identifier`].
    ///
    /// # Errors
    ///
    /// `invalid_request`, `invalid_token` or `insufficient_scope` (RFC 6750 §3.1).
    pub async fn validate_request_scopes(
        &self,
        request: &mut Request,
        scopes: &ScopeSet,
    ) -> Result<AccessToken> {
        let presented = self.presented(request)?;
        let (token, scheme) = presented
            .map(|presented| (SecretString::new(presented.token), presented.scheme))
            .ok_or_else(|| Error::invalid_token("the request has no access token"))?;
        self.recognize(token.expose(), request);
        let record = self.validator.validate_bearer_token(token.expose(), scopes, request).await?;
        let presented = Presented { token: token.expose(), scheme };
        self.check_bound(&record)?;
        binding::check(self.settings.bindings, &presented, record.confirmation(), request).await?;
        let may_be_documented = self.settings.client_documents;
        let client = client_of_token(self.validator.clients(), record.client_id(), may_be_documented).await?;
        let client = client.ok_or_else(|| Error::invalid_token("the client of the access token is gone"))?;
        // RFC 9700 §2.3: "If it was not [meant for it], the resource server MUST refuse to serve the respective request."
        if !self.settings.danger_any_audience && !self.is_audience_of(&record.claims) {
            return Err(Error::invalid_token("the access token is meant for another audience"));
        }
        request.validated.client = Some(client);
        request.validated.subject = record.subject().map(str::to_owned);
        request.validated.scopes = Some(record.scopes.clone());
        request.claims.restore(record.claims.clone().into());
        if self.settings.pairwise_key.is_some() {
            self.identify_subject(request)?;
        }
        Ok(record)
    }

    /// An estimate of how much a request looks as if it carried a bearer token: 9 for one in the header, 5
    /// for one in a parameter, 0 for none. With several kinds of tokens, the highest estimate handles the
    /// request.
    pub fn estimate_type(&self, request: &Request) -> u8 {
        let mut headers = request.headers().get_all(header::AUTHORIZATION).iter();
        if headers.any(|value| binding::has_scheme(value.as_bytes(), Bearer::SCHEME)) {
            9
        } else if request.param("access_token").is_some() {
            5
        } else {
            0
        }
    }
}

fn checked(kind: &str, token: String, allowed: impl Fn(u8) -> bool) -> Result<SecretString> {
    let token = SecretString::new(token);
    if token.expose().is_empty() {
        return Err(Error::server(format!("the generator made an empty {kind} token")));
    }
    // All are looked at, which is faster than to look for the first that is wrong.
    if !token.expose().bytes().fold(true, |are_allowed, byte| are_allowed & allowed(byte)) {
        return Err(Error::server(format!(
            "the generator made an {kind} token with a character that RFC 6749 Appendix A forbids: encode it, for \
             instance as base64url"
        )));
    }
    Ok(token)
}
