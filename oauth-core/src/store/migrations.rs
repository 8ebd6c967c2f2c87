//! The migrations of a database in SQL, and what it remembers of them.

use std::fmt;

use aws_lc_rs::digest::Digest;

/// A migration. What was published is never changed: a database remembers its digest.
pub(super) struct Migration<C> {
    pub(super) version: i64,
    pub(super) name: &'static str,
    /// The oldest last migration with which an instance can go on, once this one is there: old and new instances share a database while a
    /// change is rolled out.
    pub(super) compatible_from: i64,
    pub(super) change: C,
}

/// The statements of a migration.
pub(super) trait Change {
    fn digest(&self) -> Digest;
}

/// A migration that a database has: the columns `version`, `compatible_from` and `checksum`.
pub(super) type Applied = (i64, i64, Vec<u8>);

/// The reason that this version cannot use a database.
pub(super) enum Refusal {
    /// A later version made this migration, and this version cannot go on with it.
    Newer(i64),
    /// This migration is not ours.
    Foreign(i64),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newer(version) => write!(
                f,
                "a newer version of this program wrote it (it has migration {version}, which this one cannot go on with)"
            ),
            Self::Foreign(version) => {
                write!(f, "another version of this program wrote it (its migration {version} is not ours)")
            }
        }
    }
}

/// The last of these migrations.
pub(super) fn newest<C>(migrations: &[Migration<C>]) -> i64 {
    migrations.last().map_or(0, |migration| migration.version)
}

/// The migrations that are not applied yet.
pub(super) fn missing<'a, C: Change>(
    migrations: &'a [Migration<C>],
    applied: &[Applied],
) -> Result<Vec<&'a Migration<C>>, Refusal> {
    let newest = newest(migrations);
    if let Some((version, ..)) = applied.iter().find(|(version, from, _)| *version > newest && *from > newest)
    {
        return Err(Refusal::Newer(*version));
    }
    let mut missing = Vec::new();
    for migration in migrations {
        match applied.iter().find(|(version, ..)| *version == migration.version) {
            Some((.., checksum)) if checksum.as_slice() == migration.change.digest().as_ref() => {}
            Some((version, ..)) => return Err(Refusal::Foreign(*version)),
            None => missing.push(migration),
        }
    }
    Ok(missing)
}
