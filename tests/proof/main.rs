//! Promises that hold whatever breaks: three instances of `examples/provider` behind one issuer, callers that write down each answer,
//! faults, and a look back at every token.
//!
//! It holds while a disk is full (`disk`), a network fails (`link`) and versions are replaced (`upgrade`), too, and where a replica takes over
//! (`failover`) as far as that promises; `soak` is for long runs.
//!
//! Each kind of loss is also made on purpose, and must be found: a proof that cannot fail proves nothing.
//!
//! Each test takes some seconds here. For as many kills as you like:
//! `PROOF_KILLS=50 cargo test --workspace --features oauth-tests/interop --test proof -- --nocapture`.

#[path = "../../examples/tests/support/browser.rs"]
#[allow(dead_code, reason = "shared with the tests of the examples, which use all of it")]
mod browser;
mod callers;
mod disk;
mod failover;
mod instances;
mod ledger;
mod link;
mod power;
mod soak;
mod spending;
mod upgrade;
mod wire;
mod world;

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use oauth_tests::postgres::Postgres;
use oauth_tests::valkey;
use rustix::process::Signal;
use serde_json::Value;
use tokio::sync::Mutex;

use self::instances::Oddity;
use self::ledger::{Broken, Promise};
use self::world::World;

/// One at a time: each has two cores' worth of processes.
static ALONE: Mutex<()> = Mutex::const_new(());

/// The JSON of a file of the tests with clients that are not ours.
fn json(name: &str) -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("interop/provider").join(name);
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

/// The kills of each test; three unless `PROOF_KILLS` says otherwise.
fn kills() -> usize {
    std::env::var("PROOF_KILLS").ok().map_or(3, |kills| kills.parse().expect("PROOF_KILLS is a number"))
}

/// The answers between faults.
const CALM: usize = 300;

fn assert_kept(world: &World, broken: &[Broken]) {
    let told: Vec<_> = broken.iter().take(10).map(ToString::to_string).collect();
    assert!(
        broken.is_empty(),
        "{} broken promises:\n{}\n{}",
        broken.len(),
        told.join("\n"),
        world.instances.logs()
    );
    let faults = world.wire.faults();
    let why = world.instances.have_logged("server_error").join("\n");
    assert!(faults.is_empty(), "{} faults, such as {}:\n{why}", faults.len(), faults[0]);
    let count = world.ledger.count();
    assert!(
        count.alive > 50 && count.dead > 0 && count.rotations > 0 && count.uses > 0,
        "too little happened: {count}"
    );
}

fn promises(broken: &[Broken]) -> HashSet<Promise> {
    broken.iter().map(|broken| broken.promise).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn instances_that_are_killed_or_stand_still_lose_nothing() {
    let _alone = ALONE.lock().await;
    let database = Postgres::start(&[]);
    let world = World::start(&database.database(), Default::default()).await;
    instances_are_killed_or_stand_still(&world).await;
}

async fn instances_are_killed_or_stand_still(world: &Arc<World>) {
    let broken = world.suffers(async {
        for kill in 0..kills() {
            world.answers(CALM).await;
            let number = kill % world.instances.len();
            world.instances.kill(number);
            let other = (number + 1) % world.instances.len();
            world.instances.signal(other, Signal::STOP);
            world.loses_an_answer().await;
            world.instances.signal(other, Signal::CONT);
            tokio::task::block_in_place(|| world.instances.revive(number));
        }
        world.answers(CALM).await;
    });
    assert_kept(world, &broken.await);
}

/// What a script does is one key's: nothing needs two nodes at once.
#[tokio::test(flavor = "multi_thread")]
async fn instances_over_a_cluster_of_valkey_lose_nothing() {
    let _alone = ALONE.lock().await;
    let [first, second, _third]: &[valkey::Server; 3] = &valkey::cluster(&[]);
    let store = format!("valkey://127.0.0.1:{},127.0.0.1:{}", first.port(), second.port());
    let world = World::start(&store, Default::default()).await;
    instances_are_killed_or_stand_still(&world).await;
}

/// With `appendfsync always`: with `everysec`, what is acknowledged while the disk is waited for is in the memory of the process alone.
#[tokio::test(flavor = "multi_thread")]
async fn a_valkey_that_is_killed_keeps_what_was_answered() {
    let _alone = ALONE.lock().await;
    let mut server = valkey::Server::start(&["--appendonly", "yes", "--appendfsync", "always"]);
    let world = World::start(&server.url(), Default::default()).await;
    let broken = world.suffers(async {
        for _ in 0..kills() {
            world.answers(CALM).await;
            tokio::task::block_in_place(|| {
                server.kill();
                server.restart();
            });
        }
        world.answers(CALM).await;
    });
    assert_kept(&world, &broken.await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_killed_keeps_what_was_answered() {
    let _alone = ALONE.lock().await;
    let mut database = Postgres::start(&[]);
    let world = World::start(&database.database(), Default::default()).await;
    let broken = world.suffers(async {
        for _ in 0..kills() {
            world.answers(CALM).await;
            tokio::task::block_in_place(|| {
                database.kill();
                database.restart();
            });
        }
        world.answers(CALM).await;
    });
    assert_kept(&world, &broken.await);
}

#[tokio::test(flavor = "multi_thread")]
async fn clocks_that_are_off_by_45_seconds_break_nothing() {
    let _alone = ALONE.lock().await;
    let database = Postgres::start(&["fsync=off"]);
    let oddities = [0, 45, -45].map(|clock| Oddity { clock, ..Oddity::default() });
    let world = World::start(&database.database(), oddities).await;
    let broken = world.suffers(world.answers(3 * CALM)).await;
    assert_kept(&world, &broken);
}

#[tokio::test(flavor = "multi_thread")]
async fn instances_over_one_file_lose_nothing_when_one_is_killed() {
    let _alone = ALONE.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let store = format!("sqlite:{}", folder.path().join("oauth.db").display());
    let world = World::start(&store, Default::default()).await;
    let broken = world.suffers(async {
        for kill in 0..kills() {
            world.answers(CALM).await;
            let number = kill % world.instances.len();
            world.instances.kill(number);
            tokio::task::block_in_place(|| world.instances.revive(number));
        }
        world.answers(CALM).await;
    });
    assert_kept(&world, &broken.await);
}

/// Cuts the power of three instances over one file, on a disk of which so many syncs of each count.
async fn power_cuts(cuts: usize, syncs: Option<u32>) -> (Arc<World>, Vec<Broken>) {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("oauth.db");
    let disk = power::disk(folder.path(), syncs);
    let world =
        World::start(&format!("sqlite:{}", database.display()), [disk.clone(), disk.clone(), disk]).await;
    let broken = world.suffers(async {
        for _ in 0..cuts {
            world.answers(CALM).await;
            tokio::task::block_in_place(|| power::cut(&world.instances, &database));
        }
        world.answers(CALM).await;
    });
    let broken = broken.await;
    (world, broken)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_keeps_what_was_answered_when_the_power_is_cut() {
    let _alone = ALONE.lock().await;
    let (world, broken) = power_cuts(kills(), None).await;
    assert_kept(&world, &broken);
}

/// The same, on a disk that writes no more once instances have started.
#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_lies_is_found() {
    let _alone = ALONE.lock().await;
    let (_world, broken) = power_cuts(1, Some(30)).await;
    assert!(promises(&broken).contains(&Promise::TokensStay));
}

/// The same as above, over a database that answers before it has written.
#[tokio::test(flavor = "multi_thread")]
async fn answers_before_they_are_written_are_found() {
    let _alone = ALONE.lock().await;
    // Not after the megabyte that is the default, either.
    let mut database =
        Postgres::start(&["synchronous_commit=off", "wal_writer_delay=10s", "wal_writer_flush_after=1GB"]);
    let world = World::start(&database.database(), Default::default()).await;
    let broken = world.suffers(async {
        // Right after it has written, a kill takes nothing.
        for _ in 0..3 {
            world.answers(CALM).await;
            tokio::task::block_in_place(|| {
                database.kill();
                database.restart();
            });
        }
        world.answers(CALM).await;
    });
    assert!(promises(&broken.await).contains(&Promise::TokensStay));
}

/// The same, with instances that have a memory each: each answers as if it were alone.
#[tokio::test(flavor = "multi_thread")]
async fn instances_that_share_nothing_are_found() {
    let _alone = ALONE.lock().await;
    let world = World::start("memory", Default::default()).await;
    let broken = promises(&world.suffers(world.answers(2 * CALM)).await);
    assert!(
        broken.is_superset(&HashSet::from([Promise::TokensStay, Promise::AssertionsPassOnce])),
        "{broken:?}"
    );
}

/// The times that something single-use is presented at once.
const AT_ONCE: usize = 200;

/// Nothing breaks here but the patience of three instances.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_hundred_at_once_never_two_win() {
    let _alone = ALONE.lock().await;
    let database = Postgres::start(&["fsync=off"]);
    let world = World::start(&database.database(), Default::default()).await;
    let won = spending::two_hundred(&world, AT_ONCE).await;
    // Whoever redeems a code a second time ends what the first got, before its answer as well as after.
    assert!(won.codes <= 1, "{}", won.codes);
    assert_eq!(won.assertions, 1);
    assert!(won.rotations >= 1);
    let broken = world.ledger.broken();
    assert!(broken.is_empty(), "{}", broken[0]);
}
