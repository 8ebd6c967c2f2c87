//! Making the tables, and knowing who made them.

use aws_lc_rs::digest;
use sqlx::{Sqlite, SqlitePool, Transaction};

use super::legacy;
use super::open::Reason;

/// The migrations that made the tables, in order. What was published is never changed: a database remembers
/// its digest.
pub(super) const MIGRATIONS: &[Migration] = &[
    Migration { version: 1, name: "oauth", sql: include_str!("../../../migrations/sqlite/0001_oauth.sql") },
    Migration {
        version: 2,
        name: "replay ids",
        sql: include_str!("../../../migrations/sqlite/0002_replay_ids.sql"),
    },
    Migration {
        version: 3,
        name: "devices",
        sql: include_str!("../../../migrations/sqlite/0003_devices.sql"),
    },
    Migration { version: 4, name: "openid", sql: include_str!("../../../migrations/sqlite/0004_openid.sql") },
    Migration {
        version: legacy::VERSION,
        name: "authorizations",
        sql: include_str!("../../../migrations/sqlite/0005_authorizations.sql"),
    },
    Migration {
        version: 6,
        name: "pushed requests",
        sql: include_str!("../../../migrations/sqlite/0006_pushed_requests.sql"),
    },
    Migration {
        version: 7,
        name: "registrations",
        sql: include_str!("../../../migrations/sqlite/0007_registrations.sql"),
    },
    Migration { version: 8, name: "lists", sql: include_str!("../../../migrations/sqlite/0008_lists.sql") },
    Migration {
        version: 9,
        name: "logouts",
        sql: include_str!("../../../migrations/sqlite/0009_logouts.sql"),
    },
    Migration { version: 10, name: "keys", sql: include_str!("../../../migrations/sqlite/0010_keys.sql") },
    Migration {
        version: 11,
        name: "limits",
        sql: include_str!("../../../migrations/sqlite/0011_limits.sql"),
    },
    Migration {
        version: 12,
        name: "events",
        sql: include_str!("../../../migrations/sqlite/0012_events.sql"),
    },
];

pub(super) struct Migration {
    pub(super) version: i64,
    name: &'static str,
    sql: &'static str,
}

/// A table like sqlx's own, which is the application's: under another name, so that neither sees the other's
/// migrations.
const TABLE: &str = "CREATE TABLE IF NOT EXISTS oauth_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
)";

/// Makes the tables that are missing. All of it is one transaction, so that instances which start at once take turns.
pub(super) async fn migrate(pool: &SqlitePool) -> Result<(), Reason> {
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query(TABLE).execute(&mut *transaction).await?;
    let applied: Vec<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT version, checksum FROM oauth_migrations ORDER BY version")
            .fetch_all(&mut *transaction)
            .await?;
    let is_ours = |version| MIGRATIONS.iter().any(|migration| migration.version == version);
    if let Some((newer, _)) = applied.iter().find(|(version, _)| !is_ours(*version)) {
        return Err(Reason::Newer(*newer));
    }
    for migration in MIGRATIONS {
        match applied.iter().find(|(version, _)| *version == migration.version) {
            Some((_, checksum)) if checksum.as_slice() == migration.checksum().as_ref() => {}
            Some((version, _)) => return Err(Reason::Foreign(*version)),
            None => migration.apply(&mut transaction).await?,
        }
    }
    transaction.commit().await?;
    Ok(())
}

impl Migration {
    fn checksum(&self) -> digest::Digest {
        digest::digest(&digest::SHA384, self.sql.as_bytes())
    }

    async fn apply(&self, transaction: &mut Transaction<'_, Sqlite>) -> Result<(), Reason> {
        sqlx::raw_sql(self.sql).execute(&mut **transaction).await.map_err(Reason::Tables)?;
        sqlx::query(
            "INSERT INTO oauth_migrations (version, description, success, checksum, execution_time) \
             VALUES (?1, ?2, TRUE, ?3, 0)",
        )
        .bind(self.version)
        .bind(self.name)
        .bind(self.checksum().as_ref())
        .execute(&mut **transaction)
        .await?;
        if self.version == legacy::VERSION {
            legacy::carry_over(transaction).await.map_err(Reason::Content)?;
        }
        Ok(())
    }
}
