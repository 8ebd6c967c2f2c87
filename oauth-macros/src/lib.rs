//! stub
use proc_macro::TokenStream;
/// stub
#[proc_macro_attribute]
pub fn validator(_: TokenStream, item: TokenStream) -> TokenStream {
    item
}
/// stub
#[proc_macro_attribute]
pub fn token_generator(_: TokenStream, item: TokenStream) -> TokenStream {
    item
}
/// stub
#[proc_macro_attribute]
pub fn authorization_server(_: TokenStream, item: TokenStream) -> TokenStream {
    item
}
