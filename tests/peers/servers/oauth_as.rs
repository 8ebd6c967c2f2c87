//! The crate `oauth-as`, as its own example wires it, with its store in memory and without the seams that ask a person.

use std::sync::Arc;

use ::oauth_as::client::{Client, ClientAuth, ClientId, SecretHash};
use ::oauth_as::grant::GrantType;
use ::oauth_as::http::ServiceBuilder;
use ::oauth_as::scope::ScopeSet;
use ::oauth_as::server::{AuthorizationServer, ServerConfig};
use ::oauth_as::store::MemoryStorage;
use axum::Router;
use tokio::net::TcpListener;

use super::{CLIENT, LIFETIME, SCOPE, SECRET};
use crate::Result;

const ISSUER: &str = "https://auth.example.com";

pub(super) async fn serve(listener: TcpListener) -> Result {
    let mut config = ServerConfig::new(ISSUER, format!("{ISSUER}/device"));
    config.access_token_ttl = LIFETIME;
    let server = Arc::new(AuthorizationServer::new(config, MemoryStorage::new()));
    let scopes = ScopeSet::from_tokens([SCOPE])?;
    let client = Client {
        client_id: ClientId::new(CLIENT),
        auth: ClientAuth::ConfidentialSecretHash { hash: SecretHash::sha256(SECRET) },
        grant_types: vec![GrantType::ClientCredentials],
        redirect_uris: Vec::new(),
        allowed_scopes: scopes.clone(),
        default_scopes: scopes,
        name: None,
        registration: None,
    };
    server.register_client(client).await?;
    let service = ServiceBuilder::new(server).build()?;
    Ok(axum::serve(listener, Router::from(service)).await?)
}
