//! The rules of `#[authorization_server]`.

pub(super) mod clients;
pub(super) mod endpoints;
pub(super) mod grants;
pub(super) mod lifetimes;
pub(super) mod parts;
pub(super) mod response_types;
pub(super) mod scopes;

use super::{Rule, RuleKind};

const fn error(name: &'static str) -> Rule {
    Rule::new(RuleKind::CompileTime, "authorization_server", name)
}
