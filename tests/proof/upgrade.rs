//! Instances of this version and of one to come (`oauth-core/src/store/newer.rs`) over one database, replaced one by one.

use std::sync::Arc;

use oauth_tests::postgres::Postgres;
use sqlx::{Connection as _, PgConnection, SqliteConnection};

use crate::instances::Oddity;
use crate::world::World;
use crate::{ALONE, CALM, assert_kept, callers};

/// Says to a process that it is the version to come.
const NEWER: &str = "OAUTH_NEWER";

/// Replaces all of them, and goes back with one; then those that remain of this version are left behind.
async fn one_by_one(store: &str) {
    let world = World::start(store, Default::default()).await;
    let replace = |number, step: Option<&str>| {
        tokio::task::block_in_place(|| {
            world.instances.kill(number);
            world.instances.become_another(number, NEWER, step);
            world.instances.revive(number);
        });
    };
    let broken = world.suffers(async {
        world.answers(CALM / 3).await;
        // The first one migrates, while two of this version serve.
        replace(0, Some("expanded"));
        for (here, there) in [(0, 1), (1, 0), (0, 2), (2, 0)] {
            callers::is_known_elsewhere(&world, here, there).await;
        }
        world.answers(CALM / 3).await;
        // One of this version can start again.
        replace(1, None);
        world.answers(CALM / 3).await;
        replace(1, Some("expanded"));
        tokio::task::block_in_place(|| world.instances.stop(2));
        replace(2, Some("expanded"));
        world.answers(CALM / 3).await;
        // And back.
        replace(0, None);
        world.answers(CALM / 3).await;
    });
    let broken = broken.await;
    assert_kept(&world, &broken);
    assert_eq!(world.wire.overloads(), 0, "{}", world.instances.logs());

    // The next migration leaves this version behind: what runs goes on, and what is started says why not.
    replace(1, Some("contracted"));
    callers::is_known_elsewhere(&world, 1, 0).await;
    callers::is_known_elsewhere(&world, 0, 1).await;
    let told = tokio::task::block_in_place(|| {
        world.instances.kill(0);
        world.instances.is_refused(0)
    });
    let [line] = told.as_slice() else { panic!("it is one line: {told:?}") };
    assert!(line.starts_with("provider: cannot "), "{line}");
    let (_, reason) =
        line.split_once(": a newer version of this program wrote it (it has migration ").unwrap();
    assert!(reason.ends_with(", which this one cannot go on with)"), "{line}");
}

#[tokio::test(flavor = "multi_thread")]
async fn instances_over_a_database_are_replaced_one_by_one() {
    let _alone = ALONE.lock().await;
    let database = Postgres::start(&["fsync=off"]);
    one_by_one(&database.database()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn instances_over_one_file_are_replaced_one_by_one() {
    let _alone = ALONE.lock().await;
    let folder = tempfile::tempdir().unwrap();
    one_by_one(&format!("sqlite:{}", folder.path().join("oauth.db").display())).await;
}

/// What an instance wrote in a higher format is left by this version as it is, and told to another instance to answer.
async fn a_higher_format(store: &str, records: impl AsyncFn() -> Vec<String>) {
    let (old, new) = (0, 1);
    let mut oddities = <[Oddity; 3]>::default();
    oddities[new].environment = vec![(NEWER.to_owned(), "rewritten".to_owned())];
    let world: Arc<World> = World::start(store, oddities).await;
    let granted = callers::grants(&world, new).await;
    let before = records().await;
    let newer = before.iter().filter(|record| record.contains("\"v\":2"));
    assert!(newer.count() >= 4, "{before:?}");
    granted.are_for_others_to_answer(&world, old).await;
    assert_eq!(records().await, before, "it was changed");
    granted.are_good(&world, new).await;
    // And what this version wrote is good at both.
    callers::grants(&world, old).await.are_good(&world, new).await;
    callers::grants(&world, old).await.are_good(&world, old).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_higher_format_in_a_database_is_left_as_it_is() {
    let _alone = ALONE.lock().await;
    let url = Postgres::start(&["fsync=off"]);
    let database = url.database();
    a_higher_format(&database, async || {
        let mut connection = PgConnection::connect(&database).await.unwrap();
        let all = "SELECT t::text FROM oauth_codes AS t UNION ALL SELECT t::text FROM oauth_access_tokens AS t \
                   UNION ALL SELECT concat(t::text, r::text) FROM oauth_refresh_tokens AS t \
                   LEFT JOIN oauth_rotations AS r ON r.presented = t.hash ORDER BY 1";
        let rows: Vec<String> = sqlx::query_scalar(all).fetch_all(&mut connection).await.unwrap();
        // As the text of a row has it.
        rows.into_iter().map(|row| row.replace("\"\"", "\"")).collect()
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_higher_format_in_a_file_is_left_as_it_is() {
    let _alone = ALONE.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let store = format!("sqlite:{}", folder.path().join("oauth.db").display());
    a_higher_format(&store, async || {
        let mut connection = SqliteConnection::connect(&store).await.unwrap();
        let all = "SELECT concat(hex(hash), record, hex(taken_by)) FROM oauth_codes \
                   UNION ALL SELECT concat(hex(hash), record) FROM oauth_access_tokens \
                   UNION ALL SELECT concat(hex(hash), record, is_rotated) FROM oauth_refresh_tokens ORDER BY 1";
        sqlx::query_scalar(all).fetch_all(&mut connection).await.unwrap()
    })
    .await;
}
