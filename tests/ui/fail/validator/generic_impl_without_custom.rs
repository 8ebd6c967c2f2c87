//! The same on a generic struct: the block is not ignored silently either.
use oauth_core::prelude::*;
use oauth_core::store::TokenStore;

#[validator]
struct Accounts<S: ClientStore + TokenStore + 'static> {
    #[store]
    store: S,
}

#[validator]
impl<S: ClientStore + TokenStore + 'static> Accounts<S> {
    fn validate_client_id(&self, _: &str, _: &mut Request) -> Result<()> {
        Ok(())
    }
}

fn main() {}
