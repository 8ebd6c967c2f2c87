//! Named, generic and tuple structs, split roles, raw identifiers, doc comments and `#[cfg(…)]` on fields.
#![deny(warnings, missing_docs)]

use std::sync::Arc;

use oauth_core::prelude::*;
use oauth_core::store::{self, CodeStore, NoStore, SessionStore, TokenStore};

/// One store for everything.
#[derive(Debug)]
#[validator]
pub struct Plain {
    /// Documented.
    #[store]
    store: MemoryStore,
    /// Another field.
    #[allow(dead_code)]
    pub name: String,
}

/// Roles over two stores.
#[validator]
struct Split {
    #[store]
    everything: MemoryStore,
    #[sessions]
    #[consents]
    browser: MemoryStore,
}

/// A validator without a store for codes.
#[validator]
struct Machines {
    #[clients]
    clients: MemoryStore,
    #[tokens]
    tokens: MemoryStore,
}

/// A store that cannot keep the identifiers of assertions.
struct Few(MemoryStore);

impl ClientStore for Few {
    async fn client(&self, client_id: &str) -> store::Result<Option<Arc<Client>>> {
        self.0.client(client_id).await
    }
    async fn save_client(&self, client: Client) -> store::Result<()> {
        self.0.save_client(client).await
    }
    async fn is_origin_registered(&self, origin: &str) -> store::Result<bool> {
        self.0.is_origin_registered(origin).await
    }
}

#[validator]
struct Partial {
    #[store]
    store: Few,
    #[tokens]
    tokens: MemoryStore,
}

/// A server that does not need what the store cannot keep.
#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
struct ForMachines {
    #[validator]
    accounts: Partial,
}

#[validator]
struct Completed<S> {
    #[store]
    store: Few,
    #[tokens]
    tokens: S,
    #[cfg(not(any()))]
    #[replay_ids]
    replay_ids: MemoryStore,
}

#[validator]
struct Tuple(#[store] MemoryStore, #[users] MemoryStore);

/// Bounds are kept, and those that the roles need are added.
#[validator]
struct Generic<S, T: Clone, const N: usize>
where
    T: Send + Sync + 'static,
{
    #[store]
    store: S,
    #[users]
    users: Arc<T>,
    _numbers: [u8; N],
}

#[validator(custom)]
struct Custom<S: ClientStore + TokenStore + CodeStore + 'static> {
    #[store]
    store: S,
}

#[validator]
impl<S: ClientStore + TokenStore + CodeStore + 'static> Custom<S> {
    fn validate_client_id(&self, _: &str, _: &mut Request) -> Result<()> {
        Ok(())
    }
}

#[validator]
struct r#Raw {
    #[store]
    r#type: MemoryStore,
}

#[validator(custom)]
struct Conditional {
    #[cfg(not(any()))]
    #[store]
    store: MemoryStore,
    #[cfg(any())]
    #[store]
    store: Absent,
    /// Compiled out, so that `store` plays the role.
    #[cfg(any())]
    #[codes]
    codes: Absent,
}

#[validator]
impl Conditional {
    #[cfg(any())]
    fn validate_client_id(&self, _: Absent, _: Absent) -> Result<()> {
        Ok(())
    }

    #[cfg(any())]
    #[claim("absent")]
    fn absent(&self, _: &Request) -> Absent {}

    #[cfg(not(any()))]
    fn rotate_refresh_token(&self, _: &Request) -> Result<bool> {
        Ok(false)
    }
}

macro_rules! validators {
    ($($name:ident { $field:ident: $ty:ty, $claim:literal })*) => {
        $(
            #[validator(custom)]
            struct $name {
                #[store]
                $field: $ty,
            }

            #[validator]
            impl $name {
                #[claim($claim)]
                fn claim(&self, request: &Request) -> Option<String> {
                    request.subject.clone()
                }
            }
        )*
    };
}

validators! {
    First { store: MemoryStore, "first" }
    Second { other: MemoryStore, "second" }
}

fn require<V: RequestValidator>() {}
fn require_server<S: AuthorizationServer>() {}
fn require_absent<V: RequestValidator<Codes = NoStore>>() {}
fn require_sessions<V: RequestValidator<Sessions: SessionStore>>() {}

fn main() {
    require::<Plain>();
    require_sessions::<Split>();
    require_absent::<Machines>();
    require::<Partial>();
    require_server::<ForMachines>();
    require::<Completed<MemoryStore>>();
    const { assert!(Plain::KEEPS_REPLAY_IDS && Completed::<MemoryStore>::KEEPS_REPLAY_IDS) };
    const { assert!(!Partial::KEEPS_REPLAY_IDS && !Machines::KEEPS_REPLAY_IDS) };
    require::<Tuple>();
    require::<Generic<MemoryStore, String, 3>>();
    require::<Custom<MemoryStore>>();
    require::<Raw>();
    require::<Conditional>();
    require::<First>();
    require::<Second>();
}
