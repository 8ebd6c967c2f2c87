//! Role `clients`.

use std::collections::HashMap;
use std::sync::Arc;

use super::MemoryStore;
use crate::client::Client;
use crate::store::{ClientStore, Result};

#[derive(Debug, Default)]
pub(super) struct Clients {
    by_id: HashMap<String, Arc<Client>>,
    /// The number of clients that registered each origin.
    origins: HashMap<String, usize>,
}

impl Clients {
    pub(super) fn len(&self) -> usize {
        self.by_id.len()
    }

    pub(super) fn insert(&mut self, client: Client) {
        for origin in &client.origins {
            *self.origins.entry(origin.clone()).or_default() += 1;
        }
        let replaced = self.by_id.insert(client.client_id.clone(), Arc::new(client));
        self.forget_origins(replaced.as_deref());
    }

    pub(super) fn get(&self, client_id: &str) -> Option<&Arc<Client>> {
        self.by_id.get(client_id)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Arc<Client>> {
        self.by_id.values()
    }

    /// Removes a client. `false`: there was none.
    pub(super) fn remove(&mut self, client_id: &str) -> bool {
        let removed = self.by_id.remove(client_id);
        self.forget_origins(removed.as_deref());
        removed.is_some()
    }

    fn forget_origins(&mut self, gone: Option<&Client>) {
        for origin in gone.into_iter().flat_map(|client| &client.origins) {
            if let Some(count) = self.origins.get_mut(origin) {
                *count -= 1;
                if *count == 0 {
                    self.origins.remove(origin);
                }
            }
        }
    }
}

impl ClientStore for MemoryStore {
    async fn client(&self, client_id: &str) -> Result<Option<Arc<Client>>> {
        Ok(self.0.clients.read().by_id.get(client_id).cloned())
    }

    async fn save_client(&self, client: Client) -> Result<()> {
        self.0.clients.write().insert(client);
        Ok(())
    }

    async fn is_origin_registered(&self, origin: &str) -> Result<bool> {
        Ok(self.0.clients.read().origins.contains_key(origin))
    }
}
