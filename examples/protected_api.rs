//! An API beside its authorization server: a handler that takes a `Bearer<Calendar, Tenancy>` runs only for requests whose
//! token has the scope `calendar` and names a tenant; all others get the challenge of RFC 6750 §3. `resource_server` shows an
//! API in another process.

use axum::routing::get;
use axum::{Json, Router};
use oauth_core::prelude::*;

#[scope("calendar", "See your calendar")]
struct Calendar;

#[scope("mail", "Read your mail")]
struct Mail;

/// The claims that the access tokens say beside the standard claims: the server writes it, and the API reads
/// it.
#[derive(Claims)]
struct Tenancy {
    tenant: String,
}

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    #[claims]
    fn tenancy(&self, request: &Request) -> Result<Tenancy> {
        Ok(Tenancy { tenant: format!("owner of {}", request.require_client()?.client_id) })
    }
}

#[authorization_server(issuer = "http://127.0.0.1:8080", grants(client_credentials), scopes(Calendar, Mail))]
struct AuthServer {
    #[validator]
    accounts: Accounts,
}

/// The API itself.
async fn events(token: Bearer<Calendar, Tenancy>) -> Json<Vec<String>> {
    let Tenancy { tenant } = token.private_claims();
    let (caller, until) = (token.client_id().unwrap_or_default(), token.expires_at().unwrap_or_default());
    Json(vec![format!("{caller} may see this of the {tenant} until {}", until.as_secs())])
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let store = MemoryStore::default();
    let secret = ClientSecret::generate();
    store.save_client(Client::confidential("robot", &secret).scope("calendar mail").build()?).await?;

    let server = AuthServer { accounts: Accounts { store } }.into_service()?;
    let api = server.protected_resource(ResourceConfig::new().realm("calendar"))?;
    let app = Router::new().route("/events", get(events)).with_state(api).fallback_service(server.clone());
    let listener = oauth_examples::listen().await?;
    let url = format!("http://{}", listener.local_addr()?);
    println!(
        "curl -u robot:{} -d grant_type=client_credentials -d scope=calendar {url}/token",
        secret.expose()
    );
    println!("curl -H 'Authorization: Bearer …' {url}/events");
    oauth_core::serve(listener, app).maintain(&server).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    oauth_core::conformance!(AuthServer, |_| AuthServer {
        accounts: Accounts { store: MemoryStore::default() }
    });
}
