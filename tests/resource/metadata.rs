//! Protected resource metadata, RFC 9728.

use oauth_core::http::{HttpError, HttpsClient};
use oauth_core::prelude::*;
use serde_json::json;

use crate::world::Api;

struct Calendar;

impl ResourceServer for Calendar {
    type HttpClient = HttpsClient;
    const ISSUER: oauth_core::token::Issuer = oauth_core::token::Issuer::Literal("https://auth.example.com");
    const CONFIG: ResourceConfig =
        ResourceConfig::new().audience("https://api.example.com/calendar").body_token();

    fn http_client(&self) -> Result<HttpsClient, HttpError> {
        HttpsClient::new()
    }
}

#[tokio::test]
async fn section_3_the_document() {
    let api = Api::start(Calendar.into_resource().unwrap()).await;

    let answer = api.get_with("/.well-known/oauth-protected-resource/calendar", "").await;

    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.json(),
        json!({
            "resource": "https://api.example.com/calendar",
            "authorization_servers": ["https://auth.example.com"],
            "bearer_methods_supported": ["header", "body"],
            "dpop_signing_alg_values_supported": ["ES256", "ES384", "PS256", "EdDSA", "Ed25519"],
            // Every `#[scope]` of this program.
            "scopes_supported": ["admin", "calendar.read", "calendar.write", "profile"],
        })
    );
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(api.get_with("/.well-known/oauth-protected-resource", "").await.status, 404);
}

/// An audience that is no URL is no resource identifier (§1.2): there is no document.
#[test]
fn without_a_resource_identifier() {
    struct Plain;
    impl ResourceServer for Plain {
        type HttpClient = HttpsClient;
        const ISSUER: oauth_core::token::Issuer =
            oauth_core::token::Issuer::Literal("https://auth.example.com");
        const CONFIG: ResourceConfig = ResourceConfig::new().audience("calendar");
        fn http_client(&self) -> Result<HttpsClient, HttpError> {
            HttpsClient::new()
        }
    }
    assert_eq!(Plain.into_resource().unwrap().metadata_path(), None);
}

/// The mistakes that only a run can tell, all at once.
#[test]
fn mistakes_in_the_configuration() {
    struct Wrong;
    impl ResourceServer for Wrong {
        type HttpClient = HttpsClient;
        const ISSUER: oauth_core::token::Issuer = oauth_core::token::Issuer::Field;
        const CONFIG: ResourceConfig = ResourceConfig::new()
            .leeway(std::time::Duration::from_secs(301))
            .algorithms(&[Algorithm::HS256])
            .resource("http://api.example.com");
        fn http_client(&self) -> Result<HttpsClient, HttpError> {
            HttpsClient::new()
        }
        fn issuer(&self) -> Option<&str> {
            Some("https://auth.example.com//")
        }
    }
    let error = Wrong.into_resource().unwrap_err();
    let mistakes: Vec<_> = error.mistakes().collect();
    for (mistake, part) in
        mistakes.iter().zip(["ends with `/`", "no audience", "leeway", "`HS256`", "http off loopback"])
    {
        assert!(mistake.contains(part), "{mistakes:#?}");
    }
    assert_eq!(mistakes.len(), 5, "{mistakes:#?}");
}
