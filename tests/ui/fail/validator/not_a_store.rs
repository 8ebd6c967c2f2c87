//! A role played by something that keeps nothing.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[clients]
    clients: String,
    #[tokens]
    tokens: MemoryStore,
}

fn main() {}
