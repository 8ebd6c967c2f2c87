//! [`RequestValidator`]: what a server asks its application. `#[validator]` implements it.

mod clients;
mod hooks;
mod introspection;
#[cfg(feature = "pages")]
mod login_key;
mod openid;
#[cfg(feature = "pages")]
pub mod password;
mod tokens;

use std::sync::Arc;

use serde_json::{Map, Value};

use self::openid::user_claims;
use crate::assertion::{AcceptedAssertion, UnverifiedAssertion};
use crate::claims::{ClaimDeclaration, ClaimDestination, Claims, IdTokenClaims};
use crate::client::{Client, GrantType, ResponseType};
use crate::client_auth;
use crate::error::{Error, ErrorCode, Result};
use crate::request::{AuthorizationRequest, Request};
use crate::response::{AuthorizationExtras, TokenExtras, TokenResponse};
use crate::scope::ScopeSet;
use crate::secret::SecretString;
use crate::store::{AccessToken, AuthorizationGrant, CodeRedemption, CodeStore, PeekedCode, RefreshToken};

pub use self::hooks::{Hook, Hooks};
pub use self::introspection::Introspection;
pub(crate) use self::introspection::{Listener, Told};
#[cfg(feature = "pages")]
pub use self::login_key::login_key;
pub(crate) use self::tokens::dead_refresh_token;
pub use crate::store::StoreRoles;

/// Every decision of a server, each with a default over the stores. Override what your application decides
/// differently, in a `#[validator] impl` block, as `fn` or as `async fn`.
///
/// The names are oauthlib's where the meaning is the same.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a request validator",
    label = "no `RequestValidator` here",
    note = "the field's type is a struct of yours with `#[validator]`, itself, not in an `Arc` or `Box`"
)]
pub trait RequestValidator: StoreRoles {
    /// The claims declared with `#[claim]` and `#[claims]`: part of `claims_supported` in the metadata.
    const CLAIMS: &'static [ClaimDeclaration] = &[];

    /// True if [`generate_access_token`](Self::generate_access_token) makes all access tokens
    /// (`#[token_generator]` on a method): then a server with another generator of them is refused. It is
    /// asked in any case.
    const GENERATES_ACCESS_TOKENS: bool = false;

    /// True if [`generate_refresh_token`](Self::generate_refresh_token) makes all refresh tokens. It is asked
    /// in any case.
    const GENERATES_REFRESH_TOKENS: bool = false;

    /// The hooks that it overrides. A server where nothing asks one of them is refused, and so is one that cannot do without a hook
    /// which is not among them: see [`ServerConfig::shared_validator`](crate::server::ServerConfig::shared_validator). The macro writes
    /// it; by hand, say it likewise. Default: it does not say.
    ///
    /// ```
    /// use oauth_core::prelude::*;
    /// use oauth_core::validator::{Hook, Hooks};
    ///
    /// # #[validator(custom)] struct Accounts { #[store] store: MemoryStore }
    /// impl RequestValidator for Accounts {
    ///     const HOOKS: Hooks = Hooks::These(&[Hook::VALIDATE_CLIENT_ID]);
    ///
    ///     async fn validate_client_id(&self, client_id: &str, _: &mut Request) -> Result<()> {
    ///         if client_id == "banned" { Err(Error::access_denied("not this one")) } else { Ok(()) }
    ///     }
    /// }
    /// ```
    ///
    /// A validator that forwards to another one names only the hooks whose methods it forwards: where it forwards all,
    /// `const HOOKS: Hooks = V::HOOKS;`. With hooks of its own beside those, it leaves this as it is, for "those of `V` and mine" cannot
    /// be written. A `#[validator] impl` that forwards says that it overrides what it forwards, whatever `V` does: its server
    /// says `shared_validator`.
    const HOOKS: Hooks = Hooks::Unsaid;

    /// True if [`get_client_secret`](Self::get_client_secret) knows secrets: only then can clients
    /// authenticate with `client_secret_jwt`, and a server that offers that is refused otherwise.
    const KNOWS_CLIENT_SECRETS: bool = false;

    /// True if [`rotate_refresh_token`](Self::rotate_refresh_token) is overridden: a server with the profile `fapi2`, which does not ask
    /// it, is refused then.
    const DECIDES_ROTATION: bool = false;

    /// True if its hooks may set claims beside the [declared](Self::CLAIMS) ones on a request, or keep records of their own, so that
    /// nobody can tell which claims its tokens have: an API beside the server then takes any. The macro reads it from the hooks: one that
    /// passes its request on, or touches its `claims`, may. Default: they may.
    const SETS_CLAIMS: bool = true;

    // Clients

    /// Tells whether this client must authenticate for this request; `request.grant_type` is set. Default:
    /// yes, unless it is public.
    ///
    /// A client that is exempted gets what a public one gets: no client credentials grant, and no introspection.
    fn client_authentication_required(
        &self,
        client: &Client,
        _request: &mut Request,
    ) -> impl Future<Output = Result<bool>> + Send {
        let required = !client.is_public();
        async move { Ok(required) }
    }

    /// Authenticates the client of a token, revocation or introspection request. Default: by the method it
    /// registered (RFC 6749 §2.3). [`validate_client_id`](Self::validate_client_id) is asked next.
    ///
    /// It is not enough by itself: that the server offers the method, and that nothing is in the query, is checked around it. An
    /// endpoint of your own calls [`RunningServer::authenticate_client`](crate::server::RunningServer::authenticate_client).
    ///
    /// # Errors
    ///
    /// `invalid_client`, the same for an unknown client as for a wrong secret.
    fn authenticate_client(&self, request: &mut Request) -> impl Future<Output = Result<Arc<Client>>> + Send {
        client_auth::authenticate(self, &[], request)
    }

    /// The secret itself of a client that authenticates with `client_secret_jwt` (OpenID Connect Core §9): stores keep its
    /// hash only, and HMAC needs more. `None`: the client cannot. Default: there is none.
    ///
    /// Keep such secrets encrypted, or let clients use `private_key_jwt`, which needs no secret here.
    fn get_client_secret(
        &self,
        _client: &Client,
        _request: &mut Request,
    ) -> impl Future<Output = Result<Option<SecretString>>> + Send {
        async { Ok(None) }
    }

    /// Tells whether a document of a client may be fetched from this URL: its metadata, where the client identifier is a URL, or its
    /// keys. What is dangerous to fetch is refused whatever this says, and what is fetched is limited: see
    /// [`Fetcher`](crate::http::Fetcher). Default: yes.
    ///
    /// An allow-list of hosts belongs here. It is asked before each use, whether the document is at hand or not.
    fn allow_fetch(&self, _url: &str, _request: &mut Request) -> impl Future<Output = Result<bool>> + Send {
        async { Ok(true) }
    }

    /// Tells whether a client may come by itself: its document was fetched and is valid, or it asks to be registered. It is asked
    /// before each use of a document. Default: yes.
    fn allow_client(
        &self,
        _client: &Client,
        _request: &mut Request,
    ) -> impl Future<Output = Result<bool>> + Send {
        async { Ok(true) }
    }

    /// Tells whether an initial access token lets its bearer register a client (RFC 7591 §3), where `registration(initial_access_token)`
    /// wants one. It is asked first, before anything is fetched for the client or decided about it, and uses nothing up. Default: none
    /// does.
    fn validate_initial_access_token(
        &self,
        _token: &str,
        _request: &mut Request,
    ) -> impl Future<Output = Result<bool>> + Send {
        async { Ok(false) }
    }

    /// Uses up an initial access token, in one atomic step, once its client is registered and before anybody is told: `false`, another
    /// request has used it up, and the client is removed. Signed ones are counted by their `jti` and not by their text, since who has an
    /// ECDSA signature can write it another way. Default: `true`, a token is for any number of clients.
    ///
    /// # Errors
    ///
    /// Are the response, and the client is removed.
    fn claim_initial_access_token(
        &self,
        _token: &str,
        _request: &mut Request,
    ) -> impl Future<Output = Result<bool>> + Send {
        async { Ok(true) }
    }

    /// The client metadata that a software statement vouches for (RFC 7591 §2.3): verify it with the keys of a publisher that you
    /// trust, by [`Expect`](crate::jose::Expect), and return its claims. They replace what the client says of itself. `None`: nobody
    /// here trusts its publisher, `unapproved_software_statement`. Default: that.
    ///
    /// # Errors
    ///
    /// `invalid_software_statement`, if it is not valid.
    fn validate_software_statement(
        &self,
        _statement: &str,
        _request: &mut Request,
    ) -> impl Future<Output = Result<Option<Map<String, Value>>>> + Send {
        async { Ok(None) }
    }

    /// Checks a client identifier, wherever one arrives: the client is registered and in `request.client`, and on
    /// the token endpoint authenticated. Default: nothing more.
    fn validate_client_id(
        &self,
        _client_id: &str,
        _request: &mut Request,
    ) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

    /// Checks that the client may use a grant. Default: it is among its `grant_types`.
    fn validate_grant_type(
        &self,
        client: &Client,
        grant_type: &GrantType,
        _request: &mut Request,
    ) -> impl Future<Output = Result<()>> + Send {
        let allowed = client.grant_types.contains(grant_type);
        async move {
            if allowed {
                Ok(())
            } else {
                Err(Error::unauthorized_client("the client may not use this grant"))
            }
        }
    }

    /// Checks that the client may use a response type. Default: [`Client::may_ask_for`].
    fn validate_response_type(
        &self,
        client: &Client,
        response_type: ResponseType,
        _request: &mut Request,
    ) -> impl Future<Output = Result<()>> + Send {
        let allowed = client.may_ask_for(response_type);
        async move {
            if allowed {
                Ok(())
            } else {
                Err(Error::unauthorized_client("the client may not use this response type"))
            }
        }
    }

    /// Tells whether a browser at this origin may read the token response (CORS). Default: the client
    /// registered it.
    fn is_origin_allowed(
        &self,
        client: &Client,
        origin: &str,
        _request: &mut Request,
    ) -> impl Future<Output = Result<bool>> + Send {
        let allowed = client.origins.iter().any(|registered| registered == origin);
        async move { Ok(allowed) }
    }

    // Around requests

    /// Runs before an authorization request is validated; its client and its redirect URI are certain. Default: nothing.
    ///
    /// An authorization request arrives several times, before and after the login and with the consent, and each time this
    /// and [`post_authorization`](Self::post_authorization) run. Of a pushed one (RFC 9126) they run at the endpoint that it is
    /// pushed to, where nobody is at a browser, and again each time that a browser brings its `request_uri`, with the parameters
    /// that were pushed.
    ///
    /// # Errors
    ///
    /// Go to the redirect URI (RFC 6749 §4.1.2.1); of a request that is being pushed, to the client in JSON (RFC 9126 §2.3).
    fn pre_authorization(&self, _request: &mut Request) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

    /// Runs after an authorization request is validated, before anybody is asked: as often as
    /// [`pre_authorization`](Self::pre_authorization). Default: nothing.
    ///
    /// It can refuse the request, and change nothing of what was validated.
    ///
    /// # Errors
    ///
    /// As [`pre_authorization`](Self::pre_authorization).
    fn post_authorization(
        &self,
        _authorization: &AuthorizationRequest,
        _request: &Request,
    ) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

    /// Adds parameters to a successful authorization response. Default: none. The name is oauthlib's, whose code modifiers
    /// could replace the code: here they cannot.
    ///
    /// # Errors
    ///
    /// Go to the redirect URI, and the code is lost.
    fn code_modifier(
        &self,
        _extras: &mut AuthorizationExtras<'_>,
        _request: &Request,
    ) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

    /// Runs before a token request is validated; its client is authenticated and may use the grant. Default: nothing.
    ///
    /// # Errors
    ///
    /// Are the response (RFC 6749 §5.2).
    fn pre_token(&self, _request: &mut Request) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

    /// Runs after a token request is validated, before its tokens are made: the subject and the scopes are certain. Default:
    /// nothing.
    ///
    /// It can refuse the request, and change nothing of what was validated; a code or a device code is not used up yet.
    ///
    /// # Errors
    ///
    /// Are the response (RFC 6749 §5.2).
    fn post_token(&self, _request: &Request) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

    /// Adds members to a token response, before the token is kept; of the implicit grant too. Default: none. The name is
    /// oauthlib's, whose token modifiers could replace the token: here they cannot.
    ///
    /// # Errors
    ///
    /// Are the response, and the token is lost.
    fn token_modifier(
        &self,
        _extras: &mut TokenExtras<'_>,
        _request: &Request,
    ) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

    // Redirect URIs and scopes

    /// Checks a requested redirect URI. Default: [`Client::may_redirect_to`], exactly one of those registered, ports of public
    /// clients on loopback aside (RFC 9700 §2.1, RFC 8252 §7.3).
    fn validate_redirect_uri(
        &self,
        client: &Client,
        redirect_uri: &str,
        _request: &mut Request,
    ) -> impl Future<Output = Result<()>> + Send {
        let registered = client.may_redirect_to(redirect_uri);
        async move { if registered { Ok(()) } else { Err(Error::unregistered()) } }
    }

    /// The redirect URI of a request without one. Default: the only one registered (RFC 6749 §3.1.2.3).
    fn get_default_redirect_uri(
        &self,
        client: &Client,
        _request: &mut Request,
    ) -> impl Future<Output = Result<Option<String>>> + Send {
        let only = match client.redirect_uris.as_slice() {
            [only] => Some(only.as_str().to_owned()),
            _ => None,
        };
        async move { Ok(only) }
    }

    /// Checks requested scopes; that the server declares them is already certain. Default: all are among the client's.
    fn validate_scopes(
        &self,
        client: &Client,
        scopes: &ScopeSet,
        _request: &mut Request,
    ) -> impl Future<Output = Result<()>> + Send {
        let allowed = scopes.is_subset(&client.scope);
        async move {
            if allowed { Ok(()) } else { Err(Error::invalid_scope("a scope is not allowed for this client")) }
        }
    }

    /// The scopes of a request without any (RFC 6749 §3.3). Default: the server's `default_scopes` that the client
    /// may have; if the server has none, all of the client's.
    fn get_default_scopes(
        &self,
        client: &Client,
        server_defaults: &ScopeSet,
        _request: &mut Request,
    ) -> impl Future<Output = Result<ScopeSet>> + Send {
        let scopes = if server_defaults.is_empty() {
            client.scope.clone()
        } else {
            server_defaults.intersection(&client.scope)
        };
        async move { Ok(scopes) }
    }

    /// Tells whether a refresh request may have scopes that its refresh token lacks. Default: no (RFC 6749
    /// §6).
    fn is_within_original_scope(
        &self,
        _scopes: &ScopeSet,
        _original: &ScopeSet,
        _request: &mut Request,
    ) -> impl Future<Output = Result<bool>> + Send {
        async { Ok(false) }
    }

    /// Picks the resources of one access token that is asked for several (RFC 8707 §2.2); `resources` are declared and granted, and
    /// the answer is at least one of them. Default: `invalid_target`, for each API that takes a token could use it at the others
    /// (RFC 9700 §2.3): the client asks for one at a time.
    ///
    /// # Errors
    ///
    /// `invalid_target`. Nothing is used up.
    fn get_token_resources(
        &self,
        _resources: &[String],
        _request: &mut Request,
    ) -> impl Future<Output = Result<Vec<String>>> + Send {
        async {
            Err(Error::new(ErrorCode::InvalidTarget)
                .describe("a token is for one resource: name it in the request"))
        }
    }

    // Authorization codes

    /// Tells whether this client must use PKCE, where the server leaves it open. Default: as it is registered
    /// ([`Client::require_pkce`]), which is yes unless somebody says otherwise (RFC 9700 §2.1.1).
    fn is_pkce_required(
        &self,
        client: &Client,
        _request: &mut Request,
    ) -> impl Future<Output = Result<bool>> + Send {
        let required = client.require_pkce;
        async move { Ok(required) }
    }

    /// Keeps a code. Default: its hash, in the store of the role `codes`.
    fn save_authorization_code(
        &self,
        code: &SecretString,
        grant: AuthorizationGrant,
        _request: &mut Request,
    ) -> impl Future<Output = Result<()>> + Send
    where
        Self::Codes: CodeStore,
    {
        let hash = code.hash();
        async move { Ok(self.codes().save_code(hash, grant).await?) }
    }

    /// Looks at a code, and changes nothing: all that is then checked comes with it. Together with
    /// [`redeem_authorization_code`](Self::redeem_authorization_code) this replaces oauthlib's `validate_code`,
    /// `confirm_redirect_uri` and `get_code_challenge`. Default: the store of the role `codes`.
    fn peek_authorization_code(
        &self,
        code: &str,
        request: &mut Request,
    ) -> impl Future<Output = Result<Option<PeekedCode>>> + Send
    where
        Self::Codes: CodeStore,
    {
        let (hash, now) = (request.hash_of_code(code), request.now());
        async move { Ok(self.codes().peek_code(&hash, now).await?) }
    }

    /// Redeems a code, once, when everything was checked and the tokens are made (oauthlib's `invalidate_authorization_code`).
    /// Default: the store of the role `codes`, in one atomic step.
    fn redeem_authorization_code(
        &self,
        code: &str,
        request: &mut Request,
    ) -> impl Future<Output = Result<CodeRedemption>> + Send
    where
        Self::Codes: CodeStore,
    {
        let (hash, attempt, now) = (request.hash_of_code(code), request.attempt(), request.now());
        async move { Ok(self.codes().take_code(&hash, attempt, now).await?) }
    }

    // Tokens

    /// Makes an access token; `None` leaves it to the server's generator. `#[token_generator]` on a method of a
    /// `#[validator] impl` overrides it. It is kept as meant for the claim `aud` of the request, or else for the issuer.
    ///
    /// A token has 128 random bits at least (RFC 6749 §10.10), such as those of `SecretString::random()`, and is another each time. One
    /// that is shorter than they are (22 characters of base64url), or that the store keeps already, is not issued: the client gets
    /// `server_error`, and the log says why.
    fn generate_access_token(
        &self,
        _request: &Request,
    ) -> impl Future<Output = Result<Option<String>>> + Send {
        async { Ok(None) }
    }

    /// Makes a refresh token; `None` leaves it to the server's generator. `#[token_generator(refresh)]` on a method
    /// overrides it. What is said of access tokens holds for these, too.
    fn generate_refresh_token(
        &self,
        _request: &Request,
    ) -> impl Future<Output = Result<Option<String>>> + Send {
        async { Ok(None) }
    }

    // ID tokens

    /// Adds claims to an ID token; those that the server sets itself cannot be changed (oauthlib's `get_id_token` and
    /// `finalize_id_token`). Default: none.
    fn finalize_id_token(
        &self,
        _claims: &mut IdTokenClaims,
        _request: &Request,
    ) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

    /// Tells whether the subject of the request, who is logged in, may be so without having been asked
    /// (`prompt=none`). Default: yes; the interaction found them.
    fn validate_silent_login(&self, _request: &mut Request) -> impl Future<Output = Result<bool>> + Send {
        async { Ok(true) }
    }

    /// Tells whether the client may have what the request has (`scopes`, for `subject`) without anybody being
    /// asked (`prompt=none`). Default: yes; the interaction found a consent.
    fn validate_silent_authorization(
        &self,
        _request: &mut Request,
    ) -> impl Future<Output = Result<bool>> + Send {
        async { Ok(true) }
    }

    /// Tells whether `sub`, of an `id_token_hint` or of `claims`, is the subject of the request (OIDC Core
    /// §3.1.2.2). Default: as the client knows it ([`Request::subject_identifier`]).
    fn validate_user_match(
        &self,
        sub: &str,
        request: &mut Request,
    ) -> impl Future<Output = Result<bool>> + Send {
        let is_same = request.subject_identifier() == Some(sub);
        async move { Ok(is_same) }
    }

    /// Tells whether a refreshed token comes with an ID token (OIDC Core §12.2). Default: yes.
    fn refresh_id_token(&self, _request: &mut Request) -> impl Future<Output = Result<bool>> + Send {
        async { Ok(true) }
    }

    /// The claims declared with `#[claim]` and `#[claims]` that are due there. The macro overrides it; there is no reason to do so by hand.
    fn declared_claims(
        &self,
        _destination: ClaimDestination,
        _request: &mut Request,
    ) -> impl Future<Output = Result<Claims>> + Send {
        async { Ok(Claims::new()) }
    }

    /// The claims that an OpenID client is told of the person (`request.subject`) at the userinfo endpoint,
    /// beside `sub` and the claims that are declared for it; and in ID tokens where OIDC Core §5.4 and §5.5
    /// want it there. Default: of the user's record in the role `users`, the standard claims (§5.1) of the
    /// granted scopes `profile`, `email`, `address` and `phone`, and those that the `claims` parameter asks
    /// for.
    ///
    /// It is sent as it is: give no more than `request.scopes` allow. `sub` is the framework's.
    fn get_userinfo_claims(&self, request: &mut Request) -> impl Future<Output = Result<Claims>> + Send {
        async { user_claims(self, request).await }
    }

    /// Keeps the tokens of a response. Default: their hashes, in the store of the role `tokens`, by [`TokenResponse::keep`], which
    /// a hook that does something beside it calls.
    ///
    /// # Errors
    ///
    /// `invalid_grant` if what they were issued from is revoked.
    fn save_bearer_token(
        &self,
        token: &TokenResponse,
        request: &mut Request,
    ) -> impl Future<Output = Result<()>> + Send {
        token.keep(self, request)
    }

    /// Finds what a bearer token stands for, and checks that it has `scopes`. Default: by [`AccessToken::find`], in the
    /// store of the role `tokens` or in the token itself.
    ///
    /// # Errors
    ///
    /// `invalid_token` if it is unknown, expired or revoked; `insufficient_scope` if a scope is missing (RFC 6750 §3.1).
    fn validate_bearer_token(
        &self,
        token: &str,
        scopes: &ScopeSet,
        request: &mut Request,
    ) -> impl Future<Output = Result<AccessToken>> + Send {
        async move {
            let token = AccessToken::find(self, token, request).await?;
            let token = token
                .ok_or_else(|| Error::invalid_token("the access token is expired, revoked or unknown"))?;
            if scopes.is_subset(&token.scopes) {
                Ok(token)
            } else {
                Err(Error::new(ErrorCode::InsufficientScope).describe("the access token lacks a scope"))
            }
        }
    }

    /// Finds what a refresh token stands for. Default: the store of the role `tokens`.
    ///
    /// # Errors
    ///
    /// `invalid_grant` if it is unknown, expired, revoked or another client's.
    fn validate_refresh_token(
        &self,
        token: &str,
        client: &Client,
        request: &mut Request,
    ) -> impl Future<Output = Result<RefreshToken>> + Send {
        tokens::find_refresh_token(self, token, client, request)
    }

    /// Verifies the assertion of a `jwt_bearer` grant (RFC 7523 §2.1): find keys of its
    /// [`issuer`](UnverifiedAssertion::issuer), if you trust it, and [`verify`](UnverifiedAssertion::verify) it with them.
    /// Whom it speaks of is up to you: [`for_subject`](crate::assertion::VerifiedAssertion::for_subject) names the person as you
    /// know them, and [`for_client`](crate::assertion::VerifiedAssertion::for_client) nobody but the client. Default: nobody is
    /// trusted.
    ///
    /// ```
    /// # use oauth_core::jose::KeySet;
    /// use oauth_core::prelude::*;
    ///
    /// #[validator(custom)]
    /// struct Accounts {
    ///     #[store]
    ///     store: MemoryStore,
    ///     partner_keys: KeySet,
    /// }
    ///
    /// #[validator]
    /// impl Accounts {
    ///     fn validate_jwt_bearer_token(
    ///         &self,
    ///         assertion: &UnverifiedAssertion<'_>,
    ///         _: &mut Request,
    ///     ) -> Result<AcceptedAssertion> {
    ///         if assertion.issuer() != Some("https://partner.example") {
    ///             return Err(Error::invalid_grant("the issuer is not trusted"));
    ///         }
    ///         let assertion = assertion.verify(&self.partner_keys)?;
    ///         // The partner's `alice` need not be ours.
    ///         let subject = format!("partner:{}", assertion.subject);
    ///         Ok(assertion.for_subject(subject))
    ///     }
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// `invalid_grant` (§3.1).
    fn validate_jwt_bearer_token(
        &self,
        _assertion: &UnverifiedAssertion<'_>,
        _request: &mut Request,
    ) -> impl Future<Output = Result<AcceptedAssertion>> + Send {
        async { Err(crate::assertion::refused()) }
    }

    /// Tells whether using a refresh token replaces it. Default: yes; RFC 9700 §2.2.2 demands it for public
    /// clients, for which this is not asked; nor is it under the profile `fapi2`, where none is replaced (FAPI 2.0 §5.3.2.1).
    fn rotate_refresh_token(&self, _request: &mut Request) -> impl Future<Output = Result<bool>> + Send {
        async { Ok(true) }
    }

    /// Revokes a token of the authenticated client (RFC 7009 §2.1). A refresh token takes its family with it.
    fn revoke_token(
        &self,
        token: &str,
        token_type_hint: Option<&str>,
        request: &mut Request,
    ) -> impl Future<Output = Result<()>> + Send {
        tokens::revoke(self, token, token_type_hint, request)
    }

    /// Describes a token for introspection (RFC 7662 §2.2). `None`: it is not active.
    ///
    /// Who is told follows from the claim `aud` and [`Client::introspects`], whatever describes it: a resource server of the
    /// audience everything, the token's own client no private claims, and everyone else that it is not active.
    fn introspect_token(
        &self,
        token: &str,
        token_type_hint: Option<&str>,
        request: &mut Request,
    ) -> impl Future<Output = Result<Option<Introspection>>> + Send {
        introspection::introspect(self, token, token_type_hint, request)
    }

    /// Checks a login. `None`: no such user, or a wrong password, in the same time. Default: the password hash in the
    /// store of the role `users`.
    ///
    /// Override it to ask a directory, and return its users without a password hash. Whom the store does not know by
    /// subject is saved there when they first log in; from then on the store's record is what counts, and deleting it ends
    /// their sessions. Login names must be unique among subjects (see
    /// [`UserStore::save_user`](crate::store::UserStore::save_user)). It is not asked about empty passwords, nor about names
    /// and passwords of more than 1024 bytes.
    ///
    /// # Errors
    ///
    /// `access_denied` shows its description at the login page. `temporarily_unavailable` does not count as an attempt: it
    /// must not depend on the password.
    #[cfg(feature = "pages")]
    fn validate_user(
        &self,
        username: &str,
        password: &str,
        request: &mut Request,
    ) -> impl Future<Output = Result<Option<crate::store::User>>> + Send
    where
        Self::Users: crate::store::UserStore,
    {
        crate::validator::password::validate_user(self, username, password, request)
    }

    /// The key by which wrong passwords for this user name are counted: one for all the spellings that
    /// [`validate_user`](Self::validate_user) takes for the same person, known or not. Default:
    /// [`login_key`](crate::interaction::login_key), which passes over case, accents, blanks and what does not show.
    #[cfg(feature = "pages")]
    fn get_login_key(
        &self,
        username: &str,
        _request: &mut Request,
    ) -> impl Future<Output = Result<String>> + Send {
        let key = crate::validator::login_key(username);
        async move { Ok(key) }
    }

    /// Tells whether this person, whose password was right, must give a one-time code as well. The built-in pages ask for it next; the
    /// grant `password`, which has no place for one, refuses them. The user is as the store has them. Default: nobody must.
    ///
    /// Override [`validate_otp`](Self::validate_otp), too. A code that has to be sent is sent here, where `request.grant_type` is `None`: the
    /// grant `password` asks as well, and nobody could use what is sent then.
    ///
    /// A password that is saved anew meanwhile, a rehash among them, has to be given once more, and the user of
    /// [`validate_user`](Self::validate_user) has the hash that the store has, or none.
    ///
    /// # Errors
    ///
    /// As [`validate_user`](Self::validate_user). Nobody is logged in.
    #[cfg(feature = "pages")]
    fn is_otp_required(
        &self,
        _user: &crate::store::User,
        _request: &mut Request,
    ) -> impl Future<Output = Result<bool>> + Send {
        async { Ok(false) }
    }

    /// Checks a one-time code of a person whose password was right within the last five minutes. It comes without blanks at its ends, and
    /// has 1 to 64 bytes. `true` logs them in; `false` counts as a guess (see [`limits`](crate::limits)), and after the fifth of them the
    /// password is asked for again. Default: an error, for [`is_otp_required`](Self::is_otp_required) is overridden and this is not.
    ///
    /// A code works once (RFC 6238 §5.2): use it up in one atomic step before you answer `true`.
    ///
    /// # Errors
    ///
    /// `access_denied` shows its description on the page, and counts as a guess. `server_error` and `temporarily_unavailable` do not:
    /// they must not depend on the code.
    #[cfg(feature = "pages")]
    fn validate_otp(
        &self,
        _user: &crate::store::User,
        _otp: &str,
        _request: &mut Request,
    ) -> impl Future<Output = Result<bool>> + Send {
        async {
            Err(Error::server(
                "`is_otp_required` asks for a one-time code, and nothing checks it: override `validate_otp`, too",
            ))
        }
    }
}

/// A validator that overrides nothing. A `#[validator] impl` block conflicts with it: write
/// `#[validator(custom)]` on the struct to have both.
pub trait PlainValidator: StoreRoles {
    /// The hooks that it is said to have: none, unless a mistake left out some.
    const WITHOUT_HOOKS: Hooks = Hooks::Plain;
}

/// `#[validator]` without `custom`: every default.
#[diagnostic::do_not_recommend]
impl<V: PlainValidator> RequestValidator for V {
    const HOOKS: Hooks = V::WITHOUT_HOOKS;
    // Beside a block of hooks without `custom`, which is an error already, no hook is reported as missing.
    const KNOWS_CLIENT_SECRETS: bool = matches!(V::WITHOUT_HOOKS, Hooks::Unsaid);
    const SETS_CLAIMS: bool = false;
}
