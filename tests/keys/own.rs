//! Keys that each machine makes for itself, over a store that machines share: the report warns of them.

use oauth_core::keys::{KeyPolicy, StoredKeys};
use oauth_core::prelude::*;

use crate::world::{A, keks};

#[token_generator(jwt, issuer = "https://auth.example.com", algorithm = "ES256")]
struct Signed {
    #[signing_key]
    keys: KeyRing,
}

macro_rules! server {
    ($server:ident, $people:ident, $store:ty) => {
        #[validator]
        struct $people {
            #[store]
            store: $store,
        }

        #[authorization_server(grants(client_credentials), scopes("jobs"))]
        struct $server {
            #[validator]
            people: $people,
            #[access_token]
            tokens: Signed,
        }

        impl $server {
            fn is_warned(store: &$store, keys: KeyRing) -> bool {
                let report =
                    Self { people: $people { store: store.clone() }, tokens: Signed { keys } }.report();
                let warns = report.to_string().contains("WARNING: keys");
                assert_eq!(warns, report.keys_are_of_one_machine);
                warns
            }
        }
    };
}

server!(OnOneMachine, FilePeople, SqliteStore);
server!(OnMany, DatabasePeople, PostgresStore);

#[tokio::test]
async fn the_report_warns_of_keys_that_other_machines_do_not_have() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("key.pem");
    let made = || KeyRing::load_or_generate(&file, Algorithm::ES256).unwrap();
    let sqlite = SqliteStore::open(folder.path().join("oauth.db")).await.unwrap();
    assert!(!OnOneMachine::is_warned(&sqlite, made()), "other instances on this machine have the file");

    let shared = PostgresStore::connect(&oauth_tests::postgres::database()).await.unwrap();
    assert!(OnMany::is_warned(&shared, made()));
    assert!(OnMany::is_warned(&shared, SigningKey::generate(Algorithm::ES256).unwrap().into()));
    // The same file, brought to each machine by its operator.
    assert!(!OnMany::is_warned(&shared, KeyRing::from_pem_files([&file]).unwrap()));
    let policy = KeyPolicy::new([Algorithm::ES256]);
    let stored = StoredKeys::open(shared.clone(), keks(A), policy).await.unwrap();
    assert!(!OnMany::is_warned(&shared, stored.ring(Algorithm::ES256).unwrap()));
}
