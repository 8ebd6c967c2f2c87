//! The rules of configurations: a file for what each is about.

mod arguments;
mod authorization_server;
mod claims;
mod decisions;
mod extension_grant;
mod resource_server;
mod scope;
mod start_up;
mod token_generator;
mod validator;

use super::{Rule, RuleKind};

/// Every rule of a configuration.
pub(super) const ALL: &[&[Rule]] = &[
    arguments::RULES,
    token_generator::RULES,
    validator::RULES,
    claims::RULES,
    scope::RULES,
    authorization_server::grants::RULES,
    authorization_server::response_types::RULES,
    authorization_server::scopes::RULES,
    authorization_server::endpoints::RULES,
    authorization_server::clients::RULES,
    authorization_server::lifetimes::RULES,
    authorization_server::parts::RULES,
    extension_grant::RULES,
    resource_server::RULES,
    decisions::RULES,
    start_up::RULES,
];
