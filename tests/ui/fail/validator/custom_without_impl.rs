//! `custom` announces a block of hooks that is not there, on a generic struct neither.
use oauth_core::prelude::*;
use oauth_core::store::TokenStore;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator(custom)]
struct Generic<S: ClientStore + TokenStore + 'static> {
    #[store]
    store: S,
}

fn main() {}
