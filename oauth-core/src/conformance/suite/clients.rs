//! The clients of the suite, and what they know.

use std::sync::Arc;

use serde_json::json;

use super::{Suite, new_key};
use crate::client::{Client, ClientAuthMethod, ClientBuilder, ClientSecret, GrantType};
use crate::conformance::{Failure, Stop};
use crate::jose::SigningKey;
use crate::server::Feature;

/// A client, and what it knows.
#[derive(Debug, Clone)]
pub(in crate::conformance) struct TestClient {
    pub(in crate::conformance) id: String,
    pub(in crate::conformance) secret: Option<String>,
    /// The key that it signs its assertions with, where the server offers no method with a secret.
    pub(in crate::conformance) key: Option<Arc<SigningKey>>,
    pub(in crate::conformance) redirect_uri: &'static str,
}

/// The clients' redirect URI.
pub(in crate::conformance) const REDIRECT_URI: &str = "https://client.example/callback";

impl Suite {
    /// Takes in a client that the suite did not save: its requests are pushed where they must be.
    pub(in crate::conformance) fn adopt(&self, client: &TestClient) {
        self.clients.lock().push(client.clone());
    }

    /// A new confidential client with every grant.
    pub(in crate::conformance) async fn confidential(&self, name: &str) -> Result<TestClient, Stop> {
        self.confidential_with(name, |client| self.with_grants(client, true)).await
    }

    /// A new resource server, of every audience: which the server's tokens have is its own affair.
    pub(in crate::conformance) async fn api(&self) -> Result<TestClient, Stop> {
        let kind = |client| self.with_grants(client, true).danger_introspects_all();
        self.confidential_with("api", kind).await
    }

    /// A new confidential client of this kind.
    pub(in crate::conformance) async fn confidential_with(
        &self,
        name: &str,
        kind: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> Result<TestClient, Stop> {
        self.confidential_at(name, REDIRECT_URI, kind).await
    }

    /// The same, with this redirect URI.
    pub(in crate::conformance) async fn confidential_at(
        &self,
        name: &str,
        redirect_uri: &'static str,
        kind: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> Result<TestClient, Stop> {
        let id = random_id(name);
        let mut test_client = TestClient { id: id.clone(), secret: None, key: None, redirect_uri };
        let client = if self.offers(ClientAuthMethod::ClientSecretBasic)
            || self.offers(ClientAuthMethod::ClientSecretPost)
        {
            let secret = ClientSecret::generate();
            test_client.secret = Some(secret.expose().to_owned());
            let client = Client::confidential(&id, &secret);
            if self.offers(ClientAuthMethod::ClientSecretBasic) { client } else { in_the_body(client) }
        } else if self.offers(ClientAuthMethod::PrivateKeyJwt) {
            let key = new_key()?;
            let jwks = json!({ "keys": [key.public_jwk()] }).to_string();
            test_client.key = Some(Arc::new(key));
            Client::private_key_jwt(&id, jwks)
        } else if self.offers(ClientAuthMethod::None) {
            Client::public(&id)
        } else {
            return Err(no_usable_method());
        };
        self.save(kind(client.redirect_uri(redirect_uri).scope(self.scope()))).await?;
        self.clients.lock().push(test_client.clone());
        Ok(test_client)
    }

    /// Tells whether clients may authenticate like this.
    pub(in crate::conformance) fn offers(&self, method: ClientAuthMethod) -> bool {
        self.methods.contains(&method)
    }

    /// Tells whether the suite's clients can authenticate. `client_secret_jwt` needs secrets that the
    /// validator knows from elsewhere.
    pub(super) fn can_authenticate(&self) -> bool {
        let can = [
            ClientAuthMethod::ClientSecretBasic,
            ClientAuthMethod::ClientSecretPost,
            ClientAuthMethod::PrivateKeyJwt,
        ];
        can.into_iter().any(|method| self.offers(method))
    }

    /// Goes on only where clients can have a secret, or nothing: what one signs works once, so that its request cannot be
    /// sent a second time.
    pub(in crate::conformance) fn need_repeatable_requests(client: &TestClient) -> Result<(), Stop> {
        if client.key.is_none() {
            return Ok(());
        }
        Err(Stop::NotEnabled("a client authentication method with a secret".to_owned()))
    }

    /// A new public client with every grant that it may have.
    pub(in crate::conformance) async fn public(&self) -> Result<TestClient, Stop> {
        self.public_at(REDIRECT_URI).await
    }

    /// A new public client with this redirect URI.
    pub(in crate::conformance) async fn public_at(
        &self,
        redirect_uri: &'static str,
    ) -> Result<TestClient, Stop> {
        self.need(Feature::PublicClients)?;
        let id = random_id("public");
        let client = Client::public(&id).redirect_uri(redirect_uri).scope(self.scope());
        self.save(self.with_grants(client, false)).await?;
        let test_client = TestClient { id, secret: None, key: None, redirect_uri };
        self.clients.lock().push(test_client.clone());
        Ok(test_client)
    }

    pub(in crate::conformance) fn with_grants(
        &self,
        client: ClientBuilder,
        is_confidential: bool,
    ) -> ClientBuilder {
        // RFC 6749 §4.4: "The client credentials grant type MUST only be used by confidential clients."
        let allowed = self.report.grants.iter().map(|name| GrantType::from(*name));
        let is_confidential = is_confidential && self.can_authenticate();
        let allowed = allowed.filter(|grant| is_confidential || *grant != GrantType::CLIENT_CREDENTIALS);
        allowed.fold(client, ClientBuilder::grant_type)
    }

    pub(in crate::conformance) async fn save(&self, client: ClientBuilder) -> Result<(), Stop> {
        let client = if self.fixture.is_first_party { client.first_party() } else { client };
        let client = client.build().map_err(|error| Failure::setup(error.to_string()))?;
        self.target.save_client(client).await.map_err(|error| {
            let likely =
                "the store of clients is read-only: give the role `clients` a store that can save, in tests";
            let failure = Failure {
                expected: "the suite's clients to be saved in the server's store".to_owned(),
                likely: likely.to_owned(),
                ..Failure::setup(format!("ClientStore::save_client failed: {}", with_causes(&error)))
            };
            failure.into()
        })
    }
}

impl TestClient {
    /// A valid authorization request for a code.
    pub(in crate::conformance) fn authorization<'a>(
        &'a self,
        challenge: &'a str,
        scope: &'a str,
    ) -> Vec<(&'a str, &'a str)> {
        let mut params = vec![
            ("response_type", "code"),
            ("client_id", self.id.as_str()),
            ("redirect_uri", self.redirect_uri),
            ("state", "a state"),
            ("code_challenge", challenge),
            ("code_challenge_method", "S256"),
        ];
        if !scope.is_empty() {
            params.push(("scope", scope));
        }
        params
    }
}

pub(super) fn no_usable_method() -> Stop {
    Stop::NotTried("a client authentication method that it can use".to_owned())
}

/// An identifier that no other client has, even where a store is shared by several tests.
pub(in crate::conformance) fn random_id(name: &str) -> String {
    format!("conformance-{name}-{:08x}", rand::random::<u32>())
}

/// Registers with the credentials in the body.
pub(in crate::conformance) fn in_the_body(client: ClientBuilder) -> ClientBuilder {
    client.token_endpoint_auth_method(ClientAuthMethod::ClientSecretPost)
}

/// An error with its causes, in one line.
fn with_causes(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
