//! Facts of a token.

use serde::Serialize;

use super::{Admin, AdminError, Administered, Result};
use crate::event::EventKind;
use crate::scope::ScopeSet;
use crate::secret::TokenHash;
use crate::store::{Authorization, FamilyId, StoreRoles as _, TokenStore as _};
use crate::time::UnixTime;

/// The kind of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TokenKind {
    /// An access token.
    AccessToken,
    /// A refresh token.
    RefreshToken,
    /// A refresh token whose successor was issued: who presents it now ends the family.
    RotatedRefreshToken,
}

/// The facts that a store knows of a token, named as in RFC 7662 §2.2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TokenFacts {
    /// The kind of token.
    pub kind: TokenKind,
    /// The client that it was issued to.
    pub client_id: String,
    /// The person whom it speaks for; `None` if the client speaks for itself.
    #[serde(rename = "sub", skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The scopes.
    pub scope: ScopeSet,
    /// The time when it was issued.
    #[serde(rename = "iat")]
    pub issued_at: UnixTime,
    /// The time when it dies.
    #[serde(rename = "exp")]
    pub expires_at: UnixTime,
    /// The time when the person decided.
    pub granted_at: UnixTime,
    /// All that was issued from the same authorization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<FamilyId>,
}

impl TokenFacts {
    fn of(
        kind: TokenKind,
        authorization: &Authorization,
        scopes: &ScopeSet,
        (issued_at, expires_at): (UnixTime, UnixTime),
    ) -> Self {
        Self {
            kind,
            client_id: authorization.client_id.clone(),
            subject: authorization.subject.clone(),
            scope: scopes.clone(),
            issued_at,
            expires_at,
            granted_at: authorization.granted_at,
            family: authorization.family,
        }
    }
}

impl<A: Administered> Admin<A> {
    /// Tells what is known of a token that is alive. Of a signed access token that no store keeps nothing is: its text says what it is
    /// for, to whoever has the keys of the server.
    ///
    /// # Errors
    ///
    /// If the store keeps no such token that is alive, or fails.
    pub async fn introspect(&self, token: &str) -> Result<TokenFacts> {
        let (now, hash) = (self.now(), TokenHash::of(token));
        let tokens = self.roles().tokens();
        let facts = if let Some(access) = tokens.access_token(&hash, now).await? {
            let times = (access.issued_at, access.expires_at);
            TokenFacts::of(TokenKind::AccessToken, &access.authorization, &access.scopes, times)
        } else if let Some(refresh) = tokens.refresh_token(&hash, now).await? {
            let kind =
                if refresh.is_rotated { TokenKind::RotatedRefreshToken } else { TokenKind::RefreshToken };
            let times = (refresh.issued_at, refresh.expires_at);
            TokenFacts::of(kind, &refresh.authorization, &refresh.authorization.scopes, times)
        } else {
            return Err(AdminError::NotFound(
                "the store keeps no such token that is alive: it has expired, is revoked, or is signed and kept by nobody"
                    .to_owned(),
            ));
        };
        let event = self.event(EventKind::TokenIntrospected).client_id(&facts.client_id);
        self.tell(&facts.subject.as_deref().map_or(event, |subject| event.subject(subject)));
        Ok(facts)
    }
}
