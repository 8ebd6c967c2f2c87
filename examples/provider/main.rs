//! An authorization server for the clients of a JSON file (RFC 7591 metadata) and the users of another one, with everything that
//! this framework has switched on. Scopes and resources are data, too, so that it can stand in for any server:
//!
//! ```console
//! $ cargo run --example provider -- --clients clients.json --users users.json --profile openid
//! $ cargo run --example provider -- --clients clients.json --users users.json --profile mcp --registration \
//!     --resource http://127.0.0.1:3000/mcp=calendar --store sqlite:oauth.db
//! $ cargo run --example provider -- --clients clients.json --users users.json --scopes scopes.json --resources resources.json
//! ```
//!
//! `cargo run --example provider -- admin --help` tells how what is in a store is administered, and
//! `cargo run --example provider -- --help` tells its arguments and shows the files.

mod admin;
mod arguments;
mod calendar;
mod clients;
mod directory;
mod help;
mod keys;
mod members;
mod offer;
mod people;
mod profiles;
mod registered;
mod requests;
mod resources;
mod scopes;
mod server;
mod source;
mod tokens;
mod users;

use std::error::Error;
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::ExitCode;

use axum::{Router, middleware};
use oauth_core::admin::AdminStore;
use oauth_core::openid::BackChannel;
use oauth_core::prelude::*;
use oauth_core::server::RunningServer;
use oauth_core::store::KeyStore;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use self::arguments::{Arguments, StoreArgument};
use self::directory::Directory;
use self::help::HELP;
use self::keys::{KEKS, Keys};
use self::people::People;
use self::profiles::Run;
use self::registered::Clients;
use self::server::{Accounts, Parts, Store};
use self::tokens::AccessTokens;

#[tokio::main]
async fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1).peekable();
    if args.next_if(|arg| arg == "admin").is_some() {
        return Box::pin(admin::run(args)).await;
    }
    let arguments = match Arguments::parse(args) {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(mistake) => return failure(&mistake),
    };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let stderr = std::io::stderr;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    log.with_ansi(stderr().is_terminal()).init();
    match Directory::read(&arguments).await {
        Ok(directory) => match run(arguments, directory).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => failure(&error.to_string()),
        },
        Err(mistakes) => {
            // As compilers write them, so that an editor can jump to the place.
            for mistake in mistakes {
                eprintln!("{mistake}");
            }
            failure("not started: correct the above and start again")
        }
    }
}

fn failure(error: &str) -> ExitCode {
    eprintln!("provider: {error}");
    ExitCode::FAILURE
}

async fn run(arguments: Arguments, directory: Directory) -> Result<(), Box<dyn Error>> {
    // First of all: a second provider on this port must not touch the first one's database.
    let listener = oauth_examples::listen_on(arguments.listen).await?;
    let issuer = match &arguments.issuer {
        Some(issuer) => issuer.clone(),
        None => format!("http://{}", listener.local_addr()?),
    };
    match &arguments.store {
        StoreArgument::Memory => {
            tracing::info!(target: "provider", "store memory");
            let store = MemoryStore::default();
            let keys = keys(&arguments, None, &store).await?;
            serve(listener, directory, store, issuer, keys, arguments).await?;
        }
        StoreArgument::Sqlite(file) => {
            let store = SqliteStore::open(file).await?;
            tracing::info!(target: "provider", "store sqlite:{}", file.display());
            let keys = keys(&arguments, Some(file), &store).await?;
            serve(listener, directory, store.clone(), issuer, keys, arguments).await?;
            store.close().await;
        }
        #[cfg(feature = "postgres")]
        StoreArgument::Postgres(url) => {
            let store = PostgresStore::connect(url.expose()).await?;
            tracing::info!(target: "provider", "store postgres");
            let keys = keys(&arguments, None, &store).await?;
            serve(listener, directory, store.clone(), issuer, keys, arguments).await?;
            store.close().await;
        }
        #[cfg(feature = "valkey")]
        StoreArgument::Valkey(valkey) => {
            let store = valkey.connect().await?;
            tracing::info!(target: "provider", "store valkey");
            let keys = keys(&arguments, None, &store).await?;
            serve(listener, directory, store, issuer, keys, arguments).await?;
        }
    }
    tracing::info!(target: "provider", "stopped");
    Ok(())
}

/// The keys in the files that `--keys` names; or else in the store, where there is something to seal them by; or else in the files of
/// the store's name, or of this run.
async fn keys<S: KeyStore + Clone + 'static>(
    arguments: &Arguments,
    file: Option<&PathBuf>,
    store: &S,
) -> Result<Keys, Box<dyn Error>> {
    if let Some(keks) = &arguments.keks {
        tracing::info!(target: "provider", "keys in the store, sealed by {KEKS}");
        return Keys::of_store(store.clone(), keks).await;
    }
    let Some(name) = arguments.keys.as_ref().or(file) else { return Ok(Keys::generate()?) };
    let keys = Keys::of_files(name)?;
    for key in Keys::files(name) {
        tracing::info!(target: "provider", "key {}", key.display());
    }
    Ok(keys)
}

async fn serve<S: Store + AdminStore>(
    listener: TcpListener,
    directory: Directory,
    store: S,
    issuer: String,
    keys: Keys,
    arguments: Arguments,
) -> Result<(), Box<dyn Error>> {
    let registered = arguments.registration.then(|| store.clone());
    let parts = Parts {
        audit: store.audit_table(),
        accounts: Accounts {
            clients: Clients { file: directory.store.clone(), store: store.clone(), registered },
            users: People { file: directory.store.clone(), store: store.clone() },
            store,
            secrets: directory.secrets.clone(),
        },
        tokens: AccessTokens::new(arguments.access_tokens, issuer.clone(), keys.access_tokens),
        id_tokens: keys.id_tokens,
        pairwise_key: keys.pairwise,
        nonce_key: keys.nonces,
        stored_keys: keys.stored,
        back_channel: BackChannel::https()?,
        pages: LoginPages::new(),
        issuer,
    };
    tracing::info!(target: "provider", "profile {}", arguments.profile.name());
    let then = Serve { listener, directory: &directory };
    arguments.profile.start(parts, arguments.registration, &directory.offer, then).await?
}

/// The serving of a server, until somebody stops it.
struct Serve<'a> {
    listener: TcpListener,
    directory: &'a Directory,
}

impl Run for Serve<'_> {
    type Output = Result<(), Box<dyn Error>>;

    async fn run<S: AuthorizationServer>(self, server: RunningServer<S>) -> Self::Output {
        let Self { listener, directory } = self;
        let (issuer, report) = (server.issuer().to_owned(), server.report());
        tracing::info!(target: "provider", clients = directory.clients, users = directory.users, "issuer {issuer}");
        offer::log(&report);
        let mut app = Router::new();
        if report.scopes.iter().any(|scope| scope.name == calendar::SCOPE) {
            tracing::info!(target: "provider", "API {} for tokens with the scope {}", calendar::PATH, calendar::SCOPE);
            app = calendar::router(&server)?;
        }
        println!("provider: serving {issuer} on http://{}; stop it with Ctrl-C", listener.local_addr()?);
        let app = app
            .merge(server.health().into_router())
            .fallback_service(server.clone())
            .layer(middleware::from_fn(requests::log));
        Ok(oauth_core::serve(listener, app).maintain(&server).await?)
    }
}
