//! What must not be lost waits for replicas.

use std::process::Stdio;
use std::time::Duration;

use oauth_core::prelude::*;
use oauth_core::store::{
    Attempt, CodeRedemption, CodeStore, FamilyId, ReplayStore, Revocation, SecurityWrites, TokenStore,
};
use oauth_tests::valkey::{Server, program, until};

use super::assert_passes;
use crate::support::{
    access_token, after, grant, hash, now, refresh_token, save_access, save_refresh, successor,
    valkey_cluster,
};

#[tokio::test]
async fn what_must_not_be_lost_waits_for_replicas() {
    let primary = Server::start(&[]);
    let alone = ValkeyStore::connect(&primary.url()).await.unwrap();
    let careful = alone.clone().security_writes(SecurityWrites::Replicas(1));
    let (now, family) = (now(), FamilyId::random());
    let end = after(now, 600);
    // A token that is lost costs a login.
    save_access(&careful, access_token("a", Some(family), end)).await;
    assert_passes(careful.revoke(&Revocation::Family(family), end).await.unwrap_err());
    assert_eq!(alone.access_token(&hash("a"), now).await.unwrap(), None, "it may have happened");

    let replica = Server::start(&["--replicaof", "127.0.0.1", &primary.port().to_string()]);
    until("it replicates", || replica.ask(&["info", "replication"]).contains("master_link_status:up"));
    let keys = |server: &Server| server.ask(&["keys", "oauth:rv:*"]).lines().count();
    careful.revoke(&Revocation::Family(FamilyId::random()), end).await.unwrap();
    assert_eq!((keys(&primary), keys(&replica)), (2, 2));
    careful.save_code(hash("code"), grant(FamilyId::random(), end)).await.unwrap();
    let attempt = Attempt::random();
    assert_eq!(careful.take_code(&hash("code"), attempt, now).await.unwrap(), CodeRedemption::Redeemed);
    drop(replica);
    // The same request asks again, and nobody else.
    assert_passes(careful.take_code(&hash("code"), attempt, now).await.unwrap_err());
    assert_eq!(alone.take_code(&hash("code"), attempt, now).await.unwrap(), CodeRedemption::Redeemed);
    assert_eq!(alone.take_code(&hash("code"), Attempt::random(), now).await.unwrap(), CodeRedemption::Taken);
}

/// A replica that is there and confirms nothing, as behind a link that fell silent.
fn silent_replica(primary: &Server) -> std::process::Child {
    let port = primary.port().to_string();
    let mut replica = std::process::Command::new(program());
    let replica = replica.args(["-p", &port, "--replica"]).stdout(Stdio::null()).spawn().unwrap();
    until("the replica is there", || primary.ask(&["info", "replication"]).contains("state=online"));
    replica
}

/// `WAIT` asks about the last write of its own connection. A client that was told to come again comes to another instance, which finds done
/// what nobody has confirmed.
#[tokio::test]
async fn what_is_found_done_waits_for_replicas_as_well() {
    let primary = Server::start(&[]);
    let mut replica = silent_replica(&primary);
    let (now, family) = (now(), FamilyId::random());
    let end = after(now, 600);
    let instance = async || {
        ValkeyStore::connect(&primary.url()).await.unwrap().security_writes(SecurityWrites::Replicas(1))
    };
    let (one, other) = (instance().await, instance().await);
    save_access(&one, access_token("a", Some(family), end)).await;
    save_refresh(&one, refresh_token("r", family, end)).await;
    let id = hash("jti");
    let attempt = Attempt::random();
    for store in [&one, &other] {
        assert_passes(store.claim_replay_id(&id, attempt, end, now).await.unwrap_err());
        let next = successor("next", family, end);
        let rotation = store.rotate_refresh_token(&hash("r"), next, None, now, Duration::from_secs(10)).await;
        assert_passes(rotation.unwrap_err());
    }
    assert_passes(one.revoke(&Revocation::Family(family), end).await.unwrap_err());
    assert_passes(other.revoke(&Revocation::Family(family), end).await.unwrap_err());
    assert_passes(other.access_token(&hash("a"), now).await.unwrap_err());
    assert_passes(other.refresh_token(&hash("next"), now).await.unwrap_err());
    replica.kill().unwrap();
    replica.wait().unwrap();
}

/// A server answers nothing on a connection that waits for replicas.
#[tokio::test(flavor = "multi_thread")]
async fn who_reads_does_not_wait_for_replicas_of_others() {
    let primary = Server::start(&[]);
    let store =
        ValkeyStore::connect(&primary.url()).await.unwrap().security_writes(SecurityWrites::Replicas(1));
    // It has the script from here on: each write waits once.
    assert_passes(store.revoke(&Revocation::Family(FamilyId::random()), after(now(), 60)).await.unwrap_err());
    let is_waiting = || primary.ask(&["info", "clients"]).contains("blocked_clients:1");
    // The machine may have been slow, and the wait over.
    for _ in 0..20 {
        let revoking = store.clone();
        let end = after(now(), 600);
        let revoke = async move { revoking.revoke(&Revocation::Family(FamilyId::random()), end).await };
        let revoke = tokio::spawn(revoke);
        while !is_waiting() && !revoke.is_finished() {
            tokio::task::yield_now().await;
        }
        assert!(store.user("nobody").await.unwrap().is_none());
        let has_read_meanwhile = is_waiting();
        assert_passes(revoke.await.unwrap().unwrap_err());
        if has_read_meanwhile {
            return;
        }
    }
    panic!("the read waited each time");
}

/// What waits behind others for too long is on a connection that is left: the server forgets what nobody waits for any more.
#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_replicas_in_vain_leaves_its_connection() {
    // More than the server gets through before an answer is waited for in vain.
    const WRITES: usize = 60;
    let primary = Server::start(&[]);
    let store =
        ValkeyStore::connect(&primary.url()).await.unwrap().security_writes(SecurityWrites::Replicas(1));
    let end = after(now(), 600);
    assert_passes(store.revoke(&Revocation::Family(FamilyId::random()), end).await.unwrap_err());
    let mut revoking = tokio::task::JoinSet::new();
    for _ in 0..WRITES {
        let store = store.clone();
        revoking.spawn(async move { store.revoke(&Revocation::Family(FamilyId::random()), end).await });
    }
    for revoked in revoking.join_all().await {
        assert_passes(revoked.unwrap_err());
    }
    let is_left = || primary.ask(&["info", "clients"]).contains("blocked_clients:0");
    let left = async {
        while !is_left() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_mins(2), left).await.expect("the connection is closed");
    let done = primary.ask(&["keys", "oauth:rv:*"]).lines().count();
    assert!(done < WRITES, "it went on with all of them: {done}");
    // And the next one is used.
    let _replica = Server::start(&["--replicaof", "127.0.0.1", &primary.port().to_string()]);
    let revoked =
        async { while store.revoke(&Revocation::Family(FamilyId::random()), end).await.is_err() {} };
    tokio::time::timeout(Duration::from_mins(2), revoked).await.expect("the replica confirms");
}

/// Over all nodes of a cluster.
#[tokio::test(flavor = "multi_thread")]
async fn a_cluster_without_replicas_confirms_nothing() {
    let store = valkey_cluster().await.security_writes(SecurityWrites::Replicas(1));
    for _ in 0..3 {
        assert_passes(
            store.revoke(&Revocation::Family(FamilyId::random()), after(now(), 60)).await.unwrap_err(),
        );
    }
}
