//! The attribute macros of [`oauth-core`](https://docs.rs/oauth-core), which re-exports them.

use proc_macro::TokenStream;

mod args;
mod authorization_server;
mod choice;
mod diagnostics;
mod issuer;
mod item;
mod krate;
mod literal;
mod rules;
mod token_generator;
mod validator;

/// doc
#[proc_macro_attribute]
pub fn validator(args: TokenStream, item: TokenStream) -> TokenStream {
    validator::expand(args.into(), item.into()).into()
}

/// doc
#[proc_macro_attribute]
pub fn token_generator(args: TokenStream, item: TokenStream) -> TokenStream {
    token_generator::expand(args.into(), item.into()).into()
}

/// doc
#[proc_macro_attribute]
pub fn authorization_server(args: TokenStream, item: TokenStream) -> TokenStream {
    authorization_server::expand(args.into(), item.into()).into()
}
