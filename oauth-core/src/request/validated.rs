//! The parts of a request that were validated: hooks read them.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use super::Request;
use crate::client::{Client, GrantType};
use crate::model::IdTokenContext;
use crate::scope::ScopeSet;
use crate::store::FamilyId;
use crate::time::UnixTime;

/// The facts of a request that the framework has validated. Each is `None` until it is known.
///
/// A [`Request`] derefs to it, and hooks cannot write to it. An application that issues tokens by itself says what they are
/// issued for when it makes the request:
///
/// ```
/// use oauth_core::prelude::*;
/// # fn issue(client: Client) -> Result<()> {
/// let request = Request::local(client).with_subject("248289761001").with_scopes(ScopeSet::parse("calendar")?);
/// assert_eq!(request.subject.as_deref(), Some("248289761001"));
/// # Ok(())
/// # }
/// ```
#[derive(Default)]
#[non_exhaustive]
pub struct Validated {
    /// The client; at the token endpoint, once it is authenticated.
    pub client: Option<Arc<Client>>,
    /// The person that a token will speak for (oauthlib's `user`).
    pub subject: Option<String>,
    /// The time of the subject's login.
    pub auth_time: Option<UnixTime>,
    /// `acr`: the class of that login (OIDC Core §2).
    pub acr: Option<String>,
    /// `amr`: the methods of that login (RFC 8176).
    pub amr: Vec<String>,
    /// The grant in use, at the token endpoint.
    pub grant_type: Option<GrantType>,
    /// The scopes that are granted or about to be.
    pub scopes: Option<ScopeSet>,
    /// The resources that are granted or about to be (RFC 8707), as the server declares them; while a token is made, those that
    /// it is for. Empty: none is named, and the token is for the default audience.
    pub resources: Vec<String>,
    /// The lifetime of the access token, set by [`BearerToken`](crate::token::BearerToken) before it generates.
    pub expires_in: Option<Duration>,
    /// The family of the tokens; set by grants whose tokens can be revoked together.
    pub family: Option<FamilyId>,
    /// The part of ID tokens that the authorization request made, if the scope `openid` is granted.
    pub openid: Option<IdTokenContext>,
}

impl Deref for Request {
    type Target = Validated;

    fn deref(&self) -> &Validated {
        &self.validated
    }
}

/// A request that an application makes for itself. One that a server has read is refused when its tokens are made, if a hook changed
/// it so.
impl Request {
    /// Sets the client.
    #[must_use]
    pub fn with_client(mut self, client: impl Into<Arc<Client>>) -> Self {
        self.is_rewritten |= self.is_read_by_a_server();
        self.validated.client = Some(client.into());
        self
    }

    /// Sets the person that the token will speak for.
    #[must_use]
    pub fn with_subject(mut self, subject: impl Into<String>) -> Self {
        self.is_rewritten |= self.is_read_by_a_server();
        self.validated.subject = Some(subject.into());
        self
    }

    /// Sets the time of the person's login.
    #[must_use]
    pub fn with_auth_time(mut self, auth_time: UnixTime) -> Self {
        self.is_rewritten |= self.is_read_by_a_server();
        self.validated.auth_time = Some(auth_time);
        self
    }

    /// Sets the scopes.
    #[must_use]
    pub fn with_scopes(mut self, scopes: ScopeSet) -> Self {
        self.is_rewritten |= self.is_read_by_a_server();
        self.validated.scopes = Some(scopes);
        self
    }

    /// Sets the resources that the token is for (RFC 8707).
    #[must_use]
    pub fn with_resources<R: Into<String>>(mut self, resources: impl IntoIterator<Item = R>) -> Self {
        self.is_rewritten |= self.is_read_by_a_server();
        self.validated.resources = resources.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the lifetime of an access token, for a generator that is called by hand.
    #[must_use]
    pub fn with_expires_in(mut self, expires_in: Duration) -> Self {
        self.is_rewritten |= self.is_read_by_a_server();
        self.validated.expires_in = Some(expires_in);
        self
    }

    /// Sets the family of the tokens, so that they can be revoked together.
    #[must_use]
    pub fn with_family(mut self, family: FamilyId) -> Self {
        self.is_rewritten |= self.is_read_by_a_server();
        self.validated.family = Some(family);
        self
    }
}
