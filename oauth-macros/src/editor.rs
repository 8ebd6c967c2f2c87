//! The difference between an editor that expands, and completes what is being typed, and the compiler, which would find fault with it twice.
//!
//! To complete at a cursor, rust-analyzer expands twice: what is there, and the same with a word of its own at the cursor. It finds that
//! word in the second expansion, and what surrounds it, at the same distance from the beginning, in the first. So what it is to find
//! comes before everything else, and has its frame even where nothing is typed yet.

mod arguments;
mod helpers;

use std::sync::LazyLock;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::DeriveInput;

use self::arguments::Arguments;
use crate::krate::Krate;

/// The variable that rust-analyzer sets where it runs macros: its server of them does not start without.
const VARIABLE: &str = "RUST_ANALYZER_INTERNALS_DO_NOT_USE";

/// Tells whether an editor expands.
pub(crate) fn expands() -> bool {
    static EXPANDS: LazyLock<bool> = LazyLock::new(|| std::env::var_os(VARIABLE).is_some());
    #[cfg(test)]
    if PRETENDS.get() {
        return true;
    }
    *EXPANDS
}

/// What an attribute and those within its item can say, for editors alone: words as paths into the modules of the run-time crate that
/// have the known ones, values and types as ones.
pub(crate) fn offers(owner: &str, args: &TokenStream, item: &TokenStream) -> Option<TokenStream> {
    if !expands() {
        return None;
    }
    let mut arguments = Arguments::of(owner, args.clone());
    helpers::read(owner, item, &mut arguments);
    let private = Krate::of(args.clone()).private(Span::call_site());
    let lists = arguments.words.iter().map(|(module, words)| {
        let module = Ident::new(module, Span::call_site());
        quote! {
            #(#private::words::#module::#words;)*
            #private::words::#module;
        }
    });
    let expressions = expressions(item, &arguments);
    Some(quote! {
        const _: () = {
            fn offers() {
                #(#lists)*
            }
            #expressions
        };
    })
}

/// A method of a struct, where values have `self`. It is that of a trait, so that nothing else has it.
fn expressions(item: &TokenStream, Arguments { values, types, .. }: &Arguments) -> Option<TokenStream> {
    let input: DeriveInput = syn::parse2(item.clone()).ok()?;
    let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
    let ident = &input.ident;
    Some(quote! {
        trait __Offers {
            fn __offers(&self);
        }
        impl #impl_generics __Offers for #ident #ty_generics #where_clause {
            fn __offers(&self) {
                #(&#values;)*
                let _: (#(#types,)*);
            }
        }
    })
}

#[cfg(test)]
thread_local! {
    /// True in a test that stands for an editor.
    pub(crate) static PRETENDS: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}
