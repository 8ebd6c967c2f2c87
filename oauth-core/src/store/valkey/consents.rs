//! Role `consents`.

use super::ValkeyStore;
use super::keys::Kind;
use super::run::Weight;
use crate::scope::ScopeSet;
use crate::store::{ConsentStore, Result, StoreError};

impl ConsentStore for ValkeyStore {
    async fn consent(&self, subject: &str, client_id: &str) -> Result<Option<ScopeSet>> {
        const DOING: &str = "read a consent";
        let mut command = redis::cmd("HGET");
        command.arg(self.key(Kind::Consents, subject)).arg(client_id);
        let scopes: Option<String> = self.send(DOING, Weight::Light, &command).await?;
        let scopes = scopes.map(|scopes| ScopeSet::parse(&scopes)).transpose();
        scopes.map_err(|cause| StoreError::new(DOING, cause))
    }

    async fn save_consent(&self, subject: &str, client_id: &str, scopes: ScopeSet) -> Result<()> {
        let mut command = redis::cmd("SADD");
        command.arg(self.key(Kind::ConsentsTo, client_id)).arg(subject);
        self.send::<()>("save a consent", Weight::Light, &command).await?;
        let mut command = redis::cmd("HSET");
        command.arg(self.key(Kind::Consents, subject)).arg(client_id).arg(scopes.to_string());
        // It may be less than before.
        self.send("save a consent", Weight::Security, &command).await
    }

    async fn delete_consent(&self, subject: &str, client_id: &str) -> Result<bool> {
        let mut command = redis::cmd("HDEL");
        command.arg(self.key(Kind::Consents, subject)).arg(client_id);
        self.send("delete a consent", Weight::Security, &command).await
    }
}
