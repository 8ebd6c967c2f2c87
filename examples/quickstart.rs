//! An authorization server on an `SQLite` file, with a demo client and a demo user: open the URL it prints, log in, agree, and
//! look at the token.
//!
//! `cargo run --example quickstart -- --help` tells its arguments.

use std::error::Error;
use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::time::Duration;

use oauth_core::prelude::*;
use oauth_core::store::StoreError;
use oauth_examples::Arguments;
use oauth_examples::demo_client::DemoClient;
use sqlx::SqlitePool;
use tracing_subscriber::EnvFilter;

/// The records of this server: its clients, users, codes, tokens, sessions and consents.
#[validator(custom)]
struct Accounts {
    #[store]
    store: SqliteStore,
}

#[validator]
impl Accounts {
    /// A claim of your own in every token with the scope `profile`: the user's full name.
    #[claim("name", scope = "profile")]
    async fn name(&self, request: &Request) -> Result<Option<String>> {
        let Some(subject) = &request.subject else { return Ok(None) };
        let user = self.store.user(subject).await?;
        Ok(user.and_then(|user| user.claims.get("name")?.as_str().map(str::to_owned)))
    }
}

/// They are for the API of the example `resource_server`.
#[token_generator(
    jwt,
    issuer = self.issuer,
    audience = "http://127.0.0.1:8081",
    expires_in = "15m",
    claims(environment = "quickstart")
)]
struct AccessTokens {
    issuer: String,
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(
    grants(authorization_code, refresh_token, client_credentials),
    scopes("profile" = "Know your name", "calendar" = "See your calendar"),
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: AccessTokens,
    #[interaction]
    pages: LoginPages,
}

#[tokio::main]
async fn main() -> ExitCode {
    let result = match Arguments::parse(std::env::args_os().skip(1)) {
        Ok(Some(arguments)) => run(arguments).await.map_err(|error| error.to_string()),
        Ok(None) => {
            println!("{}", Arguments::HELP);
            Ok(())
        }
        Err(mistake) => Err(mistake),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("quickstart: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(Arguments { port, db, report }: Arguments) -> Result<(), Box<dyn Error>> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("oauth_core=warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();

    // First of all: a second quickstart on this port must not touch the first one's database.
    let listener = oauth_examples::listen_on(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
    let issuer = format!("http://{}", listener.local_addr()?);
    let (store, keys) = if report {
        // It is about the server and not its data: nothing is opened, and nothing kept.
        let store = SqliteStore::from_pool(SqlitePool::connect("sqlite::memory:").await?).await?;
        (store, KeyRing::from(SigningKey::generate(Algorithm::ES256)?))
    } else {
        let key = db.with_extension("key.pem");
        (SqliteStore::open(&db).await?, KeyRing::load_or_generate(key, Algorithm::ES256)?)
    };
    let server = AuthServer {
        accounts: Accounts { store: store.clone() },
        tokens: AccessTokens { issuer: issuer.clone(), keys: keys.clone() },
        pages: LoginPages::new(),
    };
    if report {
        // Whoever has read enough closes the pipe.
        let _ = write!(std::io::stdout(), "{}", server.report());
        return Ok(());
    }
    let server = server.into_service()?;
    let (secret, password) = register_demo(&store, &issuer).await?;
    let client = DemoClient {
        server: server.clone(),
        issuer: issuer.clone(),
        keys,
        client_id: CLIENT_ID,
        secret: secret.clone(),
        scope: "profile calendar",
    };
    let app = client.router().fallback_service(server.clone());

    println!(
        "An authorization server is running, with its data in {db}.\n\n\
         Open       {issuer}/\n\
         User name  {USERNAME}\n\
         Password   {password}\n\n\
         A token for a program, with no user:\n\n\
         curl -u {CLIENT_ID}:{secret} -d grant_type=client_credentials -d scope=calendar {issuer}/token\n\n\
         Stop it with Ctrl-C. Password and secret are new at each start.",
        db = db.display(),
        password = password.expose(),
        secret = secret.expose(),
    );
    // Nothing is in front of it that would have to notice, and nobody waits for it to end.
    let serving = oauth_core::serve(listener, app).maintain(&server);
    serving.notice(Duration::ZERO).grace(Duration::from_secs(3)).await?;
    store.close().await;
    Ok(())
}

const CLIENT_ID: &str = "demo";
const USERNAME: &str = "alice";

/// Registers the client and the user, anew at each start: only hashes of their secrets are in the database, and so the
/// one place that ever shows them is the terminal of whoever started this.
async fn register_demo(
    store: &SqliteStore,
    issuer: &str,
) -> Result<(ClientSecret, SecretString), Box<dyn Error>> {
    let secret = ClientSecret::generate();
    let client = Client::confidential(CLIENT_ID, &secret)
        .client_name("Demo calendar")
        .redirect_uri(DemoClient::<AuthServer>::redirect_uri(issuer))
        .scope("profile calendar")
        .build()?;
    let failed = |error: StoreError| oauth_examples::one_line(&error);
    store.save_client(client).await.map_err(failed)?;

    let password = SecretString::random();
    let mut user = User::new("248289761001", USERNAME).with_password(password.expose())?;
    user.claims.insert("name".to_owned(), "Alice Adams".into());
    store.save_user(user).await.map_err(failed)?;
    Ok((secret, password))
}

#[cfg(test)]
mod tests {
    use super::*;

    // Every rule of OAuth that concerns this server, as a test over its own hooks and store.
    oauth_core::conformance!(AuthServer, |fixture| {
        let directory = tempfile::tempdir()?;
        let store = SqliteStore::open(directory.path().join("test.db")).await?;
        fixture.keep(directory);
        store.save_user(fixture.user()?).await?;
        let keys = KeyRing::from(SigningKey::generate(Algorithm::ES256)?);
        AuthServer {
            accounts: Accounts { store },
            tokens: AccessTokens { issuer: "http://127.0.0.1:8080".to_owned(), keys },
            pages: LoginPages::new(),
        }
    });
}
