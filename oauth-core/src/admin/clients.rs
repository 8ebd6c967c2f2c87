//! Clients.

use std::sync::Arc;
use std::time::Duration;

use super::{Admin, AdminError, Administered, Clients, Imported, Result};
use crate::client::{Client, ClientAuthMethod, ClientSecret};
use crate::event::EventKind;
use crate::store::{
    ClientStore as _, Cursor, ListClients, Page, Revocation, StoreRoles as _, TokenStore as _,
};

impl<A: Administered> Admin<A> {
    /// The client of this identifier.
    ///
    /// # Errors
    ///
    /// If there is none, or the store fails.
    pub async fn client(&self, client_id: &str) -> Result<Arc<Client>> {
        let client = self.roles().clients().client(client_id).await?;
        client.ok_or_else(|| AdminError::no("client", client_id))
    }

    /// Registers a client. Two that register the same identifier at the same moment may both succeed; the later one stays.
    ///
    /// # Errors
    ///
    /// If there is one with its identifier, the server [lacks](crate::server::RunningServer::check_client) what it wants, or the store
    /// fails.
    pub async fn create_client(&self, client: Client) -> Result<()> {
        self.on.check_client(&client)?;
        if self.roles().clients().client(&client.client_id).await?.is_some() {
            return Err(AdminError::exists("client", &client.client_id));
        }
        self.save(client, EventKind::ClientCreated).await
    }

    /// Replaces a client by what it is to be: read it with [`client`](Self::client), change it by
    /// [`into_builder`](Client::into_builder). What was granted to it goes on.
    ///
    /// # Errors
    ///
    /// If there is none with its identifier, the server lacks what it wants, or the store fails.
    pub async fn update_client(&self, client: Client) -> Result<()> {
        self.on.check_client(&client)?;
        self.client(&client.client_id).await?;
        self.save(client, EventKind::ClientUpdated).await
    }

    /// Gives a client a new secret, and returns it: nobody can read it again. The one before counts for as long as `keep_old`, so that
    /// the client's instances can learn the new one; `Duration::ZERO`, where it is known to others: not any more.
    ///
    /// # Errors
    ///
    /// If there is no such client, it has no secret that is kept here, or the store fails.
    pub async fn rotate_secret(&self, client_id: &str, keep_old: Duration) -> Result<ClientSecret> {
        let mut client = Client::clone(&*self.client(client_id).await?);
        let method = client.token_endpoint_auth_method;
        if client.secret_hash.is_none() {
            return Err(AdminError::Invalid(format!(
                "client `{client_id}` authenticates by `{}` and has no secret to rotate",
                method.as_str()
            )));
        }
        if method == ClientAuthMethod::ClientSecretJwt {
            return Err(AdminError::Invalid(format!(
                "client `{client_id}` signs with its secret, which the application keeps: rotate it there, and \
                 `client update` changes the rest"
            )));
        }
        let secret = ClientSecret::generate();
        client.rotate_secret(&secret, self.now(), keep_old);
        self.save(client, EventKind::ClientSecretRotated).await?;
        Ok(secret)
    }

    /// Registers a client, or replaces the one with its identifier: what an [import](super::read_line) does.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn import_client(&self, client: Client) -> Result<Imported> {
        self.on.check_client(&client)?;
        let is_there = self.roles().clients().client(&client.client_id).await?.is_some();
        if is_there {
            self.save(client, EventKind::ClientUpdated).await?;
            return Ok(Imported::Updated);
        }
        self.save(client, EventKind::ClientCreated).await?;
        Ok(Imported::Created)
    }

    async fn save(&self, client: Client, kind: EventKind) -> Result<()> {
        let client_id = client.client_id.clone();
        self.roles().clients().save_client(client).await?;
        self.tell(&self.event(kind).client_id(&client_id));
        Ok(())
    }
}

impl<A: Administered> Admin<A>
where
    Clients<A>: ListClients,
{
    /// The clients after this place.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn clients(&self, after: Option<&Cursor>, limit: u16) -> Result<Page<Arc<Client>>> {
        Ok(self.roles().clients().clients(after, limit).await?)
    }

    /// Deletes a client, and ends all that was granted to it.
    ///
    /// # Errors
    ///
    /// If there is no such client, or the store fails.
    pub async fn delete_client(&self, client_id: &str) -> Result<()> {
        self.client(client_id).await?;
        // First, while the client is there: should it fail, it can be done again. The store of clients does the same, if it keeps the
        // tokens as well.
        let now = self.now();
        let revocation = Revocation::Client { client_id: client_id.to_owned(), before: now };
        self.roles().tokens().revoke(&revocation, now + Revocation::LONGEST).await?;
        self.roles().clients().delete_client(client_id, now).await?;
        self.tell(&self.event(EventKind::ClientDeleted).client_id(client_id));
        Ok(())
    }
}
