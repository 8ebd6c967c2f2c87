//! The attribute macros of [`oauth-core`](https://docs.rs/oauth-core), which re-exports them.
//!
//! Each is checked in the same way: what an attribute says is checked while it expands, and what types say by the
//! compiler, at the user's own tokens; every mistake is reported at once, with the reason and what to write instead.
//! The item is always emitted again, so that one mistake is one error. Expansions hold no protocol code: they are tables
//! of types and constants over the traits of `oauth_core`, each of which can be implemented by hand.
//!
//! A dependency under another name is found by the manifest of the crate that is compiled. Every attribute takes `crate = path`,
//! for what is re-exported by another crate.

use oauth_rules as rules;
use proc_macro::TokenStream;

use crate::repeated::once;

mod args;
mod authorization_server;
mod choice;
mod chunks;
mod claims;
mod derives;
mod diagnostics;
mod dynamic;
mod editor;
mod extension_grant;
mod foreign;
#[cfg(test)]
mod half_typed;
mod helpers;
mod issuer;
mod item;
mod krate;
mod lints;
mod literal;
mod manifest;
mod misplaced;
#[cfg(test)]
mod pages;
mod repeated;
mod resource_server;
mod salvage;
mod scope;
mod scope_list;
#[cfg(test)]
mod snapshots;
mod step_up;
mod token_generator;
mod unmarked;
mod validator;

/// Makes a struct the `RequestValidator` of a server, or adds hooks to one.
///
/// # On a struct
///
/// Fields say which store plays which role; `StoreRoles` is implemented from them.
///
/// | field attribute | role | needed by |
/// |---|---|---|
/// | `#[store]` | every role that no other field plays | |
/// | `#[clients]` | `ClientStore` | every server |
/// | `#[tokens]` | `TokenStore` | every server |
/// | `#[codes]` | `CodeStore` | `authorization_code` (RFC 6749 §4.1) |
/// | `#[users]`, `#[sessions]`, `#[consents]` | `UserStore`, `SessionStore`, `ConsentStore` | `LoginPages` |
/// | `#[devices]` | `DeviceStore` | `device_code` (RFC 8628) |
/// | `#[pushed_requests]` | `PushedRequestStore` | `pushed_authorization_requests` (RFC 9126) |
/// | `#[replay_ids]` | `ReplayStore` | `jwt_bearer` (RFC 7523 §2.1); without it no client can authenticate by a JWT (§2.2) |
///
/// A role that no field plays is `NoStore`: a grant that needs it does not compile.
///
/// ```text
/// #[validator]
/// struct Accounts {
///     #[store]
///     store: SqliteStore,
///     #[sessions]
///     sessions: MemoryStore,
/// }
/// ```
///
/// Arguments: `custom` announces a block of hooks (default: every hook's own default); `crate = path`.
///
/// Generic structs keep their bounds, and get those that their roles need.
///
/// # On an `impl` block
///
/// ```text
/// #[validator]
/// impl Accounts {
///     async fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()> {
///         request.claims.insert("aud", client_id)
///     }
///
///     #[claim("tenant", scope = "profile")]
///     fn tenant(&self, request: &Request) -> Option<String> { … }
///
///     #[token_generator]
///     fn generate_access_token(&self, request: &Request) -> Result<String> { … }
/// }
/// ```
///
/// - A plain method overrides the hook of its name: any of `RequestValidator`, as `fn` or as `async fn`, with `&Request`
///   or `&mut Request`. A server where nothing asks it is refused, unless it says `shared_validator`.
/// - `#[claim("name")]` declares a claim; `scope = "…"` sets it only where that scope is granted. The
///   method takes `&Request` and returns what serialises, an `Option` of it (`None`: no claim), or a `Result`. Names
///   that the framework sets are refused (RFC 7519 §4.1, RFC 9068 §2.2). `to(access_token, id_token, userinfo)` says where it
///   goes: to resource servers in access tokens and introspection, or to the client in ID tokens and userinfo responses.
///   Default: `to(access_token)`, so that what a resource server is told is not told to the client. For the last two the
///   server must be an OpenID provider; there the `claims` parameter can ask for it by name instead of by scope (OpenID Connect
///   Core §5.5).
/// - `#[claims]` declares every claim of a struct with [`macro@Claims`]: the method returns it, an `Option` of it (`None`: none
///   of its claims), or a `Result`. It takes `scope = "…"` and `to(…)` as `#[claim]` does.
/// - `#[token_generator]` makes the access tokens, `#[token_generator(refresh)]` the refresh tokens. The method has any
///   name, takes `&Request` and returns `Result<String>`: 128 random bits at least (RFC 6749 §10.10), and others each time. A
///   token that is shorter than they are (22 characters), or that the store keeps already, is not issued: `server_error`.
///
/// # Warnings
///
/// | rule | advice of | by default | what is wrong |
/// |---|---|---|---|
/// | `oidc_core_section_5_4_a_claim_of_a_person_has_its_scope` | OpenID Connect Core §5.4 | warning | a standard claim such as `email` goes to ID tokens or userinfo responses without a scope, and so to every client: write `scope = "email"`, or `scope = "openid"` if that is decided |
///
/// # Errors
///
/// No store for clients or tokens; a role twice; a field whose type cannot play its role; a store without a role, where no hook could
/// ask it; a name that is no hook; a signature that no hook has; a claim that is reserved, repeated or malformed, or goes nowhere; two token generators of a kind; a block without
/// `custom` on the struct, and the reverse.
#[proc_macro_attribute]
pub fn validator(args: TokenStream, item: TokenStream) -> TokenStream {
    once("validator", args.into(), item.into(), validator::expand).into()
}

/// Makes a struct the private claims (RFC 7519 §4.3) of an access token: it implements `PrivateClaims`.
///
/// ```text
/// /// What our access tokens say beside the standard claims.
/// #[derive(Claims)]
/// pub struct Tenancy {
///     tenant: String,
///     #[claim("https://example.com/roles")]
///     roles: Vec<String>,
///     plan: Option<Plan>,
/// }
/// ```
///
/// An issuer declares it as a whole, by a `#[claims]` method of its [`macro@validator`] block, or sets it on a request by
/// `request.claims.insert_all(&tenancy)?`. A handler asks for it as `Bearer<CalendarRead, Tenancy>`, or reads it from a token by
/// `token.claims_as::<Tenancy>()?`.
///
/// ```text
/// #[validator]
/// impl Accounts {
///     #[claims]
///     async fn tenancy(&self, request: &Request) -> Result<Tenancy> { … }
/// }
///
/// async fn events(token: Bearer<CalendarRead, Tenancy>) -> Json<Vec<Event>> { … token.private_claims() … }
/// ```
///
/// # Fields
///
/// Each field is a claim, under its own name without `r#`. Its type is serde's: `Serialize` for the issuer and `Deserialize` for
/// the resource; the struct itself needs neither. An `Option` that is `None` makes no claim, and a claim that is absent or null
/// is `None`. Any other type is required: a token without that claim, or with one of another type, is `invalid_token` (RFC
/// 6750 §3.1). Which claim it was, the log says and the response does not.
///
/// # Attributes
///
/// | attribute | of | meaning | default |
/// |---|---|---|---|
/// | `#[claim("name")]` | a field | the name of its claim, such as `"https://example.com/roles"` (RFC 7519 §4.2: a name that nobody else has) | the field's name |
/// | `#[claims(crate = path)]` | the struct | the path of `oauth_core` | by its name in the manifest |
///
/// Type parameters are bound by what the fields need.
///
/// # Errors
///
/// A claim that the framework sets (RFC 7519 §4.1, RFC 9068 §2.2, RFC 7662 §2.2), that is malformed, or that two fields have
/// (RFC 7519 §4); a field whose type serde does not know; a `#[serde(…)]` that would make it something else in JSON, such as
/// `skip`, for a token has the claim all the same; a struct without named fields, or that borrows; an enum or a union.
#[proc_macro_derive(Claims, attributes(claim, claims, serde))]
pub fn derive_claims(item: TokenStream) -> TokenStream {
    claims::expand(item.into()).into()
}

/// Makes a struct a `TokenGenerator`. (On a method of a `#[validator] impl` block, see [`macro@validator`].)
///
/// ```text
/// #[token_generator(jwt, issuer = "https://auth.example.com", expires_in = "15m", claims(tier = 3))]
/// struct AccessTokens {
///     #[signing_key]
///     keys: KeyRing,
/// }
///
/// #[token_generator(jwe, issuer = "https://auth.example.com", alg = "ECDH-ES+A256KW")]
/// struct ConfidentialTokens {
///     #[signing_key]
///     keys: KeyRing,
///     #[encryption_key]
///     resource: EncryptionKey,
/// }
///
/// #[token_generator(opaque, prefix = "acme_at_")]
/// struct RefreshTokens;
/// ```
///
/// # Formats
///
/// - `jwt`: signed access tokens of the type `at+jwt` (RFC 9068). One field is the `#[signing_key]`: a `KeyRing` or a
///   `SigningKey`.
/// - `jwe`: the same, and then encrypted to one recipient (RFC 7519 §11.2), so that clients cannot read it. One more field
///   is the `#[encryption_key]`: an `EncryptionKey`, or a `DecryptionKey` where this process also decrypts.
/// - `opaque`: random bits, which stand for what is in the store.
///
/// # Arguments
///
/// | argument | of | meaning | default |
/// |---|---|---|---|
/// | `issuer` | `jwt`, `jwe` | `iss` (RFC 8414 §2), written as clients write it: a literal, `env!("…")` or another constant, each checked at compile time, or `self.field`, checked by `into_router` | required (RFC 9068 §2.2) |
/// | `audience` | all | `aud`, of the token and of introspection (RFC 7662 §2.2), unless a hook sets the claim | the issuer |
/// | `algorithm` | `jwt`, `jwe` | the signature algorithm that the active key must have (RFC 8725 §3.1) | the key's |
/// | `claims(name = …)` | `jwt`, `jwe` | static claims: strings, numbers, booleans and lists of them | none |
/// | `self_contained` | `jwt` | no store keeps the tokens, see below | the store of the role `tokens` does |
/// | `alg` | `jwe` | the key management algorithm that the encryption key must have (RFC 7518 §4.1): `dir`, `A128KW`, `A256KW`, `RSA-OAEP-256`, `ECDH-ES`, `ECDH-ES+A128KW`, `ECDH-ES+A256KW` | the key's |
/// | `enc` | `jwe` | the content encryption algorithm that it must have (§5.1): `A128GCM`, `A256GCM`, `A128CBC-HS256`, `A256CBC-HS512` | the key's, which is `A256GCM` unless told |
/// | `prefix` | `opaque` | starts every token; a checksum ends it then | none |
/// | `entropy` | `opaque` | how many random bits a token has, 128 at least (RFC 6749 §10.10, RFC 6819 §5.1.4.2.2) and 512 at most, in whole bytes | 256 |
/// | `expires_in` | all | lifetime: `"90s"`, `"15m"`, `"1h30m"`, `"30d"` | an hour |
/// | `allow(rule, reason = "…")` | all | an exception to a rule below, with its reason | none |
/// | `deny(…)` | all | makes warnings errors, see below | none |
/// | `crate` | all | the path of `oauth_core` | by its name in the manifest |
///
/// # Self-contained tokens
///
/// ```text
/// #[token_generator(jwt, issuer = "https://auth.example.com", expires_in = "5m", self_contained)]
/// ```
///
/// A token "may denote an identifier used to retrieve the authorization information or may self-contain the authorization
/// information" (RFC 6749 §1.4). With `self_contained` nothing is written when an access token is issued: its server verifies it and
/// reads back what it says, in a claim of its own, `oauth_core`, which no hook and no static claim sets. Of an OpenID provider with a
/// `#[pairwise_key]` that claim is encrypted.
///
/// Revocation means this. By token, family, session, person, client or grant, it is kept as a marker in the store of the role
/// `tokens`, and the server's introspection, userinfo, token exchange and the resources beside it ask for it: they refuse a revoked
/// token at once, at every instance over that store. **An API elsewhere that verifies by keys alone (`#[resource_server(jwks)]`)
/// takes a revoked token until it expires**, as any other JWT. So let it live for minutes: `expires_in = "5m"` or `"15m"` with refresh
/// tokens (RFC 7009 §3); and let an API that must know at once introspect.
///
/// The store has to be a `RevocationStore`, as `SqliteStore` and `MemoryStore` are; the keys must be public ones, for with a shared
/// secret every API could write tokens. A `jwe` cannot be read by the server that makes it. What the store kept before goes on; and
/// who removes `self_contained` again makes the tokens that are out unknown to introspection.
///
/// # Errors
///
/// An unknown format or algorithm, `none` or `RSA1_5` (RFC 8725 §3.2); an issuer that is missing, not https off loopback, with
/// query, fragment, user information or a `/` at its end (RFC 8414 §2, §3.3), or that clients would write in another way (`*`, capitals,
/// `:443`, `//`, `..`, addresses: RFC 3986 §6, RFC 5952 §4), or made by a run; a lifetime that is malformed, zero or over a
/// year; a number with a suffix, such as `256bits`; a static claim that is reserved, repeated, no literal, or of one login or person,
/// such as `amr`; a prefix that no bearer token may have (RFC 6750 §2.1);
/// tokens that can be guessed (RFC 6749 §10.10); a `#[signing_key]` or an `#[encryption_key]` that is missing, repeated, no key, or
/// on a format without; an argument of another format; `self_contained` of what its server cannot read, or others can write.
///
/// # Warnings
///
/// What a specification advises against compiles, with a warning at the token that does it. The compiler prints it as a
/// deprecation, `use of deprecated macro`, and `#![deny(deprecated)]` makes an error of it.
/// `allow(long_lived_access_tokens, reason = "…")` makes it an exception, which
/// [`report`](https://docs.rs/oauth-core/latest/oauth_core/server/trait.AuthorizationServer.html#method.report) of the server
/// lists with the reason. `deny(…)` makes it an error: `deny(rfc6750)` all that a document advises against, `deny(warnings)`
/// all that warns, and a rule's name that rule. What is allowed is not denied. Both may be repeated, and name several.
///
/// | rule | advice of | by default | what is wrong |
/// |---|---|---|---|
/// | `long_lived_access_tokens` | RFC 6750 §5.3 | warning | these access tokens live longer than a day, and a stolen one works for as long; an hour or less is advised |
/// | `long_lived_self_contained_tokens` | RFC 7009 §3, RFC 6750 §5.3 | warning | these self-contained access tokens live longer than an hour, and an API that verifies them by keys alone takes a revoked one for as long |
/// | `hmac_access_tokens` | RFC 9068 §2.1 | warning | these access tokens are signed with a shared secret, so that every API that can verify them can write them |
#[proc_macro_attribute]
pub fn token_generator(args: TokenStream, item: TokenStream) -> TokenStream {
    once("token_generator", args.into(), item.into(), |args, item| token_generator::expand(args, &item))
        .into()
}

/// Makes a struct an `AuthorizationServer`.
///
#[doc = include_str!("authorization_server/page.md")]
#[proc_macro_attribute]
pub fn authorization_server(args: TokenStream, item: TokenStream) -> TokenStream {
    once("authorization_server", args.into(), item.into(), |args, item| {
        authorization_server::expand(args, &item)
    })
    .into()
}

/// Makes a struct an extension grant (RFC 6749 §4.5): a grant of the application's own.
///
/// ```text
/// #[extension_grant("urn:example:grant-type:api-key")]
/// struct ApiKey;
///
/// impl ExtensionGrant<Accounts> for ApiKey {
///     async fn approve(accounts: &Accounts, request: &mut Request) -> Result<GrantApproval> { … }
/// }
///
/// #[authorization_server(grants(client_credentials, ApiKey), …)]
/// struct AuthServer { … }
/// ```
///
/// The struct stands for the grant and is never made; `approve` decides on a request, and the framework issues the tokens.
///
/// # Arguments
///
/// | argument | meaning | default |
/// |---|---|---|
/// | a string | `grant_type`: an absolute URI of your own | required |
/// | `crate` | the path of `oauth_core` | by its name in the manifest |
///
/// # Errors
///
/// No URI, one that is relative, malformed or has a fragment (RFC 3986 §4.3); a standard grant's name; fields or parameters;
/// in `grants(…)`, a type without the attribute or without `ExtensionGrant` for the server's validator, and two grants of one
/// name.
#[proc_macro_attribute]
pub fn extension_grant(args: TokenStream, item: TokenStream) -> TokenStream {
    once("extension_grant", args.into(), item.into(), |args, item| extension_grant::expand(args, &item))
        .into()
}

/// Makes a struct a scope (RFC 6749 §3.3): a handler asks for it as `Bearer<CalendarRead>`, a server declares it in
/// `scopes(CalendarRead, …)`.
///
/// A handler that asks for a scope which its server does not declare does not compile: neither beside an authorization server
/// in one program, nor behind a [`macro@resource_server`] with `scopes(…)`. That is found when the handler is compiled for the
/// state of its router, so that `cargo build` says it and `cargo check` does not.
///
/// ```text
/// #[scope("calendar.read", "See your calendar")]
/// pub struct CalendarRead;
/// ```
///
/// # Arguments
///
/// | argument | meaning | default |
/// |---|---|---|
/// | the first string | the scope token | required |
/// | the second string | what the consent page says | the token itself |
/// | `crate` | the path of `oauth_core` | by its name in the manifest |
///
/// It implements `ScopeType`, and registers the scope for lists such as `scopes_supported` (RFC 9728 §2).
///
/// # Errors
///
/// A scope that is missing or malformed, an empty description, a struct with fields or parameters.
#[proc_macro_attribute]
pub fn scope(args: TokenStream, item: TokenStream) -> TokenStream {
    once("scope", args.into(), item.into(), |args, item| scope::expand(args, &item)).into()
}

/// Makes a struct a `ResourceServer`: an API that takes the access tokens of an authorization server in another process
/// (RFC 6749 §7, RFC 6750).
///
/// ```text
/// #[resource_server(issuer = "https://auth.example.com", audience = "https://calendar.example.com", jwks)]
/// struct Calendar;
///
/// async fn events(token: Bearer<CalendarRead>) -> Json<Vec<Event>> { … }
///
/// let calendar = Calendar.into_resource()?;
/// let app = Router::new().route("/events", get(events)).with_state(calendar.clone()).merge(calendar.router());
/// ```
///
/// # Fields
///
/// - `#[credentials]`: `Credentials`, the client identifier and secret for the introspection endpoint (RFC 7662 §2.1).
///   Required by `introspection`, and refused without it.
/// - `#[decryption_key]`: `DecryptionKey`, where the issuer encrypts its tokens to this API (RFC 9068 §4); those that are not
///   encrypted are refused then. For `jwks`.
/// - `#[http_client]`: sends the requests; any `HttpClient` that is `Clone`. Default: `HttpsClient`.
///
/// # Arguments
///
/// | argument | of | meaning | default |
/// |---|---|---|---|
/// | `issuer` | both | whose tokens it takes, as in [`macro@token_generator`] | required |
/// | `audience` | both | what `aud` must name: a literal, or `self.field` | required (RFC 9068 §4) |
/// | `jwks` | | validates signed tokens by the issuer's keys; `jwks = "https://…"` where the metadata does not name them (RFC 8414 §2) | this or `introspection` |
/// | `introspection` | | asks the issuer about each token; `introspection = "https://…"` likewise | this or `jwks` |
/// | `leeway` | both | how far the clocks may be apart, five minutes at most | `"60s"` |
/// | `algorithms("ES256", …)` | `jwks` | those that may sign (RFC 8725 §3.1) | all but HMAC |
/// | `danger_typ_jwt` | `jwks` | takes tokens of the type `JWT`, of issuers that do not follow RFC 9068 §2.1 | `at+jwt` only |
/// | `jwks_max_age` | `jwks` | after how long keys are fetched anew | `"5m"` |
/// | `jwks_refresh_interval` | `jwks` | how often, at most, an unknown `kid` makes them be fetched | `"10s"` |
/// | `verification_cache` | `jwks` | how many tokens, a million at most, are known, so that their signature is not verified again; `0`: every request verifies | `10000` |
/// | `introspection_cache` | `introspection` | how long a response counts, and so how long a revoked token works on, five minutes at most; `"0s"`: every request asks | `"30s"` |
/// | `danger_absent_audience` | `introspection` | takes tokens of which the issuer does not tell `aud` (RFC 7662 §2.2), and so those for any other API | refused |
/// | `body_token` | both | a token may be in a form (RFC 6750 §2.2), for `BearerForm` | header only |
/// | `dpop = "required"` | both | takes only tokens that are bound to a key (RFC 9449); their proofs name the origin of `resource`, or of the audience | bound tokens, and others |
/// | `danger_query_token` | both | a token may be in the query (§2.3), and so in logs (RFC 9700 §4.3.2) | header only |
/// | `realm` | both | what the challenge says is protected (RFC 9110 §11.5) | the audience |
/// | `resource` | both | the resource identifier of the metadata (RFC 9728 §1.2), an https URL | the audience, if it is one |
/// | `scopes(A, B)` | both | the scopes of this API, `scopes_supported` of its metadata (RFC 9728 §2): types with [`macro@scope`]; a handler that asks for another does not compile | every such type of the program |
/// | `allow(rule, reason = "…")` | both | an exception to a rule below, with its reason | none |
/// | `deny(…)` | both | makes errors of what is silent otherwise, see below | none |
/// | `crate` | both | the path of `oauth_core` | by its name in the manifest |
///
/// # Errors
///
/// No issuer, no audience, a malformed one; neither `jwks` nor `introspection`, or both; `introspection` without
/// `#[credentials]`; an argument of the other; an algorithm that is unknown, `none` (RFC 8725 §3.2) or HMAC (RFC 9068 §2.1); a leeway or a
/// cache of over five minutes; a memory of over a million tokens; URLs that are not https off loopback.
///
/// # Warnings
///
/// None: what weakens it has an argument that names it. `deny(…)` makes errors of them, as for [`macro@token_generator`], and
/// `allow(…, reason = "…")` exceptions.
///
/// | rule | advice of | by default | what is wrong |
/// |---|---|---|---|
/// | `body_token` | RFC 6750 §2.2 | silent | access tokens are read from forms, which is for clients that cannot send the `Authorization` header |
/// | `danger_query_token` | RFC 9700 §4.3.2, RFC 6750 §2.3 | silent | access tokens are read from URLs, which logs and histories keep |
/// | `danger_typ_jwt` | RFC 9068 §4, RFC 8725 §3.11 | silent | tokens of the type `JWT` pass, and their audience alone keeps ID tokens out |
/// | `danger_absent_audience` | RFC 9700 §2.3 | silent | a token that names no audience passes, and so does one for any other API |
#[proc_macro_attribute]
pub fn resource_server(args: TokenStream, item: TokenStream) -> TokenStream {
    once("resource_server", args.into(), item.into(), |args, item| resource_server::expand(args, &item))
        .into()
}

/// Makes a struct a login that handlers require (RFC 9470): it implements `RequiredAuthentication`.
///
/// ```text
/// /// A second factor, five minutes ago at most.
/// #[step_up(acr = "urn:example:mfa", max_age = 300)]
/// struct Mfa;
///
/// async fn delete(token: Bearer<StepUp<Mfa, CalendarWrite>>) -> Json<Event> { … }
/// ```
///
/// Any other token is answered with 401 `insufficient_user_authentication`, and with what is required.
///
/// # Arguments
///
/// | argument | meaning | default |
/// |---|---|---|
/// | `acr` | the class of logins that the token's must be of (OpenID Connect Core §2) | any |
/// | `acr_values("…", "…")` | the same, where one of several is enough; the preferred first | any |
/// | `max_age` | how many seconds ago the login may be at most, from 10 to a year | ever |
/// | `crate` | the path of `oauth_core` | by its name in the manifest |
///
/// # Errors
///
/// Nothing that is asked for; an `acr` that is empty, given twice, or has a space or another character that no challenge can have
/// (RFC 9470 §3); a `max_age` that a login exceeds before its token arrives, or of over a year; a struct that holds something, or
/// anything else than a struct.
#[proc_macro_attribute]
pub fn step_up(args: TokenStream, item: TokenStream) -> TokenStream {
    once("step_up", args.into(), item.into(), |args, item| step_up::expand(args, &item)).into()
}

macro_rules! no_derives {
    ($($derive:ident($($helper:ident),*) = $attribute:ident as $function:ident;)*) => {
        $(
            #[doc(hidden)]
            #[proc_macro_derive($derive, attributes($($helper),*))]
            pub fn $function(item: TokenStream) -> TokenStream {
                derives::refuse(stringify!($derive), stringify!($attribute), item.into()).into()
            }
        )*
    };
}

no_derives! {
    Validator(store, clients, tokens, codes, users, sessions, consents, devices, pushed_requests, replay_ids) = validator as derive_validator;
    RequestValidator(store, clients, tokens, codes, users, sessions, consents, devices, pushed_requests, replay_ids) = validator as derive_request_validator;
    TokenGenerator(signing_key, encryption_key) = token_generator as derive_token_generator;
    AuthorizationServer(validator, access_token, refresh_token, id_token, pairwise_key, dpop_nonce_key, back_channel, fetcher, interaction)
        = authorization_server as derive_authorization_server;
    ResourceServer(http_client, credentials, decryption_key) = resource_server as derive_resource_server;
    ExtensionGrant() = extension_grant as derive_extension_grant;
    Scope() = scope as derive_scope;
}
