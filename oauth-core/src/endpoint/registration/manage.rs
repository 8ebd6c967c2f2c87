//! GET, PUT and DELETE: a client reads, replaces and deletes its registration, RFC 7592 §2.

use std::sync::Arc;

use http::StatusCode;
use serde_json::{Map, Value};

use super::metadata::{Asked, answer};
use super::register::{check_client, members, with_software_statement};
use super::{bearer, parts, refused, sector};
use crate::client::{Client, ClientSecret};
use crate::error::{Error, Result};
use crate::event::{Event, EventKind};
use crate::frame::{AuthorizationServer, RunningServer};
use crate::http::{Response, empty};
use crate::issuing::revoke;
use crate::request::Request;
use crate::secret::SecretString;
use crate::store::{Registration, Revocation};

/// A client that has proved itself by its registration access token.
struct Own {
    client: Arc<Client>,
    registration: Registration,
    token: SecretString,
}

/// §2: "The authorization server MUST validate […] the registration access token". §2.1: if "the client does not exist on this
/// server, the server MUST respond with HTTP 401 Unauthorized": what is unknown is told by nothing from what is not theirs.
async fn identify<S: AuthorizationServer>(server: &RunningServer<S>, request: &Request) -> Result<Own> {
    let refused = || Error::invalid_token("the registration access token is not valid");
    let (_, store) = parts(server)?;
    let token = SecretString::new(bearer(request).ok_or_else(refused)?);
    let client_id = request.query().get("client_id").ok_or_else(refused)?;
    let found = store.registration(client_id).await?;
    // Hashes are compared: how long that takes tells nothing of a token.
    let found = found.filter(|(_, registration)| registration.token == token.hash());
    let is_alive = |(_, registration): &(Arc<Client>, Registration)| registration.expires_at > server.now();
    let (client, registration) = found.filter(is_alive).ok_or_else(refused)?;
    let client = server.with_scopes_of_now(client, registration.is_vouched_for);
    Ok(Own { client, registration, token })
}

/// §2.1.
pub(super) async fn read<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &Request,
) -> Result<Response> {
    let Own { client, registration, token } = identify(server, request).await?;
    Ok(answer(server, StatusCode::OK, &client, &registration, &token, None))
}

/// §2.2: "the client's metadata […] replace, not augment". The registration access token becomes another one.
pub(super) async fn replace<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
) -> Result<Response> {
    let own = identify(server, request).await?;
    let (_, store) = parts(server)?;
    let members = members(request)?;
    check_names(&members, &own.client)?;
    let (members, statement) = with_software_statement(server, members, request).await?;
    let is_vouched_for = own.registration.is_vouched_for;
    let asked = Asked::read(server, &members, is_vouched_for)?;
    // One that had a secret keeps it; one that has none yet is told a new one.
    let secret = asked.needs_secret().then(ClientSecret::generate);
    let mut client = asked.client(&own.client.client_id, secret.as_ref())?;
    let is_new = match &own.client.secret_hash {
        Some(hash) if secret.is_some() => {
            client.secret_hash = Some(hash.clone());
            client.previous_secret = own.client.previous_secret.clone();
            false
        }
        _ => true,
    };
    // A server that names no scopes of strangers has none for them, save those that this one has.
    if !is_vouched_for && server.config().unverified_scopes.is_none() {
        client.scope = client.scope.intersection(&own.client.scope);
    }
    sector::check_unmoved(&own.client, &client)?;
    check_client(server, &client, request).await?;
    sector::check(server, &client, request).await?;
    let token = SecretString::random();
    let registration = Registration {
        token: token.hash(),
        members: asked.passive(statement.as_deref()),
        ..own.registration.clone()
    };
    let told = secret.as_ref().filter(|_| is_new);
    let response = answer(server, StatusCode::OK, &client, &registration, &token, told);
    if !store.replace(&own.registration.token, client, registration).await? {
        return Err(Error::invalid_token("the registration access token is not valid"));
    }
    Ok(response)
}

/// §2.2: the request "MUST include the client_id", and "MUST NOT include the registration_access_token, registration_client_uri,
/// client_secret_expires_at, or client_id_issued_at fields"; "if the client includes the client_secret field in the request, the value
/// of this field MUST match the currently issued client secret".
fn check_names(members: &Map<String, Value>, client: &Client) -> Result<()> {
    if members.get("client_id").and_then(Value::as_str) != Some(client.client_id.as_str()) {
        return Err(refused("client_id is missing, or another (RFC 7592 section 2.2)"));
    }
    let ours = [
        "registration_access_token",
        "registration_client_uri",
        "client_secret_expires_at",
        "client_id_issued_at",
    ];
    if ours.iter().any(|name| members.contains_key(*name)) {
        return Err(refused("a member is there that the server alone sets (RFC 7592 section 2.2)"));
    }
    let is_current = |secret: &Value| {
        let hash = client.secret_hash.as_ref();
        secret.as_str().zip(hash).is_some_and(|(secret, hash)| hash.verify(secret))
    };
    if members.get("client_secret").is_some_and(|secret| !is_current(secret)) {
        return Err(refused("client_secret is not the current one (RFC 7592 section 2.2)"));
    }
    Ok(())
}

/// §2.3: "the authorization server SHOULD immediately invalidate all existing authorization grants and currently active access
/// tokens, all refresh tokens, and other tokens associated with this client".
pub(super) async fn delete<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &Request,
) -> Result<Response> {
    let own = identify(server, request).await?;
    let (_, store) = parts(server)?;
    let client_id = own.client.client_id.clone();
    // First: should the rest fail, it can be tried again.
    let revocation = Revocation::Client { client_id: client_id.clone(), before: server.now() };
    revoke(server, &revocation).await?;
    if !store.delete(&client_id, &own.registration.token).await? {
        return Err(Error::invalid_token("the registration access token is not valid"));
    }
    server.observe(&Event::of_request(EventKind::ClientDeleted, request).client_id(&client_id));
    Ok(empty(StatusCode::NO_CONTENT))
}
