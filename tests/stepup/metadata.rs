//! RFC 9470 §7: the server says what it honours, and starts with nothing else.

use oauth_core::prelude::*;
use oauth_core::server::ServerConfig;
use oauth_tests::{Accounts, Alice, ISSUER};

use crate::world::{Bank, Where, World};

#[tokio::test]
async fn the_metadata_names_the_classes_that_are_supported() {
    let world = World::new(Where::Beside).await;
    let document = world.server.get("/.well-known/oauth-authorization-server").await.json();
    assert_eq!(document["acr_values_supported"], serde_json::json!(["pwd", "phr", "phrh"]));
    assert_eq!(Bank::<Opaque>::METADATA.acr_values, ["pwd", "phr", "phrh"]);
}

/// A server by hand.
struct ByHand<const WRONG: bool>(Accounts<MemoryStore>);

impl<const WRONG: bool> AuthorizationServer for ByHand<WRONG> {
    type Validator = Accounts<MemoryStore>;
    type AccessTokens = Opaque;
    type RefreshTokens = Opaque;
    type IdTokens = oauth_core::openid::NoIdTokens;
    type Interaction = Alice;
    type Grants = (AuthorizationCode,);
    const ISSUER: Issuer = Issuer::Literal(ISSUER);
    const CONFIG: ServerConfig = ServerConfig::new(&[Scope::new("a")]).acr_values(if WRONG {
        &["phr", "", "phr phrh", "gr\u{f6}\u{df}e", "phr"]
    } else {
        &["phr"]
    });

    fn validator(&self) -> &Accounts<MemoryStore> {
        &self.0
    }
    fn access_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn refresh_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn id_tokens(&self) -> &oauth_core::openid::NoIdTokens {
        &oauth_core::openid::NoIdTokens
    }
    fn interaction(&self) -> &Alice {
        &Alice
    }
}

#[test]
fn a_server_by_hand_is_held_to_the_same_rules() {
    let report = ByHand::<false>(Accounts(MemoryStore::new())).report();
    assert_eq!(report.acr_values, ["phr"]);
    assert!(report.to_string().contains("Logins that clients can ask for"), "{report}");
    let error = ByHand::<true>(Accounts(MemoryStore::new())).start().unwrap_err();
    let mistakes: Vec<_> = error.mistakes().collect();
    assert_eq!(mistakes.len(), 4, "{mistakes:?}");
    for words in ["given twice", "is empty", "has a space", "no challenge can quote"] {
        assert!(mistakes.iter().any(|mistake| mistake.contains(words)), "{words}: {mistakes:?}");
    }
}
