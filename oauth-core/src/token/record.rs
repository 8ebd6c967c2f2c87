//! What the store keeps of an access token that was just made.

use super::TokenResponse;
use crate::error::Result;
use crate::request::Request;
use crate::store::AccessToken;
use crate::time::UnixTime;

impl AccessToken {
    /// The record of a token: whom it was issued to, whom it speaks for, what it allows, and until when.
    ///
    /// # Errors
    ///
    /// `server_error` if the request has no client.
    pub fn issued(token: &TokenResponse, request: &Request) -> Result<Self> {
        let now = UnixTime::now();
        Ok(Self {
            hash: token.access_token.hash(),
            client_id: request.require_client()?.client_id.clone(),
            subject: request.subject.clone(),
            scopes: request.scopes.clone().unwrap_or_default(),
            claims: request.claims.as_map().clone(),
            issued_at: now,
            expires_at: now + token.expires_in,
            family: request.family,
        })
    }
}
