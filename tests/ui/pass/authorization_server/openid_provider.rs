//! OpenID providers: keys of their own or of the access tokens, response types, and the metadata that follows.
#![deny(warnings)]

use oauth_core::claims::ClaimDestination;
use oauth_core::openid::{IdTokenKeys, IdTokenSigner, PairwiseKey};
use oauth_core::prelude::*;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    #[claim("tenant", scope = "profile", to(id_token, userinfo, access_token))]
    fn tenant(&self, _: &Request) -> Option<String> {
        None
    }

    #[claim("plan", to(userinfo))]
    async fn plan(&self, request: &Request) -> Result<u8> {
        request.require_client().map(|_| 1)
    }

    #[claim("internal")]
    fn internal(&self, _: &Request) -> bool {
        true
    }
}

#[authorization_server(
    grants(authorization_code, refresh_token),
    scopes("openid", "profile"),
    response_types("code", "id_token code", "none"),
    id_token_lifetime = "5m",
    issuer = "https://auth.example.com"
)]
struct OwnKeys {
    #[validator]
    accounts: Accounts,
    #[id_token]
    id_tokens: IdTokenKeys,
    #[pairwise_key]
    pairwise_key: PairwiseKey,
    #[interaction]
    pages: LoginPages,
}

#[token_generator(jwt, issuer = "https://auth.example.com")]
struct AccessTokens {
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(grants(authorization_code), scopes("openid", "profile"))]
struct SharedKeys {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: AccessTokens,
    #[interaction]
    pages: LoginPages,
}

fn main() {
    let rsa = || SigningKey::generate(Algorithm::RS256).unwrap();
    let accounts = || Accounts { store: MemoryStore::default() };
    assert_eq!(
        OwnKeys::CONFIG.response_types,
        [ResponseType::CODE, ResponseType::CODE_ID_TOKEN, ResponseType::NONE]
    );
    assert_eq!(OwnKeys::CONFIG.id_token_lifetime.as_secs(), 300);
    let destinations = Accounts::CLAIMS.iter().map(|claim| claim.to.len());
    assert!(destinations.eq([3, 1, 1]));
    assert_eq!(Accounts::CLAIMS.last().unwrap().to, [ClaimDestination::AccessToken]);
    let id_tokens = IdTokenKeys::new(rsa()).and(SigningKey::generate(Algorithm::ES256).unwrap()).unwrap();
    assert_eq!(id_tokens.signing_keys().len(), 2);
    let pairwise_key = PairwiseKey::new([7; 32]).unwrap();
    let own = OwnKeys { accounts: accounts(), id_tokens, pairwise_key, pages: LoginPages::new() };
    assert!(own.pairwise_key().is_some());
    assert!(own.into_service().is_ok());
    let tokens = AccessTokens { keys: KeyRing::new(rsa()) };
    let shared = SharedKeys { accounts: accounts(), tokens, pages: LoginPages::new() };
    assert!(shared.pairwise_key().is_none());
    assert!(shared.into_service().is_ok());
}
