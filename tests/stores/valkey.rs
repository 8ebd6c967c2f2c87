//! The store in a server or a cluster at a distance: connecting, what is cut off, and who confirms what.

use std::error::Error as _;
use std::process::Stdio;
use std::time::Duration;

use oauth_core::prelude::*;
use oauth_core::store::{
    Attempt, CodeRedemption, CodeStore, ConsentStore as _, DeviceDecision, DeviceStore, FamilyId, ListGrants,
    PushedRequestStore, Ready, Registration, RegistrationStore, ReplayStore, Revocation, SecurityWrites,
    SessionStore, StoreError, TokenStore,
};
use oauth_core::time::UnixTime;
use oauth_tests::valkey::{Server, cluster, node, prefix, program, seeds, until, url};

use crate::support::{
    access_token, after, device, grant, hash, now, past, pushed, refresh_token, revoke_family, save_access,
    save_refresh, scopes, session, successor, valkey, valkey_cluster,
};

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

/// A server that was restarted has no scripts.
#[tokio::test]
async fn a_script_that_the_server_forgot_is_sent_again() {
    let server = Server::start(&[]);
    let store = ValkeyStore::connect(&server.url()).await.unwrap();
    for _ in 0..2 {
        let id = hash(&FamilyId::random().to_string());
        assert!(store.claim_replay_id(&id, Attempt::random(), after(now(), 60), now()).await.unwrap());
        assert_eq!(server.ask(&["script", "flush"]), "OK");
    }
}

#[tokio::test]
async fn what_is_cut_off_is_sent_again() {
    let server = Server::start(&[]);
    let store = ValkeyStore::connect(&server.url()).await.unwrap();
    for name in ["a", "b", "c"] {
        store.save_user(User::new(name, name)).await.unwrap();
        assert_ne!(server.ask(&["client", "kill", "type", "normal", "skipme", "yes"]), "0");
        assert!(store.user(name).await.unwrap().is_some());
    }
}

fn assert_passes(error: StoreError) {
    assert!(error.is_overloaded(), "{:?}", error.source());
    assert_eq!(Error::from(error).code(), ErrorCode::TemporarilyUnavailable);
}

/// RFC 6749 §4.1.2.1 `temporarily_unavailable`.
#[tokio::test]
async fn a_server_that_is_full_stalls_or_is_gone_is_no_failure_of_ours() {
    let server = Server::start(&[]);
    let store = ValkeyStore::connect(&server.url()).await.unwrap();
    let save = async || store.save_code(hash("code"), grant(FamilyId::random(), after(now(), 60))).await;
    assert_eq!(server.ask(&["config", "set", "maxmemory", "1"]), "OK");
    assert_passes(save().await.unwrap_err());
    assert_passes(store.save_user(User::new("u1", "anna")).await.unwrap_err());
    assert_eq!(server.ask(&["config", "set", "maxmemory", "0"]), "OK");
    assert_eq!(server.ask(&["client", "pause", "600000", "all"]), "OK");
    assert_passes(save().await.unwrap_err());
    drop(server);
    assert_passes(save().await.unwrap_err());
}

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

/// The server removes by itself what has expired, and keeps the rest.
#[tokio::test]
async fn whatever_expires_has_an_expiry() {
    let (prefix, end) = (prefix(), after(now(), 600));
    let store = ValkeyStore::connect(&url()).await.unwrap().prefix(&prefix);
    let save = async |name: &str, end: UnixTime| {
        let family = FamilyId::random();
        store.save_code(hash(name), grant(family, end)).await.unwrap();
        save_access(&store, access_token(name, Some(family), end)).await;
        store.save_session(hash(name), session("user-1", end)).await.unwrap();
        revoke_family(&store, FamilyId::random(), end).await;
        assert!(
            store.save_device_code(hash(name), hash(&format!("{name} user")), device(end)).await.unwrap()
        );
        assert!(store.claim_replay_id(&hash(name), Attempt::random(), end, past()).await.unwrap());
        store.save_pushed_request(hash(name), pushed(end)).await.unwrap();
        let refresh = refresh_token(name, family, end);
        let _ = store.save_tokens(None, Some(refresh), past()).await.unwrap();
        let next = successor(&format!("{name} next"), family, end);
        store.rotate_refresh_token(&hash(name), next, None, past(), Duration::from_secs(1)).await.unwrap();
    };
    save("live", end).await;
    let keys = || node().ask(&["keys", &format!("{prefix}*")]).lines().map(str::to_owned).collect::<Vec<_>>();
    let live = keys();
    // Of a device two, of a session its index, of refresh tokens theirs, and a successor.
    assert_eq!(live.len(), 12);
    for key in &live {
        let left: u64 = node().ask(&["ttl", key]).parse().unwrap();
        assert!((3600..3600 + 900).contains(&left), "{key} has {left} seconds");
    }
    // Long ago by every clock.
    save("dead", UnixTime::from_secs(1_700_000_000)).await;
    assert_eq!(keys().len(), live.len());
}

/// A replica takes no writes, and neither does who is full.
#[tokio::test]
async fn a_server_that_takes_no_writes_is_not_ready() {
    let server = Server::start(&[]);
    let store = ValkeyStore::connect(&server.url()).await.unwrap();
    store.ready().await.unwrap();
    assert_eq!(server.ask(&["config", "set", "maxmemory", "1"]), "OK");
    assert_passes(store.ready().await.unwrap_err());
    assert_eq!(server.ask(&["config", "set", "maxmemory", "0"]), "OK");
    assert_eq!(server.ask(&["replicaof", "127.0.0.1", "1"]), "OK");
    assert_passes(store.ready().await.unwrap_err());
    assert_passes(store.save_user(User::new("u1", "anna")).await.unwrap_err());
}

/// A cluster of which a part is gone answers for the rest, and is not ready.
#[tokio::test(flavor = "multi_thread")]
async fn a_cluster_that_lost_a_node_is_not_ready() {
    let [first, second, third] = cluster(&["--cluster-node-timeout", "1000"]);
    let store = ValkeyStore::connect_cluster([first.url(), second.url()]).await.unwrap();
    store.ready().await.unwrap();
    drop(third);
    // The others have to notice.
    let unready = async {
        loop {
            if let Err(error) = store.ready().await {
                break error;
            }
        }
    };
    assert_passes(tokio::time::timeout(Duration::from_secs(20), unready).await.unwrap());
}

/// However often it is refreshed, a grant has few entries in the index of its person.
#[tokio::test]
async fn a_chain_of_rotations_leaves_its_index_short() {
    let prefix = prefix();
    let store = ValkeyStore::connect(&url()).await.unwrap().prefix(&prefix);
    let (family, end) = (FamilyId::random(), after(now(), 600));
    save_refresh(&store, refresh_token("0", family, end)).await;
    for number in 0..10 {
        let next = successor(&(number + 1).to_string(), family, end);
        let presented = hash(&number.to_string());
        store.rotate_refresh_token(&presented, next, None, now(), Duration::from_secs(10)).await.unwrap();
    }
    assert_eq!(store.grants_of("user-1", now(), None, 10).await.unwrap().items.len(), 1);
    let entries: usize = node().ask(&["zcard", &format!("{prefix}ug:user-1")]).parse().unwrap();
    assert!(entries <= 2, "{entries}");
}

/// A login name whose user was never saved is free again, a minute later.
#[tokio::test]
async fn a_name_that_was_claimed_and_cut_off_is_free_again() {
    let prefix = prefix();
    let store = ValkeyStore::connect(&url()).await.unwrap().prefix(&prefix);
    let name = format!("{prefix}un:anna");
    let claimed_until = |time: u64| node().ask(&["hset", &name, "s", "ghost", "until", &time.to_string()]);
    let _ = claimed_until(UnixTime::now().as_secs() + 600);
    assert_passes(store.save_user(User::new("u1", "anna")).await.unwrap_err());
    assert_eq!(store.user("u1").await.unwrap(), None);
    assert_eq!(store.user_by_username("anna").await.unwrap(), None);
    let _ = claimed_until(past().as_secs());
    store.save_user(User::new("u1", "anna")).await.unwrap();
    assert!(store.user_by_username("anna").await.unwrap().is_some());
    // A name that a user has is nobody else's, however long ago it was claimed.
    let _ = node().ask(&["hset", &name, "until", "0"]);
    assert!(!store.save_user(User::new("u2", "anna")).await.unwrap_err().is_overloaded());
}

/// RFC 9700 §4.14.2: a new password throws out whoever has the old one, also if the server stopped right after it was kept.
#[tokio::test]
async fn a_sign_out_that_was_cut_off_is_done_by_the_next() {
    let prefix = prefix();
    let store = ValkeyStore::connect(&url()).await.unwrap().prefix(&prefix);
    let end = after(now(), 600);
    for subject in ["u1", "u2"] {
        store.save_user(User::new(subject, subject)).await.unwrap();
        store.save_session(hash(subject), session(subject, end)).await.unwrap();
        let _ = node().ask(&["hset", &format!("{prefix}u:{subject}"), "out", "a call"]);
    }
    store.save_user(User::new("u1", "u1")).await.unwrap();
    let _ = node().ask(&["hdel", &format!("{prefix}u:u2"), "n", "c"]);
    assert!(store.delete_user("u2").await.unwrap());
    assert!(!store.delete_user("u2").await.unwrap());
    for subject in ["u1", "u2"] {
        assert_eq!(store.session(&hash(subject), now()).await.unwrap(), None, "{subject}");
    }
    store.save_session(hash("u1"), session("u1", end)).await.unwrap();
    store.save_user(User::new("u1", "u1")).await.unwrap();
    assert!(store.session(&hash("u1"), now()).await.unwrap().is_some(), "it was done once");
}

/// The second user code is there for a moment, until its device turns out to be another's.
#[tokio::test]
async fn a_user_code_decides_on_no_device_but_its_own() {
    let prefix = prefix();
    let store = ValkeyStore::connect(&url()).await.unwrap().prefix(&prefix);
    assert!(store.save_device_code(hash("tv"), hash("screen"), device(after(now(), 600))).await.unwrap());
    let code = |name: &str| serde_json::to_value(hash(name)).unwrap().as_str().unwrap().to_owned();
    let leads = format!("{}{}", "x".repeat(22), code("tv"));
    let _ = node().ask(&["set", &format!("{prefix}uc:{}", code("another")), &leads]);
    let approval = DeviceDecision::approve("user-1", now(), scopes("profile"));
    assert_eq!(store.device_authorization(&hash("another"), now()).await.unwrap(), None);
    assert!(!store.decide_device_code(&hash("another"), approval.clone(), now()).await.unwrap());
    assert!(store.decide_device_code(&hash("screen"), approval, now()).await.unwrap());
}

fn registration(token: &str, end: UnixTime) -> Registration {
    let record = serde_json::json!({"token": hash(token), "issued_at": 1, "expires_at": end, "members": {}});
    serde_json::from_value(record).unwrap()
}

fn client(id: &str) -> Client {
    Client::public(id).origin(format!("https://{id}.example")).build().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_that_came_by_themselves_are_counted_and_expire() {
    let (now, end) = (now(), after(now(), 600));
    for store in [valkey().await, valkey_cluster().await] {
        let register = async |id: &str, end, now| {
            store.register_client(client(id), registration(id, end), 2, now).await.unwrap()
        };
        assert!(register("a", end, now).await);
        assert!(!register("a", end, now).await, "it is registered");
        assert!(register("b", after(end, 600), now).await);
        assert!(!register("c", end, now).await, "that is one too many");
        let (kept, record) = store.registration("a").await.unwrap().unwrap();
        assert_eq!((kept.client_id.as_str(), record), ("a", registration("a", end)));
        assert!(!register("c", end, UnixTime::from_secs(end.as_secs() - 1)).await);
        assert!(register("c", after(end, 600), end).await, "the first has expired");
        assert!(store.client("a").await.unwrap().is_none());
        assert!(!store.is_origin_registered("https://a.example").await.unwrap());
        // Kept longer, it is there when its first end has come.
        store.keep_registration("b", after(end, 3 * 24 * 3600)).await.unwrap();
        assert!(!register("d", after(end, 1200), after(end, 599)).await);
        assert!(register("d", after(end, 1200), after(end, 600)).await);
        assert!(store.registration("b").await.unwrap().is_some());
        assert!(store.registration("c").await.unwrap().is_none());
        assert!(!store.delete_registration("d", &hash("another")).await.unwrap());
        assert!(store.delete_registration("d", &hash("d")).await.unwrap());
        assert!(store.client("d").await.unwrap().is_none());
        assert!(register("e", after(end, 1200), after(end, 600)).await);
    }
}

/// Whoever registers does not do the work of all who did not come back.
#[tokio::test]
async fn a_registration_removes_a_few_that_have_expired() {
    let (prefix, now, end) = (prefix(), now(), after(now(), 600));
    let store = ValkeyStore::connect(&url()).await.unwrap().prefix(&prefix);
    let register = async |id: &str, end, now| {
        store.register_client(client(id), registration(id, end), 40, now).await.unwrap()
    };
    for number in 0..40 {
        assert!(register(&format!("client{number}"), end, now).await);
    }
    let left = || node().ask(&["zcard", &format!("{prefix}rx:")]).parse::<u32>().unwrap();
    assert!(!register("late", end, now).await, "there are as many as there may be");
    assert!(register("new", after(end, 600), end).await, "those that have expired do not count");
    assert_eq!(left(), 31);
    for _ in 0..5 {
        assert!(!register("new", after(end, 600), end).await, "it is registered");
    }
    assert_eq!(left(), 1, "and all of them go");
}

/// RFC 7592 §3: the registration access token "MAY be rotated", and then the earlier one is nobody's.
#[tokio::test(flavor = "multi_thread")]
async fn a_registration_token_that_was_replaced_deletes_nothing() {
    let (store, end) = (valkey_cluster().await, after(now(), 600));
    for round in 0..40 {
        let id = format!("client{round}");
        store.register_client(client(&id), registration("first", end), 1000, now()).await.unwrap();
        let (one, other) = (hash("first"), hash("first"));
        let (replaced, deleted) = tokio::join!(
            store.replace_registration(&one, client(&id), registration("second", end)),
            store.delete_registration(&id, &other),
        );
        assert!(replaced.unwrap() != deleted.unwrap(), "round {round}");
    }
}
