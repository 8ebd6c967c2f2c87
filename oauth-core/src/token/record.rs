//! What the store keeps of tokens that were just made.

use std::time::Duration;

use serde_json::Map;

use super::TokenResponse;
use crate::error::{Error, Result};
use crate::openid::IdTokenContext;
use crate::request::Request;
use crate::secret::SecretString;
use crate::store::{AccessToken, RefreshToken};

impl AccessToken {
    /// The record of a token: whom it was issued to, whom it speaks for, what it allows, and until when. Among its claims is
    /// `aud`: the request's own, or else the [generator's](crate::token::TokenGenerator::audience); and so are the generator's
    /// [static claims](crate::token::TokenGenerator::static_claims).
    ///
    /// # Errors
    ///
    /// `server_error` if the request has no client, or a static claim has a [reserved](crate::claims::RESERVED) name.
    pub fn issued(token: &TokenResponse, request: &Request) -> Result<Self> {
        let now = request.now();
        let mut claims = request.claims.clone();
        for (name, value) in request.static_claims {
            if claims.get(name).is_none() {
                claims.insert(*name, value)?;
            }
        }
        let mut claims = Map::from(claims);
        // RFC 9700 §2.3: "the authorization server associates the access token with certain resource servers", which
        // learn of it by introspection (RFC 7662 §2.2).
        if let Some(audience) = &request.token_audience {
            claims.entry("aud").or_insert_with(|| audience.as_str().into());
        }
        Ok(Self {
            hash: token.access_token.hash(),
            client_id: request.require_client()?.client_id.clone(),
            subject: request.subject.clone(),
            scopes: request.scopes.clone().unwrap_or_default(),
            claims,
            issued_at: now,
            expires_at: now + token.expires_in,
            family: request.family,
            session: request.openid.as_ref().and_then(IdTokenContext::session),
            userinfo_claims: request
                .openid
                .as_ref()
                .map(|openid| openid.claims.userinfo.clone())
                .unwrap_or_default(),
        })
    }
}

impl RefreshToken {
    /// The record of a refresh token for the request's subject, scopes and family, which is then
    /// [saved](crate::store::TokenStore::save_refresh_token). It keeps no claims: those of an authorization are
    /// [its own](crate::store::AuthorizationGrant::claims). It lasts for `lifetime`, but without `offline_access` no longer than
    /// the session (OIDC Core §11).
    ///
    /// # Errors
    ///
    /// `server_error` if the request has no client, no subject or no family.
    pub fn issued(token: &SecretString, lifetime: Duration, request: &Request) -> Result<Self> {
        let missing =
            |field: &str| Error::server(format!("a refresh token needs `request.{field}`: set it first"));
        let now = request.now();
        let expires_at = now + lifetime;
        let session_end = request.openid.as_ref().and_then(IdTokenContext::refresh_until);
        Ok(Self {
            hash: token.hash(),
            client_id: request.require_client()?.client_id.clone(),
            subject: request.subject.clone().ok_or_else(|| missing("subject"))?,
            scopes: request.scopes.clone().unwrap_or_default(),
            auth_time: request.auth_time.unwrap_or(now),
            claims: Map::new(),
            issued_at: now,
            expires_at: session_end.map_or(expires_at, |end| expires_at.min(end)),
            family: request.family.ok_or_else(|| missing("family"))?,
            session: request.openid.as_ref().and_then(IdTokenContext::session),
            openid: request.openid.clone(),
            is_rotated: false,
        })
    }
}
