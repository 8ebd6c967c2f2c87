//! An authorization server for the clients of a JSON file (RFC 7591 metadata) and the users of another one, with everything that
//! this framework has switched on.
//!
//! `cargo run --example provider -- --help` tells its arguments and shows both files.

mod arguments;
mod calendar;
mod clients;
mod directory;
mod keys;
mod members;
mod offer;
mod registration;
mod requests;
mod server;
mod source;
mod tokens;
mod users;

use std::error::Error;
use std::io::IsTerminal as _;
use std::process::ExitCode;

use axum::middleware;
use oauth_core::openid::BackChannel;
use oauth_core::prelude::*;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use self::arguments::{Arguments, Format, HELP, StoreArgument};
use self::directory::Directory;
use self::keys::Keys;
use self::registration::Registering;
use self::server::{Accounts, AuthServer, Store};
use self::tokens::AccessTokens;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = match Arguments::parse(std::env::args_os().skip(1)) {
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
    match Directory::read::<AuthServer<MemoryStore>>(&arguments.clients, &arguments.users).await {
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
    let issuer = match arguments.issuer {
        Some(issuer) => issuer,
        None => format!("http://{}", listener.local_addr()?),
    };
    let options = (arguments.access_tokens, arguments.registration);
    match &arguments.store {
        StoreArgument::Memory => {
            let keys = Keys::generate()?;
            tracing::info!(target: "provider", "store memory");
            serve(listener, directory, MemoryStore::default(), issuer, keys, options).await?;
        }
        StoreArgument::Sqlite(file) => {
            let store = SqliteStore::open(file).await?;
            let keys = Keys::beside(file)?;
            tracing::info!(target: "provider", "store sqlite:{}", file.display());
            for key in Keys::files(file) {
                tracing::info!(target: "provider", "key {}", key.display());
            }
            serve(listener, directory, store.clone(), issuer, keys, options).await?;
            store.close().await;
        }
    }
    tracing::info!(target: "provider", "stopped");
    Ok(())
}

async fn serve<S: Store>(
    listener: TcpListener,
    directory: Directory,
    store: S,
    issuer: String,
    keys: Keys,
    (format, registration): (Format, bool),
) -> Result<(), Box<dyn Error>> {
    let server = AuthServer {
        accounts: Accounts {
            clients: directory.store.clone(),
            users: directory.store.clone(),
            store,
            secrets: directory.secrets.clone(),
        },
        tokens: AccessTokens::new(format, issuer.clone(), keys.access_tokens),
        id_tokens: keys.id_tokens,
        pairwise_key: keys.pairwise,
        back_channel: BackChannel::https()?,
        pages: LoginPages::new(),
        issuer,
    };
    if registration {
        start(listener, &directory, Registering(server)).await
    } else {
        start(listener, &directory, server).await
    }
}

async fn start<S: AuthorizationServer>(
    listener: TcpListener,
    directory: &Directory,
    server: S,
) -> Result<(), Box<dyn Error>> {
    let report = server.report();
    let service = server.into_service()?;
    let issuer = service.issuer().to_owned();
    tracing::info!(target: "provider", clients = directory.clients, users = directory.users, "issuer {issuer}");
    offer::log(&report);
    tracing::info!(target: "provider", "API {} for tokens with the scope calendar", calendar::PATH);
    println!("provider: serving {issuer} on http://{}; stop it with Ctrl-C", listener.local_addr()?);
    let app = calendar::router(&service)?.fallback_service(service).layer(middleware::from_fn(requests::log));
    Ok(oauth_examples::serve(listener, app).await?)
}
