//! The scopes and resources that are data: what a run adds to the constants of a server.

use crate::frame::{Resource, ServerConfig};
use crate::scope::Scope;

/// The declarations of an [`Environment`](super::Environment).
#[derive(Debug, Default)]
pub(super) struct Declared {
    pub(super) scopes: Vec<Scope>,
    pub(super) unverified_scopes: Vec<&'static str>,
    pub(super) resources: Vec<Resource>,
    /// True if resources are data, also where there are none today.
    pub(super) has_resources: bool,
}

impl Declared {
    pub(super) const fn is_empty(&self) -> bool {
        self.scopes.is_empty() && self.unverified_scopes.is_empty() && self.resources.is_empty()
    }

    /// The constants of a server, with these. The lists are kept until the program ends, as constants are.
    pub(super) fn beside(&self, constants: &ServerConfig) -> ServerConfig {
        let mut config = *constants;
        if !self.scopes.is_empty() {
            config.scopes = self.all_scopes(constants.scopes).leak();
        }
        if !self.unverified_scopes.is_empty() {
            let constant = constants.unverified_scopes.unwrap_or_default();
            config.unverified_scopes = Some([constant, &self.unverified_scopes].concat().leak());
        }
        if !self.resources.is_empty() {
            config.resources = [constants.resources, &self.resources].concat().leak();
        }
        config
    }

    /// The scopes of both. A constant one takes the description of the data; what the data has twice is there twice, for the start to
    /// tell.
    fn all_scopes(&self, constants: &[Scope]) -> Vec<Scope> {
        let mut all = constants.to_vec();
        let mut undescribed: Vec<_> = constants.iter().map(|scope| scope.name).collect();
        for scope in &self.scopes {
            let constant = undescribed.iter().position(|name| *name == scope.name);
            let constant = constant.map(|index| undescribed.swap_remove(index));
            match constant.and_then(|name| all.iter_mut().find(|scope| scope.name == name)) {
                Some(constant) => constant.description = scope.description.or(constant.description),
                None => all.push(*scope),
            }
        }
        all
    }
}
