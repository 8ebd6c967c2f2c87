//! A warning needs no prelude, meets no name of the user's, and brings no other warning.
#![no_implicit_prelude]
#![deny(warnings)]
#![allow(deprecated)]

mod renamed {
    pub use ::oauth_core as library;
}

#[allow(unused_macros)]
macro_rules! long_lived_access_tokens {
    () => {
        ::core::compile_error!("this is the user's")
    };
}

#[::oauth_core::token_generator(opaque, expires_in = "30d", crate = renamed::library)]
struct Monthly;

#[::oauth_core::token_generator(opaque, expires_in = "60d", crate = renamed::library)]
struct BiMonthly<T: ::core::marker::Send + ::core::marker::Sync>(T);

mod inner {
    #[::oauth_core::token_generator(opaque, expires_in = "90d", allow(long_lived_access_tokens, reason = "devices"))]
    pub struct Quarterly;
}

fn main() {
    #[::oauth_core::token_generator(opaque, expires_in = "30d")]
    struct Local;

    use ::oauth_core::token::TokenGenerator;
    ::core::assert!(Monthly.expires_in().is_some() && Local.expires_in().is_some());
    ::core::assert_eq!(BiMonthly::<u8>::WARNINGS.len(), 1);
    ::core::assert!(BiMonthly(0_u8).0 == 0 && inner::Quarterly.expires_in().is_some());
}
