//! Moving from oauthlib: what became of each method, server, argument, hook and error.
//!
//! What changes for every method:
//!
//! - It is a method of [`RequestValidator`], may be `fn` or `async fn`, and goes into a `#[validator] impl` block. One that is
//!   missing does what it says here; one that is misspelt does not compile. Nothing is `NotImplementedError` at run time.
//! - It returns a [`Result`], and refuses with an [`Error`]. `Ok(false)` exists only where the question is yes or no.
//! - `client_id, …, client, request, *args, **kwargs` became what the method needs. The client is a [`Client`], found before
//!   anyone is asked about it; `request.user` is [`request.subject`](crate::request::Validated::subject).
//! - The framework keeps and finds records itself, hashed, in a [store](crate::store); overriding a method is for what your
//!   application decides differently. Models of your own implement the store traits.
//!
//! # The validator: OAuth 2.0
//!
//! | oauthlib | here | what differs |
//! |---|---|---|
//! | `client_authentication_required` | [the same](crate::validator::RequestValidator::client_authentication_required) | default: every client that is not public |
//! | `authenticate_client` | [the same](crate::validator::RequestValidator::authenticate_client) | returns the client; default: by the method it registered, an unknown client costing what a wrong secret costs |
//! | `authenticate_client_id` | [`client_authentication_required`](crate::validator::RequestValidator::client_authentication_required) | who need not authenticate is identified by the same look-up; [`client_is_authenticated`](crate::request::Request::client_is_authenticated) tells them apart |
//! | `validate_client_id` | [the same](crate::validator::RequestValidator::validate_client_id) | the client is registered already: only your own checks are left |
//! | `validate_grant_type` | [the same](crate::validator::RequestValidator::validate_grant_type) | default: it is among the client's `grant_types` |
//! | `validate_response_type` | [the same](crate::validator::RequestValidator::validate_response_type) | default: the client's `response_types`, or what its grants allow |
//! | `is_origin_allowed` | [the same](crate::validator::RequestValidator::is_origin_allowed) | default: the client registered the origin |
//! | `validate_redirect_uri` | [the same](crate::validator::RequestValidator::validate_redirect_uri) | default: exactly one of those registered; the port of a public client on loopback is free (RFC 8252 §7.3) |
//! | `get_default_redirect_uri` | [the same](crate::validator::RequestValidator::get_default_redirect_uri) | default: the only one that is registered |
//! | `confirm_redirect_uri` | [`peek_authorization_code`](crate::validator::RequestValidator::peek_authorization_code) | returns all that is to be checked, and the grant checks it |
//! | `validate_scopes` | [the same](crate::validator::RequestValidator::validate_scopes) | that the server has the scopes is certain; default: the client may have them |
//! | `get_default_scopes` | [the same](crate::validator::RequestValidator::get_default_scopes) | gets the server's `default_scopes(…)`; default: those of them that the client may have |
//! | `get_original_scopes` | [`validate_refresh_token`](crate::validator::RequestValidator::validate_refresh_token) | returns the whole record; its scopes are among it |
//! | `is_within_original_scope` | [the same](crate::validator::RequestValidator::is_within_original_scope) | gets both sets of scopes, not the token |
//! | `save_authorization_code` | [the same](crate::validator::RequestValidator::save_authorization_code) | gets an [`AuthorizationGrant`]: redirect URI, challenge, and the [`Authorization`] with client, subject, scopes, nonce |
//! | `validate_code` | [`peek_authorization_code`](crate::validator::RequestValidator::peek_authorization_code) | returns what the code stands for, and whether it was used: then its tokens are revoked, if the request is valid otherwise |
//! | `invalidate_authorization_code` | [`redeem_authorization_code`](crate::validator::RequestValidator::redeem_authorization_code) | one atomic step, and only [`CodeRedemption::Redeemed`] yields tokens; oauthlib deletes the code after the token was made: two requests at once get two tokens |
//! | `is_pkce_required` | [the same](crate::validator::RequestValidator::is_pkce_required) | default: yes; asked only with `danger_pkce_optional`, and never for public clients |
//! | `get_code_challenge` | [`peek_authorization_code`](crate::validator::RequestValidator::peek_authorization_code) | [`AuthorizationGrant::code_challenge`], which verifies itself |
//! | `get_code_challenge_method` | [`peek_authorization_code`](crate::validator::RequestValidator::peek_authorization_code) | part of the challenge; only `S256` exists (RFC 9700 §2.1.1) |
//! | `save_token` | [`save_bearer_token`](crate::validator::RequestValidator::save_bearer_token) | there is one kind of token |
//! | `save_bearer_token` | [the same](crate::validator::RequestValidator::save_bearer_token) | both tokens; [`TokenResponse::keep`](crate::token::TokenResponse::keep) is the default, for a hook that does something beside it |
//! | `validate_bearer_token` | [the same](crate::validator::RequestValidator::validate_bearer_token) | returns the record: scopes, claims, and the [`Authorization`] with client and subject |
//! | `validate_refresh_token` | [the same](crate::validator::RequestValidator::validate_refresh_token) | returns the record |
//! | `rotate_refresh_token` | [the same](crate::validator::RequestValidator::rotate_refresh_token) | not asked for public clients (RFC 9700 §2.2.2); a rotated token that comes again ends its family |
//! | `revoke_token` | [the same](crate::validator::RequestValidator::revoke_token) | an error reaches the client (RFC 7009 §2.1); oauthlib ignores what it returns |
//! | `introspect_token` | [the same](crate::validator::RequestValidator::introspect_token) | returns an [`Introspection`](crate::endpoint::introspection::Introspection); `None`: not active; who is told what of it, [`introspects`](crate::client::Client::introspects) of the client says |
//! | `validate_user` | [the same](crate::validator::RequestValidator::validate_user) | returns the user; for the login page, too; guesses are slowed down |
//!
//! RFC 8628 has a validator of its own in oauthlib, with one method more: `validate_device_code`. Here the store of the role
//! `devices` keeps both codes, one atomic poll answers, and another step uses an approved code up.
//!
//! # The validator: OpenID Connect
//!
//! | oauthlib | here | what differs |
//! |---|---|---|
//! | `get_authorization_code_scopes` | [`peek_authorization_code`](crate::validator::RequestValidator::peek_authorization_code) | [`Authorization::scopes`] |
//! | `get_authorization_code_nonce` | [`peek_authorization_code`](crate::validator::RequestValidator::peek_authorization_code) | [`Authorization::openid`] |
//! | `get_jwt_bearer_token` | [`generate_access_token`](crate::validator::RequestValidator::generate_access_token) | or `#[token_generator(jwt, …)]`: the format is the generator's, whoever asks for a token |
//! | `get_id_token` | [`finalize_id_token`](crate::validator::RequestValidator::finalize_id_token) | the framework builds and signs the ID token |
//! | `finalize_id_token` | [the same](crate::validator::RequestValidator::finalize_id_token) | adds claims; `iss`, `sub`, `aud`, `nonce`, `at_hash` and the like cannot be changed |
//! | `validate_jwt_bearer_token` | [`validate_bearer_token`](crate::validator::RequestValidator::validate_bearer_token) | whatever the format; an API in another process is a [`resource`](crate::resource). (The hook of that name here is the grant of RFC 7523 §2.1.) |
//! | `validate_id_token` | [`validate_bearer_token`](crate::validator::RequestValidator::validate_bearer_token) | an ID token is for its client and opens nothing (OIDC Core §2): only access tokens are bearer tokens |
//! | `validate_silent_authorization` | [the same](crate::validator::RequestValidator::validate_silent_authorization) | default: there is a consent |
//! | `validate_silent_login` | [the same](crate::validator::RequestValidator::validate_silent_login) | default: there is a session |
//! | `validate_user_match` | [the same](crate::validator::RequestValidator::validate_user_match) | gets the `sub` that `id_token_hint` or `claims` ask for |
//! | `get_userinfo_claims` | [the same](crate::validator::RequestValidator::get_userinfo_claims) | standard claims come with their scopes |
//! | `refresh_id_token` | [the same](crate::validator::RequestValidator::refresh_id_token) | default: yes |
//!
//! # The preconfigured servers
//!
//! A server is a struct with `#[authorization_server(preset = "…")]`. Its fields are what oauthlib's constructors take:
//! `#[validator]`, `#[access_token]` and `#[refresh_token]` for the generators, and `#[interaction]` for the pages that oauthlib
//! leaves to you.
//!
//! | oauthlib | here | what differs |
//! |---|---|---|
//! | `Server` | `preset = "all", profile = "oauth2.0"` | |
//! | `WebApplicationServer` | `preset = "web_application"` | PKCE is required |
//! | `MobileApplicationServer` | `preset = "mobile_application", profile = "oauth2.0"` | RFC 9700 §2.1.2: use `web_application` with a public client instead |
//! | `LegacyApplicationServer` | `preset = "legacy_application", profile = "oauth2.0"` | RFC 9700 §2.4: the grant must not be used by what can change |
//! | `BackendApplicationServer` | `preset = "backend_application"` | |
//! | `DeviceApplicationServer` | `preset = "device_application"` | with the pages for the person, the token endpoint, and refresh tokens |
//! | `openid.connect.core.Server` | `preset = "openid"` | |
//! | `MetadataEndpoint` | every server | derived from what is routed |
//!
//! Every server revokes and introspects. Arguments have names: oauthlib's `Server(v, 600)` means a lifetime, and
//! `WebApplicationServer(v, 600)` a generator that dies at the first token.
//!
//! # `BearerToken` and its generators
//!
//! | oauthlib | here | what differs |
//! |---|---|---|
//! | `BearerToken(request_validator)` | [`BearerToken::new`] | servers make their own |
//! | `token_generator=` | [`BearerToken::token_generator`], or the field `#[access_token]` | a [`TokenGenerator`]; a method of the validator with `#[token_generator]` goes first |
//! | `refresh_token_generator=` | [`BearerToken::refresh_token_generator`], or the field `#[refresh_token]` | default: [`Opaque`], whatever the access tokens are |
//! | `expires_in=` | [`BearerToken::expires_in`], or `expires_in = "15m"` of the generator | a duration or a function of the request; zero is zero, not an hour |
//! | `create_token(request, refresh_token=…)` | [`BearerToken::create_token`] | does not save, as in oauthlib; the two tokens are never the same |
//! | `validate_request` | [`BearerToken::validate_request`], [`BearerToken::validate_request_scopes`] | `aud` must name the audience of the engine's own tokens, where they have one |
//! | `estimate_type` | [`BearerToken::estimate_type`] | 9, 5 and 0, as in oauthlib |
//! | `get_token_from_header` | [`BearerToken::get_token_from_request`] | two tokens in one request are an error (RFC 6750 §2); none is read from the query |
//! | `random_token_generator` | [`Opaque`] | 256 bits |
//! | `signed_token_generator(key, **claims)` | `#[token_generator(jwt, claims(…))]` | RFC 9068 tokens; the key is parsed once |
//! | `request.claims = {…}` | [`Claims::insert`](crate::claims::Claims::insert) on [`Request::claims`] | what would replace `exp` or `sub` is refused |
//! | `request.extra_credentials` | [`Request::extra_credentials`] | adds to the response, and replaces nothing |
//! | `verify_request` | [`Bearer`](crate::resource::Bearer), an argument of the handler | the scopes are its type |
//!
//! `signed_token_generator` has six defects. Each has a test in `tests/oauthlib`:
//!
//! 1. It throws away what the validator put into `request.claims`. Here dynamic claims arrive.
//! 2. `issuer=` makes a claim named `issuer`. Here the issuer is `iss`, and has to be the server's.
//! 3. All tokens share one dictionary of claims. Here every request has its own.
//! 4. `scope` is what was asked for: `null` where the defaults apply. Here it is what was granted.
//! 5. There is no `sub`, `aud`, `iat` or `jti`: two users got the same token in the same second. Here all are there.
//! 6. The refresh token is the access token. Here a response with two equal tokens is an error.
//!
//! # Hooks
//!
//! oauthlib's hooks are lists of functions at each grant. Here they are methods of the validator, which get the grant or the
//! response type with the request. What they may do is in their types.
//!
//! | oauthlib | here | what differs |
//! |---|---|---|
//! | `custom_validators.pre_auth` | [`pre_authorization`](crate::validator::RequestValidator::pre_authorization) | sets claims on the request |
//! | `custom_validators.post_auth` | [`post_authorization`](crate::validator::RequestValidator::post_authorization) | refuses, and changes nothing |
//! | `custom_validators.pre_token` | [`pre_token`](crate::validator::RequestValidator::pre_token) | the client is authenticated |
//! | `custom_validators.post_token` | [`post_token`](crate::validator::RequestValidator::post_token) | subject and scopes are certain |
//! | `register_code_modifier` | [`code_modifier`](crate::validator::RequestValidator::code_modifier) | adds to the response; the code stays |
//! | `register_token_modifier` | [`token_modifier`](crate::validator::RequestValidator::token_modifier) | adds to the response; the tokens stay |
//! | `register_response_type` | `response_types(…)` | of the grants that the server has |
//! | a grant type in `TokenEndpoint(grant_types={…})` | [`extension_grant`](macro@crate::extension_grant) | a type with this attribute, named in `grants(…)` |
//!
//! # Errors
//!
//! | oauthlib | here |
//! |---|---|
//! | `raise InvalidRequestError(description=…)` and its like | `Err(`[`Error::invalid_request`]`(…))` and its like |
//! | `raise CustomOAuth2Error(…)` | [`Error::new`] with an [`ErrorCode`]; each endpoint sends the codes that its RFC lists |
//! | `FatalClientError` | a page with status 400: nothing is redirected to what is not registered |
//! | `OAuth2Error.in_uri` | the framework redirects, with `state` and `iss`, into the query or the fragment as the response type wants it |
//! | `e.description` with the cause in it | [`Error::caused_by`]: the cause goes to `tracing` and never to the client |
//! | `catch_errors`, status 500 | [`Error::server`]; a failing store is one, and never "not found" |
//!
//! # What clients notice
//!
//! `tests/sidebyside` sends the same requests to oauthlib and to this framework; its list of allowed differences is the whole
//! truth. What a working client may meet:
//!
//! - PKCE is required, and `plain` is refused. `danger_pkce_optional` exempts confidential clients while they are moved.
//! - Authorization responses carry `iss` (RFC 9207). A strict client must not reject unknown parameters (RFC 6749 §4.1.2).
//! - A client authenticates by the method that it registered, in one way.
//! - A refresh token is for clients that registered the grant `refresh_token`.
//! - A code or a refresh token that comes twice ends every token of the same grant. For ten seconds after a rotation, the
//!   presented refresh token yields the same successor again: see `refresh_token_grace`.
//! - `redirect_uri` is compared byte for byte, and a mismatch at the token endpoint is `invalid_grant`.
//! - No parameter may be repeated, bodies are `application/x-www-form-urlencoded`, and a wrong method is 405.
//! - Codes live for one minute.
//! - Introspection describes a token to the APIs that its `aud` names. Another client is told that it is not active, and its own
//!   that it is, until when and for which scopes.
//!
//! # oauthlib's tutorial, here
//!
//! | oauthlib's "Creating a Provider" | here |
//! |---|---|
//! | 1. models for users, clients, codes and tokens | a store: [`SqliteStore`](crate::store::SqliteStore), or the traits of [`store`](crate::store) over models of your own |
//! | 2. a `RequestValidator` of about twenty methods | `#[validator]` on the struct that holds the store |
//! | 3. `WebApplicationServer(validator)` | `#[authorization_server(preset = "web_application")]` |
//! | 4. views for `/authorize` and `/token`, `extract_params`, `response_from_return` | `into_router` or `into_service`; [`LoginPages`](crate::interaction::LoginPages), or an [`Interaction`](crate::interaction::Interaction) where people log in elsewhere |
//! | 5. a decorator with `verify_request` and scopes | an argument of the handler: [`Bearer`](crate::resource::Bearer) |
//!
//! The tutorial's form for the consent has no protection against cross-site request forgery, and its list of chosen scopes is
//! trusted as it comes; the pages here have the one and check the other.
//!
//! ```
//! # use oauth_core::prelude::*;
//! /// Step 1, the models, and step 2, the validator. A `#[validator] impl Accounts` would hold what differs here from the
//! /// defaults.
//! #[validator]
//! struct Accounts {
//!     #[store]
//!     store: SqliteStore,
//! }
//!
//! /// A scope is a type: the server offers it, the consent page explains it, and views ask for it.
//! #[scope("images", "See your pictures")]
//! struct Images;
//!
//! /// Step 3, the composite endpoint, and step 4, the views: the pages of `/authorize`, and `/token`.
//! #[authorization_server(preset = "web_application", scopes(Images), issuer = "http://127.0.0.1:8080")]
//! struct WebApplicationServer {
//!     #[validator]
//!     accounts: Accounts,
//!     #[interaction]
//!     pages: LoginPages,
//! }
//!
//! /// Step 5, the protected view: it runs for tokens that have the scope.
//! async fn i_am_protected(token: Bearer<Images>) -> String {
//!     format!("pictures of the cats of {}", token.subject().unwrap_or("nobody"))
//! }
//! ```
//!
//! `examples/from_oauthlib.rs` is the whole program.
//!
//! [`AuthorizationGrant`]: crate::store::AuthorizationGrant
//! [`AuthorizationGrant::code_challenge`]: crate::store::AuthorizationGrant::code_challenge
//! [`Authorization::openid`]: crate::store::Authorization::openid
//! [`Authorization::scopes`]: crate::store::Authorization::scopes
//! [`Authorization`]: crate::store::Authorization
//! [`BearerToken::create_token`]: crate::token::BearerToken::create_token
//! [`BearerToken::estimate_type`]: crate::token::BearerToken::estimate_type
//! [`BearerToken::expires_in`]: crate::token::BearerToken::expires_in
//! [`BearerToken::get_token_from_request`]: crate::token::BearerToken::get_token_from_request
//! [`BearerToken::new`]: crate::token::BearerToken::new
//! [`BearerToken::refresh_token_generator`]: crate::token::BearerToken::refresh_token_generator
//! [`BearerToken::token_generator`]: crate::token::BearerToken::token_generator
//! [`BearerToken::validate_request`]: crate::token::BearerToken::validate_request
//! [`BearerToken::validate_request_scopes`]: crate::token::BearerToken::validate_request_scopes
//! [`Client`]: crate::client::Client
//! [`CodeRedemption::Redeemed`]: crate::store::CodeRedemption::Redeemed
//! [`Error`]: crate::error::Error
//! [`Error::caused_by`]: crate::error::Error::caused_by
//! [`Error::invalid_request`]: crate::error::Error::invalid_request
//! [`Error::new`]: crate::error::Error::new
//! [`Error::server`]: crate::error::Error::server
//! [`ErrorCode`]: crate::error::ErrorCode
//! [`Opaque`]: crate::token::Opaque
//! [`Request::claims`]: crate::request::Request::claims
//! [`Request::extra_credentials`]: crate::request::Request::extra_credentials
//! [`RequestValidator`]: crate::validator::RequestValidator
//! [`Result`]: crate::error::Result
//! [`TokenGenerator`]: crate::token::TokenGenerator
