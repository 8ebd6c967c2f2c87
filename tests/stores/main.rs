//! The duties of every store, run over each of them; and what only a file can get wrong.

mod support;

mod administration;
mod agreement;
mod concurrency;
#[cfg(feature = "interop")]
mod cut;
mod duties;
mod expiry;
mod limits;
mod migration;
mod own;
#[cfg(feature = "interop")]
mod postgres;
mod second_step;
mod sqlite_backup;
mod sqlite_file;
mod sqlite_open;
mod sqlite_pool;
mod sqlite_writer;
mod upkeep;
#[cfg(feature = "interop")]
mod valkey;
#[cfg(feature = "interop")]
mod valkey_cut;
mod words;
