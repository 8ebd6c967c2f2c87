//! `impl StoreRoles`, and what makes a `RequestValidator` of it.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Token, WhereClause, WherePredicate, parse_quote, parse_quote_spanned};

use super::cast;
use super::model::{ROLES, Role, ValidatedRoles};
use crate::choice::Choice;
use crate::item::Field;
use crate::krate::{allow_bounds, at, parameters_at};
use crate::unmarked;

pub(super) fn expand(model: &ValidatedRoles<'_>) -> TokenStream {
    let roles = store_roles(model, "NoStore");
    let (kind, checks) = if let Some(custom) = model.custom {
        (custom_marker(model, Some(custom)), custom_check(model, custom))
    } else {
        (plain(model, None), unmarked::checks(model.item, &model.krate, unmarked::OF_A_VALIDATOR, |_| true))
    };
    quote!(#roles #kind #checks)
}

/// Beside errors: the struct is a validator all the same, so that nothing that uses it is an error too.
pub(super) fn fallback(model: &ValidatedRoles<'_>) -> TokenStream {
    if model.item.is_borrowed() {
        return TokenStream::new();
    }
    let roles = store_roles(model, "Missing");
    let kind = if model.custom.is_some() { custom_marker(model, None) } else { plain(model, Some("Unsaid")) };
    quote!(#roles #kind)
}

/// `absent` is the type that plays a role which no field plays.
fn store_roles(model: &ValidatedRoles<'_>, absent: &str) -> TokenStream {
    let span = at(model.item.ident().span());
    let private = model.krate.private(model.item.ident().span());
    let (name, where_clause) = (model.item.ident(), bounds(model));
    let (impl_generics, ty_generics, _) = model.item.input.generics.split_for_impl();
    let items = model.roles.iter().filter(|(role, _)| !role.is_erased).flat_map(|(role, choices)| {
        let private = &private;
        choices.iter().map(move |choice| role_items(model, role, choice, private, absent, span))
    });
    let of_role = |name: &'static str| {
        model.roles.iter().filter(move |(role, _)| role.name == name).flat_map(|(_, choices)| choices)
    };
    let users = of_role("users").filter_map(|choice| find_user(choice, model));
    let registrations = of_role("clients").filter_map(|choice| lend_registrations(choice, model));
    let replay_ids = of_role("replay_ids").map(|choice| claim(choice, model, span));
    let revocations = of_role("tokens").filter_map(|choice| lend_revocations(choice, model));
    let limits = of_role("tokens").filter_map(|choice| lend_limits(choice, model));
    let pushed_requests = of_role("pushed_requests").filter_map(|choice| lend_pushed_requests(choice, model));
    let logouts = of_role("sessions").filter_map(|choice| lend_logouts(choice, model));
    let upkeep = lend_upkeep(model, span);
    let allow = allow_bounds(&model.item.input.generics);
    let requirements = cast::requirements(model);
    let fields = model.roles.iter().flat_map(|(_, choices)| choices).filter_map(|choice| choice.field);
    let impl_token = Token![impl](parameters_at(name.span(), fields.map(|field| &field.ty)));
    quote_spanned! {span=>
        const _: () = {
            #[allow(unused_imports)]
            use #private::{Cannot as _, NoLimits as _, NoLogouts as _, NoPushedRequests as _, NoRegistrations as _, NoReplayIds as _, NoRevocations as _, NoUpkeep as _, NoUserLookup as _};
            #[automatically_derived]
            #allow
            #impl_token #impl_generics #private::StoreRoles for #name #ty_generics #where_clause {
                #(#items)*
                #(#users)*
                #(#replay_ids)*
                #(#pushed_requests)*
                #(#registrations)*
                #(#revocations)*
                #(#limits)*
                #(#logouts)*
                #upkeep
            }
            #requirements
        };
    }
}

/// The way to find people, by a store that may know them.
fn find_user(choice: &Choice<'_>, model: &ValidatedRoles<'_>) -> Option<TokenStream> {
    let field = choice.field?;
    let (cfg, ty, member, span) = (&choice.cfg, &field.ty, &field.member, at(field.ty.span()));
    let private = model.krate.private(field.ty.span());
    Some(quote_spanned! {span=>
        #cfg
        async fn find_user(&self, subject: &str) -> #private::StoreResult<#private::Option<#private::User>> {
            #private::UserLookup::<#ty>::find(&self.#member, subject).await
        }
    })
}

/// The store of clients, if it keeps registrations as well.
fn lend_registrations(choice: &Choice<'_>, model: &ValidatedRoles<'_>) -> Option<TokenStream> {
    let field = choice.field?;
    let (cfg, ty, member, span) = (&choice.cfg, &field.ty, &field.member, at(field.ty.span()));
    let private = model.krate.private(field.ty.span());
    Some(quote_spanned! {span=>
        #cfg
        const KEEPS_REGISTRATIONS: bool = #private::Registrations::<#ty>::ARE_KEPT;
        #cfg
        fn registrations(&self) -> #private::Option<&dyn #private::AnyRegistrationStore> {
            #private::Registrations::<#ty>::lend(&self.#member)
        }
    })
}

/// The store of tokens, if it tells what is revoked of those that it does not keep.
fn lend_revocations(choice: &Choice<'_>, model: &ValidatedRoles<'_>) -> Option<TokenStream> {
    let field = choice.field?;
    let (cfg, ty, member, span) = (&choice.cfg, &field.ty, &field.member, at(field.ty.span()));
    let private = model.krate.private(field.ty.span());
    Some(quote_spanned! {span=>
        #cfg
        fn revocations(&self) -> #private::Option<&dyn #private::AnyRevocationStore> {
            #private::Revocations::<#ty>::lend(&self.#member)
        }
    })
}

/// The store of tokens, if it counts attempts for all instances.
fn lend_limits(choice: &Choice<'_>, model: &ValidatedRoles<'_>) -> Option<TokenStream> {
    let field = choice.field?;
    let (cfg, ty, member, span) = (&choice.cfg, &field.ty, &field.member, at(field.ty.span()));
    let private = model.krate.private(field.ty.span());
    Some(quote_spanned! {span=>
        #cfg
        fn limits(&self) -> #private::Option<&dyn #private::AnyLimitStore> {
            #private::Limits::<#ty>::lend(&self.#member)
        }
    })
}

/// The store of sessions, if it keeps which clients must hear of their ends.
fn lend_logouts(choice: &Choice<'_>, model: &ValidatedRoles<'_>) -> Option<TokenStream> {
    let field = choice.field?;
    let (cfg, ty, member, span) = (&choice.cfg, &field.ty, &field.member, at(field.ty.span()));
    let private = model.krate.private(field.ty.span());
    Some(quote_spanned! {span=>
        #cfg
        fn logouts(&self) -> #private::Option<&dyn #private::AnyLogoutStore> {
            #private::Logouts::<#ty>::lend(&self.#member)
        }
    })
}

/// The way to claim the identifiers of assertions: a `#[replay_ids]` field must be able to, and a `#[store]`
/// may.
fn claim(choice: &Choice<'_>, model: &ValidatedRoles<'_>, span: Span) -> TokenStream {
    let Some(field) = choice.field else {
        let cfg = &choice.cfg;
        return quote_spanned! {span=>
            #cfg
            const KEEPS_REPLAY_IDS: bool = false;
        };
    };
    let (cfg, ty, member, span) = (&choice.cfg, &field.ty, &field.member, at(field.ty.span()));
    let private = model.krate.private(field.ty.span());
    let (are_kept, claim, store) = if field.helper("replay_ids").is_some() {
        (
            quote_spanned!(span=> true),
            quote_spanned!(span=> #private::ReplayStore::claim_replay_id),
            quote_spanned!(span=> #private::StoreRoles::replay_ids(self)),
        )
    } else {
        (
            quote_spanned!(span=> #private::ReplayIds::<#ty>::ARE_KEPT),
            quote_spanned!(span=> #private::ReplayIds::<#ty>::claim),
            quote_spanned!(span=> &self.#member),
        )
    };
    quote_spanned! {span=>
        #cfg
        const KEEPS_REPLAY_IDS: bool = #are_kept;
        #cfg
        async fn claim_replay_id(
            &self,
            id: &#private::TokenHash,
            attempt: #private::Attempt,
            until: #private::UnixTime,
            now: #private::UnixTime,
        ) -> #private::StoreResult<bool> {
            #claim(#store, id, attempt, until, now).await
        }
    }
}

/// The way to the store of pushed requests: a `#[pushed_requests]` field of any type must be one, and a `#[store]` may.
fn lend_pushed_requests(choice: &Choice<'_>, model: &ValidatedRoles<'_>) -> Option<TokenStream> {
    let field = choice.field?;
    let (cfg, ty, member, span) = (&choice.cfg, &field.ty, &field.member, at(field.ty.span()));
    let private = model.krate.private(field.ty.span());
    let is_bounded = field.helper("pushed_requests").is_some() && model.item.mentions_parameter(ty);
    let (are_kept, store) = if is_bounded {
        (quote_spanned!(span=> true), quote_spanned!(span=> #private::Some(&self.#member)))
    } else {
        let role = quote_spanned!(span=> #private::PushedRequests::<#ty>);
        (quote_spanned!(span=> #role::ARE_KEPT), quote_spanned!(span=> #role::lend(&self.#member)))
    };
    Some(quote_spanned! {span=>
        #cfg
        const KEEPS_PUSHED_REQUESTS: bool = #are_kept;
        #cfg
        fn pushed_requests(&self) -> #private::Option<&dyn #private::AnyPushedRequestStore> {
            #store
        }
    })
}

/// Each store once, if it can be swept and says whether it is ready.
fn lend_upkeep(model: &ValidatedRoles<'_>, span: Span) -> TokenStream {
    let private = model.krate.private(span);
    let plays = |field: &&Field| {
        field.helper("store").is_some() || ROLES.iter().any(|role| field.helper(role.name).is_some())
    };
    let lent = model.item.fields.iter().filter(plays).map(|field| {
        let (ty, member, span, cfg) = (&field.ty, &field.member, at(field.ty.span()), &field.cfg);
        let private = model.krate.private(field.ty.span());
        quote_spanned!(span=> #(#[cfg(#cfg)])* #private::Upkeep::<#ty>::lend(&self.#member))
    });
    quote_spanned! {span=>
        fn upkeep(&self) -> #private::Vec<&dyn #private::AnyUpkeep> {
            #private::upkeep([#(#lent),*])
        }
    }
}

fn role_items(
    model: &ValidatedRoles<'_>,
    role: &Role,
    choice: &Choice<'_>,
    private: &TokenStream,
    absent: &str,
    span: Span,
) -> TokenStream {
    let span = choice.field.map_or(span, |field| at(field.ty.span()));
    let cfg = &choice.cfg;
    let associated_type = format_ident!("{}", role.associated_type, span = span);
    let method = format_ident!("{}", role.name, span = span);
    let (ty, store) = if let Some(field) = choice.field {
        let (ty, member) = (&field.ty, &field.member);
        let player = cast::player(model, role, field);
        let ty = player.as_ref().map_or_else(|| ty.to_token_stream(), |player| player.ty.clone());
        let store = player.map_or_else(|| quote_spanned!(span=> &self.#member), |player| player.store);
        (ty, store)
    } else {
        let absent = format_ident!("{absent}", span = span);
        let ty = quote_spanned!(span=> #private::#absent);
        let store = if absent == "NoStore" {
            quote_spanned!(span=> &#ty)
        } else {
            quote_spanned!(span=> #ty::never())
        };
        (ty, store)
    };
    quote_spanned! {span=>
        #cfg
        type #associated_type = #ty;
        #cfg
        fn #method(&self) -> &Self::#associated_type {
            #store
        }
    }
}

/// `#[validator]` alone: every hook's default.
/// `said` is what it says of its hooks, where it is not that there are none.
fn plain(model: &ValidatedRoles<'_>, said: Option<&str>) -> TokenStream {
    let span = at(model.item.ident().span());
    let private = model.krate.private(model.item.ident().span());
    let name = model.item.ident();
    let (impl_generics, ty_generics, where_clause) = model.item.input.generics.split_for_impl();
    // Certainly so; but within a block of hooks, which holds where the kind is `Custom`, this `impl` is out of the
    // question: a missing `custom` is an error once, not wherever the compiler could choose either.
    let mut with_stores = bounds(model).unwrap_or_else(|| parse_quote!(where));
    with_stores.predicates.push(
        parse_quote_spanned!(span=> #name #ty_generics: #private::ValidatorKind<Kind = #private::Plain>),
    );
    let allow = allow_bounds(&model.item.input.generics);
    let said = match said {
        Some(said) => {
            let said = format_ident!("{said}", span = span);
            Some(quote_spanned!(span=> #private::Hooks::#said))
        }
        // Of a struct with parameters nobody knows which type is meant. A type with the constant of its own does not need the trait's.
        None if model.item.input.generics.params.is_empty() => Some(quote_spanned! {span=>
            {
                #[allow(unused_imports)]
                use #private::NoNeededHooks as _;
                #private::SaidHooks::<#name>::HOOKS
            }
        }),
        None => None,
    };
    let said = said.map(|said| quote_spanned!(span=> const WITHOUT_HOOKS: #private::Hooks = #said;));
    quote_spanned! {span=>
        #[automatically_derived]
        impl #impl_generics #private::ValidatorKind for #name #ty_generics #where_clause {
            type Kind = #private::Plain;
        }
        #[automatically_derived]
        #allow
        impl #impl_generics #private::PlainValidator for #name #ty_generics #with_stores {
            #said
        }
    }
}

/// `#[validator(custom)]`: an `impl` block of hooks is welcome, and its absence an error at `custom`. With type parameters the check
/// is [`custom_check`].
fn custom_marker(model: &ValidatedRoles<'_>, custom: Option<Span>) -> TokenStream {
    let span = at(model.item.ident().span());
    let private = model.krate.private(model.item.ident().span());
    let (name, with_stores) = (model.item.ident(), bounds(model));
    let (impl_generics, ty_generics, where_clause) = model.item.input.generics.split_for_impl();
    let allow = allow_bounds(&model.item.input.generics);
    let is_complete = match custom {
        Some(custom) if model.item.input.generics.params.is_empty() => {
            let (private, mut name) = (model.krate.private(custom), name.clone());
            name.set_span(at(custom));
            quote_spanned!(at(custom)=> #private::require_hooks::<#name>())
        }
        _ => quote_spanned!(span=> true),
    };
    quote_spanned! {span=>
        #[automatically_derived]
        impl #impl_generics #private::ValidatorKind for #name #ty_generics #where_clause {
            type Kind = #private::Custom;
        }
        #[automatically_derived]
        impl #impl_generics #private::Customizable for #name #ty_generics #where_clause {
            const IS_COMPLETE: bool = #is_complete;
        }
        #[automatically_derived]
        #allow
        impl #impl_generics #private::CustomValidator for #name #ty_generics #with_stores {}
    }
}

/// `#[validator(custom)]` without an `impl` block of hooks is an error at `custom`.
fn custom_check(model: &ValidatedRoles<'_>, custom: Span) -> TokenStream {
    let span = at(custom);
    let private = model.krate.private(custom);
    let mut name = model.item.ident().clone();
    name.set_span(at(custom));
    let (impl_generics, ty_generics, _) = model.item.input.generics.split_for_impl();
    if model.item.input.generics.params.is_empty() {
        return TokenStream::new();
    }
    let where_clause = bounds(model);
    let allow = allow_bounds(&model.item.input.generics);
    quote_spanned! {span=>
        const _: () = {
            #allow
            #[allow(dead_code)]
            fn __oauth_check #impl_generics () #where_clause {
                #private::require_hooks::<#name #ty_generics>();
            }
        };
    }
}

/// The struct's own bounds, and those its stores need where they are type parameters.
fn bounds(model: &ValidatedRoles<'_>) -> Option<WhereClause> {
    let generics = &model.item.input.generics;
    if generics.type_params().next().is_none() {
        return generics.where_clause.clone();
    }
    let span = model.item.ident().span();
    let private = model.krate.private(span);
    let (name, (_, ty_generics, _)) = (model.item.ident(), generics.split_for_impl());
    let mut predicates: Vec<WherePredicate> =
        vec![parse_quote_spanned!(at(span)=> #name #ty_generics: #private::Send + #private::Sync + 'static)];
    for (role, choices) in &model.roles {
        let [Choice { field: Some(field), .. }] = choices.as_slice() else { continue };
        if model.item.mentions_parameter(&field.ty) {
            let ty = &field.ty;
            predicates.push(if role.is_required {
                let bound = format_ident!("{}", role.store, span = at(span));
                parse_quote!(#ty: #private::#bound)
            } else {
                parse_quote!(#ty: #private::Send + #private::Sync)
            });
        }
    }
    let mut where_clause = generics.where_clause.clone().unwrap_or_else(|| parse_quote!(where));
    where_clause.predicates.extend(predicates);
    Some(where_clause)
}
