//! What is wrong with a configuration that compiles: one function a rule, and `into_service` tells all at once.
//!
//! The macros refuse most of it earlier, at the user's own token. These are for what they cannot see: what comes from the
//! environment, keys, generic servers and servers written by hand.

mod claims;
mod client_authentication;
mod endpoints;
mod exceptions;
mod grants;
mod issuer;
mod lifetimes;
mod openid;
mod origins;
mod response_types;
mod scopes;
mod tokens;

use std::sync::Arc;

pub(super) use self::tokens::published_keys_come_or_go;
use super::{AuthorizationServer, Report};
use crate::client_auth::AnyClientAuth;
use crate::endpoint::ListedEndpoint;

/// Everything that is wrong with a server whose issuer is this, and which would route these paths.
pub(super) fn mistakes<S: AuthorizationServer>(
    server: &S,
    issuer: &str,
    endpoints: &[(&'static str, ListedEndpoint<S>)],
    outside: &[Arc<dyn AnyClientAuth>],
) -> Vec<String> {
    let mut mistakes = Vec::new();
    issuer::check(server, issuer, &mut mistakes);
    scopes::check::<S>(&mut mistakes);
    lifetimes::check(server, &mut mistakes);
    response_types::check::<S>(&mut mistakes);
    grants::check(server, &mut mistakes);
    let outside: Vec<_> = outside.iter().map(|method| method.method()).collect();
    client_authentication::check::<S>(&outside, &mut mistakes);
    origins::check(S::CONFIG.allowed_origins, &mut mistakes);
    exceptions::check::<S>(&Report::of(server, endpoints), &mut mistakes);
    tokens::check(server, &mut mistakes);
    openid::check(server, &mut mistakes);
    claims::check::<S>(&mut mistakes);
    endpoints::check::<S>(endpoints, &mut mistakes);
    mistakes
}

/// Those of a list that an earlier one equals, each once.
fn repeated<T: PartialEq>(list: &[T]) -> impl Iterator<Item = &T> {
    list.iter().enumerate().filter_map(|(index, item)| {
        let earlier = list.iter().take(index).filter(|earlier| *earlier == item).count();
        (earlier == 1).then_some(item)
    })
}
