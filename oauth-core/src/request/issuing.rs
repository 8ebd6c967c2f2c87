//! The authorization that the tokens of a request are issued from.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use serde_json::Value;

use super::{Request, SameAttempt};
use crate::error::{Error, Result};
use crate::model::{Attempt, Authorization, IdTokenContext, RefreshToken, Rotation};
use crate::scope::ScopeSet;
use crate::secret::{SecretString, TokenHash};
use crate::time::UnixTime;

/// The record of what a request is about to issue, and how.
#[derive(Debug, Default)]
pub(crate) struct Issuing {
    /// The authorization that a code, a device code or a refresh token stands for.
    restored: Option<Arc<Authorization>>,
    /// The authorization that was granted just now, made anew for each token.
    made: Option<Arc<Authorization>>,
    attempt: OnceLock<Attempt>,
    /// The hash of the code that it presents, if it does: in a box, for most present none.
    code: OnceLock<Box<TokenHash>>,
    pub(crate) lifetimes: RefreshLifetimes,
    /// The refresh token that is to be replaced, if one is.
    pub(crate) rotating: Option<Rotating>,
    /// The identifiers of assertions and proofs that it brought, which are claimed before anything is used up.
    pub(crate) unclaimed: Vec<Unclaimed>,
    /// The part of an access token that no store keeps; `None`: one does.
    pub(crate) carried: Option<Carried>,
    /// The moment at which an access token dies at the latest, whatever its generator says.
    pub(crate) expires_at_most: Option<UnixTime>,
    /// The ID token was made, or is not due.
    pub(crate) is_id_token_settled: bool,
    /// True if the token that was to be revoked was alive; `None`: a hook of the application's does not say.
    pub(crate) was_alive: Option<bool>,
    /// The whole that was granted, while a token is made for less of it.
    whole: Option<Extent>,
}

/// The part of a self-contained access token that its server reads back.
#[derive(Debug)]
pub(crate) struct Carried {
    /// `jti`.
    pub(crate) jti: String,
    /// The claim that is for the server alone.
    pub(crate) claim: Value,
}

/// The extent of an authorization, or of a token that is for less of it (RFC 8707 §2.2).
#[derive(Debug, Clone, Default)]
pub(crate) struct Extent {
    pub(crate) scopes: Option<ScopeSet>,
    pub(crate) resources: Vec<String>,
}

/// The identifier of an assertion or a proof that was checked, and not claimed yet: all else is checked first.
#[derive(Debug)]
pub(crate) struct Unclaimed {
    pub(crate) id: TokenHash,
    /// The time until which it is remembered.
    pub(crate) until: UnixTime,
    /// The error of a second use.
    pub(crate) reused: fn() -> Error,
}

/// The lifetimes of refresh tokens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RefreshLifetimes {
    /// Each.
    pub(crate) each: Duration,
    /// All of a family, from when it was granted.
    pub(crate) all: Duration,
}

impl Default for RefreshLifetimes {
    fn default() -> Self {
        Self { each: Duration::from_hours(30 * 24), all: Duration::from_hours(365 * 24) }
    }
}

/// A rotation, before the tokens are kept and after.
#[derive(Debug)]
pub(crate) enum Rotating {
    Due(Box<Presented>),
    Done(Rotation),
}

/// A refresh token that was presented and is to be rotated.
#[derive(Debug)]
pub(crate) struct Presented {
    pub(crate) token: SecretString,
    pub(crate) hash: TokenHash,
    pub(crate) grace: Duration,
}

impl Request {
    /// Sets what tokens are issued from to what was granted before.
    pub(crate) fn restore(&mut self, authorization: &Arc<Authorization>) {
        self.claims.restore(authorization.claims.clone());
        self.validated.subject.clone_from(&authorization.subject);
        self.validated.auth_time = authorization.auth_time;
        self.validated.acr.clone_from(&authorization.acr);
        self.validated.amr.clone_from(&authorization.amr);
        self.validated.scopes = Some(authorization.scopes.clone());
        self.validated.resources.clone_from(&authorization.resources);
        self.validated.openid.clone_from(&authorization.openid);
        self.validated.family = authorization.family;
        self.issuing.restored = Some(Arc::clone(authorization));
    }

    /// The authorization that a code, a device code or a refresh token stood for.
    pub(crate) fn restored(&self) -> Option<&Authorization> {
        self.issuing.restored.as_deref()
    }

    /// Lets the token that is made be for less than what was granted.
    pub(crate) fn narrow(&mut self, whole: Extent, scopes: Option<ScopeSet>, resources: Vec<String>) {
        self.issuing.whole = Some(whole);
        self.set_extent(Extent { scopes, resources });
    }

    /// Ends it: what is made now is for all of it.
    pub(crate) fn widen(&mut self) {
        if let Some(whole) = self.issuing.whole.take() {
            self.set_extent(whole);
        }
    }

    /// The extent of the token, or of the whole if none is being made.
    pub(crate) fn extent(&self) -> Extent {
        Extent { scopes: self.scopes.clone(), resources: self.resources.clone() }
    }

    pub(crate) fn set_extent(&mut self, extent: Extent) {
        self.validated.scopes = extent.scopes;
        self.validated.resources = extent.resources;
    }

    /// The extent of what was granted.
    pub(crate) fn whole(&self) -> Extent {
        self.issuing.whole.clone().unwrap_or_else(|| self.extent())
    }

    /// Makes what tokens are issued from, unless it was granted before: what the request says at this moment.
    ///
    /// # Errors
    ///
    /// `server_error` if the request has no client.
    pub(crate) fn establish(&mut self) -> Result<()> {
        match &self.issuing.restored {
            None => self.issuing.made = Some(Arc::new(self.granted()?)),
            Some(restored) if restored.confirmation.is_none() => {
                if let Some(confirmation) = self.confirmation_of_grant() {
                    let bound = Authorization { confirmation: Some(confirmation), ..(**restored).clone() };
                    self.issuing.restored = Some(Arc::new(bound));
                }
            }
            Some(_) => {}
        }
        Ok(())
    }

    /// RFC 9449 §5, RFC 8705 §4: refresh tokens of public clients are bound to what their access tokens are; those of others to the
    /// client's credentials.
    fn confirmation_of_grant(&self) -> Option<Value> {
        self.confirmation.clone().filter(|_| !self.client_is_authenticated())
    }

    /// Checks that the request proves what the refresh tokens of an authorization are bound to.
    ///
    /// # Errors
    ///
    /// `invalid_grant`.
    pub(crate) fn check_confirmation(&self, authorization: &Authorization) -> Result<()> {
        if authorization.confirmation.as_ref().is_none_or(|confirmation| self.proves(confirmation)) {
            return Ok(());
        }
        Err(Error::invalid_grant(
            "what was granted is bound to a key that the request does not prove (RFC 9449 section 5)",
        ))
    }

    /// The authorization that tokens are issued from.
    pub(crate) fn authorization(&self) -> Result<Arc<Authorization>> {
        let known = self.issuing.restored.as_ref().or(self.issuing.made.as_ref());
        known.map_or_else(|| self.granted().map(Arc::new), |known| Ok(Arc::clone(known)))
    }

    fn granted(&self) -> Result<Authorization> {
        let whole = self.whole();
        Ok(Authorization {
            subject: self.subject.clone(),
            auth_time: self.auth_time,
            acr: self.acr.clone(),
            amr: self.amr.clone(),
            scopes: whole.scopes.unwrap_or_default(),
            resources: whole.resources,
            claims: self.claims.as_map().clone(),
            openid: self.openid.clone(),
            family: self.family,
            session: self.openid.as_ref().and_then(IdTokenContext::session),
            confirmation: self.confirmation_of_grant(),
            ..Authorization::new(&self.require_client()?.client_id, self.now())
        })
    }

    /// The attempt that stores know this request by, where it uses something up.
    pub(crate) fn attempt(&self) -> Attempt {
        let known = || self.extensions.get::<SameAttempt>().map_or_else(Attempt::random, SameAttempt::get);
        *self.issuing.attempt.get_or_init(known)
    }

    /// The hash of a code: of the one that it presents it is made once, whoever asks.
    pub(crate) fn hash_of_code(&self, code: &str) -> TokenHash {
        if self.body().get("code") == Some(code) {
            **self.issuing.code.get_or_init(|| Box::new(TokenHash::of(code)))
        } else {
            TokenHash::of(code)
        }
    }

    /// The record of a refresh token that is issued now.
    ///
    /// # Errors
    ///
    /// `server_error` if nothing can revoke it, or it would speak for nobody.
    pub(crate) fn refresh_token_record(
        &self,
        token: &SecretString,
        authorization: Arc<Authorization>,
    ) -> Result<RefreshToken> {
        let missing =
            |field: &str| Error::server(format!("a refresh token needs `request.{field}`: set it first"));
        if authorization.subject.is_none() {
            return Err(missing("subject"));
        }
        if authorization.family.is_none() {
            return Err(missing("family"));
        }
        let (now, lifetimes) = (self.now(), self.issuing.lifetimes);
        // OIDC Core §11: without `offline_access`, they are good while the login is.
        let session_end = authorization.openid.as_ref().and_then(IdTokenContext::refresh_until);
        let expires_at = (now + lifetimes.each).min(authorization.granted_at + lifetimes.all);
        Ok(RefreshToken {
            hash: token.hash(),
            issued_at: now,
            expires_at: session_end.map_or(expires_at, |end| expires_at.min(end)),
            authorization,
            is_rotated: false,
        })
    }
}
