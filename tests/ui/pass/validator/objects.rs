//! Types that are called as those of the framework, objects of traits of the application's own, and references that last.
#![deny(warnings)]

use std::sync::Arc;

use oauth_core::prelude::*;
use oauth_core::store;

mod my {
    /// Not the store's trait.
    pub trait UserStore: Send + Sync {
        fn name(&self) -> String;
    }

    pub trait Mailer: Send + Sync {}

    impl Mailer for () {}

    impl UserStore for () {
        fn name(&self) -> String {
            "nobody".to_owned()
        }
    }

    /// Not the framework's: it wraps that.
    #[derive(Clone)]
    pub struct MemoryStore(pub oauth_core::store::MemoryStore);
}

impl store::UserStore for Box<dyn my::UserStore> {
    async fn user_by_username(&self, _: &str) -> store::Result<Option<User>> {
        let _ = self.name();
        Ok(None)
    }
    async fn user(&self, _: &str) -> store::Result<Option<User>> {
        Ok(None)
    }
    async fn save_user(&self, _: User) -> store::Result<()> {
        Ok(())
    }
    async fn rehash_password(&self, _: &str, _: &str, _: &str) -> store::Result<bool> {
        Ok(false)
    }
    async fn delete_user(&self, _: &str) -> store::Result<bool> {
        Ok(false)
    }
}

impl ClientStore for my::MemoryStore {
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
struct Accounts {
    #[clients]
    clients: my::MemoryStore,
    #[store]
    store: MemoryStore,
    #[users]
    users: Box<dyn my::UserStore>,
    /// What has no mark is the application's business.
    mailer: Arc<dyn my::Mailer>,
    words: &'static [&'static str],
}

mod imported {
    use super::my::MemoryStore;
    use super::*;

    #[validator]
    pub(super) struct Accounts {
        #[clients]
        pub(super) clients: MemoryStore,
        #[store]
        pub(super) store: oauth_core::store::MemoryStore,
    }
}

/// A parameter in place of an object, as the error advises.
#[validator]
struct Generic<U: UserStore> {
    #[store]
    store: MemoryStore,
    #[users]
    users: U,
}

/// An enum in place of an object, as the error advises.
enum Directory {
    Kept(MemoryStore),
    Nobody,
}

impl UserStore for Directory {
    async fn user_by_username(&self, username: &str) -> store::Result<Option<User>> {
        match self {
            Self::Kept(kept) => kept.user_by_username(username).await,
            Self::Nobody => Ok(None),
        }
    }
    async fn user(&self, subject: &str) -> store::Result<Option<User>> {
        match self {
            Self::Kept(kept) => kept.user(subject).await,
            Self::Nobody => Ok(None),
        }
    }
    async fn save_user(&self, _: User) -> store::Result<()> {
        Ok(())
    }
    async fn rehash_password(&self, _: &str, _: &str, _: &str) -> store::Result<bool> {
        Ok(false)
    }
    async fn delete_user(&self, _: &str) -> store::Result<bool> {
        Ok(false)
    }
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
#[derive(Clone)]
struct AuthServer<U: UserStore + Clone + 'static> {
    #[validator]
    accounts: Arc2<U>,
}

/// What is cloned by the application is so by its own means.
#[derive(Clone)]
#[validator]
struct Arc2<U: UserStore> {
    #[store]
    store: MemoryStore,
    #[users]
    users: U,
}

fn require<V: RequestValidator>(_: &V) {}

fn main() {
    let store = MemoryStore::new();
    let clients = my::MemoryStore(store.clone());
    let accounts = Accounts {
        clients: clients.clone(),
        store: store.clone(),
        users: Box::new(()),
        mailer: Arc::new(()),
        words: &["a", "b"],
    };
    require(&accounts);
    let _ = (&accounts.mailer, accounts.words);
    require(&imported::Accounts { clients, store: store.clone() });
    require(&Generic { store: store.clone(), users: Directory::Kept(store.clone()) });
    require(&Generic { store: store.clone(), users: Directory::Nobody });
    // A clone of a store is the same store, as the error of a server that borrows says.
    let server = AuthServer { accounts: Arc2 { store: store.clone(), users: store.clone() } };
    let running = server.start().unwrap();
    let _same: &MemoryStore = &running.server().accounts.store;
}
