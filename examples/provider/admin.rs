//! `provider admin`: administration of what is in a store, while providers run over it or not.

use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::process::ExitCode;

use oauth_core::admin;
use oauth_core::prelude::*;
use tracing_subscriber::EnvFilter;

use crate::arguments::StoreArgument;

const NAME: &str = "provider admin";

/// Runs `provider admin --store STORE COMMAND`, after these two words.
pub(crate) async fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let (store, args) = match store_of(args) {
        Ok(found) => found,
        Err(mistake) => return usage(&mistake),
    };
    // Before anything is opened: `--help` needs no store.
    let command = match admin::cli(NAME, args) {
        Ok(command) => command,
        Err(code) => return code,
    };
    let Some(store) = store else {
        return usage("--store is missing: name the store of the provider, such as --store sqlite:oauth.db");
    };
    // Each act is a line, which whoever keeps a record of them redirects.
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,oauth_core::audit=info"));
    let stderr = std::io::stderr;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    log.with_ansi(stderr().is_terminal()).init();
    match store {
        StoreArgument::Memory => usage(
            "the memory of a provider is its own: administer a store that others can open, such as --store sqlite:oauth.db",
        ),
        StoreArgument::Sqlite(file) => match SqliteStore::open(&file).await {
            Ok(store) => {
                let code = command.run(store.clone()).await;
                store.close().await;
                code
            }
            Err(error) => failure(&error.to_string()),
        },
        #[cfg(feature = "postgres")]
        StoreArgument::Postgres(url) => match PostgresStore::connect(url.expose()).await {
            Ok(store) => {
                let code = Box::pin(command.run(store.clone())).await;
                store.close().await;
                code
            }
            Err(error) => failure(&error.to_string()),
        },
        #[cfg(feature = "valkey")]
        StoreArgument::Valkey(valkey) => match valkey.connect().await {
            Ok(store) => command.run(store).await,
            Err(error) => failure(&error.to_string()),
        },
    }
}

/// The store, and the arguments without it.
fn store_of(
    args: impl IntoIterator<Item = OsString>,
) -> Result<(Option<StoreArgument>, Vec<OsString>), String> {
    let (mut store, mut others) = (None, Vec::new());
    let mut args = args.into_iter();
    while let Some(arg) = args.next() {
        if arg != "--store" {
            others.push(arg);
            continue;
        }
        let value = args.next().ok_or("--store needs a store, such as sqlite:oauth.db")?;
        store = Some(StoreArgument::parse(&value)?);
    }
    Ok((store, others))
}

fn usage(mistake: &str) -> ExitCode {
    eprintln!("{NAME}: {mistake}");
    ExitCode::from(2)
}

fn failure(error: &str) -> ExitCode {
    eprintln!("{NAME}: {error}");
    ExitCode::FAILURE
}
