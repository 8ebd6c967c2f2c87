//! Tokens: how they are generated, and the [`BearerToken`] engine that issues and validates them.

mod access_token_claims;
mod bearer;
mod floor;
mod format;
mod issuer;
mod jwe;
mod jwt;
mod opaque;
mod self_contained;
mod tokens;

use std::time::Duration;

pub use self::bearer::{BearerToken, ExpiresIn, IncludeRefreshToken};
pub use self::format::TokenFormat;
pub use self::issuer::{InvalidIssuer, Issuer, check_issuer};
pub use self::jwe::JweProfile;
pub use self::jwt::JwtProfile;
pub use self::opaque::Opaque;
pub(crate) use self::self_contained::{RecognizedTokens, hash_of as self_contained_hash};
pub use self::tokens::Tokens;
use crate::advice::{Exception, Warning};
pub use crate::claims::StaticClaim;
use crate::error::Result;
use crate::jose::Algorithm;
use crate::request::Request;
pub use crate::response::{TokenExtras, TokenResponse};
use oauth_rules::token_generator::rfc9068_section_2_2_the_audience_is_named;

/// Makes the text of a token. `#[token_generator(…)]` implements it on a struct; so can you.
///
/// ```
/// use oauth_core::prelude::*;
///
/// struct Numbered(std::sync::atomic::AtomicU64);
///
/// impl TokenGenerator for Numbered {
///     fn tokens(&self) -> Tokens<'_> {
///         Tokens::custom()
///     }
///
///     async fn generate_token(&self, request: &Request) -> Result<String> {
///         let number = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
///         // Unguessable, and recognisable in a log.
///         Ok(format!("{}-{number}-{}", request.client_id().unwrap_or("local"), SecretString::random().expose()))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not generate tokens",
    label = "not a token generator",
    note = "the type is a struct of yours with `#[token_generator(jwt, issuer = \"…\")]`, whose keys are `#[signing_key]` fields, or with `#[token_generator(opaque)]`",
    note = "or a type of yours that implements `TokenGenerator`"
)]
pub trait TokenGenerator: Send + Sync {
    /// The issuer this generator writes into its tokens: the server must have the same (RFC 8414 §2).
    const ISSUER: Issuer = Issuer::Unstated;

    /// True if it is certain before a run that its tokens say themselves that they are access tokens (RFC 9068 §2.1): then a
    /// server whose refresh tokens it would make does not even compile. Otherwise it does not start.
    const MAKES_ACCESS_TOKENS: bool = false;

    /// The one algorithm that it signs with, if that is certain before a key is there: `algorithm = "…"` of a
    /// `#[token_generator(jwt, …)]`.
    const SIGNING_ALGORITHM: Option<Algorithm> = None;

    /// True if it is certain before a run that its tokens are [self-contained](JwtProfile::self_contained): then a server whose
    /// store cannot tell what is revoked does not even compile. Otherwise it does not start.
    const IS_SELF_CONTAINED: bool = false;

    /// The lifetime of its tokens, if that is certain before a run: then a server whose refresh tokens would be dead before them does
    /// not even compile. Otherwise it does not start.
    const EXPIRES_IN: Option<Duration> = None;

    /// The names of its [static claims](Self::static_claims), as far as they are certain before a run: then a server whose validator
    /// declares one of them as well does not even compile. Otherwise it does not start.
    const STATIC_CLAIMS: &'static [&'static str] = &[];

    /// True if [`STATIC_CLAIMS`](Self::STATIC_CLAIMS) are all of them: then a handler beside the server that asks for a claim which nothing
    /// issues does not compile. Default: there may be others.
    const NAMES_STATIC_CLAIMS: bool = false;

    /// The things that the generator does against advice, with reasons: `allow(…)` of the macro.
    const EXCEPTIONS: &'static [Exception] = &[];

    /// The things that the generator does against advice besides; its servers may deny it.
    const WARNINGS: &'static [Warning] = &[];

    /// The tokens that it makes: their format, keys, lifetime, audience and static claims.
    fn tokens(&self) -> Tokens<'_>;

    /// Makes a token for this request. `request.client`, `request.subject`, `request.scopes`, `request.claims` and
    /// `request.expires_in` are set. What is not [custom](Tokens::custom) is made by [`Tokens::generate`]. A token has 128 random bits
    /// (RFC 6749 §10.10), and so 22 characters or more, or nothing is issued: see [`BearerToken::create_token`].
    fn generate_token(&self, request: &Request) -> impl Future<Output = Result<String>> + Send;

    /// The lifetime of its tokens; `None` leaves it to [`BearerToken`], whose default is an hour.
    fn expires_in(&self) -> Option<Duration> {
        self.tokens().lifetime()
    }

    /// The issuer, where [`ISSUER`](Self::ISSUER) is [`Issuer::Field`].
    fn issuer(&self) -> Option<&str> {
        match Self::ISSUER {
            Issuer::Literal(issuer) => Some(issuer),
            Issuer::Unstated | Issuer::Field => None,
        }
    }

    /// The audience that its tokens are for, where a request has no claim `aud` of its own: what it writes
    /// into `aud`. Introspection and [resources beside the server](crate::resource::Local) tell it, whatever
    /// a token looks like. Default: that of its [tokens](Self::tokens), or else its issuer; of a generator
    /// without one, the server's.
    fn audience(&self) -> Option<&str> {
        self.tokens().intended_audience().or_else(|| self.issuer())
    }

    /// Private claims that are the same in every token it makes, where no hook has set a claim of the name on the request. Introspection and
    /// [resources beside the server](crate::resource::Local) tell them, whatever a token looks like. Default: those of its
    /// [tokens](Self::tokens).
    fn static_claims(&self) -> &'static [(&'static str, StaticClaim)] {
        self.tokens().claims()
    }
}

/// RFC 9068 §2.2 and RFC 7662 §2.2: `aud` is "representing the intended audience for this token", which nobody is not.
fn check_audience(audience: Option<&str>) -> std::result::Result<(), String> {
    if audience.is_some_and(|audience| audience.trim().is_empty()) {
        return Err(rfc9068_section_2_2_the_audience_is_named.words.to_owned());
    }
    Ok(())
}

impl<G: TokenGenerator> TokenGenerator for &G {
    const ISSUER: Issuer = G::ISSUER;
    const MAKES_ACCESS_TOKENS: bool = G::MAKES_ACCESS_TOKENS;
    const SIGNING_ALGORITHM: Option<Algorithm> = G::SIGNING_ALGORITHM;
    const IS_SELF_CONTAINED: bool = G::IS_SELF_CONTAINED;
    const EXPIRES_IN: Option<Duration> = G::EXPIRES_IN;
    const STATIC_CLAIMS: &'static [&'static str] = G::STATIC_CLAIMS;
    const NAMES_STATIC_CLAIMS: bool = G::NAMES_STATIC_CLAIMS;
    const EXCEPTIONS: &'static [Exception] = G::EXCEPTIONS;
    const WARNINGS: &'static [Warning] = G::WARNINGS;

    fn tokens(&self) -> Tokens<'_> {
        G::tokens(self)
    }

    fn generate_token(&self, request: &Request) -> impl Future<Output = Result<String>> + Send {
        G::generate_token(self, request)
    }

    fn expires_in(&self) -> Option<Duration> {
        G::expires_in(self)
    }

    fn issuer(&self) -> Option<&str> {
        G::issuer(self)
    }

    fn audience(&self) -> Option<&str> {
        G::audience(self)
    }

    fn static_claims(&self) -> &'static [(&'static str, StaticClaim)] {
        G::static_claims(self)
    }
}
