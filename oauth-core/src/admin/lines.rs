//! Clients as lines of JSON, with the member names of RFC 7591.

use serde_json::{Map, Value};

use super::{AdminError, Result};
use crate::client::{Client, ClientMetadata, ClientSecret};

/// The fate of a client that was imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Imported {
    /// It is new here.
    Created,
    /// It took the place of one with its identifier.
    Updated,
}

/// The line of a client: its metadata, and the hash of its secret, so that it goes on authenticating wherever it is imported. Whoever
/// has the line can try secrets, and a random one is not found that way.
///
/// # Errors
///
/// If it does not serialise.
pub fn line_of(client: &Client) -> Result<String> {
    serde_json::to_string(client).map_err(|cause| AdminError::Invalid(cause.to_string()))
}

/// The client of a line: one of [`line_of`], or the metadata of another server (RFC 7591 §2) with a `client_id` and, where it has one,
/// its `client_secret` (§3.2.1), of which the hash is kept. Members that are not known are an error, for they may be misspelt.
///
/// # Errors
///
/// If it is no JSON, or cannot be a client: the message says why.
pub fn read_line(line: &str) -> Result<Client> {
    let members: Value =
        serde_json::from_str(line).map_err(|cause| AdminError::Invalid(format!("it is no JSON: {cause}")))?;
    let Value::Object(members) = members else {
        return Err(AdminError::Invalid("it is no JSON object: a client is {\"client_id\": …}".to_owned()));
    };
    read_members(members)
}

/// Members that a client has here and RFC 7591 does not know, of which a line of another server may have some.
const OWN: [&str; 7] =
    ["client_id", "client_secret", "origins", "first_party", "require_pkce", "introspects", "source"];
/// Members of a registration response that mean nothing here (RFC 7591 §3.2.1, RFC 7592 §3).
const IGNORED: [&str; 4] = [
    "client_id_issued_at",
    "client_secret_expires_at",
    "registration_access_token",
    "registration_client_uri",
];

pub(super) fn read_members(mut members: Map<String, Value>) -> Result<Client> {
    // Only what was exported here has the hash of a secret, or says where a client comes from.
    if members.contains_key("secret_hash") || members.contains_key("source") {
        // Without a word about it, a registration of former versions knows every token: that is for what they wrote alone.
        members.entry("introspects").or_insert_with(|| "none".into());
        let client = of_members(members.clone())?.into_builder().build()?;
        known(&client, members.keys())?;
        return Ok(client);
    }
    members.retain(|name, _| !IGNORED.contains(&name.as_str()));
    let is_known =
        |name: &&String| OWN.contains(&name.as_str()) || ClientMetadata::MEMBERS.contains(&name.as_str());
    if let Some(unknown) = members.keys().find(|name| !is_known(name)) {
        return Err(AdminError::Invalid(format!("the member `{}` is not known", unknown.escape_debug())));
    }
    let Some(client_id) = members.get("client_id").and_then(Value::as_str).map(str::to_owned) else {
        return Err(AdminError::Invalid("it has no client_id".to_owned()));
    };
    let secret = members.get("client_secret").and_then(Value::as_str).map(ClientSecret::new).transpose()?;
    let metadata: ClientMetadata =
        serde_json::from_value(Value::Object(members.clone())).map_err(|cause| malformed(&cause))?;
    let client = metadata.into_builder(client_id, secret.as_ref())?.build()?;
    merge(&client, members.into_iter().filter(|(name, _)| OWN.contains(&name.as_str())))
}

/// The client with these members in the place of its own; `null` takes one away (RFC 7396). The whole is checked again.
pub(super) fn merge(client: &Client, members: impl IntoIterator<Item = (String, Value)>) -> Result<Client> {
    let Value::Object(mut merged) = serde_json::to_value(client).map_err(|cause| malformed(&cause))? else {
        return Err(AdminError::Invalid("a client is a JSON object".to_owned()));
    };
    for (name, value) in members {
        match value {
            _ if name == "client_secret" => {}
            // Taken away, it is none: without a word about it, a registration of former versions knows every token.
            Value::Null if name == "introspects" => drop(merged.insert(name, "none".into())),
            Value::Null => drop(merged.remove(&name)),
            value => drop(merged.insert(name, value)),
        }
    }
    Ok(of_members(merged)?.into_builder().build()?)
}

/// A member that a client of ours has none of is one that is misspelt.
fn known<'n>(client: &Client, mut names: impl Iterator<Item = &'n String>) -> Result<()> {
    let Value::Object(own) = serde_json::to_value(client).map_err(|cause| malformed(&cause))? else {
        return Ok(());
    };
    let is_known =
        |name: &str| OWN.contains(&name) || ClientMetadata::MEMBERS.contains(&name) || own.contains_key(name);
    match names.find(|name| !is_known(name)) {
        Some(unknown) => {
            Err(AdminError::Invalid(format!("the member `{}` is not known", unknown.escape_debug())))
        }
        None => Ok(()),
    }
}

fn of_members(members: Map<String, Value>) -> Result<Client> {
    serde_json::from_value(Value::Object(members)).map_err(|cause| malformed(&cause))
}

fn malformed(cause: &serde_json::Error) -> AdminError {
    AdminError::Invalid(format!("it is no client: {cause}"))
}
