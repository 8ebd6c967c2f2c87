//! ECDSA signatures are malleable: whoever has one, `(r, s)`, has another of the same text without the key, `(r, n - s)`. A token that
//! is written so is the same token.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_core::prelude::*;

use crate::world::{InMemory, Op, PairwiseOp, Provider, Shared, World};

/// The orders of the groups, SEC 2 §2.4.2 and §2.5.1.
const P256: &str = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
const P384: &str = "ffffffffffffffffffffffffffffffffffffffffffffffff\
                    c7634d81f4372ddf581a0db248b0a77aecec196accc52973";

/// The same token with the other signature.
fn negated(token: &str) -> String {
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let mut signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let half = signature.len() / 2;
    let order = if half == 32 { P256 } else { P384 };
    let order = (0..half).map(|at| u8::from_str_radix(&order[2 * at..2 * at + 2], 16).unwrap());
    let mut borrows = false;
    for (s, n) in signature[half..].iter_mut().zip(order).rev() {
        let (left, first) = n.overflowing_sub(*s);
        let (left, second) = left.overflowing_sub(u8::from(borrows));
        (*s, borrows) = (left, first || second);
    }
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

async fn a_thief_negates<P: Provider<Store = MemoryStore>>(algorithm: Algorithm, client_id: &str) {
    let keys = KeyRing::new(SigningKey::generate(algorithm).unwrap());
    let world = World::<P>::over(MemoryStore::new(), &Shared { keys, ..Shared::new() }).await;
    let token = async || world.tokens(client_id).await.member("access_token");
    let (of_thief, of_owner) = (token().await, token().await);
    for token in [&of_thief, &of_owner] {
        assert_ne!(*token, negated(token));
        assert_eq!(*token, negated(&negated(token)));
        assert!(world.is_alive(&negated(token)).await, "it verifies, and is the token all the same");
    }
    // Its owner revokes the one that was issued, and of another token the one that was negated.
    world.revoke(client_id, &of_thief).await;
    world.revoke(client_id, &negated(&of_owner)).await;
    for token in [&of_thief, &of_owner] {
        assert!(!world.is_alive(token).await, "{algorithm:?}");
        assert!(!world.is_alive(&negated(token)).await, "{algorithm:?}");
    }
    assert!(world.is_alive(&token().await).await, "another token of the same person and client");
}

/// Each reader is asked: introspection, userinfo, a resource beside the server, and exchange.
#[tokio::test]
async fn attack_a_revoked_token_with_its_signature_negated() {
    for algorithm in [Algorithm::ES256, Algorithm::ES384] {
        a_thief_negates::<Op<MemoryStore>>(algorithm, "web").await;
        a_thief_negates::<PairwiseOp<MemoryStore>>(algorithm, "pair-a").await;
    }
}

/// As an actor of an exchange it is dead as well.
#[tokio::test]
async fn attack_a_revoked_actor_token_with_its_signature_negated() {
    let world = InMemory::new().await;
    let subject = world.tokens("web").await.member("access_token");
    let actor = world.own_token("machine").await;
    let with = async |actor: &str| world.exchange_with(&subject, actor).await;
    assert_eq!(with(&negated(&actor)).await.status, 200);
    world.revoke("machine", &actor).await;
    with(&negated(&actor)).await.assert_error(400, "invalid_request");
}
