//! The server, its clients and its user.

use oauth_core::prelude::*;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

#[validator]
struct Accounts {
    #[store]
    store: SqliteStore,
}

#[token_generator(jwt, issuer = self.issuer, expires_in = "15m", claims(tier = 3))]
struct AccessTokens {
    issuer: String,
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(
    grants(authorization_code, refresh_token, client_credentials),
    scopes("profile" = "Know your name", "calendar")
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: AccessTokens,
    #[interaction]
    pages: LoginPages,
}

/// A running server. It ends when dropped.
pub(crate) struct World {
    pub(crate) issuer: String,
    /// The secret of the confidential clients `web` (Basic) and `poster` (in the body), and Alice's password.
    pub(crate) secret: ClientSecret,
    pub(crate) directory: TempDir,
    server: JoinHandle<std::io::Result<()>>,
}

/// The redirect URI of `web`: nothing listens there, and nothing needs to.
pub(crate) const WEB_CALLBACK: &str = "https://web.example/callback";

impl World {
    pub(crate) async fn start() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(directory.path().join("oauth.db")).await.unwrap();
        let secret = ClientSecret::generate();
        let clients = [
            Client::confidential("web", &secret).redirect_uri(WEB_CALLBACK).danger_introspects_all(),
            Client::confidential("poster", &secret)
                .token_endpoint_auth_method(ClientAuthMethod::ClientSecretPost),
            Client::public("native").redirect_uri("http://127.0.0.1/callback"),
        ];
        for client in clients {
            store.save_client(client.scope("profile calendar").build().unwrap()).await.unwrap();
        }
        store.save_user(User::new("alice-1", "alice").with_password(secret.expose()).unwrap()).await.unwrap();

        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let keys = KeyRing::load_or_generate(directory.path().join("key.pem"), Algorithm::ES256).unwrap();
        let server = AuthServer {
            accounts: Accounts { store },
            tokens: AccessTokens { issuer: issuer.clone(), keys },
            pages: LoginPages::new(),
        };
        let server = axum::serve(listener, server.into_router().unwrap());
        Self { issuer, secret, directory, server: tokio::spawn(server.into_future()) }
    }

    /// The URL of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.issuer)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.server.abort();
    }
}
