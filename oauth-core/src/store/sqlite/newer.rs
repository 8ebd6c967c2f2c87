//! The migrations of the version to come: see [`store::newer`](crate::store::newer).

use super::migrations::{MIGRATIONS, Migration};
use crate::store::newer;

const LAST: i64 = match MIGRATIONS.last() {
    Some(migration) => migration.version,
    None => 0,
};

const ALL: &[Migration] = &[
    Migration {
        version: LAST + 1,
        name: "columns to come",
        compatible_from: 5,
        change: "CREATE TABLE oauth_newer (hash BLOB PRIMARY KEY) STRICT;
              ALTER TABLE oauth_access_tokens ADD COLUMN newer TEXT;
              ALTER TABLE oauth_clients ADD COLUMN newer TEXT;
              ALTER TABLE oauth_codes ADD COLUMN newer TEXT;
              ALTER TABLE oauth_consents ADD COLUMN newer TEXT;
              ALTER TABLE oauth_device_codes ADD COLUMN newer TEXT;
              ALTER TABLE oauth_events ADD COLUMN newer TEXT;
              ALTER TABLE oauth_keys ADD COLUMN newer TEXT;
              ALTER TABLE oauth_logouts ADD COLUMN newer TEXT;
              ALTER TABLE oauth_refresh_tokens ADD COLUMN newer TEXT;
              ALTER TABLE oauth_replay_ids ADD COLUMN newer TEXT;
              ALTER TABLE oauth_sessions ADD COLUMN newer TEXT;
              ALTER TABLE oauth_users ADD COLUMN newer TEXT;
              CREATE INDEX oauth_access_tokens_newer ON oauth_access_tokens (newer);",
    },
    Migration {
        version: LAST + 2,
        name: "the end of what was",
        compatible_from: LAST + 2,
        change: "CREATE TABLE oauth_limits_newer (key BLOB PRIMARY KEY) STRICT;",
    },
];

pub(super) fn migrations() -> impl Iterator<Item = &'static Migration> + Clone {
    ALL.iter().take(newer::migrations(1, ALL.len()))
}
