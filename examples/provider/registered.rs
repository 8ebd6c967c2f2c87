//! The clients that are known: those of the file, those that were added to the store, and those that registered themselves.

use std::sync::Arc;

use oauth_core::client::{Client, ClientSource};
use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::store::{ClientStore, Registration, RegistrationStore, StoreError};
use oauth_core::time::UnixTime;

type Result<T> = std::result::Result<T, StoreError>;

/// The role `clients`. The file is in memory; a client that registered itself is in the store, so that a restart knows it, and so does
/// another provider on the same database.
pub(crate) struct Clients<S> {
    pub(crate) file: MemoryStore,
    /// The store, where `provider admin client create` adds clients.
    pub(crate) store: S,
    /// The store of registrations; `None`: clients do not register themselves, and who did so earlier is unknown.
    pub(crate) registered: Option<S>,
}

impl<S: RegistrationStore> Clients<S> {
    fn registered(&self, doing: &'static str) -> Result<&S> {
        let closed = || StoreError::new(doing, std::io::Error::other("clients do not register themselves"));
        self.registered.as_ref().ok_or_else(closed)
    }
}

impl<S: RegistrationStore> ClientStore for Clients<S> {
    /// Nobody can register the identifier of a client of the file: whose it is, the file says.
    async fn client(&self, client_id: &str) -> Result<Option<Arc<Client>>> {
        if let Some(client) = self.file.client(client_id).await? {
            return Ok(Some(client));
        }
        let client = self.store.client(client_id).await?;
        let is_known =
            |client: &Arc<Client>| self.registered.is_some() || client.source == ClientSource::Operator;
        Ok(client.filter(is_known))
    }

    async fn save_client(&self, client: Client) -> Result<()> {
        self.file.save_client(client).await
    }

    async fn is_origin_registered(&self, origin: &str) -> Result<bool> {
        if self.file.is_origin_registered(origin).await? {
            return Ok(true);
        }
        self.store.is_origin_registered(origin).await
    }
}

impl<S: RegistrationStore> RegistrationStore for Clients<S> {
    async fn register_client(
        &self,
        client: Client,
        registration: Registration,
        most: u64,
        now: UnixTime,
    ) -> Result<bool> {
        if self.file.client(&client.client_id).await?.is_some() {
            return Ok(false);
        }
        let store = self.registered("register a client")?;
        store.register_client(client, registration, most, now).await
    }

    async fn registration(&self, client_id: &str) -> Result<Option<(Arc<Client>, Registration)>> {
        match &self.registered {
            Some(store) => store.registration(client_id).await,
            None => Ok(None),
        }
    }

    async fn replace_registration(
        &self,
        token: &TokenHash,
        client: Client,
        registration: Registration,
    ) -> Result<bool> {
        self.registered("replace a registration")?.replace_registration(token, client, registration).await
    }

    async fn delete_registration(&self, client_id: &str, token: &TokenHash) -> Result<bool> {
        self.registered("delete a registration")?.delete_registration(client_id, token).await
    }

    async fn keep_registration(&self, client_id: &str, until: UnixTime) -> Result<()> {
        match &self.registered {
            Some(store) => store.keep_registration(client_id, until).await,
            None => Ok(()),
        }
    }
}
