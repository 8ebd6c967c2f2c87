//! A validator struct whose roles are certain.

use proc_macro2::Span;

use crate::choice::Choice;
use crate::item::{Field, Struct};
use crate::krate::Krate;

/// A role that a store can play.
pub(super) struct Role {
    /// The role's helper attribute, and the method of `StoreRoles`.
    pub(super) name: &'static str,
    /// The associated type of `StoreRoles`, unless the store is erased.
    pub(super) associated_type: &'static str,
    /// The trait of a store that can play it.
    pub(super) store: &'static str,
    /// True if every server needs the role.
    pub(super) is_required: bool,
    /// True if `StoreRoles` lends the store without its type.
    pub(super) is_erased: bool,
}

const fn required(name: &'static str, associated_type: &'static str, store: &'static str) -> Role {
    Role { name, associated_type, store, is_required: true, is_erased: false }
}

const fn optional(name: &'static str, associated_type: &'static str, store: &'static str) -> Role {
    Role { name, associated_type, store, is_required: false, is_erased: false }
}

const fn erased(name: &'static str, store: &'static str) -> Role {
    Role { name, associated_type: "", store, is_required: false, is_erased: true }
}

pub(super) const ROLES: [Role; 9] = [
    required("clients", "Clients", "ClientStore"),
    required("tokens", "Tokens", "TokenStore"),
    optional("codes", "Codes", "CodeStore"),
    optional("users", "Users", "UserStore"),
    optional("sessions", "Sessions", "SessionStore"),
    optional("consents", "Consents", "ConsentStore"),
    optional("devices", "Devices", "DeviceStore"),
    erased("pushed_requests", "PushedRequestStore"),
    optional("replay_ids", "ReplayIds", "ReplayStore"),
];

impl Role {
    /// Tells whether the field must be able to play the role: it is marked so, or every server needs the
    /// role.
    pub(super) fn is_promised_by(&self, field: &Field) -> bool {
        self.is_required || field.helper(self.name).is_some()
    }
}

pub(super) struct ValidatedRoles<'a> {
    pub(super) item: &'a Struct,
    pub(super) krate: Krate,
    pub(super) custom: Option<Span>,
    pub(super) roles: Vec<(&'static Role, Vec<Choice<'a>>)>,
}
