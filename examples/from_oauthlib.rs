//! The tutorial of oauthlib, "Creating a Provider", as it is here: a web application server, and a view behind a scope.
//! The manual's chapter `oauthlib` compares the two, step by step.

use axum::Router;
use axum::routing::get;
use oauth_core::prelude::*;

/// Step 1, the models, and step 2, the validator. A `#[validator] impl Accounts` would hold what differs here from the
/// defaults.
#[validator]
struct Accounts {
    #[store]
    store: SqliteStore,
}

/// A scope is a type: the server offers it, the consent page explains it, and views ask for it.
#[scope("images", "See your pictures")]
struct Images;

/// Step 3, the composite endpoint, and step 4, the views: the pages of `/authorize`, and `/token`.
#[authorization_server(preset = "web_application", scopes(Images), issuer = "http://127.0.0.1:8080")]
struct WebApplicationServer {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

/// Step 5, the protected view: it runs for tokens that have the scope.
async fn i_am_protected(token: Bearer<Images>) -> String {
    format!("pictures of the cats of {}", token.subject().unwrap_or("nobody"))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let store = SqliteStore::open("from_oauthlib.db").await?;
    let secret = ClientSecret::generate();
    let client = Client::confidential("gallery", &secret)
        .client_name("Gallery")
        .redirect_uri("http://127.0.0.1:3000/callback")
        .scope("images");
    store.save_client(client.build()?).await?;
    store.save_user(User::new("alice-1", "alice").with_password(secret.expose())?).await?;

    let server = WebApplicationServer { accounts: Accounts { store }, pages: LoginPages::new() };
    let server = server.into_service()?;
    let resource = server.protected_resource(ResourceConfig::new())?;
    let views = Router::new().route("/images", get(i_am_protected)).with_state(resource);
    let listener = oauth_examples::listen().await?;
    println!("client gallery, secret {}, user alice, the same password", secret.expose());
    println!("GET http://{}/authorize?response_type=code&client_id=gallery&…", listener.local_addr()?);
    let app = views.fallback_service(server.clone());
    oauth_core::serve(listener, app).maintain(&server).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    oauth_core::conformance!(WebApplicationServer, |fixture| {
        let directory = tempfile::tempdir()?;
        let store = SqliteStore::open(directory.path().join("test.db")).await?;
        fixture.keep(directory);
        store.save_user(fixture.user()?).await?;
        WebApplicationServer { accounts: Accounts { store }, pages: LoginPages::new() }
    });
}
