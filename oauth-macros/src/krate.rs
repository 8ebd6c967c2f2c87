//! Where expansions find the run-time crate.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use crate::args::Args;
use crate::diagnostics::Diagnostics;

/// The span of generated tokens: hygienic, and located where the user wrote what they come from.
pub(crate) fn at(span: Span) -> Span {
    Span::mixed_site().located_at(span)
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

/// The path of `oauth_core`: `::oauth_core`, or `crate = …` of the attribute.
#[derive(Clone)]
pub(crate) struct Krate(Option<syn::Path>);

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
        Self(path)
    }

    /// The argument among others that are not read.
    pub(crate) fn of(args: TokenStream) -> Self {
        let diagnostics = Diagnostics::new();
        let krate = Self::take(&mut Args::parse(args, &diagnostics), &diagnostics);
        diagnostics.into_tokens();
        krate
    }

    /// The hidden module that expansions name, located at `span`.
    pub(crate) fn private(&self, span: Span) -> TokenStream {
        let span = at(span);
        if let Some(path) = &self.0 {
            let colons = quote_spanned!(span=> ::);
            quote!(#path #colons __private)
        } else {
            quote_spanned!(span=> ::oauth_core::__private)
        }
    }
}
