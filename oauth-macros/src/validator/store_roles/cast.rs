//! A field whose type cannot play the role that it promises is one error, at that type: elsewhere `Missing` stands in.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote_spanned};
use syn::Token;
use syn::spanned::Spanned as _;

use super::model::{Role, ValidatedRoles};
use crate::choice::Choice;
use crate::item::Field;
use crate::krate::{at, parameters_at};

/// The player of a role: its type, and a borrow of it.
pub(super) struct Player {
    pub(super) ty: TokenStream,
    pub(super) store: TokenStream,
}

/// The names that it finds are in scope where `Cannot` is. `None`: the type is taken as it is. One that depends on a parameter
/// has a bound instead, and a `#[store]` need not play every role.
pub(super) fn player(model: &ValidatedRoles<'_>, role: &Role, field: &Field) -> Option<Player> {
    if model.item.mentions_parameter(&field.ty) {
        return None;
    }
    // What is no store at all is not asked for what a store may leave out.
    let role = if role.is_promised_by(field) { role } else { clients_before(model, role, field)? };
    let private = model.krate.private(field.ty.span());
    let (ty, member, span) = (&field.ty, &field.member, at(field.ty.span()));
    let constant = format_ident!("{}", role.name.to_uppercase(), span = span);
    let can = quote_spanned!(span=> { #private::Can::<#ty>::#constant });
    Some(Player {
        ty: quote_spanned!(span=> #private::Player<#can, #ty>),
        store: quote_spanned!(span=> #private::player::<#can, #ty>(&self.#member)),
    })
}

/// The errors, at the types of fields.
pub(super) fn requirements(model: &ValidatedRoles<'_>) -> TokenStream {
    let promises =
        model.roles.iter().flat_map(|(role, choices)| choices.iter().map(move |choice| (role, choice)));
    promises.filter_map(|(role, choice)| require_store(model, role, choice)).collect()
}

/// RFC 6749 §4.1.2 and RFC 9700 §4.14.2 rest on operations of a store: what is marked with a role has those of the role.
fn require_store(model: &ValidatedRoles<'_>, role: &Role, choice: &Choice<'_>) -> Option<TokenStream> {
    let field = choice.field.filter(|field| role.is_promised_by(field))?;
    player(model, role, field)?;
    let (cfg, span) = (&choice.cfg, at(field.ty.span()));
    let private = model.krate.private(field.ty.span());
    let require = format_ident!("require_{}", role.name, span = span);
    // What is no store at all lacks one role first: that is error enough.
    let ty = match clients_before(model, role, field) {
        Some(clients) => player(model, clients, field)?.ty,
        None => field.ty.to_token_stream(),
    };
    let underscore = Token![_](parameters_at(model.item.ident().span(), [&field.ty]));
    Some(quote_spanned!(span=> #cfg const #underscore: () = #private::#require::<#ty>();))
}

/// The role `clients`, if the field plays it beside this one.
fn clients_before<'a>(model: &'a ValidatedRoles<'_>, role: &Role, field: &Field) -> Option<&'a Role> {
    let (clients, choices) = model.roles.iter().find(|(role, _)| role.name == "clients")?;
    let is_it = |choice: &Choice<'_>| choice.field.is_some_and(|other| std::ptr::eq(other, field));
    (role.name != clients.name && choices.iter().any(is_it)).then_some(*clients)
}
