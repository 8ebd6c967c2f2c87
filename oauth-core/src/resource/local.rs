//! Tokens of an authorization server in the same process.

use std::marker::PhantomData;
use std::sync::Arc;

use oauth_rules::url::split_origin;

use super::protected::{Identity, ReplayIds, Surroundings};
use super::start_up::local;
use super::{
    IssuedClaims, LocalConfig, ProtectedResource, ResourceConfig, ResourceMetadata, TokenValidator,
    ValidatedToken,
};
use crate::error::{Error, Result};
use crate::frame::{AuthorizationServer, RunningServer};
use crate::openid::subject_identifier;
use crate::request::Request;
use crate::scope::{Scope, ScopeSet};
use crate::secret::TokenHash;
use crate::server::ConfigurationError;
use crate::server::asking::has_grants_of_its_own;
use crate::store::{AnyReplayStore, Attempt, Claiming, StoreRoles as _};
use crate::time::UnixTime;
use crate::token::{RecognizedTokens, TokenGenerator};
use crate::validator::{Introspection, RequestValidator};

/// Validates tokens by the authorization server's own
/// [`validate_bearer_token`](crate::validator::RequestValidator::validate_bearer_token): a revoked token is refused at once,
/// and so is one whose client is gone. Of a [self-contained](crate::token::JwtProfile::self_contained) one it
/// [remembers](ResourceConfig::verification_cache) what it says, and not whether it is revoked.
///
/// [`subject`](ValidatedToken::subject) is the person as the token's client knows them, which may be told to it; the server's
/// own accounts are found by [`internal_subject`](ValidatedToken::internal_subject).
///
/// `C` is the configuration: [`OwnTokens`](super::OwnTokens) where the claims of tokens are the application's own.
#[derive(Debug)]
pub struct Local<S, C = ResourceConfig> {
    service: RunningServer<S>,
    audience: Option<&'static str>,
    danger_any_audience: bool,
    verified: RecognizedTokens,
    config: PhantomData<fn() -> C>,
}

impl<S: AuthorizationServer> RunningServer<S> {
    /// A resource beside this server, which takes its tokens.
    ///
    /// `aud` of a token must name the audience of `config`, or where that has none, what the server itself says:
    /// [the generator](crate::token::TokenGenerator::audience), or else the issuer. A token whose request had a claim `aud` of
    /// its own is for whom that names. [`danger_any_audience`](ResourceConfig::danger_any_audience) takes every access token of
    /// the server.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the configuration, all at once: an audience that no token of the server is for, as far as it can tell,
    /// unless the tokens are the application's [own](ResourceConfig::own_tokens).
    pub fn protected_resource<C: LocalConfig>(
        &self,
        config: C,
    ) -> Result<ProtectedResource<Local<S, C>>, ConfigurationError> {
        let config = config.into_config();
        let ResourceConfig { audience, danger_any_audience, .. } = config;
        let mistakes = audience
            .filter(|_| !C::HAS_OWN_TOKENS)
            .and_then(|audience| local::is_no_audience(self, audience));
        // What a store keeps has no signature to be verified.
        let are_verified = self.access_tokens().tokens().are_self_contained();
        let verified = RecognizedTokens::new(if are_verified { config.verification_cache } else { 0 });
        let service = self.clone();
        let local = Local { service, audience, danger_any_audience, verified, config: PhantomData };
        let scopes = config.scopes.unwrap_or(self.config().scopes);
        // Beside its server, a resource without a URL of its own is at the server's host.
        let own = ResourceMetadata::of(&config);
        let origin = own.origin(audience).unwrap_or_else(|| split_origin(self.issuer()).0);
        let surroundings = Surroundings {
            bindings: self.bindings().to_vec(),
            replay_ids: ReplayIds(Arc::new(OfServer(self.clone()))),
            clock: self.clock().clone(),
            origin: Some(origin.to_owned()),
        };
        let takes_proofs = surroundings.take_proofs();
        let identity = Identity { issuer: self.issuer(), audience, scopes, takes_proofs };
        ProtectedResource::assemble(local, &identity, &config, surroundings, mistakes.into_iter().collect())
    }
}

impl<S: AuthorizationServer, C: LocalConfig> Local<S, C> {
    /// RFC 9700 §2.3: "every resource server is obliged to verify, for every request, whether the access token sent with that
    /// request was meant to be used for that particular resource server. If it was not, the resource server MUST refuse to
    /// serve the respective request."
    fn check_audience(&self, token: &ValidatedToken) -> Result<()> {
        let is_meant = match self.audience {
            Some(audience) => token.is_for(audience),
            None => self.danger_any_audience || self.service.bearer().is_audience_of(token.claims()),
        };
        if is_meant { Ok(()) } else { Err(another_audience()) }
    }
}

impl<S: AuthorizationServer, C: LocalConfig> TokenValidator for Local<S, C> {
    const SCOPES: Option<&'static [Scope]> = Some(S::CONFIG.scopes);
    const CLAIMS: Option<IssuedClaims> = if C::HAS_OWN_TOKENS { None } else { issued_claims::<S>() };

    async fn validate(&self, token: &str) -> Result<ValidatedToken> {
        let server = &self.service;
        let mut request = Request::default().received_at(server.now());
        let bearer = server.bearer();
        bearer.recognize_by(Some(&self.verified), token, &mut request);
        let record = server.validator().validate_bearer_token(token, &ScopeSet::new(), &mut request).await?;
        bearer.check_bound(&record)?;
        let client = server.client_of_token(record.client_id()).await?;
        let client = client.ok_or_else(|| Error::invalid_token("the client of the access token is gone"))?;
        let internal_subject = record.subject().map(str::to_owned);
        let mut known = Introspection::from(record);
        if let Some(subject) = &internal_subject {
            known.subject = Some(subject_identifier(server.pairwise_key(), &client, subject)?.into_owned());
        }
        let mut claims = known.to_json(server.issuer());
        claims.remove("active");
        let token = ValidatedToken::from_claims(claims)?.with_internal_subject(internal_subject);
        self.check_audience(&token)?;
        Ok(token)
    }
}

/// The claims that tokens of the server can have; `None`: hooks, grants of the application's own or a generator by hand may set any.
const fn issued_claims<S: AuthorizationServer>() -> Option<IssuedClaims> {
    let is_unknown = <S::Validator as RequestValidator>::SETS_CLAIMS
        || has_grants_of_its_own::<S>()
        || !<S::AccessTokens as TokenGenerator>::NAMES_STATIC_CLAIMS;
    if is_unknown {
        return None;
    }
    let declared = <S::Validator as RequestValidator>::CLAIMS;
    Some(IssuedClaims::new(declared, <S::AccessTokens as TokenGenerator>::STATIC_CLAIMS))
}

/// The server keeps the identifiers of proofs, for its endpoints and its resources alike.
struct OfServer<S>(RunningServer<S>);

impl<S: AuthorizationServer> AnyReplayStore for OfServer<S> {
    fn claim<'a>(
        &'a self,
        id: &'a TokenHash,
        attempt: Attempt,
        until: UnixTime,
        now: UnixTime,
    ) -> Claiming<'a> {
        Box::pin(async move { Ok(self.0.validator().claim_replay_id(id, attempt, until, now).await?) })
    }
}

/// RFC 6750 §3.1: it is `invalid_token`, as one that is "expired, revoked, malformed, or invalid for other reasons".
fn another_audience() -> Error {
    Error::invalid_token("the access token is meant for another audience")
}
