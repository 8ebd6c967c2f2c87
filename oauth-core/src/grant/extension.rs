//! Extension grants, RFC 6749 §4.5: the application turns a request into an approval, and the framework issues the tokens.

use std::marker::PhantomData;

use crate::client::GrantType;
use crate::error::{Error, Result};
use crate::frame::{AuthorizationServer, Grant, RunningServer};
use crate::issuing::{claim_replay_ids, issue, issue_to_subject, scopes_of_body};
use crate::request::Request;
use crate::response::TokenResponse;
use crate::scope::ScopeSet;
use crate::time::UnixTime;
use crate::token::IncludeRefreshToken;

/// The name of an extension grant. `#[extension_grant("urn:…")]` implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an extension grant",
    label = "a grant without a name",
    note = "annotate the struct with `#[extension_grant(\"urn:…\")]`"
)]
pub trait ExtensionGrantType: Send + Sync + 'static {
    /// `grant_type`: an absolute URI.
    const GRANT_TYPE: &'static str;
}

/// A grant of the application's own, over the validator `V`.
///
/// ```
/// use oauth_core::prelude::*;
///
/// # #[validator] struct Accounts { #[store] store: MemoryStore }
/// # impl Accounts { async fn owner_of(&self, key: &str) -> Result<Option<String>> { Ok(Some(key.to_owned())) } }
/// /// Long-lived API keys become short-lived tokens.
/// #[extension_grant("urn:example:grant-type:api-key")]
/// struct ApiKey;
///
/// impl ExtensionGrant<Accounts> for ApiKey {
///     async fn approve(accounts: &Accounts, request: &mut Request) -> Result<GrantApproval> {
///         let key = request.body().get("api_key").ok_or_else(|| Error::invalid_request("api_key is missing"))?;
///         let owner = accounts.owner_of(key).await?;
///         owner.map(GrantApproval::of_user).ok_or_else(|| Error::invalid_grant("the key is unknown"))
///     }
/// }
///
/// #[authorization_server(grants(client_credentials, ApiKey), issuer = "https://auth.example.com")]
/// struct AuthServer {
///     #[validator]
///     accounts: Accounts,
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not know the validator `{V}`",
    label = "no `ExtensionGrant<{V}>` here",
    note = "annotate it with `#[extension_grant(\"urn:…\")]`, and write `impl ExtensionGrant<{V}> for {Self}` with an `async fn approve`"
)]
pub trait ExtensionGrant<V>: ExtensionGrantType {
    /// Decides on a token request. Its client is authenticated, if it is not public, and registered this grant.
    ///
    /// Claims that it sets on the request go into the token. What proves the right must be checked here, and used up, where
    /// it is good for one use, in one atomic step of a store.
    ///
    /// # Errors
    ///
    /// `invalid_grant` if what was presented is unknown, expired, used or another client's: one answer for all.
    /// `invalid_request` if a parameter is missing.
    fn approve(validator: &V, request: &mut Request) -> impl Future<Output = Result<GrantApproval>> + Send;
}

/// The approval of an extension grant: whom its token speaks for, and what it may do.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct GrantApproval {
    subject: Option<String>,
    auth_time: Option<UnixTime>,
    acr: Option<String>,
    amr: Vec<String>,
    scopes: Option<ScopeSet>,
    refresh_token: IncludeRefreshToken,
}

impl GrantApproval {
    /// The token speaks for this subject.
    pub fn of_user(subject: impl Into<String>) -> Self {
        Self { subject: Some(subject.into()), ..Self::of_client() }
    }

    /// The client speaks for itself, as with client credentials: public clients are refused.
    pub const fn of_client() -> Self {
        Self {
            subject: None,
            auth_time: None,
            acr: None,
            amr: Vec::new(),
            scopes: None,
            refresh_token: IncludeRefreshToken::No,
        }
    }

    /// Sets the most that is granted. A request that asks for more gets less, and one that asks for none of it
    /// `invalid_scope`. Default: whatever the client may have.
    pub fn scopes(mut self, scopes: ScopeSet) -> Self {
        self.scopes = Some(scopes);
        self
    }

    /// Sets when the user logged in. Default: now.
    pub const fn auth_time(mut self, auth_time: UnixTime) -> Self {
        self.auth_time = Some(auth_time);
        self
    }

    /// Sets the class that the login of the user is of, `acr` of the token. Default: none.
    pub fn acr(mut self, acr: impl Into<String>) -> Self {
        self.acr = Some(acr.into());
        self
    }

    /// Sets how the user authenticated, `amr` (RFC 8176). Default: it is not known.
    pub fn amr<M: Into<String>>(mut self, amr: impl IntoIterator<Item = M>) -> Self {
        self.amr = amr.into_iter().map(Into::into).collect();
        self
    }

    /// Adds a refresh token, where the server and the client have the grant `refresh_token`. Default: none, for the client
    /// can present again what it presented. A client that speaks for itself gets none (RFC 6749 §4.4.3).
    pub const fn with_refresh_token(mut self) -> Self {
        self.refresh_token = IncludeRefreshToken::Yes;
        self
    }
}

/// An [`ExtensionGrant`] among the [`Grants`](AuthorizationServer::Grants) of a server.
#[derive(Debug, Clone, Copy)]
pub struct Extension<G>(PhantomData<G>);

impl<S, G> Grant<S> for Extension<G>
where
    S: AuthorizationServer,
    G: ExtensionGrant<S::Validator>,
{
    const GRANT_TYPE: Option<&'static str> = Some(G::GRANT_TYPE);

    async fn token(server: &RunningServer<S>, request: &mut Request) -> Result<TokenResponse> {
        // What the application uses up is used up last.
        if request.body().get("scope").is_some() {
            scopes_of_body(server, request).await?;
        }
        claim_replay_ids(server, request).await?;
        let approval = G::approve(server.validator(), request).await?;
        if approval.subject.is_none() && !request.client_is_authenticated() {
            return Err(Error::unauthorized_client("the client did not authenticate"));
        }
        request.validated.scopes = Some(granted_scopes(server, request, approval.scopes).await?);
        request.validated.subject = approval.subject;
        if request.subject.is_none() {
            return issue(server, request, IncludeRefreshToken::No).await;
        }
        request.validated.auth_time = Some(approval.auth_time.unwrap_or_else(|| server.now()));
        (request.validated.acr, request.validated.amr) = (approval.acr, approval.amr);
        match approval.refresh_token {
            IncludeRefreshToken::Yes => issue_to_subject(server, request).await,
            IncludeRefreshToken::No => issue(server, request, IncludeRefreshToken::No).await,
        }
    }
}

/// RFC 6749 §3.3: "The authorization server MAY fully or partially ignore the scope requested by the client".
async fn granted_scopes<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    granted: Option<ScopeSet>,
) -> Result<ScopeSet> {
    let Some(granted) = granted else { return scopes_of_body(server, request).await };
    if request.body().get("scope").is_none() {
        let client = request.require_client()?;
        return Ok(server.config().declared_of(&granted.intersection(&client.scope)));
    }
    let scopes = scopes_of_body(server, request).await?.intersection(&granted);
    if scopes.is_empty() { Err(Error::invalid_scope("none of the scopes is granted")) } else { Ok(scopes) }
}

impl GrantType {
    /// The grant type of an extension grant, to register a client with.
    pub const fn extension<G: ExtensionGrantType>() -> Self {
        Self::from_static(G::GRANT_TYPE)
    }
}

/// The entry that `#[extension_grant]` hands to `inventory`, for [`registered_extension_grants`].
#[derive(Debug)]
pub struct RegisteredExtensionGrant(pub &'static str);

inventory::collect!(RegisteredExtensionGrant);

/// The `#[extension_grant]` types that are linked into this program, by name. It is for lists and reports: a crate that
/// nothing refers to may be missing, and a server offers those that its `grants(…)` name, whatever is here.
pub fn registered_extension_grants() -> Vec<&'static str> {
    let mut grants: Vec<_> = inventory::iter::<RegisteredExtensionGrant>().map(|grant| grant.0).collect();
    grants.sort_unstable();
    grants.dedup();
    grants
}
