//! Arguments of the attribute: all mistakes at once, nearest names.
use oauth_core::prelude::*;

#[validator(costum, custom = true, , crate, store)]
struct Arguments {
    #[store]
    store: MemoryStore,
}

#[validator(custom custom)]
struct NoComma {
    #[store]
    store: MemoryStore,
}

#[validator(custom, custom)]
struct Twice {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Twice {
    fn validate_client_id(&self, _: &str, _: &mut Request) -> Result<()> {
        Ok(())
    }
}

#[validator]
struct Misplaced {
    #[store]
    store: MemoryStore,
}

#[validator(custom)]
impl Misplaced {
    fn validate_client_id(&self, _: &str, _: &mut Request) -> Result<()> {
        Ok(())
    }
}

fn main() {}
