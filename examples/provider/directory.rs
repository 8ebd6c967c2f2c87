//! The clients and the users, as they are in the two files.

use std::path::Path;

use oauth_core::prelude::*;
use oauth_core::store::StoreError;

use crate::server::ClientSecrets;
use crate::{clients, users};

/// The clients and users that were read.
#[derive(Debug)]
pub(crate) struct Directory {
    pub(crate) store: MemoryStore,
    pub(crate) clients: usize,
    pub(crate) users: usize,
    pub(crate) secrets: ClientSecrets,
}

impl Directory {
    /// Reads both files, for a server of the type `S`.
    ///
    /// # Errors
    ///
    /// Every mistake of either file, one line each.
    pub(crate) async fn read<S: AuthorizationServer>(
        clients: &Path,
        users: &Path,
    ) -> std::result::Result<Self, Vec<String>> {
        let users = users::read(users);
        let clients = clients::read::<S>(clients, users.as_deref().unwrap_or_default());
        let (clients, users) = match (clients, users) {
            (Ok(clients), Ok(users)) => (clients, users),
            (clients, users) => {
                return Err([clients.err(), users.err()].into_iter().flatten().flatten().collect());
            }
        };
        let mut directory = Self {
            store: MemoryStore::default(),
            clients: clients.len(),
            users: users.len(),
            secrets: ClientSecrets::new(),
        };
        let failed = |error: StoreError| vec![oauth_examples::one_line(&error)];
        for (client, secret) in clients {
            directory.secrets.extend(secret.map(|secret| (client.client_id.clone(), secret)));
            directory.store.save_client(client).await.map_err(failed)?;
        }
        for user in users {
            directory.store.save_user(user).await.map_err(failed)?;
        }
        Ok(directory)
    }
}
