//! The metadata of an issuer and its keys as an API fetches them, RFC 8414 §3.3: only the issuer's own documents count.

#![no_main]

use std::sync::{Arc, LazyLock, Mutex};

use bytes::Bytes;
use http::{Request, Response, StatusCode, Uri, header};
use libfuzzer_sys::fuzz_target;
use oauth_core::http::{HttpClient, HttpError};
use oauth_core::jose::SigningKey;
use oauth_core::request::Request as OAuthRequest;
use oauth_core::resource::{ResourceConfig, ResourceServer};
use oauth_core::token::Issuer;
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

const ISSUER: &str = "https://auth.example.com";
const TOKEN: &str = include_str!("../seeds/jws.txt");

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Builder::new_current_thread().build().unwrap());

/// The key that signed the first line of `seeds/jws.txt`.
static KEY: LazyLock<SigningKey> =
    LazyLock::new(|| SigningKey::from_pem(include_str!("../../rfc/keys/rsa2048.pkcs8.pem")).unwrap());

fuzz_target!(|input: &[u8]| {
    // The metadata and the keys, with a zero between them.
    let mut parts = input.splitn(2, |byte| *byte == 0);
    let [metadata, keys] = [(); 2].map(|()| Bytes::copy_from_slice(parts.next().unwrap_or_default()));
    let web = Web { metadata: metadata.clone(), keys: keys.clone(), asked: Arc::default() };
    let asked = Arc::clone(&web.asked);
    let token = TOKEN.lines().next().unwrap();
    let request =
        Request::get("/").header(header::AUTHORIZATION, format!("Bearer {token}")).body(()).unwrap();
    let mut request = OAuthRequest::for_application(&request.into_parts().0).unwrap();
    let resource = Api(web).into_resource().unwrap();
    let answer = RUNTIME.block_on(resource.authorize::<()>(&mut request));

    // Members that are not understood are ignored, even those that hold half of a surrogate pair.
    if let Ok(metadata) = serde_json::from_slice::<Value>(&metadata) {
        for uri in asked.lock().unwrap().iter().filter(|uri| !is_well_known(uri)) {
            assert_eq!(metadata["issuer"], ISSUER, "{uri} is another issuer's");
            let said = metadata["jwks_uri"].as_str().unwrap();
            assert!(is_private(said), "anyone on the way can change {said}");
            assert_eq!(said.parse::<Uri>().unwrap(), **uri);
        }
    }
    match answer {
        // What signed the token is told by the keys, in whatever words.
        Ok(_) => assert!(contains(&keys, &KEY), "the token is not the issuer's"),
        Err(refusal) => assert!([401, 503].contains(&refusal.status().as_u16())),
    }
});

/// RFC 8414 §2: "This URL MUST use the "https" scheme"; or it does not leave the machine.
fn is_private(uri: &str) -> bool {
    let after = |prefix| uri.strip_prefix(prefix).map(|rest: &str| rest.split(['/', '?']).next().unwrap());
    match (after("https://"), after("http://")) {
        (Some(authority), _) => !authority.is_empty() && !authority.contains('@'),
        (_, Some(authority)) => ["localhost", "127.0.0.1", "[::1]"].iter().any(|host| {
            authority.strip_prefix(host).is_some_and(|port| port.is_empty() || port.starts_with(':'))
        }),
        _ => false,
    }
}

fn is_well_known(uri: &str) -> bool {
    uri == "https://auth.example.com/.well-known/oauth-authorization-server"
        || uri == "https://auth.example.com/.well-known/openid-configuration"
}

fn contains(keys: &[u8], key: &SigningKey) -> bool {
    // See above, of members.
    let Ok(set) = serde_json::from_slice::<Value>(keys) else { return true };
    let public = serde_json::json!(key.public_jwk());
    set["keys"].as_array().is_some_and(|keys| keys.iter().any(|key| key["n"] == public["n"]))
}

struct Api(Web);

impl ResourceServer for Api {
    type HttpClient = Web;
    const ISSUER: Issuer = Issuer::Literal(ISSUER);
    const CONFIG: ResourceConfig = ResourceConfig::new().audience("https://api.example.com");

    fn http_client(&self) -> Result<Web, HttpError> {
        Ok(self.0.clone())
    }
}

/// The answers of the issuer.
#[derive(Clone)]
struct Web {
    metadata: Bytes,
    keys: Bytes,
    asked: Arc<Mutex<Vec<String>>>,
}

impl HttpClient for Web {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let uri = request.uri().to_string();
        let body = if is_well_known(&uri) { &self.metadata } else { &self.keys };
        self.asked.lock().unwrap().push(uri);
        Response::builder().status(StatusCode::OK).body(body.clone()).map_err(HttpError::failed)
    }
}
