//! Clients by their identifiers: those that are registered, and those that a document describes.

use std::sync::Arc;

use super::{AuthorizationServer, RunningServer};
use crate::client::{Client, is_document_url};
use crate::error::{Error, Result};
use crate::request::Request;
use crate::store;
use crate::store::{ClientStore as _, StoreRoles as _};

#[cfg(feature = "http-client")]
pub(crate) use self::documents::Documents;

impl<S: AuthorizationServer> RunningServer<S> {
    /// The client with this identifier: one that is registered, or else the one that the document at this URL describes. `None`
    /// has one cause as any other, so that nobody learns what can be reached from here.
    ///
    /// # Errors
    ///
    /// A failure of a store or of a hook; a limit on fetches.
    pub(crate) async fn client(&self, client_id: &str, request: &mut Request) -> Result<Option<Arc<Client>>> {
        match self.registered_client(client_id).await? {
            Some(client) => Ok(Some(client)),
            None => self.client_of_document(client_id, request).await,
        }
    }

    /// The client that is registered with this identifier. Where the URL of a document is one, none may be both: deleted by the
    /// operator, it would be back at once, by its document.
    ///
    /// # Errors
    ///
    /// A failure of the store; a client that may not be in it.
    async fn registered_client(&self, client_id: &str) -> Result<Option<Arc<Client>>> {
        let client = self.validator().clients().client(client_id).await?;
        if client.is_some() && S::CONFIG.client_id_metadata_documents && is_document_url(client_id) {
            return Err(Error::server(format!(
                "the client `{client_id}` is saved in the store, and its identifier is the URL of a Client ID Metadata Document, by \
                 which it would come back once it is deleted there: save it with an identifier that does not begin with https://, or \
                 remove it from the store and let its document speak for it"
            )));
        }
        Ok(client)
    }

    /// The client that a token was issued to, whatever its document says by now.
    pub(crate) async fn client_of_token(&self, client_id: &str) -> Result<Option<Arc<Client>>> {
        let clients = self.validator().clients();
        Ok(store::client_of_token(clients, client_id, S::CONFIG.client_id_metadata_documents).await?)
    }

    #[cfg(not(feature = "http-client"))]
    #[allow(clippy::unused_async, reason = "it is where documents can be fetched")]
    async fn client_of_document(&self, _: &str, _: &mut Request) -> Result<Option<Arc<Client>>> {
        Ok(None)
    }

    /// The redirect URIs that a sector lists; none is known where nothing can be fetched.
    #[cfg(not(feature = "http-client"))]
    #[allow(clippy::unused_async, reason = "it is where documents can be fetched")]
    pub(crate) async fn sector(&self, _: &str, _: &mut Request) -> Result<Option<Vec<String>>> {
        Ok(None)
    }

    /// The client that a request names, where it takes a fetch to know it: its document, or its keys.
    #[cfg(not(feature = "http-client"))]
    #[allow(clippy::unused_async, reason = "it is where documents can be fetched")]
    pub(crate) async fn find_client(&self, _: &mut Request) -> Result<()> {
        Ok(())
    }
}

#[cfg(feature = "http-client")]
mod documents {
    use std::sync::{Arc, OnceLock};

    use serde_json::Value;

    use super::super::{AuthorizationServer, RunningServer};
    use crate::client::{Client, ClientJwks, GRANTS_OF_STRANGERS, Terms, is_document_url};
    use crate::client_auth::{has_assertion, named_client};
    use crate::error::Result;
    use crate::http::fetch::{Cache, Fetched, Wish};
    use crate::http::{FetchError, Fetcher};
    use crate::jose::Jws;
    use crate::limits::Network;
    use crate::request::{Request, parse_json};
    use crate::validator::RequestValidator as _;

    /// The largest metadata document, in bytes.
    const LARGEST_DOCUMENT: usize = 5 * 1024;

    /// The largest JWK Set, in bytes.
    const LARGEST_JWKS: usize = 64 * 1024;

    /// The largest list of a sector, in bytes.
    const LARGEST_SECTOR: usize = 64 * 1024;

    /// Documents of clients, fetched and valid.
    #[derive(Default)]
    pub(crate) struct Documents {
        fetcher: OnceLock<Option<Fetcher>>,
        clients: Cache<Client>,
        keys: Cache<ClientJwks>,
    }

    impl<S: AuthorizationServer> RunningServer<S> {
        pub(super) async fn client_of_document(
            &self,
            client_id: &str,
            request: &mut Request,
        ) -> Result<Option<Arc<Client>>> {
            if !S::CONFIG.client_id_metadata_documents || !is_document_url(client_id) {
                return Ok(None);
            }
            if !self.validator().allow_fetch(client_id, request).await? {
                tracing::debug!(target: "oauth_core", client_id, "allow_fetch refuses the document");
                return Ok(None);
            }
            let (now, address) = (self.instant(), Network::of(&request.extensions));
            let fetch = |is_known| async move {
                let wish = Wish { address, is_known, now };
                let Fetched { body, fresh_for } = self.fetch(client_id, LARGEST_DOCUMENT, wish).await?;
                Ok((self.read_document(client_id, &body)?, fresh_for))
            };
            let client = self.client_documents().clients.get(client_id, now, |_| true, fetch).await?;
            let Some(client) = client else { return Ok(None) };
            Ok(self.validator().allow_client(&client, request).await?.then_some(client))
        }

        fn read_document(&self, client_id: &str, body: &[u8]) -> Result<Client, FetchError> {
            let metadata = self.metadata();
            let document = parse_json(body).map_err(|error| FetchError::Invalid(error.to_string()))?;
            let is_of_strangers =
                |name: &&str| GRANTS_OF_STRANGERS.iter().any(|grant| grant.as_str() == *name);
            let grant_types: Vec<_> = metadata.grant_types.iter().copied().filter(is_of_strangers).collect();
            let terms = Terms {
                methods: metadata.client_authentication,
                grant_types: &grant_types,
                response_types: metadata.response_types,
                scopes: &self.config().unverified_scope_set(),
                is_vouched_for: false,
            };
            let client = Client::of_document(client_id, &document, &terms);
            let client = client.and_then(|client| {
                if S::CONFIG.profile.is_fapi2() {
                    client.check_fapi2()?;
                }
                Ok(client)
            });
            client.map_err(|mistake| FetchError::Invalid(mistake.to_string()))
        }

        pub(crate) async fn find_client(&self, request: &mut Request) -> Result<()> {
            let has_assertion = has_assertion(request);
            if !has_assertion && !S::CONFIG.client_id_metadata_documents {
                return Ok(());
            }
            let Some(client_id) = named_client(request) else { return Ok(()) };
            if !(has_assertion || S::CONFIG.client_id_metadata_documents && is_document_url(&client_id)) {
                return Ok(());
            }
            // What fetches is large, and every request would have room for it.
            Box::pin(self.find_client_by_fetch(&client_id, has_assertion, request)).await
        }

        async fn find_client_by_fetch(
            &self,
            client_id: &str,
            has_assertion: bool,
            request: &mut Request,
        ) -> Result<()> {
            let client = match self.registered_client(client_id).await? {
                Some(client) => Some(client),
                None => self.client_of_document(client_id, request).await?,
            };
            request.found_client = match client {
                Some(client) if has_assertion && client.jwks_uri.is_some() => {
                    Some(self.with_keys(client, request).await?)
                }
                client => client,
            };
            Ok(())
        }

        /// The client with the keys of its `jwks_uri`, those of now if the assertion names one that is new. Without them it is as it
        /// was, and nothing verifies.
        async fn with_keys(&self, client: Arc<Client>, request: &mut Request) -> Result<Arc<Client>> {
            let Some(uri) = client.jwks_uri.clone() else { return Ok(client) };
            if !self.validator().allow_fetch(&uri, request).await? {
                return Ok(client);
            }
            let (now, address) = (self.instant(), Network::of(&request.extensions));
            let kid = request.body().get("client_assertion").and_then(|it| Jws::parse(it).ok()?.kid);
            let algorithm = client.token_endpoint_auth_signing_alg;
            let has_key = |keys: &ClientJwks| {
                kid.as_deref().is_none_or(|kid| keys.keys(algorithm).iter().any(|key| key.kid() == Some(kid)))
            };
            let url = uri.as_str();
            let fetch = |is_known| async move {
                let wish = Wish { address, is_known, now };
                let Fetched { body, fresh_for } = self.fetch(url, LARGEST_JWKS, wish).await?;
                Ok((read_keys(&body)?, fresh_for))
            };
            let Some(keys) = self.client_documents().keys.get(url, now, has_key, fetch).await? else {
                return Ok(client);
            };
            let mut client = Arc::unwrap_or_clone(client);
            client.jwks = Some(ClientJwks::clone(&keys));
            Ok(Arc::new(client))
        }

        /// The redirect URIs that a sector lists at its URL, for clients that register; `None`: there is no such list, whatever the
        /// cause.
        ///
        /// # Errors
        ///
        /// A failure of a hook; a limit on fetches.
        pub(crate) async fn sector(&self, url: &str, request: &mut Request) -> Result<Option<Vec<String>>> {
            if !self.validator().allow_fetch(url, request).await? {
                return Ok(None);
            }
            let address = Network::of(&request.extensions);
            match self
                .fetch(url, LARGEST_SECTOR, Wish { address, is_known: false, now: self.instant() })
                .await
            {
                Ok(Fetched { body, .. }) => {
                    Ok(parse_json(&body).ok().and_then(|list| serde_json::from_value(list).ok()))
                }
                Err(FetchError::Limited(error)) => Err(error),
                Err(cause) => {
                    tracing::debug!(target: "oauth_core", url, %cause, "a sector_identifier_uri is not used");
                    Ok(None)
                }
            }
        }

        async fn fetch(&self, url: &str, most: usize, wish: Wish) -> Result<Fetched, FetchError> {
            let own = || self.server().fetcher().cloned().or_else(|| Fetcher::new().ok());
            match self.client_documents().fetcher.get_or_init(own) {
                Some(fetcher) => fetcher.fetch(url, most, wish).await,
                None => Err(FetchError::Refused("TLS could not be set up")),
            }
        }
    }

    /// A set with a private or a symmetric key is refused whole: whoever publishes one cannot be told from a thief.
    fn read_keys(body: &[u8]) -> Result<ClientJwks, FetchError> {
        let invalid = |cause: String| FetchError::Invalid(cause);
        let document: Value = parse_json(body).map_err(|error| invalid(error.to_string()))?;
        ClientJwks::try_from(document).map_err(|mistake| invalid(mistake.to_string()))
    }
}
