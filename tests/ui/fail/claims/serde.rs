//! The words of a struct to serde, which is not asked how the claims are written.
use oauth_core::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Claims, Serialize)]
struct Account {
    tenant: String,
    #[serde(skip)]
    password_hash: String,
    #[serde(rename = "https://example.com/roles")]
    roles: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    groups: Vec<String>,
    #[serde(skip_serializing)]
    secret: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Seats {
    seats: u32,
}

#[derive(Claims, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Licence {
    #[serde(flatten)]
    seats: Seats,
    #[serde(with = "text")]
    valid_until: u64,
    #[serde(alias = "kind", rename(serialize = "plan"))]
    plan_name: String,
}

mod text {
    pub fn serialize<S: serde::Serializer>(value: &u64, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(value)
    }
    pub fn deserialize<'de, D: serde::Deserializer<'de>>(_: D) -> Result<u64, D::Error> {
        Ok(0)
    }
}

#[derive(Claims, Serialize)]
#[serde(tag = "kind")]
struct Tagged {
    tenant: String,
}

/// Nobody else reads it either.
#[derive(Claims)]
struct Alone {
    #[serde(skip)]
    password_hash: String,
}

fn handler(token: Bearer<(), Account>) -> String {
    token.private_claims().tenant.clone()
}

fn main() {}
