//! An extension grant: the long-lived API keys that a service has given out become short-lived tokens, and resource servers
//! never see a key again.

use std::collections::HashMap;

use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
    /// The owner of a key and what it may do, by the key's hash.
    keys: HashMap<TokenHash, (String, ScopeSet)>,
}

/// `api_key` of the request, for a token of its owner.
#[extension_grant("urn:example:grant-type:api-key")]
struct ApiKey;

impl ExtensionGrant<Accounts> for ApiKey {
    async fn approve(accounts: &Accounts, request: &mut Request) -> Result<GrantApproval> {
        let key =
            request.body().get("api_key").ok_or_else(|| Error::invalid_request("api_key is missing"))?;
        let known = accounts.keys.get(&TokenHash::of(key));
        let (owner, scopes) =
            known.ok_or_else(|| Error::invalid_grant("the key is unknown or was revoked"))?;
        Ok(GrantApproval::of_user(owner).scopes(scopes.clone()))
    }
}

#[authorization_server(issuer = "http://127.0.0.1:8080", grants(ApiKey), scopes("reports", "billing"))]
struct AuthServer {
    #[validator]
    accounts: Accounts,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let store = MemoryStore::default();
    let secret = ClientSecret::generate();
    let gateway = Client::confidential("gateway", &secret).grant_type(GrantType::extension::<ApiKey>());
    // It asks whom a token is for, of those whose audience is this server.
    let gateway = gateway.introspects("http://127.0.0.1:8080");
    store.save_client(gateway.scope("reports billing").build()?).await?;

    // 256 bits, so that a plain hash is enough.
    let key = SecretString::random();
    let keys = HashMap::from([(key.hash(), ("alice".to_owned(), ScopeSet::parse("reports")?))]);
    let server = AuthServer { accounts: Accounts { store, keys } }.start()?;
    let listener = oauth_examples::listen().await?;
    let url = format!("http://{}", listener.local_addr()?);
    println!(
        "curl -u gateway:{} -d grant_type={} -d api_key={} {url}/token",
        secret.expose(),
        GrantType::extension::<ApiKey>(),
        key.expose()
    );
    oauth_core::serve(listener, server.clone().into_router()).maintain(&server).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    oauth_core::conformance!(AuthServer, |fixture| {
        let (key, scopes) = (SecretString::random(), ScopeSet::parse("reports")?);
        let keys = HashMap::from([(key.hash(), ("alice".to_owned(), scopes))]);
        fixture.extension_grant::<ApiKey>(move || vec![("api_key", key.expose().to_owned())]);
        AuthServer { accounts: Accounts { store: MemoryStore::default(), keys } }
    });
}
