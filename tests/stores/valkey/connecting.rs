//! Which server is taken, and what is said of another.

use oauth_core::prelude::*;
use oauth_core::store::{ConsentStore as _, SecurityWrites};
use oauth_tests::valkey::{Server, cluster, seeds, url};

use crate::support::{scopes, valkey, valkey_cluster};

async fn refused(url: &str) -> String {
    ValkeyStore::connect(url).await.unwrap_err().to_string()
}

/// A cluster places a key by what is in its braces: names with braces are where their kind is, and nobody else's.
#[tokio::test]
async fn names_with_braces_are_names_in_a_cluster() {
    let store = valkey_cluster().await.security_writes(SecurityWrites::Replicas(0));
    let names = ["{6ba7b810-9dad-11d1-80b4-00c04fd430c8}", "a}b", "{}", "~x", "~fng", "x"];
    for (number, name) in names.into_iter().enumerate() {
        store.save_user(User::new(name, format!("user {number}"))).await.unwrap();
        store.save_consent(name, "web", scopes(&format!("scope-{number}"))).await.unwrap();
    }
    for (number, name) in names.into_iter().enumerate() {
        assert_eq!(store.user(name).await.unwrap().unwrap().username, format!("user {number}"));
        let given = store.consent(name, "web").await.unwrap();
        assert_eq!(given, Some(scopes(&format!("scope-{number}"))), "{name}");
        assert!(store.delete_user(name).await.unwrap(), "{name}");
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_in_one_line_without_a_password() {
    assert_eq!(
        refused("localhost/oauth").await,
        "cannot use the Valkey server of the given URL: it is no URL such as `valkey://user:password@host:6379`"
    );
    let nobody = refused("redis://oauth:hunter2@127.0.0.1:1").await;
    assert!(
        nobody.starts_with("cannot use the Valkey server at `127.0.0.1:1`: it cannot be reached: "),
        "{nobody}"
    );
    let stranger = refused(&url().replace("valkey://", "valkey://oauth:hunter2@")).await;
    assert!(stranger.starts_with("cannot use the Valkey server at `127.0.0.1:"), "{stranger}");
    let no_cluster = ValkeyStore::connect_cluster([url()]).await.unwrap_err().to_string();
    assert!(no_cluster.contains("cluster"), "{no_cluster}");
    for error in [nobody, stranger, no_cluster] {
        assert!(!error.contains("hunter2") && error.lines().count() == 1, "{error}");
    }
}

#[tokio::test]
async fn a_node_of_a_cluster_is_no_server_of_its_own() {
    let error = refused(&seeds()[0]).await;
    assert!(
        error.ends_with(": it is a node of a cluster: use `connect_cluster`, with some of its nodes"),
        "{error}"
    );
}

/// An evicted marker un-revokes.
#[tokio::test]
async fn a_server_that_evicts_is_refused() {
    let server = Server::start(&["--maxmemory-policy", "allkeys-lru"]);
    let error = refused(&server.url()).await;
    assert!(
        error.ends_with(
            ": it may forget revocations when its memory is full: set `maxmemory-policy noeviction` (it is `allkeys-lru`)"
        ),
        "{error}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_node_of_a_cluster_that_evicts_is_named() {
    let nodes: [Server; 3] = cluster(&[]);
    let [first, _, evicting] = &nodes;
    assert_eq!(evicting.ask(&["config", "set", "maxmemory-policy", "volatile-ttl"]), "OK");
    let error = ValkeyStore::connect_cluster([first.url()]).await.unwrap_err().to_string();
    let expected = format!(
        "cannot use the Valkey server at `127.0.0.1:{}`: its node `127.0.0.1:{}` may forget revocations",
        first.port(),
        evicting.port()
    );
    assert!(error.starts_with(&expected), "{error}");
}

#[tokio::test]
async fn stores_with_other_prefixes_share_nothing() {
    let (one, other) = (valkey().await, valkey().await);
    one.save_user(User::new("u1", "anna")).await.unwrap();
    assert_eq!(other.user("u1").await.unwrap(), None);
    other.save_user(User::new("u2", "anna")).await.unwrap();
}
