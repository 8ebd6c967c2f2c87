//! The keys that seal keys: wrong ones, missing ones, and a change of them.

use oauth_core::clock::Clock;
use oauth_core::keys::{Keks, StoredKeys};
use oauth_core::prelude::*;
use oauth_core::store::KeyStore;

use crate::world::{A, B, Instance, active, es256, keks, open, over_every_store};

over_every_store! {
    a_start_with_the_wrong_kek_is_refused_by_a_line_that_says_which,
    keys_are_rewrapped_while_other_instances_read_and_start,
}

async fn a_start_with_the_wrong_kek_is_refused_by_a_line_that_says_which<S: KeyStore + Clone + 'static>(
    [store, _, _]: [S; 3],
) {
    let clock = Clock::manual();
    let kid = active(&open(store.clone(), &clock).await.unwrap());
    let missing = StoredKeys::open(store.clone(), keks(B), es256(&clock)).await.unwrap_err();
    let missing = format!("{missing:?}");
    for part in [&kid, "sign:ES256", "the KEK `a`", "not given, but `b`", "add `a:<base64>`"] {
        assert!(missing.contains(part), "{part}: {missing}");
    }
    let wrong = keks(&B.replace("b:", "a:"));
    let wrong = StoredKeys::open(store.clone(), wrong, es256(&clock)).await.unwrap_err().to_string();
    assert!(wrong.contains("the KEK `a` does not open") && wrong.contains(&kid), "{wrong}");
    assert!(!wrong.contains(&B[2..]) && !wrong.contains('\n'));
    assert_eq!(store.keys().await.unwrap().len(), 1, "none was made instead");
}

async fn keys_are_rewrapped_while_other_instances_read_and_start<S>([one, two, three]: [S; 3])
where
    S: KeyStore + Clone + 'static,
{
    let clock = Clock::manual();
    let instance = Instance::start(one, es256(&clock), &clock).await;
    instance.keys.rotate(Algorithm::ES256).await.unwrap();
    instance.keys.pairwise_key().await.unwrap();
    let token = instance.token().await;
    let both = format!("{B}, {A}");
    let changing = StoredKeys::open(two.clone(), keks(&both), es256(&clock)).await.unwrap();
    let again = StoredKeys::open(three.clone(), keks(&both), es256(&clock)).await.unwrap();
    let (reads, starts, rewrapped, at_once) = tokio::join!(
        async {
            for _ in 0..20 {
                instance.keys.reload().await.unwrap();
            }
        },
        async {
            for _ in 0..20 {
                StoredKeys::open(three.clone(), keks(&both), es256(&clock)).await.unwrap();
            }
        },
        changing.rewrap(),
        again.rewrap(),
    );
    let ((), ()) = (reads, starts);
    assert_eq!(rewrapped.unwrap() + at_once.unwrap(), 3, "each once");
    assert_eq!(changing.rewrap().await.unwrap(), 0);
    assert!(two.keys().await.unwrap().iter().all(|key| key.kek == "b"));
    // With the old one alone nobody starts any more; who runs goes on.
    assert!(StoredKeys::open(three.clone(), keks(A), es256(&clock)).await.is_err());
    instance.keys.reload().await.unwrap();
    let alone = StoredKeys::open(three, keks(B), es256(&clock)).await.unwrap();
    let verifying = alone.ring(Algorithm::ES256).unwrap().verifying_keys();
    assert!(verifying.verify_jws(&token).is_ok() && verifying.iter().count() == 2);
    assert_eq!(active(&alone), active(&instance.keys));
    alone.pairwise_key().await.unwrap();
}

#[test]
fn a_text_that_is_no_list_of_keks_is_refused_without_showing_it() {
    let long = format!("{A},c:{}", "A".repeat(30));
    for (text, reason) in [
        ("", "number 1 has no name"),
        ("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "number 1 has no name"),
        ("a b:AAEC", "number 1 has a name that is not"),
        ("a:AAEC!", "number 1 (`a`) is not base64"),
        (&long, "number 2 (`c`)"),
        (&format!("{A},{A}"), "two KEKs are called `a`"),
        (&format!("{A},"), "number 2 has no name"),
    ] {
        let refusal = Keks::parse(text).unwrap_err().to_string();
        assert!(refusal.contains(reason), "{text}: {refusal}");
        assert!(!refusal.contains("AAEC") && !refusal.contains("AAAA"), "{refusal}");
    }
    let url = A.replace('+', "-").replace('/', "_");
    assert_eq!(format!("{:?}", keks(&format!(" {url} ,\n{B}"))), "`a`, `b`");
}
