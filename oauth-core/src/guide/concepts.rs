//! The concepts: the words that everything else here uses, and how a request flows.
//!
//! # The parts
//!
//! ```text
//! #[authorization_server(issuer, grants, scopes, …)]      which endpoints and grants there are
//! struct AuthServer {
//!     #[validator]    accounts: Accounts,                  decides, and knows who keeps what
//!     #[access_token] tokens: AccessTokens,                makes access tokens
//!     #[interaction]  pages: LoginPages,                   talks to the person at the browser
//! }
//! ```
//!
//! | word | what it is | by default |
//! |---|---|---|
//! | validator | the decisions of your application: a struct with `#[validator]`, which implements [`RequestValidator`](crate::validator::RequestValidator). Each decision is a method, a *hook*; all have defaults | all defaults |
//! | role | one kind of thing that is kept: clients, users, codes, tokens, sessions, consents, devices, pushed requests, replay identifiers. A field of the validator plays all of them (`#[store]`), or one (`#[users]`, `#[tokens]`, …) | none: a grant that needs a role which nobody plays does not compile |
//! | store | what plays a role: `MemoryStore`, `SqliteStore`, `PostgresStore`, `ValkeyStore`, or [a type of yours](crate::store) | |
//! | token generator | the format of a token: `#[token_generator(opaque)]`, `jwt`, `jwe`, or a method of the validator | opaque, 256 random bits |
//! | interaction | whoever finds out who the person is, and whether they agree: [`LoginPages`](crate::interaction::LoginPages), or an [`Interaction`](crate::interaction::Interaction) of yours | none: a grant that asks people does not compile |
//! | resource | an API that takes tokens. Beside its server it is made by [`protected_resource`](crate::server::RunningServer::protected_resource), elsewhere by `#[resource_server]` | |
//! | profile | a set of rules beyond OAuth 2.1: `"mcp"` turns on what MCP clients need, `"fapi2"` what banks need, `"oauth2.0"` permits the grants `implicit` and `password` for clients that cannot change | OAuth 2.1 |
//! | environment | what a server does not know of itself: clock, proxies, observer of events, scopes that are data | [`Environment`](crate::server::Environment) |
//!
//! # How a request flows
//!
//! ```text
//!      browser or client                                       your API
//!             │                                                   │
//!             │ HTTP                                              │ HTTP, with a token
//!             ▼                                                   ▼
//!  ┌──────────────────────┐                            ┌────────────────────┐
//!  │ RunningServer        │  bodies, CORS, limits      │ ProtectedResource  │
//!  │  a route an endpoint │                            │  Bearer<Calendar>  │
//!  └──────────┬───────────┘                            └─────────┬──────────┘
//!             ▼                                                  │ signed: by the keys of the issuer
//!  ┌──────────────────────┐   hooks   ┌───────────────┐          │ beside the server: by its validator
//!  │ endpoint             │ ────────▶ │ validator     │ ◀────────┤ else: by introspection
//!  │  authenticate client │ ◀──────── │  your choices │          ▼
//!  │  check the request   │           └───────┬───────┘     your handler
//!  └──────┬────────┬──────┘                   │ roles
//!         │        │                          ▼
//!         │        │ /authorize       ┌───────────────┐
//!         │        ▼                  │ stores        │
//!         │  ┌──────────────┐         │  hashes only  │
//!         │  │ interaction  │ ──────▶ │               │
//!         │  │ who? agreed? │ session │               │
//!         │  └──────────────┘ consent └───────────────┘
//!         ▼                                   ▲
//!  ┌──────────────────────┐  tokens made,     │
//!  │ grant                │  then in one step:│
//!  │  look at the code ───┼─▶ generator ──────┘
//!  │  check it            │   use up the code, keep the tokens
//!  └──────────┬───────────┘
//!             ▼
//!      JSON, or a redirect; one event for the log
//! ```
//!
//! 1. A request comes in, whole, up to a size and a time. Its path says which endpoint it is for.
//! 2. At the token endpoint the client is authenticated by the method that it registered. At the authorization endpoint the client and the
//!    redirect URI are certain before anything is sent there.
//! 3. Hooks run where you have overridden them. They may refuse, by an [`Error`](crate::Error); any other error of `?` is a failure:
//!    `server_error` for the client, and the cause in the log.
//! 4. The authorization endpoint asks the interaction, which answers with a page, a refusal, or an approval: then there is a code.
//! 5. A grant looks at what the client brought, checks all of it, lets the generator make tokens, and then uses it up in one atomic step of
//!    the store. What comes twice gets nothing, and ends what the first had.
//! 6. The answer goes out, and the observer is told of one event.
//!
//! # What is decided when
//!
//! | when | what | example |
//! |---|---|---|
//! | while it compiles | what the source says | a grant without its store, a claim named `exp`, an issuer over `http` |
//! | at the start, all at once | what only a run can know | a field that is the issuer, keys, paths that collide |
//! | at a request | what the client sends | the error of its RFC, and nothing more |
//!
//! The manual's [`rules`](crate::manual::rules) has all of the first two.
//!
//! # Where a decision of yours goes
//!
//! - It changes who may do what: a hook of the [validator](crate::validator::RequestValidator).
//! - It changes how people are asked: an [interaction](crate::interaction::Interaction), or
//!   [templates](crate::interaction::PageTemplates) for the built-in one.
//! - It changes what is in a token: a [claim](crate::guide::tutorial::claims), or a [generator](crate::token::TokenGenerator).
//! - It changes where things are kept: a [store](crate::store) for the role.
//! - It is a grant of your own: [`#[extension_grant]`](crate::grant::ExtensionGrant). An endpoint of your own:
//!   [`Endpoint`](crate::endpoint::Endpoint).
//! - It is around OAuth and not in it, such as a header on every response: a layer of axum or tower.
