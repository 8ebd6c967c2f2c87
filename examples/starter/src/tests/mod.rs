//! `DATABASE_URL` names a PostgreSQL for them; each test has a schema of its own there.

mod login;
mod rules;
mod settings;

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{Connection as _, PgConnection};

use crate::BoxError;
use crate::settings::Settings;

const ISSUER: &str = "http://127.0.0.1:8080";

/// Settings with a schema that nobody else has.
async fn settings() -> Result<Settings, BoxError> {
    static SCHEMAS: AtomicU32 = AtomicU32::new(0);
    let url = std::env::var("DATABASE_URL").map_err(|_| "DATABASE_URL: set it to a PostgreSQL for tests")?;
    let schema = format!("test_{}_{}", std::process::id(), SCHEMAS.fetch_add(1, Ordering::Relaxed));
    let mut database = PgConnection::connect(&url).await?;
    let make = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(make)).execute(&mut database).await?;
    let join = if url.contains('?') { '&' } else { '?' };
    let url = format!("{url}{join}options=-csearch_path%3D{schema}");
    Settings::read(|name| match name {
        "OAUTH_ISSUER" => Some(ISSUER.to_owned()),
        "LISTEN" => Some("127.0.0.1:0".to_owned()),
        "DATABASE_URL" => Some(url.clone()),
        "OAUTH_KEKS" => Some("tests:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=".to_owned()),
        _ => None,
    })
}
