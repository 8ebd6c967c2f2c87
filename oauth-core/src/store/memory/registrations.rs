//! Registrations, beside the role `clients`.

use std::sync::Arc;
use std::time::Duration;

use super::MemoryStore;
use crate::client::Client;
use crate::secret::TokenHash;
use crate::store::{Registration, RegistrationStore, Result};
use crate::time::UnixTime;

/// A difference that no use of a client is worth a write.
const DAY: Duration = Duration::from_hours(24);

impl MemoryStore {
    /// Removes clients that registered themselves and have expired, this many at most, and returns their number.
    pub(super) fn sweep_registrations(&self, before: UnixTime, limit: usize) -> usize {
        let mut clients = self.0.clients.write();
        let mut registrations = self.0.registrations.write();
        let expired = registrations.extract_if(|_, registration| registration.expires_at <= before);
        expired.take(limit).map(|(client_id, _)| clients.remove(&client_id)).count()
    }
}

impl RegistrationStore for MemoryStore {
    async fn register_client(
        &self,
        client: Client,
        registration: Registration,
        most: u64,
        now: UnixTime,
    ) -> Result<bool> {
        let mut clients = self.0.clients.write();
        let mut registrations = self.0.registrations.write();
        registrations.retain(|client_id, registration| {
            let is_kept = registration.expires_at > now;
            if !is_kept {
                clients.remove(client_id);
            }
            is_kept
        });
        if registrations.len() as u64 >= most || clients.get(&client.client_id).is_some() {
            return Ok(false);
        }
        registrations.insert(client.client_id.clone(), registration);
        clients.insert(client);
        Ok(true)
    }

    async fn registration(&self, client_id: &str) -> Result<Option<(Arc<Client>, Registration)>> {
        let clients = self.0.clients.read();
        let registrations = self.0.registrations.read();
        Ok(clients.get(client_id).cloned().zip(registrations.get(client_id).cloned()))
    }

    async fn replace_registration(
        &self,
        token: &TokenHash,
        client: Client,
        registration: Registration,
    ) -> Result<bool> {
        let mut clients = self.0.clients.write();
        let mut registrations = self.0.registrations.write();
        match registrations.get_mut(&client.client_id) {
            Some(kept) if kept.token == *token => *kept = registration,
            _ => return Ok(false),
        }
        clients.insert(client);
        Ok(true)
    }

    async fn delete_registration(&self, client_id: &str, token: &TokenHash) -> Result<bool> {
        let mut clients = self.0.clients.write();
        let mut registrations = self.0.registrations.write();
        if registrations.get(client_id).is_none_or(|kept| kept.token != *token) {
            return Ok(false);
        }
        registrations.remove(client_id);
        clients.remove(client_id);
        Ok(true)
    }

    async fn keep_registration(&self, client_id: &str, until: UnixTime) -> Result<()> {
        let mut registrations = self.0.registrations.write();
        if let Some(kept) = registrations.get_mut(client_id).filter(|kept| kept.expires_at + DAY < until) {
            kept.expires_at = until;
        }
        Ok(())
    }
}
