//! The place where expansions find the run-time crate.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::spanned::Spanned as _;

use crate::args::Args;
use crate::diagnostics::Diagnostics;
use crate::editor;
use crate::manifest;

/// The span of generated tokens: hygienic, and located where the user wrote what they come from. An editor that is asked what the user
/// wrote there need not hear of them all.
pub(crate) fn at(span: Span) -> Span {
    if editor::expands() { Span::mixed_site() } else { told_at(span) }
}

/// The same for a name of ours that tells what the user's word means: in an editor as well.
pub(crate) fn told_at(span: Span) -> Span {
    Span::mixed_site().located_at(span)
}

/// Where a parameter for types of the user's could be added, after the name of an item of ours in which they stand again. Of a type
/// that does not exist the compiler then says the same in both places, and so says it once: within `<…>` it advises a parameter, which
/// it does for no place of ours.
pub(crate) fn parameters_at<'a>(name: Span, types: impl IntoIterator<Item = &'a syn::Type>) -> Span {
    let is_advised = |ty: &syn::Type| {
        let mut text = ty.to_token_stream().to_string();
        text.contains('<') || text.pop().is_some_and(char::is_uppercase) && text.is_empty()
    };
    let mut types = types.into_iter().peekable();
    if types.peek().is_some() && types.all(is_advised) { name } else { at(name) }
}

/// Bounds that we add to those of a generic struct stand in a `where` clause, and may repeat some.
pub(crate) fn allow_bounds(generics: &syn::Generics) -> Option<TokenStream> {
    generics.type_params().next().map(|_| {
        quote! {
            #[allow(
                clippy::multiple_bound_locations,
                clippy::trait_duplication_in_bounds,
                clippy::type_repetition_in_bounds
            )]
        }
    })
}

/// A type that the compiler does not know unless `check`, an expression, compiles: one that does not fit is an error there, and
/// nowhere else.
pub(crate) fn checked(ty: &syn::Type, private: &TokenStream, check: &TokenStream) -> TokenStream {
    quote_spanned!(at(ty.span())=> <#ty as #private::Checked<{ #check }>>::Type)
}

/// The place of `oauth_core`: `crate = …` of the attribute, or the name in the user's manifest, or its own.
#[derive(Clone, Default)]
pub(crate) struct Krate {
    path: Option<syn::Path>,
    name: Option<Ident>,
}

impl Krate {
    /// Takes the argument `crate`.
    pub(crate) fn take(args: &mut Args, diagnostics: &Diagnostics) -> Self {
        let path = args.take("crate", diagnostics).and_then(|arg| {
            let value = arg.assigned("renamed_oauth_core", diagnostics)?.clone();
            let path = syn::parse2(value.clone());
            if path.is_err() {
                diagnostics.error_over(
                    value,
                    "`crate` is the path of the crate `oauth_core`: write `crate = renamed`",
                );
            }
            path.ok()
        });
        let name = if path.is_none() { other_name() } else { None };
        Self { path, name }
    }

    /// The argument among others that are not read.
    pub(crate) fn of(args: TokenStream) -> Self {
        let diagnostics = Diagnostics::new();
        let krate = Self::take(&mut Args::parse(args, &diagnostics), &diagnostics);
        diagnostics.into_tokens();
        krate
    }

    /// Tells whether a path leads into the crate.
    pub(crate) fn has(&self, path: &syn::Path) -> bool {
        let Some(syn::PathSegment { ident: first, .. }) = path.segments.first() else { return false };
        first == "oauth_core"
            || self.name.as_ref().is_some_and(|name| first == name)
            || self.path.as_ref().is_some_and(|own| begins_with(path, own))
    }

    /// The hidden module that expansions name, located at `span`.
    pub(crate) fn private(&self, span: Span) -> TokenStream {
        let colons = quote_spanned!(at(span)=> ::);
        // What the user wrote stands for what the path ends with: an editor that is asked for its definition need not hear of
        // this crate and this module.
        let [oauth_core, private] =
            ["oauth_core", "__private"].map(|name| Ident::new(name, Span::mixed_site()));
        if let Some(path) = &self.path {
            return quote!(#path #colons #private);
        }
        let name = self.name.as_ref().unwrap_or(&oauth_core);
        quote!(#colons #name #colons #private)
    }
}

/// Tells whether a path begins with all of another, unless that is only where the path stands, as all of the user's are.
fn begins_with(path: &syn::Path, other: &syn::Path) -> bool {
    let is_here = ["crate", "self", "super"].iter().any(|here| other.is_ident(here));
    let are_same = |(one, another): (&syn::PathSegment, &syn::PathSegment)| one.ident == another.ident;
    !is_here
        && path.segments.len() > other.segments.len()
        && path.segments.iter().zip(&other.segments).all(are_same)
}

/// The name that the user's manifest gives the crate, if it is another.
fn other_name() -> Option<Ident> {
    let mut name: Ident = syn::parse_str(&manifest::other_name()?).ok()?;
    name.set_span(Span::mixed_site());
    Some(name)
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn a_path_leads_into_the_crate_that_all_of_its_beginning_names() {
        let of = |path: &str| Krate { path: syn::parse_str(path).ok(), name: None };
        let framework = of("framework::auth");
        assert!(framework.has(&parse_quote!(framework::auth::grant::ClientCredentials)));
        assert!(framework.has(&parse_quote!(oauth_core::grant::ClientCredentials)));
        assert!(!framework.has(&parse_quote!(framework::grants::ClientCredentials)));
        assert!(!framework.has(&parse_quote!(framework::auth)));
        assert!(of("crate::auth").has(&parse_quote!(crate::auth::ClientCredentials)));
        assert!(!of("crate").has(&parse_quote!(crate::ClientCredentials)));
        assert!(!Krate::default().has(&parse_quote!(grants::ClientCredentials)));
    }
}
