//! Making the tables, and knowing who made them.

use std::time::{Duration, Instant};

use aws_lc_rs::digest;
use sqlx::{AssertSqlSafe, PgConnection, PgPool};

use super::connect::Reason;
use super::run::is_locked;
use crate::store::migrations::{self, Applied, Change as _};

/// The migrations that made the tables, in order.
///
/// Old and new instances run side by side while a change is rolled out. So a migration first adds what old instances do not mind,
/// and says so by `compatible_from`: the oldest last migration with which an instance can go on. What they need is removed by a later
/// version's migration, when none of them runs any more.
pub(super) const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        name: "oauth",
        compatible_from: 1,
        change: Change::Tables(include_str!("../../../migrations/postgres/0001_oauth.sql")),
    },
    Migration {
        version: 2,
        name: "lists",
        compatible_from: 1,
        change: Change::Indexes(&[
            // The grants of a person, by family: `marks` has the keys of both at fixed places.
            Index {
                name: "oauth_refresh_tokens_by_subject",
                on: "oauth_refresh_tokens ((marks[4]), (marks[2]), expires_at DESC)",
            },
            // What was agreed to is forgotten with the client.
            Index { name: "oauth_consents_by_client", on: "oauth_consents (client_id)" },
        ]),
    },
    Migration {
        version: 3,
        name: "logouts",
        compatible_from: 1,
        change: Change::Tables(include_str!("../../../migrations/postgres/0003_logouts.sql")),
    },
    Migration {
        version: 4,
        name: "keys",
        compatible_from: 1,
        change: Change::Tables(include_str!("../../../migrations/postgres/0004_keys.sql")),
    },
    Migration {
        version: 5,
        name: "limits",
        compatible_from: 1,
        change: Change::Tables(include_str!("../../../migrations/postgres/0005_limits.sql")),
    },
    Migration {
        version: 6,
        name: "events",
        compatible_from: 1,
        change: Change::Tables(include_str!("../../../migrations/postgres/0006_events.sql")),
    },
    Migration {
        version: 7,
        name: "second steps",
        compatible_from: 1,
        change: Change::Tables(include_str!("../../../migrations/postgres/0007_second_steps.sql")),
    },
];

/// The last migration of this version.
pub(super) fn newest() -> i64 {
    migrations::newest(MIGRATIONS)
}

pub(super) type Migration = migrations::Migration<Change>;

pub(super) enum Change {
    /// Statements of one transaction, which is over at once: tables and columns.
    Tables(&'static str),
    /// Indexes of tables that running instances write to.
    Indexes(&'static [Index]),
}

pub(super) struct Index {
    pub(super) name: &'static str,
    /// The table, with its columns.
    pub(super) on: &'static str,
}

/// Tables like sqlx's own, which are the application's: under other names, so that neither sees the other's migrations.
const TABLES: &str = "
CREATE TABLE IF NOT EXISTS oauth_locks (name text PRIMARY KEY);
CREATE TABLE IF NOT EXISTS oauth_migrations (
    version         bigint PRIMARY KEY,
    description     text NOT NULL,
    installed_on    timestamptz NOT NULL DEFAULT now(),
    compatible_from bigint NOT NULL,
    checksum        bytea NOT NULL
);
INSERT INTO oauth_locks (name) VALUES ('migrations'), ('registrations') ON CONFLICT (name) DO NOTHING;
";

/// Two that make the first table at the same moment can meet in the catalogue; the second finds it the next time.
const TRIES: usize = 5;

/// The longest that something else may keep tables locked: another instance that migrates, whoever reads them in one transaction, or what
/// an instance that was stopped had begun. Who waits for the last, which waits for all statements that are under way, may be in its way.
const PATIENCE: Duration = Duration::from_mins(10);
const RETRY_EVERY: Duration = Duration::from_millis(100);

/// Of whoever migrates. Requests wait behind a lock that is waited for, so it is given up soon and asked for again.
const SETTINGS: &str = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '1s'; \
    SET LOCAL idle_in_transaction_session_timeout = 0";

/// Makes the tables that are missing, one migration after the other. Of several instances one does it at a time. Where none is missing
/// nothing is written: an instance may have a role that cannot make tables, once another has made them.
pub(super) async fn migrate(pool: &PgPool) -> Result<(), Reason> {
    let is_there = "SELECT to_regclass('oauth_migrations') IS NOT NULL";
    if sqlx::query_scalar(is_there).fetch_one(pool).await? {
        let mut connection = pool.acquire().await?;
        if missing(&mut connection).await?.is_empty() {
            return Ok(());
        }
    }
    let mut tries = 1;
    while let Err(cause) = sqlx::raw_sql(TABLES).execute(pool).await {
        if tries == TRIES || cause.as_database_error().is_none() {
            return Err(Reason::Tables(cause));
        }
        tries += 1;
    }
    let started = Instant::now();
    loop {
        match migrate_one(pool).await {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(Reason::Tables(cause)) if is_locked(&cause) && started.elapsed() < PATIENCE => {
                tokio::time::sleep(RETRY_EVERY).await;
            }
            Err(reason) => return Err(reason),
        }
    }
}

/// Applies the next migration; false if none is missing.
async fn migrate_one(pool: &PgPool) -> Result<bool, Reason> {
    let mut turn = pool.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED").await?;
    sqlx::raw_sql(SETTINGS).execute(&mut *turn).await?;
    // Not waited for: whoever builds an index waits for all statements that are under way, and this would be one of them.
    let ask = "SELECT 1 FROM oauth_locks WHERE name = 'migrations' FOR UPDATE NOWAIT";
    sqlx::query(ask).execute(&mut *turn).await.map_err(Reason::Tables)?;
    let Some(next) = missing(&mut turn).await?.into_iter().next() else { return Ok(false) };
    match next.change {
        Change::Tables(sql) => {
            sqlx::raw_sql(sql).execute(&mut *turn).await.map_err(Reason::Tables)?;
        }
        Change::Indexes(indexes) => build(pool, indexes).await?,
    }
    next.note(&mut turn).await?;
    turn.commit().await?;
    Ok(true)
}

/// Builds indexes while others write, which no transaction can: on another connection than the one that has the turn.
async fn build(pool: &PgPool, indexes: &[Index]) -> Result<(), Reason> {
    if pool.options().get_max_connections() < 2 {
        return Err(Reason::OneConnection);
    }
    let mut connection = pool.acquire().await?;
    // Its settings are for nobody else.
    connection.close_on_drop();
    let settings = "SET statement_timeout = 0; SET lock_timeout = '10min'";
    sqlx::raw_sql(settings).execute(&mut *connection).await?;
    for index in indexes {
        index.build(&mut connection).await.map_err(Reason::Tables)?;
    }
    Ok(())
}

impl Index {
    /// Builds it, unless that is done. A build that was cut off leaves an index that takes writes and answers nothing.
    async fn build(&self, connection: &mut PgConnection) -> Result<(), sqlx::Error> {
        let Self { name, on } = self;
        let is_valid =
            sqlx::query_scalar("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass($1)");
        let is_valid: Option<bool> = is_valid.bind(*name).fetch_optional(&mut *connection).await?;
        if is_valid == Some(true) {
            return Ok(());
        }
        if is_valid == Some(false) {
            let drop = format!("DROP INDEX CONCURRENTLY {name}");
            sqlx::raw_sql(AssertSqlSafe(drop)).execute(&mut *connection).await?;
        }
        let create = format!("CREATE INDEX CONCURRENTLY {name} ON {on}");
        sqlx::raw_sql(AssertSqlSafe(create)).execute(connection).await?;
        Ok(())
    }
}

/// The migrations that are not applied yet.
async fn missing(connection: &mut PgConnection) -> Result<Vec<&'static Migration>, Reason> {
    let applied: Vec<Applied> =
        sqlx::query_as("SELECT version, compatible_from, checksum FROM oauth_migrations ORDER BY version")
            .fetch_all(connection)
            .await?;
    Ok(migrations::missing(MIGRATIONS, &applied)?)
}

impl migrations::Change for Change {
    fn digest(&self) -> digest::Digest {
        let mut context = digest::Context::new(&digest::SHA384);
        match self {
            Self::Tables(sql) => context.update(sql.as_bytes()),
            Self::Indexes(indexes) => {
                for index in *indexes {
                    context.update(format!("{} ON {};", index.name, index.on).as_bytes());
                }
            }
        }
        context.finish()
    }
}

impl Migration {
    async fn note(&self, connection: &mut PgConnection) -> Result<(), Reason> {
        sqlx::query(
            "INSERT INTO oauth_migrations (version, description, compatible_from, checksum) VALUES ($1, $2, $3, $4)",
        )
        .bind(self.version)
        .bind(self.name)
        .bind(self.compatible_from)
        .bind(self.change.digest().as_ref().to_vec())
        .execute(&mut *connection)
        .await?;
        Ok(())
    }
}
