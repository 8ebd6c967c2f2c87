//! Versions beside each other over one database: instances of this one are replaced one by one, while what another version does, before
//! and after it, is done to the tables.

use std::sync::Arc;

use oauth_tests::postgres::Postgres;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};

use crate::ledger::Promise;
use crate::world::World;
use crate::{ALONE, CALM, assert_kept, promises, spending};

/// The tables with records.
const RECORDS: [&str; 5] = [
    "oauth_codes",
    "oauth_access_tokens",
    "oauth_refresh_tokens",
    "oauth_device_codes",
    "oauth_pushed_requests",
];

/// The database of a store, by its URL.
enum Database {
    Postgres(String),
    Sqlite(String),
}

impl Database {
    fn url(&self) -> &str {
        let (Self::Postgres(url) | Self::Sqlite(url)) = self;
        url
    }

    /// Runs statements, each by itself, so that instances wait for one at a time.
    async fn run(&self, statements: impl IntoIterator<Item = String>) {
        for statement in statements {
            let statement = sqlx::raw_sql(AssertSqlSafe(statement));
            match self {
                Self::Postgres(url) => {
                    statement.execute(&mut PgConnection::connect(url).await.unwrap()).await.unwrap();
                }
                Self::Sqlite(url) => {
                    statement.execute(&mut SqliteConnection::connect(url).await.unwrap()).await.unwrap();
                }
            }
        }
    }

    /// The rows of a statement that has one column of text.
    async fn rows(&self, statement: String) -> Vec<String> {
        let statement = sqlx::AssertSqlSafe(statement);
        match self {
            Self::Postgres(url) => {
                let mut connection = PgConnection::connect(url).await.unwrap();
                sqlx::query_scalar(statement).fetch_all(&mut connection).await.unwrap()
            }
            Self::Sqlite(url) => {
                let mut connection = SqliteConnection::connect(url).await.unwrap();
                sqlx::query_scalar(statement).fetch_all(&mut connection).await.unwrap()
            }
        }
    }

    /// Notes a migration of a version to come, with which those can go on that have this one.
    async fn note(&self, version: i64, compatible_from: i64) {
        self.run([match self {
            Self::Postgres(_) => format!(
                "INSERT INTO oauth_migrations (version, description, compatible_from, checksum) \
                 VALUES ({version}, 'to come', {compatible_from}, '')"
            ),
            Self::Sqlite(_) => format!(
                "INSERT INTO oauth_migrations (version, description, success, checksum, execution_time, compatible_from) \
                 VALUES ({version}, 'to come', TRUE, x'', 0, {compatible_from})"
            ),
        }])
        .await;
    }

    /// Takes back a migration, so that the next instance which starts has it to do.
    async fn is_of_before(&self) {
        self.run(
            ["oauth_refresh_tokens_by_subject", "oauth_consents_by_client"]
                .map(|index| format!("DROP INDEX {index}")),
        )
        .await;
        self.run(["DELETE FROM oauth_migrations WHERE description = 'lists'".to_owned()]).await;
    }

    /// Does what a version to come does: it has a column more in each table, and a member more in each record.
    async fn expands(&self) {
        let columns = RECORDS.map(|table| format!("ALTER TABLE {table} ADD COLUMN newer text"));
        let function = "CREATE FUNCTION oauth_newer() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
                        NEW.record := jsonb_set(NEW.record::jsonb, '{newer}', '\"a fact\"')::text; RETURN NEW; END $$";
        let members = RECORDS.map(|table| match self {
            Self::Postgres(_) => format!(
                "CREATE TRIGGER oauth_newer BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION oauth_newer()"
            ),
            Self::Sqlite(_) => format!(
                "CREATE TRIGGER {table}_newer AFTER INSERT ON {table} BEGIN \
                 UPDATE {table} SET record = json_set(record, '$.newer', 'a fact') WHERE hash = NEW.hash; END"
            ),
        });
        let function = matches!(self, Self::Postgres(_)).then(|| function.to_owned());
        self.run(columns.into_iter().chain(function).chain(members)).await;
        self.note(1000, 5).await;
    }

    /// Says of every record that it is of this format.
    async fn has_records_of(&self, format: u32) {
        self.run(RECORDS.map(|table| match self {
            Self::Postgres(_) => {
                format!("UPDATE {table} SET record = jsonb_set(record::jsonb, '{{v}}', '{format}')::text")
            }
            Self::Sqlite(_) => format!("UPDATE {table} SET record = json_set(record, '$.v', {format})"),
        }))
        .await;
    }
}

/// Replaces all of them; then those that remain are left behind.
async fn one_by_one(database: &Database) {
    let world = World::start(database.url(), Default::default()).await;
    let replace = |number| {
        tokio::task::block_in_place(|| {
            world.instances.kill(number);
            world.instances.revive(number);
        });
    };
    database.is_of_before().await;
    let broken = world.suffers(async {
        world.answers(CALM / 3).await;
        // The first one migrates, while two serve.
        replace(0);
        for (here, there) in [(0, 1), (1, 0), (0, 2), (2, 0)] {
            spending::is_known_elsewhere(&world, here, there).await;
        }
        world.answers(CALM / 3).await;
        database.expands().await;
        world.answers(CALM / 3).await;
        // One of this version can start again.
        replace(1);
        world.answers(CALM / 3).await;
        tokio::task::block_in_place(|| {
            world.instances.stop(2);
            world.instances.revive(2);
        });
        world.answers(CALM / 3).await;
    });
    let broken = broken.await;
    assert_kept(&world, &broken);
    assert_eq!(world.wire.overloads(), 0, "{}", world.instances.logs());
    let newer = "SELECT hash FROM oauth_access_tokens WHERE record LIKE '%\"newer\":%a fact%'";
    assert!(!database.rows(format!("SELECT 'one' FROM ({newer}) AS newer")).await.is_empty());
    let migrated = "SELECT description FROM oauth_migrations WHERE description = 'lists'";
    assert_eq!(database.rows(migrated.to_owned()).await, ["lists"]);

    // The next migration leaves this version behind: what runs goes on, and what is started says why not.
    database.note(1001, 1001).await;
    spending::is_known_elsewhere(&world, 1, 0).await;
    spending::is_known_elsewhere(&world, 0, 1).await;
    let told = tokio::task::block_in_place(|| {
        world.instances.kill(0);
        world.instances.is_refused(0)
    });
    let [line] = told.as_slice() else { panic!("it is one line: {told:?}") };
    assert!(line.starts_with("provider: cannot "), "{line}");
    let reason = ": a newer version of this program wrote it (it has migration 1001, which this one cannot go on with)";
    assert!(line.ends_with(reason), "{line}");
}

fn file(folder: &tempfile::TempDir) -> Database {
    Database::Sqlite(format!("sqlite:{}", folder.path().join("oauth.db").display()))
}

#[tokio::test(flavor = "multi_thread")]
async fn instances_over_a_database_are_replaced_one_by_one() {
    let _alone = ALONE.lock().await;
    let server = Postgres::start(&["fsync=off"]);
    one_by_one(&Database::Postgres(server.database())).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn instances_over_one_file_are_replaced_one_by_one() {
    let _alone = ALONE.lock().await;
    let folder = tempfile::tempdir().unwrap();
    one_by_one(&file(&folder)).await;
}

/// A migration that does not only add: it moves the revocations to where this version does not look.
#[tokio::test(flavor = "multi_thread")]
async fn a_migration_that_takes_from_running_instances_is_found() {
    let _alone = ALONE.lock().await;
    let server = Postgres::start(&["fsync=off"]);
    let database = Database::Postgres(server.database());
    let world = World::start(database.url(), Default::default()).await;
    let broken = world.suffers(async {
        world.answers(CALM).await;
        database
            .run([
                "CREATE TABLE oauth_newer (LIKE oauth_revocations)".to_owned(),
                "WITH moved AS (DELETE FROM oauth_revocations RETURNING *) INSERT INTO oauth_newer SELECT * FROM moved"
                    .to_owned(),
            ])
            .await;
        world.answers(CALM).await;
    });
    let found = promises(&broken.await);
    assert!(found.contains(&Promise::RevocationsHold), "{found:?}");
    assert!(found.contains(&Promise::ReuseEndsTheFamily), "{found:?}");
}

/// What is in a higher format is left by this version as it is, and told to another instance to answer.
async fn a_higher_format(database: &Database, all: &str) {
    let world: Arc<World> = World::start(database.url(), Default::default()).await;
    let granted = spending::grants(&world, 1).await;
    database.has_records_of(2).await;
    let before = database.rows(all.to_owned()).await;
    assert!(before.len() >= 4, "{before:?}");
    granted.are_for_others_to_answer(&world, 0).await;
    assert_eq!(database.rows(all.to_owned()).await, before, "it was changed");
    database.has_records_of(1).await;
    granted.are_good(&world, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_higher_format_in_a_database_is_left_as_it_is() {
    let _alone = ALONE.lock().await;
    let server = Postgres::start(&["fsync=off"]);
    let all = "SELECT t::text FROM oauth_codes AS t UNION ALL SELECT t::text FROM oauth_access_tokens AS t \
               UNION ALL SELECT concat(t::text, r::text) FROM oauth_refresh_tokens AS t \
               LEFT JOIN oauth_rotations AS r ON r.presented = t.hash ORDER BY 1";
    a_higher_format(&Database::Postgres(server.database()), all).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_higher_format_in_a_file_is_left_as_it_is() {
    let _alone = ALONE.lock().await;
    let folder = tempfile::tempdir().unwrap();
    let all = "SELECT concat(hex(hash), record, hex(taken_by)) FROM oauth_codes \
               UNION ALL SELECT concat(hex(hash), record) FROM oauth_access_tokens \
               UNION ALL SELECT concat(hex(hash), record, is_rotated) FROM oauth_refresh_tokens ORDER BY 1";
    a_higher_format(&file(&folder), all).await;
}
