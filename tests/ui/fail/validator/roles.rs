//! The roles and the stores that play them: all of it at once.
use oauth_core::prelude::*;

#[validator]
struct NoStoreAtAll {
    name: String,
}

#[validator]
struct NoTokens {
    #[clients]
    clients: MemoryStore,
}

#[validator]
struct TwoStores {
    #[store]
    first: MemoryStore,
    #[store]
    second: MemoryStore,
}

#[validator]
struct RoleTwice {
    #[store]
    store: MemoryStore,
    #[codes]
    first: MemoryStore,
    #[codes]
    second: MemoryStore,
}

#[validator]
struct Misspelt {
    #[store]
    store: MemoryStore,
    #[session]
    sessions: MemoryStore,
    #[signing_key]
    key: SigningKey,
    #[users(all)]
    users: MemoryStore,
    #[cfg_attr(test, store)]
    other: MemoryStore,
}

#[validator]
struct Borrowed<'a> {
    #[store]
    store: &'a MemoryStore,
}

#[validator]
enum Enumeration {
    One,
}

#[validator]
fn function() {}

fn main() {}
