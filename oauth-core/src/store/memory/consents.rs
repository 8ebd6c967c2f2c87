//! Role `consents`.

use std::collections::HashMap;

use super::MemoryStore;
use crate::scope::ScopeSet;
use crate::store::{ConsentStore, Result};

/// The scopes by subject, then by client.
#[derive(Debug, Default)]
pub(super) struct Consents(HashMap<String, HashMap<String, ScopeSet>>);

impl Consents {
    pub(super) fn len(&self) -> usize {
        self.0.values().map(HashMap::len).sum()
    }

    pub(super) fn of(&self, subject: &str) -> impl Iterator<Item = (&String, &ScopeSet)> {
        self.0.get(subject).into_iter().flatten()
    }

    pub(super) fn forget_client(&mut self, client_id: &str) {
        self.0.retain(|_, clients| {
            clients.remove(client_id);
            !clients.is_empty()
        });
    }
}

impl ConsentStore for MemoryStore {
    async fn consent(&self, subject: &str, client_id: &str) -> Result<Option<ScopeSet>> {
        Ok(self.0.consents.read().0.get(subject).and_then(|clients| clients.get(client_id)).cloned())
    }

    async fn save_consent(&self, subject: &str, client_id: &str, scopes: ScopeSet) -> Result<()> {
        let mut consents = self.0.consents.write();
        consents.0.entry(subject.to_owned()).or_default().insert(client_id.to_owned(), scopes);
        Ok(())
    }

    async fn delete_consent(&self, subject: &str, client_id: &str) -> Result<bool> {
        let mut consents = self.0.consents.write();
        let Some(clients) = consents.0.get_mut(subject) else { return Ok(false) };
        let is_removed = clients.remove(client_id).is_some();
        if clients.is_empty() {
            consents.0.remove(subject);
        }
        Ok(is_removed)
    }
}
