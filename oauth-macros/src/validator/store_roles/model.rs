//! A validator struct whose roles are certain.

use proc_macro2::Span;

use crate::choice::Choice;
use crate::item::Struct;
use crate::krate::Krate;

/// A role that a store can play.
pub(super) struct Role {
    /// Its helper attribute, and the method of `StoreRoles`.
    pub(super) name: &'static str,
    /// The associated type of `StoreRoles`.
    pub(super) associated_type: &'static str,
    /// The trait a store must implement for every server, if it must.
    pub(super) required: Option<&'static str>,
}

pub(super) const ROLES: [Role; 8] = [
    Role { name: "clients", associated_type: "Clients", required: Some("ClientStore") },
    Role { name: "tokens", associated_type: "Tokens", required: Some("TokenStore") },
    Role { name: "codes", associated_type: "Codes", required: None },
    Role { name: "users", associated_type: "Users", required: None },
    Role { name: "sessions", associated_type: "Sessions", required: None },
    Role { name: "consents", associated_type: "Consents", required: None },
    Role { name: "devices", associated_type: "Devices", required: None },
    Role { name: "replay_ids", associated_type: "ReplayIds", required: None },
];

pub(super) struct ValidatedRoles<'a> {
    pub(super) item: &'a Struct,
    pub(super) krate: Krate,
    pub(super) custom: Option<Span>,
    pub(super) roles: Vec<(&'static Role, Vec<Choice<'a>>)>,
}
