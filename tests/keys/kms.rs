//! KEKs that a key-management service unwraps.

use std::sync::Mutex;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use oauth_core::clock::Clock;
use oauth_core::keys::{Keks, StoredKeys};
use oauth_core::prelude::*;

use crate::world::{A, active, es256};

/// A service that wraps by turning bits over, and counts what it is asked.
#[derive(Default)]
struct Kms(Mutex<Vec<String>>);

impl Kms {
    fn wrap(key: &[u8]) -> String {
        format!("vault:v1:{}", STANDARD.encode(key.iter().map(|byte| !byte).collect::<Vec<_>>()))
    }

    async fn unwrap(&self, name: String, wrapped: String) -> Result<Vec<u8>, String> {
        self.0.lock().unwrap().push(name);
        tokio::task::yield_now().await;
        let wrapped = wrapped.strip_prefix("vault:v1:").ok_or("no ciphertext of this service")?;
        let bytes = STANDARD.decode(wrapped).map_err(|cause| cause.to_string())?;
        Ok(bytes.into_iter().map(|byte| !byte).collect())
    }
}

fn a_kek() -> Vec<u8> {
    STANDARD.decode(A.split_once(':').unwrap().1).unwrap()
}

#[tokio::test]
async fn a_kek_that_a_service_unwraps_is_the_kek() {
    let (store, clock, kms) = (MemoryStore::new(), Clock::manual(), Kms::default());
    let plain = StoredKeys::open(store.clone(), Keks::parse(A).unwrap(), es256(&clock)).await.unwrap();
    let text = format!("b:{}, a:{}", Kms::wrap(&[7; 32]), Kms::wrap(&a_kek()));
    let keks = Keks::unwrap_with(&text, |name, wrapped| kms.unwrap(name, wrapped)).await.unwrap();
    assert_eq!((format!("{keks:?}").as_str(), keks.sealing()), ("`b`, `a`", "b"));
    let opened = StoredKeys::open(store.clone(), keks, es256(&clock)).await.unwrap();
    assert_eq!(active(&opened), active(&plain));
    assert_eq!(opened.rewrap().await.unwrap(), 1);
    assert!(
        StoredKeys::open(store, Keks::parse(A).unwrap(), es256(&clock)).await.is_err(),
        "b alone opens it"
    );
    opened.reload().await.unwrap();
    assert_eq!(*kms.0.lock().unwrap(), ["b", "a"], "it is asked once for each");
}

#[tokio::test]
async fn what_a_service_does_not_unwrap_is_one_line_that_says_which() {
    let kms = Kms::default();
    let short = format!("a:{}", Kms::wrap(&[7; 16]));
    let twice = format!("a:{0},a:{0}", Kms::wrap(&[7; 32]));
    for (text, reason) in [
        ("", "number 1 has no name"),
        ("a:other:AAEC", "number 1 (`a`) cannot be unwrapped: no ciphertext of this service"),
        (&short, "number 1 (`a`) has 16 bytes and needs 32"),
        (&twice, "two KEKs are called `a`"),
    ] {
        let error = Keks::unwrap_with(text, |name, wrapped| kms.unwrap(name, wrapped)).await.unwrap_err();
        let error = error.to_string();
        assert!(
            error.contains(reason) && !error.contains('\n') && !error.contains("AAEC"),
            "{text}: {error}"
        );
    }
}

/// A task of a server may do it.
#[tokio::test]
async fn it_can_be_awaited_anywhere() {
    let text = format!("a:{}", Kms::wrap(&a_kek()));
    let unwrapped = tokio::spawn(async move {
        let kms = Kms::default();
        Keks::unwrap_with(&text, |name, wrapped| kms.unwrap(name, wrapped))
            .await
            .map(|keks| keks.sealing().to_owned())
    });
    assert_eq!(unwrapped.await.unwrap().unwrap(), "a");
}
