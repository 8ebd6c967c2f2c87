//! The rules of a validator struct.

use super::attr::Attr;
use super::model::{ROLES, Role, ValidatedRoles};
use crate::choice::{check_one, choose};
use crate::diagnostics::Diagnostics;
use crate::item::Struct;
use crate::rules;

pub(super) fn check<'a>(attr: &Attr, item: &'a Struct, diagnostics: &Diagnostics) -> ValidatedRoles<'a> {
    item.check_owned(
        "a validator",
        "write the store itself, such as `store: SqliteStore`, without `&` and without this\n\
         a clone of a store is the same store; what is no store can be in an `Arc`",
        diagnostics,
    );
    check_one_store(item, diagnostics);
    for role in &ROLES {
        check_one_field(role, item, diagnostics);
    }
    check_required(item, diagnostics);
    ValidatedRoles {
        item,
        krate: attr.krate.clone(),
        custom: attr.custom,
        roles: ROLES.iter().map(|role| (role, choose(candidates(role, item)))).collect(),
    }
}

/// The fields that can play a role: its own come before `#[store]`.
fn candidates<'a>(role: &Role, item: &'a Struct) -> Vec<&'a crate::item::Field> {
    let mut fields = item.with_helper(role.name);
    fields.extend(item.with_helper("store"));
    fields
}

/// `#[store]` plays every role that no other field plays: two would leave open which.
fn check_one_store(item: &Struct, diagnostics: &Diagnostics) {
    let remedy = rules::validator::one_store_plays_the_roles_that_are_left.words;
    check_one(&item.with_helper("store"), "store", remedy, diagnostics);
}

/// A role is played by one store: single use is one atomic operation of one store.
fn check_one_field(role: &Role, item: &Struct, diagnostics: &Diagnostics) {
    let remedy = rules::validator::one_store_plays_a_role.words;
    check_one(&item.with_helper(role.name), role.name, remedy, diagnostics);
}

/// Every server needs clients and tokens.
fn check_required(item: &Struct, diagnostics: &Diagnostics) {
    let missing: Vec<_> = ROLES
        .iter()
        .filter(|role| role.is_required && candidates(role, item).is_empty())
        .filter(|role| item.lacks(role.name) && item.lacks("store"))
        .map(|role| role.name)
        .collect();
    let ident = item.ident();
    match missing.as_slice() {
        [] => {}
        [role] => diagnostics.error_over(
            ident,
            rules::validator::every_server_keeps_clients_and_tokens.says(&[&ident, &role, &role, &role]),
        ),
        _ => diagnostics.error_over(
            ident,
            format!(
                "`{ident}` has no store: every server needs one for its clients and tokens\n\
                 mark a field with `#[store]`, such as `#[store] store: SqliteStore`"
            ),
        ),
    }
}
