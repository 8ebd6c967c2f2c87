//! Token bindings: what ties an access token to whom it was issued to. One file a binding.

mod bearer;
mod challenge;
pub(crate) mod dpop;
mod erased;

use std::sync::Arc;

use serde_json::{Map, Value};

pub use self::bearer::Bearer;
pub(crate) use self::bearer::{BearerMethods, Presented, has_scheme, presented};
pub use self::challenge::Challenge;
pub(crate) use self::challenge::Scheme;
pub use self::dpop::{Dpop, DpopNonces, NonceKey};
pub(crate) use self::erased::AnyBinding;
use crate::error::{Error, Result};
use crate::request::Request;

/// A binding of access tokens. One of an application's own is added by
/// [`Environment::binding`](crate::server::Environment::binding), to the server and to its resources.
///
/// ```
/// use oauth_core::binding::Binding;
/// use oauth_core::prelude::*;
/// use serde_json::{Value, json};
///
/// /// A token is good for the network address alone that asked for it.
/// struct Address;
///
/// fn address(request: &Request) -> Option<String> {
///     request.extensions.get::<std::net::IpAddr>().map(ToString::to_string)
/// }
///
/// impl Binding for Address {
///     const SCHEME: &'static str = "Bearer";
///
///     async fn bind(&self, request: &mut Request) -> Result<Option<Value>> {
///         Ok(address(request).map(|address| json!({ "urn:example:address": address })))
///     }
///
///     fn is_of(&self, confirmation: Option<&Value>) -> bool {
///         confirmation.is_some_and(|confirmation| confirmation.get("urn:example:address").is_some())
///     }
///
///     async fn verify(&self, confirmation: &Value, _: &str, request: &mut Request) -> Result<()> {
///         if confirmation["urn:example:address"].as_str() == address(request).as_deref() {
///             return Ok(());
///         }
///         Err(Error::invalid_token("the token is bound to another address"))
///     }
/// }
/// ```
pub trait Binding: Send + Sync + 'static {
    /// The scheme of the `Authorization` header that its tokens come with, and of challenges.
    const SCHEME: &'static str;

    /// `token_type` of token responses and introspection. Default: the scheme.
    const TOKEN_TYPE: &'static str = Self::SCHEME;

    /// The confirmation of what an access token is bound to (`cnf`, RFC 7800 §3.1), if its token request asks
    /// for this. The client is authenticated, and nothing is used up yet.
    ///
    /// # Errors
    ///
    /// If the request asks for it, and proves nothing.
    fn bind(&self, request: &mut Request) -> impl Future<Output = Result<Option<Value>>> + Send;

    /// Tells whether a token with this `cnf`, or without any, has this binding.
    fn is_of(&self, confirmation: Option<&Value>) -> bool;

    /// Checks that a request for a resource proves what its token is bound to.
    ///
    /// # Errors
    ///
    /// `invalid_token`, or a code of its own that is declared [for resources](crate::error::ErrorCode::at_resources).
    fn verify(
        &self,
        confirmation: &Value,
        token: &str,
        request: &mut Request,
    ) -> impl Future<Output = Result<()>> + Send;

    /// Parameters of its challenge beside those of RFC 6750 §3, such as `algs` (RFC 9449 §7.1). Default: none.
    fn challenge(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// Adds members to the metadata of the server.
    fn metadata(&self, _document: &mut Map<String, Value>) {}
}

/// The bindings from outside; [`Bearer`] is always there.
pub(crate) type Bindings = [Arc<dyn AnyBinding>];

fn all(outside: &Bindings) -> impl Iterator<Item = &dyn AnyBinding> {
    let bearer: &dyn AnyBinding = &Bearer;
    std::iter::once(bearer).chain(outside.iter().map(|binding| &**binding))
}

/// The schemes of challenges, each once.
pub(crate) fn schemes(outside: &Bindings) -> Vec<Scheme> {
    let mut schemes: Vec<Scheme> = Vec::new();
    for binding in all(outside) {
        if !schemes.iter().any(|known| known.name == binding.scheme()) {
            schemes.push(Scheme { name: binding.scheme(), parameters: binding.challenge() });
        }
    }
    schemes
}

/// Tells whether a binding is one by proof of a key (RFC 9449).
pub(crate) fn is_by_key(binding: &dyn AnyBinding) -> bool {
    binding.scheme() == <dpop::ByKey as Binding>::SCHEME
}

/// The confirmation of what the access token of a token request is bound to; more than one binding may have a
/// part in it (RFC 7800 §3.1: `cnf` has a member each).
pub(crate) async fn bind(outside: &Bindings, request: &mut Request) -> Result<Option<Value>> {
    let mut confirmation = Map::new();
    // [`Bearer`] binds to nothing.
    for binding in outside {
        match binding.bind(request).await? {
            Some(Value::Object(members)) => confirmation.extend(members),
            Some(_) => return Err(Error::server("a token binding made a confirmation that is no object")),
            None => {}
        }
    }
    let confirmation = (!confirmation.is_empty()).then_some(Value::Object(confirmation));
    if let Some(client) = &request.client {
        dpop::check_bound_client(client, confirmation.as_ref())?;
    }
    Ok(confirmation)
}

/// The binding whose scheme and `token_type` a token has: where several have a part in it, the one that is not [`Bearer`]'s.
fn named<'b>(outside: &'b Bindings, confirmation: Option<&Value>) -> Option<&'b dyn AnyBinding> {
    let of_token = all(outside).filter(|binding| binding.is_of(confirmation));
    of_token.min_by_key(|binding| is_bearer(binding.scheme()))
}

fn is_bearer(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case(<Bearer as Binding>::SCHEME)
}

/// The scheme that a token comes with.
pub(crate) fn scheme(outside: &Bindings, confirmation: Option<&Value>) -> &'static str {
    named(outside, confirmation).map_or(<Bearer as Binding>::SCHEME, AnyBinding::scheme)
}

/// `token_type` of a token.
pub(crate) fn token_type(outside: &Bindings, confirmation: Option<&Value>) -> &'static str {
    named(outside, confirmation).map_or(<Bearer as Binding>::TOKEN_TYPE, AnyBinding::token_type)
}

/// Checks that a token came with its own scheme, and with the proof that it is bound to.
///
/// # Errors
///
/// `invalid_token`: RFC 9449 §7.2 has a bound token that comes as a bearer token refused, and a token whose binding nobody here
/// knows is not for here.
pub(crate) async fn check(
    outside: &Bindings,
    presented: &Presented<'_>,
    confirmation: Option<&Value>,
    request: &mut Request,
) -> Result<()> {
    check_scheme(outside, presented.scheme, confirmation)?;
    match confirmation {
        Some(confirmation) => verify(outside, presented.token, confirmation, request).await,
        None => Ok(()),
    }
}

/// Checks that a token came with its own scheme.
///
/// # Errors
///
/// `invalid_token`, as [`check`].
pub(crate) fn check_scheme(outside: &Bindings, scheme: &str, confirmation: Option<&Value>) -> Result<()> {
    let named = named(outside, confirmation)
        .ok_or_else(|| Error::invalid_token("the access token is bound to what cannot be proved here"))?;
    if named.scheme().eq_ignore_ascii_case(scheme) {
        return Ok(());
    }
    Err(Error::invalid_token(format!("the access token is of the type {}", named.token_type())))
}

/// Checks that a request proves what its token is bound to.
///
/// # Errors
///
/// As [`Binding::verify`].
pub(crate) async fn verify(
    outside: &Bindings,
    token: &str,
    confirmation: &Value,
    request: &mut Request,
) -> Result<()> {
    for binding in all(outside).filter(|binding| binding.is_of(Some(confirmation))) {
        binding.verify(confirmation, token, request).await?;
    }
    Ok(())
}
