//! Wanted: hooks of any store of clients, sorted.
use oauth_core::prelude::*;

#[validator(custom)]
struct Accounts<Clients: ClientStore> {
    #[clients]
    clients: Clients,
    #[tokens]
    tokens: MemoryStore,
}

#[validator]
impl<Clients: ClientStore> Accounts<Clients> {
    async fn validate_client_id(&self, client_id: &str, _request: &mut Request) -> Result<()> {
        if client_id.is_empty() { Err(Error::invalid_client()) } else { Ok(()) }
    }
}

#[validator]
impl<Clients: ClientStore> Accounts<Clients> { //~ here
    #[claim("tenant")]
    fn tenant(&self, request: &Request) -> Option<String> {
        request.subject.clone()
    }
}

fn main() {}
