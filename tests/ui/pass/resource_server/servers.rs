//! Every argument, each kind of issuer and audience, clients of one's own.
#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]

use oauth_core::http::{HttpClient, HttpError, HttpsClient};
use oauth_core::jose::{ContentEncryption, DecryptionKey, KeyManagement};
use oauth_core::prelude::*;
use oauth_core::resource::Validation;

#[scope("calendar.read")]
struct CalendarRead;

#[scope("more")]
struct More;

/// The short one.
#[resource_server(issuer = "https://auth.example.com", audience = "https://calendar.example.com", jwks)]
pub struct Calendar;

#[resource_server(
    issuer = self.issuer,
    audience = self.audience,
    jwks = "https://auth.example.com/keys?v=1",
    leeway = "0s",
    algorithms("ES256", "EdDSA"),
    danger_typ_jwt,
    jwks_max_age = "1h",
    jwks_refresh_interval = "30s",
    verification_cache = 0,
    body_token,
    danger_query_token,
    realm = "the calendar",
    resource = "https://calendar.example.com/v1/",
    scopes(CalendarRead, self::More),
)]
struct Everything {
    issuer: String,
    audience: &'static str,
    #[http_client]
    http: std::sync::Arc<Proxied>,
    #[decryption_key]
    key: DecryptionKey,
}

/// Goes another way.
struct Proxied;

impl HttpClient for Proxied {
    async fn send(
        &self,
        _: axum::http::Request<axum::body::Bytes>,
    ) -> std::result::Result<axum::http::Response<axum::body::Bytes>, HttpError> {
        Err(HttpError::Timeout)
    }
}

#[resource_server(
    issuer = concat!("https://", "auth.example.com/"),
    audience = "calendar",
    introspection,
    introspection_cache = "5m",
    danger_absent_audience,
    leeway = "5m"
)]
struct Asking {
    #[credentials]
    credentials: Credentials,
}

#[resource_server(
    issuer = "http://127.0.0.1:8080",
    audience = "a",
    introspection = "http://127.0.0.1:8080/introspect"
)]
struct Tuple(#[credentials] Credentials, #[http_client] HttpsClient);

#[resource_server(issuer = "https://auth.example.com/", audience = "a", jwks)]
struct Generic<C: HttpClient + Clone + 'static> {
    #[http_client]
    client: C,
}

fn main() {
    assert!(Calendar.into_resource().is_ok());
    let key = DecryptionKey::generate(KeyManagement::Dir, ContentEncryption::A256GCM).unwrap();
    let http = std::sync::Arc::new(Proxied);
    let everything = Everything { issuer: "https://auth.example.com".into(), audience: "a", http, key };
    let path = everything.into_resource().unwrap().metadata_path().map(str::to_owned);
    assert_eq!(path.as_deref(), Some("/.well-known/oauth-protected-resource/v1/"));
    assert!(Asking { credentials: Credentials::new("a", "b") }.into_resource().is_ok());
    let client = HttpsClient::new().unwrap();
    assert!(Tuple(Credentials::new("a", "b"), client.clone()).into_resource().is_ok());
    assert!(Generic { client }.into_resource().is_ok());
    assert_eq!(Asking::CONFIG.validation, Validation::Introspection(None));
    assert!(Asking::CONFIG.danger_absent_audience && !Everything::CONFIG.danger_absent_audience);
    assert!(Everything::CONFIG.danger_typ_jwt && Everything::CONFIG.danger_query_token);
    assert_eq!(Everything::CONFIG.scopes.map(<[Scope]>::len), Some(2));
}
