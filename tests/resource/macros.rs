//! `#[resource_server]` from end to end.

use oauth_core::http::HttpsClient;
use oauth_core::prelude::*;

use crate::world::{Admin, Api, CalendarRead, CalendarWrite, Issuer, key};

#[resource_server(
    issuer = self.issuer,
    audience = "https://calendar.example.com",
    jwks,
    leeway = "30s",
    algorithms("ES256", "EdDSA"),
    scopes(CalendarRead, CalendarWrite, Admin),
    realm = "calendar"
)]
struct Calendar {
    issuer: String,
    #[http_client]
    http: HttpsClient,
}

#[resource_server(issuer = self.issuer, audience = self.audience, introspection, introspection_cache = "0s")]
struct Asking {
    issuer: String,
    audience: String,
    #[credentials]
    credentials: Credentials,
}

#[tokio::test]
async fn by_keys() {
    let issuer = Issuer::signing(key(Algorithm::ES256)).await;
    let calendar = Calendar { issuer: issuer.url.clone(), http: HttpsClient::new().unwrap() };
    let resource = calendar.into_resource().unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(resource.metadata().unwrap()).unwrap();
    assert_eq!(metadata["scopes_supported"], serde_json::json!(["calendar.read", "calendar.write", "admin"]));
    let api = Api::start(resource).await;

    assert_eq!(api.status(&issuer.token("calendar.read").await).await, 200);
    assert!(
        api.get_with("/read", "").await.header("www-authenticate").starts_with("Bearer realm=\"calendar\",")
    );
}

#[tokio::test]
async fn by_introspection() {
    let issuer = Issuer::opaque().await;
    let asking = Asking {
        issuer: issuer.url.clone(),
        audience: crate::world::AUDIENCE.to_owned(),
        credentials: Credentials::new("calendar-api", issuer.secret.expose()),
    };
    let api = Api::start(asking.into_resource().unwrap()).await;

    assert_eq!(api.status(&issuer.token("calendar.read").await).await, 200);
    assert_eq!(api.status("unknown").await, 401);
}

#[test]
fn what_the_macros_register() {
    let names: Vec<_> = oauth_core::scope::registered().into_iter().map(|scope| scope.name).collect();
    assert!(names.contains(&"calendar.read") && names.is_sorted());
    assert_eq!(CalendarRead::SCOPE.description, Some("See your calendar"));
}
