//! The configuration, from environment variables.

use std::net::SocketAddr;
use std::str::FromStr;

use oauth_core::keys::Keks;
use oauth_core::limits::Cidr;
use sqlx::postgres::PgConnectOptions;

use crate::BoxError;

pub struct Settings {
    /// The URL that the world sees.
    pub issuer: String,
    pub listen: SocketAddr,
    pub database_url: String,
    /// What seals the signing keys, which are in the database.
    pub keks: Keks,
    /// The reverse proxies in front, which say where requests come from.
    pub trusted_proxies: Vec<Cidr>,
}

impl Settings {
    /// Reads them all, and tells of all that are missing or wrong: a line each.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, BoxError> {
        // An empty one is not set.
        let text = |name, help| {
            let text = variable(name).filter(|text| !text.is_empty());
            text.ok_or_else(|| format!("it is not set: write {help}"))
        };
        let issuer =
            text("OAUTH_ISSUER", "the URL that the world sees, https://auth.example.com").and_then(issuer);
        let listen = text("LISTEN", "").unwrap_or("127.0.0.1:8080".to_owned());
        let listen =
            listen.parse().map_err(|_| format!("`{listen}` is no address with a port: 0.0.0.0:8080 is"));
        let database_url = text("DATABASE_URL", DATABASE).and_then(database_url);
        let keks = text("OAUTH_KEKS", "a:BASE64, with what `openssl rand -base64 32` prints");
        let keks = keks.and_then(|text| Keks::parse(&text).map_err(|mistake| mistake.to_string()));
        let proxies = text("TRUSTED_PROXIES", "").unwrap_or_default();
        let proxies = proxies.split(',').map(str::trim).filter(|part| !part.is_empty()).map(Cidr::from_str);
        let proxies = proxies.collect::<Result<Vec<_>, _>>().map_err(|mistake| mistake.to_string());
        match (issuer, listen, database_url, keks, proxies) {
            (Ok(issuer), Ok(listen), Ok(database_url), Ok(keks), Ok(trusted_proxies)) => {
                Ok(Self { issuer, listen, database_url, keks, trusted_proxies })
            }
            (issuer, listen, database_url, keks, proxies) => {
                let problems = [
                    ("OAUTH_ISSUER", issuer.err()),
                    ("LISTEN", listen.err()),
                    ("DATABASE_URL", database_url.err()),
                    ("OAUTH_KEKS", keks.err()),
                    ("TRUSTED_PROXIES", proxies.err()),
                ];
                let lines =
                    problems.into_iter().filter_map(|(name, problem)| Some(format!("{name}: {}", problem?)));
                Err(lines.collect::<Vec<_>>().join("\n").into())
            }
        }
    }
}

const DATABASE: &str = "postgres://user:password@host:5432/database";

/// The start checks all of it.
fn issuer(text: String) -> Result<String, String> {
    let is_url = text.starts_with("https://") || text.starts_with("http://");
    if is_url { Ok(text) } else { Err(format!("`{text}` is no URL: https://auth.example.com is")) }
}

/// The text is a secret, and so is what sqlx says about it.
fn database_url(text: String) -> Result<String, String> {
    let is_url = text.starts_with("postgres") && PgConnectOptions::from_str(&text).is_ok();
    if is_url { Ok(text) } else { Err(format!("it is no URL of PostgreSQL: write {DATABASE}")) }
}
