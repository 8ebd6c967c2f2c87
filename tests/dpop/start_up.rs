//! The mistakes that only a start can tell.

use oauth_core::binding::{Dpop, DpopNonces, NonceKey};
use oauth_core::http::HttpsClient;
use oauth_core::prelude::*;
use oauth_core::resource::{ResourceConfig, ResourceServer};
use oauth_core::server::ServerConfig;
use oauth_core::token::Issuer;
use oauth_tests::{Accounts, ISSUER};

#[validator]
struct Forgetful {
    #[clients]
    clients: MemoryStore,
    #[tokens]
    tokens: MemoryStore,
}

#[derive(Debug)]
struct Server<V, const NONCES: u8> {
    validator: V,
    nonces: Option<NonceKey>,
}

impl<V: RequestValidator, const NONCES: u8> AuthorizationServer for Server<V, NONCES> {
    type Validator = V;
    type AccessTokens = Opaque;
    type RefreshTokens = Opaque;
    type IdTokens = NoIdTokens;
    type Interaction = NoInteraction;
    type Grants = (ClientCredentials,);
    const ISSUER: Issuer = Issuer::Literal(ISSUER);
    const CONFIG: ServerConfig = match NONCES {
        0 => ServerConfig::new(&[]),
        1 => ServerConfig::new(&[]).dpop(Dpop::new().nonces(DpopNonces::Off)),
        _ => ServerConfig::new(&[]).dpop(Dpop::new()),
    };

    fn validator(&self) -> &V {
        &self.validator
    }
    fn access_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn refresh_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn id_tokens(&self) -> &NoIdTokens {
        &NoIdTokens
    }
    fn interaction(&self) -> &NoInteraction {
        &NoInteraction
    }
    fn dpop_nonce_key(&self) -> Option<&NonceKey> {
        self.nonces.as_ref()
    }
}

#[test]
fn rfc9449_section_11_1_proofs_have_a_store_for_their_identifiers() {
    let store = MemoryStore::new();
    let validator = Forgetful { clients: store.clone(), tokens: store };
    let mistake = Server::<_, 2> { validator, nonces: None }.start().unwrap_err().to_string();
    assert!(mistake.contains("`dpop` needs a store for the identifiers of used proofs"), "{mistake}");
}

#[test]
fn rfc9449_section_8_a_key_of_nonces_makes_some() {
    let accounts = || Accounts(MemoryStore::new());
    let key = || Some(NonceKey::random());
    let mistake = Server::<_, 0> { validator: accounts(), nonces: key() }.start().unwrap_err().to_string();
    assert!(mistake.contains("the server binds no tokens"), "{mistake}");
    let mistake = Server::<_, 1> { validator: accounts(), nonces: key() }.start().unwrap_err().to_string();
    assert!(mistake.contains("none are handed out"), "{mistake}");
    assert!(Server::<_, 2> { validator: accounts(), nonces: key() }.start().is_ok());
}

struct Nameless;

impl ResourceServer for Nameless {
    type HttpClient = HttpsClient;
    const ISSUER: Issuer = Issuer::Literal(ISSUER);
    const CONFIG: ResourceConfig = ResourceConfig::new().audience("calendar").dpop_required();

    fn http_client(&self) -> std::result::Result<HttpsClient, oauth_core::http::HttpError> {
        HttpsClient::new()
    }
}

#[test]
fn rfc9449_section_4_3_a_resource_that_requires_proofs_can_check_them() {
    let words = "takes only tokens that are bound to a key, and cannot check a proof";
    let mistake = Nameless.into_resource().unwrap_err().to_string();
    assert!(mistake.contains(words), "{mistake}");
    // Beside a server that binds none, too.
    let server = Server::<_, 0> { validator: Accounts(MemoryStore::new()), nonces: None }.start().unwrap();
    let mistake = server.protected_resource(ResourceConfig::new().dpop_required()).unwrap_err().to_string();
    assert!(mistake.contains(words), "{mistake}");
    let server = Server::<_, 2> { validator: Accounts(MemoryStore::new()), nonces: None }.start().unwrap();
    assert!(server.protected_resource(ResourceConfig::new().dpop_required()).is_ok());
}
