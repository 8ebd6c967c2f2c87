//! A block of hooks that the struct does not announce.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    fn validate_client_id(&self, _: &str, _: &mut Request) -> Result<()> {
        Ok(())
    }
}

struct Unmarked;

#[validator]
impl Unmarked {
    fn validate_client_id(&self, _: &str, _: &mut Request) -> Result<()> {
        Ok(())
    }
}

fn main() {}
