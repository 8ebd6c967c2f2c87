//! An authorization server of your own: PostgreSQL, your table of people, your login page.
//!
//! The README beside it says how to run it, and where to change what.

mod guesses;
mod login;
mod operate;
mod people;
mod server;
mod settings;
#[cfg(test)]
mod tests;

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use oauth_core::prelude::*;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use crate::settings::Settings;

type BoxError = Box<dyn Error + Send + Sync>;

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    match run(&arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            error.to_string().lines().for_each(|line| eprintln!("starter: {line}"));
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &[String]) -> Result<(), BoxError> {
    let settings = || Settings::read(|name| std::env::var(name).ok());
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match *arguments {
        [] => serve(settings()?).await,
        ["person", username] => operate::add_person(&settings()?.database_url, username).await,
        ["client", client_id, redirect_uri] => {
            operate::add_client(&settings()?.database_url, client_id, redirect_uri).await
        }
        _ => Err(operate::USAGE.into()),
    }
}

async fn serve(settings: Settings) -> Result<(), BoxError> {
    let listener = TcpListener::bind(settings.listen).await?;
    let (server, environment) = server::open(settings).await?;
    let (store, people) = (server.accounts.store.clone(), server.accounts.people.0.clone());
    let server = server.start_in(environment)?;
    let app = server.clone().into_router().merge(server.health().into_router());
    tracing::info!(address = %listener.local_addr()?, "serving");
    // Until SIGTERM or Ctrl-C, and until what is under way has been answered.
    oauth_core::serve(listener, app).maintain(&server).await?;
    // What still waits for a lock is not waited for.
    let close = async { tokio::join!(people.close(), store.close()) };
    let _ = tokio::time::timeout(Duration::from_secs(2), close).await;
    Ok(())
}
