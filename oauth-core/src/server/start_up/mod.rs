//! The mistakes of a configuration that compiles, all at once.
//!
//! The macros refuse most of it earlier, at the user's own token, by the same rules and in the same words. These are for what they
//! cannot see: what comes from the environment, keys, generic servers and servers written by hand.

mod claims;
mod exceptions;
mod fapi2;
mod hooks;
mod issuer;
mod openid;
mod parts;
mod tokens;

use std::sync::Arc;

pub(super) use self::tokens::published_keys_come_or_go;
use super::Report;
use crate::client_auth::AnyClientAuth;
use crate::frame::grant_set::check_interaction;
use crate::frame::{AuthorizationServer, ListedEndpoint, ServerConfig};

/// Everything that is wrong with a server whose issuer is this, and which would route these paths.
pub(super) fn mistakes<S: AuthorizationServer>(
    server: &S,
    config: &ServerConfig,
    issuer: &str,
    endpoints: &[(&'static str, ListedEndpoint<S>)],
    outside: &[Arc<dyn AnyClientAuth>],
) -> Vec<String> {
    let mut mistakes = Vec::new();
    issuer::check(server, issuer, &mut mistakes);
    let outside: Vec<_> = outside.iter().map(|method| method.method()).collect();
    parts::check(server, config, endpoints, &outside, &mut mistakes);
    mistakes.extend(check_interaction(server).err());
    exceptions::check::<S>(&Report::of(server, config, endpoints), &mut mistakes);
    tokens::check(server, &mut mistakes);
    openid::check(server, &mut mistakes);
    claims::check(server, config, &mut mistakes);
    hooks::check(server, endpoints, &outside, &mut mistakes);
    fapi2::check(server, &outside, &mut mistakes);
    mistakes
}
