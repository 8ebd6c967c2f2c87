//! Making the tables, and knowing who made them.

use aws_lc_rs::digest::{self, Digest};
use sqlx::{Sqlite, SqlitePool, Transaction};

use super::legacy;
use super::open::Reason;
use crate::store::migrations::{self, Applied, Change, missing};

/// The migrations that made the tables, in order.
pub(super) const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        name: "oauth",
        compatible_from: 1,
        change: include_str!("../../../migrations/sqlite/0001_oauth.sql"),
    },
    Migration {
        version: 2,
        name: "replay ids",
        compatible_from: 1,
        change: include_str!("../../../migrations/sqlite/0002_replay_ids.sql"),
    },
    Migration {
        version: 3,
        name: "devices",
        compatible_from: 1,
        change: include_str!("../../../migrations/sqlite/0003_devices.sql"),
    },
    Migration {
        version: 4,
        name: "openid",
        compatible_from: 1,
        change: include_str!("../../../migrations/sqlite/0004_openid.sql"),
    },
    Migration {
        version: legacy::VERSION,
        name: "authorizations",
        compatible_from: legacy::VERSION,
        change: include_str!("../../../migrations/sqlite/0005_authorizations.sql"),
    },
    Migration {
        version: 6,
        name: "pushed requests",
        compatible_from: legacy::VERSION,
        change: include_str!("../../../migrations/sqlite/0006_pushed_requests.sql"),
    },
    Migration {
        version: 7,
        name: "registrations",
        compatible_from: legacy::VERSION,
        change: include_str!("../../../migrations/sqlite/0007_registrations.sql"),
    },
    Migration {
        version: 8,
        name: "lists",
        compatible_from: legacy::VERSION,
        change: include_str!("../../../migrations/sqlite/0008_lists.sql"),
    },
    Migration {
        version: 9,
        name: "logouts",
        compatible_from: legacy::VERSION,
        change: include_str!("../../../migrations/sqlite/0009_logouts.sql"),
    },
    Migration {
        version: 10,
        name: "keys",
        compatible_from: legacy::VERSION,
        change: include_str!("../../../migrations/sqlite/0010_keys.sql"),
    },
    Migration {
        version: 11,
        name: "limits",
        compatible_from: legacy::VERSION,
        change: include_str!("../../../migrations/sqlite/0011_limits.sql"),
    },
    Migration {
        version: 12,
        name: "events",
        compatible_from: legacy::VERSION,
        change: include_str!("../../../migrations/sqlite/0012_events.sql"),
    },
    Migration {
        version: 13,
        name: "second steps",
        compatible_from: legacy::VERSION,
        change: include_str!("../../../migrations/sqlite/0013_second_steps.sql"),
    },
];

/// The last migration of this version.
pub(super) fn newest() -> i64 {
    migrations::newest(MIGRATIONS)
}

pub(super) type Migration = migrations::Migration<&'static str>;

impl Change for &'static str {
    fn digest(&self) -> Digest {
        digest::digest(&digest::SHA384, self.as_bytes())
    }
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

/// Without a word, with what is as new as the migration itself.
const COMPATIBILITY: &str = "ALTER TABLE oauth_migrations ADD COLUMN compatible_from BIGINT";

/// Makes the tables that are missing. All of it is one transaction, so that instances which start at once take turns.
pub(super) async fn migrate(pool: &SqlitePool) -> Result<(), Reason> {
    let mut transaction = pool.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query(TABLE).execute(&mut *transaction).await?;
    let knows_compatibility =
        "SELECT EXISTS (SELECT 1 FROM pragma_table_info('oauth_migrations') WHERE name = 'compatible_from')";
    if !sqlx::query_scalar::<_, bool>(knows_compatibility).fetch_one(&mut *transaction).await? {
        sqlx::query(COMPATIBILITY).execute(&mut *transaction).await?;
    }
    let applied: Vec<Applied> = sqlx::query_as(
        "SELECT version, coalesce(compatible_from, version), checksum FROM oauth_migrations ORDER BY version",
    )
    .fetch_all(&mut *transaction)
    .await?;
    for migration in missing(MIGRATIONS, &applied)? {
        migration.apply(&mut transaction).await?;
    }
    transaction.commit().await?;
    Ok(())
}

impl Migration {
    async fn apply(&self, transaction: &mut Transaction<'_, Sqlite>) -> Result<(), Reason> {
        sqlx::raw_sql(self.change).execute(&mut **transaction).await.map_err(Reason::Tables)?;
        sqlx::query(
            "INSERT INTO oauth_migrations (version, description, success, checksum, execution_time, compatible_from) \
             VALUES (?1, ?2, TRUE, ?3, 0, ?4)",
        )
        .bind(self.version)
        .bind(self.name)
        .bind(self.change.digest().as_ref())
        .bind(self.compatible_from)
        .execute(&mut **transaction)
        .await?;
        if self.version == legacy::VERSION {
            legacy::carry_over(transaction).await.map_err(Reason::Content)?;
        }
        Ok(())
    }
}
