//! A role played by something that keeps nothing.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[clients]
    clients: String,
    #[tokens]
    tokens: MemoryStore,
}

#[validator]
struct Assertions {
    #[store]
    store: MemoryStore,
    #[replay_ids]
    replay_ids: String,
}

fn main() {}
