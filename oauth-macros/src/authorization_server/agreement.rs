//! What only the compiler can judge of a server: constants of two items that must agree, evaluated at the user's own tokens.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote_spanned};
use syn::spanned::Spanned as _;

use super::model::{IdTokens, ValidatedServer};
use super::resources::Resource;
use crate::choice::Choice;
use crate::issuer::Issuer;
use crate::krate::at;
use crate::lints::Outcome;
use crate::literal::string;
use crate::rules::profile::fapi2;
use crate::scope_list;

/// Constants of two items that must agree. Where the server has type parameters, `into_router` checks instead.
pub(super) fn checks(model: &ValidatedServer<'_>, outcome: &Outcome) -> TokenStream {
    let helper_span = |choices: &[Choice<'_>], helper: &str| {
        choices.iter().find_map(|choice| Some(choice.field?.helper(helper)?.span))
    };
    let access_token = helper_span(&model.access_token, "access_token");
    let refresh_token = helper_span(&model.refresh_token, "refresh_token");
    let mut checks: Vec<(Span, &str)> = Vec::new();
    match (&model.issuer, access_token) {
        (None, Some(span)) => checks.push((span, "check_issuer_is_stated")),
        (Some((Issuer::Literal(text), _)), Some(_)) => checks.push((text.span, "check_issuers_agree")),
        (Some((Issuer::Constant { value, .. }, _)), _) => {
            checks.push((value.span(), "check_issuer"));
            if access_token.is_some() {
                checks.push((value.span(), "check_issuers_agree"));
            }
        }
        _ => {}
    }
    checks.extend(access_token.map(|span| (span, "check_access_token_generators")));
    checks.extend(refresh_token.map(|span| (span, "check_refresh_token_generators")));
    checks.extend(refresh_token.map(|span| (span, "check_refresh_tokens_are_no_access_tokens")));
    checks.extend(access_token.map(|span| (span, "check_static_claims_differ")));
    checks.extend(
        refresh_token_span(model, access_token)
            .map(|span| (span, "check_refresh_tokens_outlive_access_tokens")),
    );
    match &model.id_tokens {
        IdTokens::Absent => {}
        IdTokens::Fields { helper: span, .. } | IdTokens::AccessTokens(span) => {
            checks.push((*span, "check_id_token_algorithm"));
        }
    }
    for (method, span) in &model.auth_methods.asked {
        checks.extend(method.checks.iter().map(|check| (*span, *check)));
    }
    checks.extend(fapi2_checks(model, access_token));
    checks.extend(model.dpop.iter().map(|dpop| (dpop.span, "check_proofs_are_kept")));
    checks.extend(model.pushed.iter().map(|pushed| (pushed.span, "check_pushed_requests_are_kept")));
    checks.extend(helper_span(&model.validator, "validator").map(|span| (span, "check_hooks_are_asked")));
    checks.extend(model.grants.span("jwt_bearer").map(|span| (span, "check_assertions_are_verified")));
    let tokens = model.registration.as_ref().and_then(|registration| registration.initial_access_token);
    checks.extend(tokens.map(|span| (span, "check_initial_access_tokens_are_known")));
    let registration = model.registration.as_ref().map(|registration| registration.span);
    checks.extend(registration.map(|span| (span, "check_registrations_are_kept")));
    let session_spans = model.endpoints.iter().flat_map(|endpoints| &endpoints.session_spans);
    checks.extend(session_spans.map(|span| (*span, "check_sessions")));
    let scopes = model.scopes_span.or(model.grants.first_span());
    checks.extend(scopes.map(|span| (span, "check_claim_scopes")));
    checks.extend(scopes.map(|span| (span, "check_claim_destinations")));
    // What is known here has been checked.
    let mut all_scopes = model.scopes.iter().chain(&model.default_scopes);
    if all_scopes.any(|scope| scope.name().is_none()) {
        checks.extend(scopes.map(|span| (span, "check_scopes_differ")));
        checks.extend(scopes.map(|span| (span, "check_default_scopes")));
        checks.extend(scopes.map(|span| (span, "check_offline_access")));
        if scope_list::find(&model.scopes, "openid").is_none() {
            checks.extend(scopes.map(|span| (span, "check_openid_is_text")));
        }
    }
    let namesake = model.grants.namesakes.last().map(|(path, _)| path);
    let extension = model.grants.extensions.last().or(namesake).map(syn::spanned::Spanned::span);
    checks.extend(extension.map(|span| (span, "check_grant_types_differ")));
    checks.extend(model.resources_span.map(|span| (span, "check_resources_say_the_audience")));
    let unverified = model.unverified_scopes.iter().flatten().enumerate();
    // What is known here has been checked.
    let is_known = scope_list::are_known(&model.scopes);
    let unverified = unverified.filter(|(_, scope)| !is_known || scope.name().is_none());
    let unverified_checks = unverified.map(|(index, scope)| {
        const_check(model, scope.span(), "check_unverified_scope", Some(&index.to_token_stream()))
    });
    let revocations = access_token.map(|span| revocations_check(model, span));
    let checks = checks.into_iter().map(|(span, check)| const_check(model, span, check, None));
    let given = model.endpoints.iter().flat_map(|endpoints| &endpoints.given);
    let page_checks =
        given.map(|path| const_check(model, path.span, "check_is_no_page", Some(&string(path))));
    // What is known here has been checked.
    let is_known = scope_list::are_known(&model.scopes) && model.resources.iter().all(Resource::is_known);
    let resources = model.resources.iter().enumerate().filter(|_| !is_known);
    let resource_checks = resources.map(|(index, resource)| {
        const_check(model, resource.span(), "check_resource", Some(&index.to_token_stream()))
    });
    // What its token generators do is denied by name, each name at its own token.
    let denials = outcome
        .denied()
        .enumerate()
        .map(|(index, (_, span))| const_check(model, span, "check_denied", Some(&index.to_token_stream())));
    checks
        .chain(namesakes_check(model))
        .chain(revocations)
        .chain(page_checks)
        .chain(resource_checks)
        .chain(unverified_checks)
        .chain(denials)
        .collect()
}

/// The place where it is said how long refresh tokens live, or else access tokens; `None`: there are no refresh tokens.
fn refresh_token_span(model: &ValidatedServer<'_>, access_token: Option<Span>) -> Option<Span> {
    let grant = model.grants.span("refresh_token")?;
    let given = ["refresh_token_lifetime", "refresh_token_max_lifetime"].map(|name| model.duration(name));
    let shortest = given.into_iter().flatten().min_by_key(|lifetime| lifetime.seconds);
    shortest.map(|lifetime| lifetime.text.span).or(access_token).or(Some(grant))
}

/// The checks of the profile `fapi2`, and those of what it has on without an argument, at the profile.
fn fapi2_checks(model: &ValidatedServer<'_>, access_token: Option<Span>) -> Vec<(Span, &'static str)> {
    let is_fapi2 = model.profile.is_some_and(|profile| profile == &fapi2::PROFILE);
    let Some(profile) = model.profile_span.filter(|_| is_fapi2) else { return Vec::new() };
    let mut checks = vec![(profile, "check_nothing_rotates")];
    checks.extend(access_token.map(|span| (span, "check_access_token_algorithm")));
    if let IdTokens::Fields { helper, .. } = &model.id_tokens {
        checks.push((*helper, "check_fapi2_id_token_algorithm"));
    }
    // The identifiers of assertions and of proofs have one store.
    if model.dpop.is_none() && model.auth_methods.asked.is_empty() {
        checks.push((profile, "check_fapi2_replay_ids"));
    }
    if model.pushed.is_none() && model.grants.use_authorization_endpoint() {
        checks.push((profile, "check_pushed_requests_are_kept"));
    }
    checks
}

/// A bound on the store of tokens, where the generator of access tokens needs it.
fn revocations_check(model: &ValidatedServer<'_>, span: Span) -> TokenStream {
    let private = model.krate.private(span);
    let (span, mut name) = (at(span), model.item.ident().clone());
    name.set_span(span);
    quote_spanned! {span=>
        const _: () = #private::require_revocations::<#name, {
            <<#name as #private::AuthorizationServer>::AccessTokens as #private::TokenGenerator>::IS_SELF_CONTAINED
        }>();
    }
}

/// A function of constants that the compiler evaluates, and whose failure it shows at `span`.
fn const_check(
    model: &ValidatedServer<'_>,
    span: Span,
    check: &str,
    argument: Option<&TokenStream>,
) -> TokenStream {
    let private = model.krate.private(span);
    let span = at(span);
    let check = format_ident!("{check}", span = span);
    let mut name = model.item.ident().clone();
    name.set_span(span);
    // Where one of these is an error, what grants bring is not known.
    let guards = model.grants.namesakes.iter().map(|(path, _)| own_grant(path, &private));
    let guard = (!model.grants.namesakes.is_empty()).then(|| quote_spanned!(span=> if #(#guards)&&*));
    if let Some(guard) = guard {
        return quote_spanned!(span=> const _: () = #guard { #private::#check::<#name>(#argument) };);
    }
    quote_spanned!(span=> const _: () = #private::#check::<#name>(#argument);)
}

/// An expression that tells whether a type which is called as a standard grant is an extension grant.
pub(super) fn own_grant(path: &syn::Path, private: &TokenStream) -> TokenStream {
    let span = at(path.span());
    // A type that is one has the constant itself, and does not need the trait.
    quote_spanned! {span=>
        {
            #[allow(unused_imports)]
            use #private::NotOwnGrant as _;
            #private::OwnGrant::<#path>::IS_ONE
        }
    }
}

/// A check of the types that are called as standard grants; elsewhere `Missing` stands in for those that are.
pub(super) fn namesakes_check(model: &ValidatedServer<'_>) -> Option<TokenStream> {
    let (first, _) = model.grants.namesakes.first()?;
    let (span, private) = (at(first.span()), model.krate.private(first.span()));
    let names = model.grants.namesakes.iter().map(|(path, grant)| {
        let (is_own, name) = (own_grant(path, &private), grant.name);
        quote_spanned!(span=> (#is_own, #name))
    });
    let all: Vec<_> = model.grants.namesakes.iter().map(|(_, grant)| grant.name).collect();
    let all = all.join(", ");
    Some(quote_spanned!(span=> const _: () = #private::check_own_grants(&[#(#names),*], #all);))
}
