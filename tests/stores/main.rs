//! The duties of every store, run over each of them; and what only a file can get wrong.

mod support;

mod access_tokens;
mod administration;
mod agreement;
mod broken;
mod clients;
mod codes;
mod concurrency;
mod consents;
mod devices;
mod expiry;
mod families;
mod limits;
mod lists;
mod markers;
mod migration;
#[cfg(feature = "interop")]
mod postgres;
mod pushed_requests;
mod refresh_tokens;
mod replay_ids;
mod sessions;
mod sqlite_backup;
mod sqlite_file;
mod sqlite_open;
mod sqlite_pool;
mod sqlite_writer;
mod upkeep;
mod users;
#[cfg(feature = "interop")]
mod valkey;
