//! Tokens: what the store keeps of them, how they get there, are found and revoked.

use std::time::Duration;

use oauth_rules::start_up::rfc7009_section_3_a_validator_lends_what_is_revoked;
use serde_json::{Map, Value};

use crate::claims::TokenClaims;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::request::{Presented, Request, Rotating, SelfContained};
use crate::response::TokenResponse;
use crate::sealed;
use crate::secret::TokenHash;
use crate::store::{
    AccessToken, Authorization, RefreshToken, Revocation, Rotation, Saving, StoreRoles, Successor,
    TokenStore as _,
};

/// In place of the hash of a token by which nobody can have revoked it.
const UNSEEN: TokenHash = TokenHash::from_bytes(*b"a token that nobody has seen yet");

impl AccessToken {
    /// The record of a token: whom it was issued to, whom it speaks for, what it allows, and until when. Among its claims is
    /// `aud`: the [resources](crate::request::Validated::resources) of the request, or else its own claim, or the [generator's](crate::token::TokenGenerator::audience); and so are the generator's
    /// [static claims](crate::token::TokenGenerator::static_claims).
    ///
    /// # Errors
    ///
    /// `server_error` if the request has no client, or a static claim has a [reserved](crate::claims::RESERVED) name.
    pub fn issued(token: &TokenResponse, request: &Request) -> Result<Self> {
        let now = request.now();
        let hash = match &request.issuing.carried {
            Some(carried) => TokenHash::of_jti(&carried.jti),
            None => token.access_token.hash(),
        };
        Ok(Self {
            hash,
            authorization: request.authorization()?,
            scopes: request.scopes.clone().unwrap_or_default(),
            claims: claims(request)?,
            issued_at: now,
            expires_at: now + token.expires_in,
        })
    }
}

/// The claims of the token that a request is issued.
fn claims(request: &Request) -> Result<TokenClaims> {
    // RFC 9700 §2.3: "the authorization server associates the access token with certain resource servers", which
    // learn of it by introspection (RFC 7662 §2.2).
    let mut claims = request.token_claims.clone();
    if request.claims.is_empty() && request.static_claims.is_empty() && request.resources.is_empty() {
        // Shared with all tokens of this kind.
        return Ok(claims);
    }
    let mut own = request.claims.clone();
    for (name, value) in request.static_claims {
        if own.get(name).is_none() {
            own.insert(*name, value)?;
        }
    }
    claims.extend(Map::from(own));
    // RFC 8707 §2: those that it was asked for.
    let aud = match request.resources.as_slice() {
        [] => return Ok(claims),
        [one] => Value::from(one.as_str()),
        many => Value::from(many),
    };
    claims.insert("aud".to_owned(), aud);
    Ok(claims)
}

impl AccessToken {
    /// Finds what an access token stands for, if it is neither expired nor revoked: in the token itself, where it is
    /// [self-contained](crate::token::JwtProfile::self_contained) and the server that the request came to has verified it, or else in
    /// the store of the role `tokens`. For hooks in the place of
    /// [`validate_bearer_token`](super::RequestValidator::validate_bearer_token),
    /// [`introspect_token`](super::RequestValidator::introspect_token) and
    /// [`revoke_token`](super::RequestValidator::revoke_token).
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn find<V: StoreRoles>(validator: &V, token: &str, request: &Request) -> Result<Option<Self>> {
        // Both are what the request presented: there is no secret to be guessed by their comparison.
        match request.self_contained.iter().find(|known| *known.text == *token) {
            Some(SelfContained { record, .. }) => {
                let is_revoked = is_revoked(validator, &record.hash, &record.authorization).await?;
                Ok((!is_revoked).then(|| AccessToken::clone(record)))
            }
            None => Ok(validator.tokens().access_token(&TokenHash::of(token), request.now()).await?),
        }
    }
}

/// Tells whether a marker ends a token that no store keeps.
async fn is_revoked<V: StoreRoles>(
    validator: &V,
    token: &TokenHash,
    authorization: &Authorization,
) -> Result<bool> {
    let unlent = || Error::server(rfc7009_section_3_a_validator_lends_what_is_revoked.words);
    let store = validator.revocations().ok_or_else(unlent)?;
    Ok(store.ask(token, authorization).await?)
}

impl RefreshToken {
    /// The record of the refresh token of a response; `None` if it has none, or one that takes the place of another, which the
    /// framework rotates. It has the claims of the [authorization](crate::store::Authorization::claims). Without `offline_access`
    /// it lasts no longer than the session (OIDC Core §11).
    ///
    /// # Errors
    ///
    /// `server_error` if the request has no client, no subject or no family.
    pub fn issued(token: &TokenResponse, request: &Request) -> Result<Option<Self>> {
        match &token.refresh_token {
            Some(refresh_token) if request.issuing.rotating.is_none() => {
                request.refresh_token_record(refresh_token, request.authorization()?).map(Some)
            }
            _ => Ok(None),
        }
    }
}

impl TokenResponse {
    /// Keeps the tokens: the default of [`save_bearer_token`](super::RequestValidator::save_bearer_token), for a hook that does something beside it. All that
    /// the store is told is told at once: where a refresh token takes the place of another, the rotation is part of it.
    ///
    /// # Errors
    ///
    /// `invalid_grant` if what they were issued from is revoked, or was used up meanwhile.
    pub async fn keep<V: StoreRoles>(&self, validator: &V, request: &mut Request) -> Result<()> {
        let (kept, carried) = match request.issuing.carried {
            None => (Some(AccessToken::issued(self, request)?), None),
            Some(_) => (None, Some(request.authorization()?)),
        };
        let refresh = match request.issuing.rotating.take() {
            Some(Rotating::Due(presented)) => {
                let rotation = presented.rotate(validator, self, kept.clone(), request).await?;
                // Within the grace only the access token is new.
                let is_dead = matches!(rotation, Rotation::Reused | Rotation::Unknown);
                let is_rotated = rotation == Rotation::Rotated;
                request.issuing.rotating = Some(Rotating::Done(rotation));
                if is_dead {
                    return Err(revoked());
                }
                if is_rotated {
                    return Ok(());
                }
                None
            }
            settled => {
                request.issuing.rotating = settled;
                RefreshToken::issued(self, request)?
            }
        };
        let is_revoked = match (kept, refresh, &carried) {
            // Nothing is written. What was revoked meanwhile is not answered with all the same; the token itself, which nobody has
            // seen yet, cannot be.
            (None, None, Some(carried)) => is_revoked(validator, &UNSEEN, carried).await?,
            (kept, refresh, _) => {
                validator.tokens().save_tokens(kept, refresh, request.now()).await? == Saving::Revoked
            }
        };
        if is_revoked { Err(revoked()) } else { Ok(()) }
    }
}

impl Presented {
    /// Puts the refresh token of a response in the place of this one.
    pub(crate) async fn rotate<V: StoreRoles>(
        &self,
        validator: &V,
        token: &TokenResponse,
        access: Option<AccessToken>,
        request: &Request,
    ) -> Result<Rotation> {
        let next = token.refresh_token.as_ref();
        let next = next.ok_or_else(|| Error::server("no refresh token was generated"))?;
        let successor = Successor {
            // RFC 6749 §6: "the refresh token scope MUST be identical to that of the refresh token included by the client".
            token: request.refresh_token_record(next, request.authorization()?)?,
            sealed: sealed::seal(self.token.expose(), next)?,
        };
        let (tokens, now) = (validator.tokens(), request.now());
        Ok(tokens.rotate_refresh_token(&self.hash, successor, access, now, self.grace).await?)
    }
}

/// Sign-out, a new password, a replay: what was granted has ended, and with it what is asked for.
fn revoked() -> Error {
    Error::invalid_grant("what was granted is revoked, or was used up")
}

/// The lifetime that access tokens may have where nothing says.
const A_DAY: Duration = Duration::from_hours(24);

/// The time by which the marker of an access token outlives it. A token that no store keeps is dead by the marker alone, and the clock by which
/// the store sweeps may be ahead of that of an instance by a minute or less, as clocks usually are.
const CLOCKS_DIFFER: Duration = Duration::from_mins(1);

/// The default of [`validate_refresh_token`](super::RequestValidator::validate_refresh_token).
pub(super) async fn find_refresh_token<V: StoreRoles>(
    validator: &V,
    token: &str,
    client: &Client,
    request: &mut Request,
) -> Result<RefreshToken> {
    let record = validator.tokens().refresh_token(&TokenHash::of(token), request.now()).await?;
    record.filter(|record| record.client_id() == client.client_id).ok_or_else(dead_refresh_token)
}

/// The default of [`revoke_token`](super::RequestValidator::revoke_token).
///
/// The hint saves nothing here (RFC 7009 §2.1: the server "MUST extend its search across all of its supported token
/// types"): a token has one hash, whichever kind it is.
pub(super) async fn revoke<V: StoreRoles>(
    validator: &V,
    token: &str,
    _token_type_hint: Option<&str>,
    request: &mut Request,
) -> Result<()> {
    let (hash, now) = (TokenHash::of(token), request.now());
    let client = request.require_client()?;
    if let Some(token) = validator.tokens().refresh_token(&hash, now).await? {
        check_owner(&client.client_id, token.client_id())?;
        // §2.1: "If the particular token is a refresh token and the authorization server supports the revocation of
        // access tokens, then the authorization server SHOULD also invalidate all access tokens based on the same
        // authorization grant".
        let revocation = token.authorization.family.map_or(Revocation::Token(hash), Revocation::Family);
        // Its successors may live longer than it did, as the server is configured now.
        let lifetime = token.expires_at.since(token.issued_at).max(request.issuing.lifetimes.each);
        let until = now + lifetime + request.expires_in.unwrap_or(A_DAY);
        request.issuing.was_alive = Some(true);
        return Ok(validator.tokens().revoke(&revocation, until).await?);
    }
    if let Some(token) = AccessToken::find(validator, token, request).await? {
        check_owner(&client.client_id, token.client_id())?;
        let until = token.expires_at + CLOCKS_DIFFER;
        request.issuing.was_alive = Some(true);
        return Ok(validator.tokens().revoke(&Revocation::Token(token.hash), until).await?);
    }
    request.issuing.was_alive = Some(false);
    // §2.2: "invalid tokens do not cause an error response since the client cannot handle such an error in a reasonable
    // way".
    Ok(())
}

/// §2.1: the server "verifies whether the token was issued to the client making the revocation request. If this
/// validation fails, the request is refused and the client is informed of the error".
fn check_owner(client_id: &str, owner: &str) -> Result<()> {
    if client_id == owner {
        Ok(())
    } else {
        Err(Error::unauthorized_client("the token was not issued to this client"))
    }
}

/// One answer for every refresh token that cannot be used, whatever the reason.
pub(crate) fn dead_refresh_token() -> Error {
    Error::invalid_grant("the refresh token is unknown, expired, revoked, used, or another client's")
}
