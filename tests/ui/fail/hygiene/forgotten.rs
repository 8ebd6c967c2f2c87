//! An attribute of fields, whose macro was forgotten: nothing of ours runs.
#![allow(unused_imports)]
use oauth_core::prelude::*;

struct Accounts {
    #[store]
    store: MemoryStore,
}

fn main() {}
