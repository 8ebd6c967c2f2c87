//! Making the tables, and knowing who made them.

use aws_lc_rs::digest;
use sqlx::{PgConnection, PgPool, Row as _};

use super::connect::Reason;

/// The migrations that made the tables, in order. What was published is never changed: a database remembers its digest.
///
/// Old and new instances run side by side while a change is rolled out. So a migration first adds what old instances do not mind,
/// and says so by `compatible_from`: the oldest last migration with which an instance can go on. What they need is removed by a later
/// version's migration, when none of them runs any more.
pub(super) const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        name: "oauth",
        compatible_from: 1,
        sql: include_str!("../../../migrations/postgres/0001_oauth.sql"),
    },
    Migration {
        version: 2,
        name: "lists",
        compatible_from: 1,
        sql: include_str!("../../../migrations/postgres/0002_lists.sql"),
    },
    Migration {
        version: 3,
        name: "logouts",
        compatible_from: 1,
        sql: include_str!("../../../migrations/postgres/0003_logouts.sql"),
    },
    Migration {
        version: 4,
        name: "keys",
        compatible_from: 1,
        sql: include_str!("../../../migrations/postgres/0004_keys.sql"),
    },
    Migration {
        version: 5,
        name: "limits",
        compatible_from: 1,
        sql: include_str!("../../../migrations/postgres/0005_limits.sql"),
    },
    Migration {
        version: 6,
        name: "events",
        compatible_from: 1,
        sql: include_str!("../../../migrations/postgres/0006_events.sql"),
    },
];

pub(super) struct Migration {
    pub(super) version: i64,
    name: &'static str,
    compatible_from: i64,
    sql: &'static str,
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

/// Makes the tables that are missing. All of it is one transaction, in which nobody else migrates. Where none is missing nothing is
/// written: an instance may have a role that cannot make tables, once another has made them.
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
    let mut transaction = pool.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED").await?;
    // Neither the making of an index nor the wait for another instance is a request.
    let patience = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '10min'";
    sqlx::raw_sql(patience).execute(&mut *transaction).await?;
    let turn = "SELECT 1 FROM oauth_locks WHERE name = 'migrations' FOR UPDATE";
    sqlx::query(turn).execute(&mut *transaction).await?;
    for migration in missing(&mut transaction).await? {
        migration.apply(&mut transaction).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// The migrations that are not applied yet. It fails where one is that this version cannot go on with.
async fn missing(connection: &mut PgConnection) -> Result<Vec<&'static Migration>, Reason> {
    let applied =
        sqlx::query("SELECT version, compatible_from, checksum FROM oauth_migrations ORDER BY version")
            .fetch_all(connection)
            .await?;
    let newest = MIGRATIONS.last().map_or(0, |migration| migration.version);
    for row in &applied {
        let (version, compatible_from): (i64, i64) =
            (row.try_get("version")?, row.try_get("compatible_from")?);
        if version > newest && compatible_from > newest {
            return Err(Reason::Newer(version));
        }
    }
    let mut missing = Vec::new();
    for migration in MIGRATIONS {
        let known = applied
            .iter()
            .find(|row| row.try_get("version").is_ok_and(|version: i64| version == migration.version));
        match known.map(|row| row.try_get::<Vec<u8>, _>("checksum")).transpose()? {
            Some(checksum) if checksum.as_slice() == migration.checksum().as_ref() => {}
            Some(_) => return Err(Reason::Foreign(migration.version)),
            None => missing.push(migration),
        }
    }
    Ok(missing)
}

impl Migration {
    fn checksum(&self) -> digest::Digest {
        digest::digest(&digest::SHA384, self.sql.as_bytes())
    }

    async fn apply(&self, connection: &mut PgConnection) -> Result<(), Reason> {
        sqlx::raw_sql(self.sql).execute(&mut *connection).await.map_err(Reason::Tables)?;
        sqlx::query(
            "INSERT INTO oauth_migrations (version, description, compatible_from, checksum) VALUES ($1, $2, $3, $4)",
        )
        .bind(self.version)
        .bind(self.name)
        .bind(self.compatible_from)
        .bind(self.checksum().as_ref().to_vec())
        .execute(&mut *connection)
        .await?;
        Ok(())
    }
}
