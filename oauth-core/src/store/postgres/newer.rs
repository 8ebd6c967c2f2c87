//! The migrations of the version to come: see [`store::newer`](crate::store::newer).

use super::migrations::{Change, Index, MIGRATIONS, Migration};
use crate::store::newer;

const LAST: i64 = match MIGRATIONS.last() {
    Some(migration) => migration.version,
    None => 0,
};

const ADDING: &[Migration] = &[
    Migration {
        version: LAST + 1,
        name: "columns to come",
        compatible_from: 1,
        change: Change::Tables(
            "CREATE TABLE oauth_newer (hash bytea PRIMARY KEY);
             ALTER TABLE oauth_access_tokens ADD COLUMN newer text;
             ALTER TABLE oauth_clients ADD COLUMN newer text;
             ALTER TABLE oauth_codes ADD COLUMN newer text;
             ALTER TABLE oauth_consents ADD COLUMN newer text;
             ALTER TABLE oauth_device_codes ADD COLUMN newer text;
             ALTER TABLE oauth_events ADD COLUMN newer text;
             ALTER TABLE oauth_keys ADD COLUMN newer text;
             ALTER TABLE oauth_logouts ADD COLUMN newer text;
             ALTER TABLE oauth_refresh_tokens ADD COLUMN newer text;
             ALTER TABLE oauth_replay_ids ADD COLUMN newer text;
             ALTER TABLE oauth_sessions ADD COLUMN newer text;
             ALTER TABLE oauth_users ADD COLUMN newer text;",
        ),
    },
    Migration {
        version: LAST + 2,
        name: "an index to come",
        compatible_from: 1,
        change: Change::Indexes(&[Index {
            name: "oauth_access_tokens_newer",
            on: "oauth_access_tokens (newer)",
        }]),
    },
];

const ALL: usize = ADDING.len() + 1;

const CONTRACTING: &[Migration] = &[Migration {
    version: LAST + 3,
    name: "the end of what was",
    compatible_from: LAST + 3,
    change: Change::Tables("CREATE TABLE oauth_limits_newer (key bytea PRIMARY KEY);"),
}];

pub(super) fn migrations() -> impl Iterator<Item = &'static Migration> + Clone {
    ADDING.iter().chain(CONTRACTING).take(newer::migrations(ADDING.len(), ALL))
}
