//! Role `clients`.

use std::sync::Arc;

use super::ValkeyStore;
use super::keys::Kind;
use super::run::Weight;
use super::scripts::SAVE_CLIENT;
use crate::client::Client;
use crate::store::{ClientStore, Result, StoreError};

const READ: &str = "read a client";
const SAVE: &str = "save a client";

impl ClientStore for ValkeyStore {
    async fn client(&self, client_id: &str) -> Result<Option<Arc<Client>>> {
        let mut command = redis::cmd("HGET");
        command.arg(self.key(Kind::Client, client_id)).arg("m");
        let metadata: Option<String> = self.send(READ, Weight::Light, &command).await?;
        metadata.map(|metadata| parsed(READ, &metadata).map(Arc::new)).transpose()
    }

    async fn save_client(&self, client: Client) -> Result<()> {
        let metadata = written(SAVE, &client)?;
        let key = self.key(Kind::Client, &client.client_id);
        self.list(SAVE, Kind::Clients, 0, &client.client_id).await?;
        let former: Option<String> =
            self.run(SAVE, Weight::Security, &SAVE_CLIENT, &key, &[&metadata]).await?;
        self.settle(SAVE, &client.client_id, former.as_deref()).await
    }

    async fn is_origin_registered(&self, origin: &str) -> Result<bool> {
        let mut command = redis::cmd("EXISTS");
        command.arg(self.key(Kind::Origin, origin));
        self.send("look up an origin", Weight::Light, &command).await
    }
}

impl ValkeyStore {
    /// Takes a client's former origins back, and lists it with those that it has by then: of two that save it at once, the second may
    /// have what the first takes back.
    pub(super) async fn settle(
        &self,
        doing: &'static str,
        client_id: &str,
        former: Option<&str>,
    ) -> Result<()> {
        let former = former.map(|former| parsed(doing, former)).transpose()?;
        let kept = self.client(client_id).await?;
        let is_kept = |origin: &String| kept.as_ref().is_some_and(|kept| kept.origins.contains(origin));
        for origin in former.iter().flat_map(|former| &former.origins).filter(|origin| !is_kept(origin)) {
            self.set_origin(doing, "SREM", origin, client_id).await?;
        }
        if kept.is_none() {
            self.unlist(doing, Kind::Clients, client_id).await?;
        }
        let Some(kept) = self.client(client_id).await? else { return Ok(()) };
        self.list(doing, Kind::Clients, 0, client_id).await?;
        for origin in &kept.origins {
            self.set_origin(doing, "SADD", origin, client_id).await?;
        }
        Ok(())
    }

    async fn set_origin(&self, doing: &'static str, how: &str, origin: &str, client_id: &str) -> Result<()> {
        let mut command = redis::cmd(how);
        command.arg(self.key(Kind::Origin, origin)).arg(client_id);
        self.send(doing, Weight::Light, &command).await
    }
}

pub(super) fn written(doing: &'static str, client: &Client) -> Result<String> {
    serde_json::to_string(client).map_err(|cause| StoreError::new(doing, cause))
}

pub(super) fn parsed(doing: &'static str, metadata: &str) -> Result<Client> {
    serde_json::from_str(metadata).map_err(|cause| StoreError::new(doing, cause))
}
