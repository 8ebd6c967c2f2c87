//! POST: a client is registered, RFC 7591 §3.

use http::StatusCode;
use serde_json::{Map, Value};

use super::metadata::{Asked, answer};
use super::{bearer, invalid, parts, refused, sector};
use crate::client::Client;
use crate::error::{Error, ErrorCode, Result};
use crate::event::{Event, EventKind};
use crate::frame::{AuthorizationServer, RunningServer};
use crate::http::Response;
use crate::limits::Network;
use crate::request::Request;
use crate::secret::SecretString;
use crate::store::Registration;
use crate::validator::RequestValidator as _;

/// Registers a client.
pub(super) async fn register<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
) -> Result<Response> {
    let (config, store) = parts(server)?;
    server.limits().registration(Network::of(&request.extensions), server.instant())?;
    let is_vouched_for = config.initial_access_token;
    // First: nobody else has us fetch or ask.
    let initial = if is_vouched_for { Some(initial_access_token(server, request).await?) } else { None };
    let members = members(request)?;
    let (members, statement) = with_software_statement(server, members, request).await?;
    let asked = Asked::read(server, &members, is_vouched_for)?;
    let secret = asked.needs_secret().then(crate::client::ClientSecret::generate);
    let client_id = SecretString::random();
    let client = asked.client(client_id.expose(), secret.as_ref())?;
    check_client(server, &client, request).await?;
    sector::check(server, &client, request).await?;
    let (token, now) = (SecretString::random(), server.now());
    let registration = Registration {
        token: token.hash(),
        issued_at: now,
        expires_at: now + config.unused_lifetime,
        members: asked.passive(statement.as_deref()),
        is_vouched_for,
    };
    let hash = registration.token;
    let response = answer(server, StatusCode::CREATED, &client, &registration, &token, secret.as_ref());
    if !store.register(client, registration, config.most, now).await? {
        return Err(Error::overloaded(std::time::Duration::from_mins(10)).by_rule("registration"));
    }
    // Last, so that no failure uses it up. Nobody was told of the client: if it cannot be removed, it is forgotten as one without use.
    if let Some(initial) = initial
        && let Err(error) = claim(server, &initial, request).await
    {
        store.delete(client_id.expose(), &hash).await?;
        return Err(error);
    }
    server.observe(&Event::of_request(EventKind::ClientRegistered, request).client_id(client_id.expose()));
    Ok(response)
}

/// RFC 7591 §3: the token is "intended to be provisioned out of band".
async fn initial_access_token<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
) -> Result<SecretString> {
    let token = bearer(request).map(SecretString::new).ok_or_else(not_vouched_for)?;
    let is_valid = server.validator().validate_initial_access_token(token.expose(), request).await?;
    if is_valid { Ok(token) } else { Err(not_vouched_for()) }
}

async fn claim<S: AuthorizationServer>(
    server: &RunningServer<S>,
    token: &SecretString,
    request: &mut Request,
) -> Result<()> {
    let is_claimed = server.validator().claim_initial_access_token(token.expose(), request).await?;
    if is_claimed { Ok(()) } else { Err(not_vouched_for()) }
}

fn not_vouched_for() -> Error {
    Error::invalid_token("an initial access token is needed to register (RFC 7591 section 3)")
}

/// The profile of the server and the application have a word, too.
pub(super) async fn check_client<S: AuthorizationServer>(
    server: &RunningServer<S>,
    client: &Client,
    request: &mut Request,
) -> Result<()> {
    if S::CONFIG.profile.is_fapi2() {
        client.check_fapi2().map_err(|mistake| invalid(&mistake))?;
    }
    if server.validator().allow_client(client, request).await? {
        Ok(())
    } else {
        Err(refused("this server does not register such a client"))
    }
}

/// §2.1, §3.1: "the client sends an HTTP POST […] with a content type of "application/json""; its members are those of one object.
pub(super) fn members(request: &Request) -> Result<Map<String, Value>> {
    let members = request.json().and_then(Value::as_object).cloned();
    members.ok_or_else(|| refused("the client metadata is no JSON object (RFC 7591 section 3.1)"))
}

/// §2.3: "Client metadata values conveyed in the software statement MUST take precedence over those conveyed using plain JSON
/// elements."
pub(super) async fn with_software_statement<S: AuthorizationServer>(
    server: &RunningServer<S>,
    mut members: Map<String, Value>,
    request: &mut Request,
) -> Result<(Map<String, Value>, Option<String>)> {
    let statement = match members.remove("software_statement") {
        None | Some(Value::Null) => return Ok((members, None)),
        Some(Value::String(statement)) => statement,
        Some(_) => {
            return Err(Error::new(ErrorCode::InvalidSoftwareStatement)
                .describe("software_statement is no JWT (RFC 7591 section 2.3)"));
        }
    };
    let claims = server.validator().validate_software_statement(&statement, request).await?;
    let claims = claims.ok_or_else(|| {
        Error::new(ErrorCode::UnapprovedSoftwareStatement)
            .describe("this server trusts no publisher of such a statement (RFC 7591 section 3.2.2)")
    })?;
    members.extend(claims);
    Ok((members, Some(statement)))
}
