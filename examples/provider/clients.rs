//! `clients.json`: who may ask for tokens.

use std::collections::HashMap;
use std::path::Path;

use oauth_core::client::{ClientBuilder, ClientMetadata, Introspects};
use oauth_core::prelude::*;

use crate::keys::ID_TOKEN_ALGORITHMS;
use crate::members;
use crate::offer::Offer;
use crate::scopes::no_id_tokens;
use crate::source::{Object, Source};

/// The members that a client has beyond its metadata: RFC 7591 §3.2.1, and what only an operator may say.
const OWN: [&str; 6] =
    ["client_id", "client_secret", "origins", "first_party", "introspects", "require_pkce"];

/// Registered metadata that changes nothing here (IANA, "OAuth Dynamic Client Registration Metadata").
const WITHOUT_EFFECT: [&str; 15] = [
    "client_id_issued_at",
    "client_secret_expires_at",
    "contacts",
    "default_acr_values",
    "initiate_login_uri",
    "logo_uri",
    "policy_uri",
    "registration_client_uri",
    "request_object_signing_alg",
    "request_uris",
    "require_auth_time",
    "software_id",
    "software_statement",
    "software_version",
    "tos_uri",
];

/// Registered metadata without which a client would get less protection than it asks for, or none of what it needs.
const UNSUPPORTED: [&str; 12] = [
    "authorization_signed_response_alg",
    "default_max_age",
    "id_token_encrypted_response_alg",
    "id_token_encrypted_response_enc",
    "introspection_signed_response_alg",
    "request_object_encryption_alg",
    "request_object_encryption_enc",
    "require_signed_request_object",
    "tls_client_auth_subject_dn",
    "tls_client_certificate_bound_access_tokens",
    "userinfo_encrypted_response_alg",
    "userinfo_encrypted_response_enc",
];

/// RFC 9700 §4.15.1: "Authorization servers SHOULD NOT allow clients to influence their client_id or any claim that could cause
/// confusion with a genuine resource owner": a client's own token has its `client_id` where a person's has the `sub`.
const IS_A_PERSON: &str =
    "this is the `sub` of a user, for whom an API would take the client (RFC 9700 §4.15)";

/// RFC 7662 §5: "measures MUST be taken to prevent disclosure of this information to unintended parties".
const TOLD_ALL: &str = "`introspects` is `all`: this client is told everything of every token, whoever it is for; name its audiences";

/// A client, and its secret if that is needed beyond its hash.
pub(crate) type Entry = (Client, Option<SecretString>);

/// The clients of the file, each with its secret if it signs with it. None has the name of a person, nor asks for what is not on offer.
///
/// # Errors
///
/// Every mistake, one line each.
pub(crate) fn read(path: &Path, users: &[User], offer: &Offer) -> Result<Vec<Entry>, Vec<String>> {
    let source = Source::read(path).map_err(|mistake| vec![mistake])?;
    let known = [&OWN, ClientMetadata::MEMBERS].concat();
    let (mut clients, mut mistakes) = (Vec::new(), Vec::new());
    let mut lines = HashMap::new();
    for object in source.objects("clients", &mut mistakes) {
        let object = object.called("client", "client_id");
        let unknown = members::check(&object, &known, &WITHOUT_EFFECT, &UNSUPPORTED);
        let is_readable = unknown.is_empty();
        mistakes.extend(unknown);
        if !is_readable {
            continue;
        }
        match client(&object, offer) {
            Ok((client, _)) if users.iter().any(|user| user.subject == client.client_id) => {
                mistakes.push(object.mistake(Some("client_id"), None, IS_A_PERSON));
            }
            Ok((client, secret)) => match lines.insert(client.client_id.clone(), object.line()) {
                None => {
                    if client.introspects == Introspects::All {
                        tracing::warn!(target: "provider", line = object.line(), "{}: {TOLD_ALL}", path.display());
                    }
                    clients.push((client, secret));
                }
                Some(line) => mistakes.push(object.mistake(
                    Some("client_id"),
                    None,
                    format_args!("this is the client of line {line} already"),
                )),
            },
            Err(mistake) => mistakes.push(mistake),
        }
        for name in object.names().filter(|name| members::is_ignored(name, &WITHOUT_EFFECT)) {
            tracing::warn!(target: "provider", line = object.line(), "{}: `{name}` has no effect", path.display());
        }
    }
    if mistakes.is_empty() { Ok(clients) } else { Err(mistakes) }
}

fn client(object: &Object<'_>, offer: &Offer) -> Result<Entry, String> {
    let client_id: String = object.require("client_id", "a string")?;
    let secret: Option<String> = object.get("client_secret", "a string")?;
    let origins: Option<Vec<String>> = object.get("origins", "an array of strings")?;
    let first_party: Option<bool> = object.get("first_party", "true or false")?;
    let require_pkce: Option<bool> = object.get("require_pkce", "true or false")?;
    let introspects: Option<Introspects> =
        object.get("introspects", "an array of audiences, such as [\"https://api.example\"], or \"all\"")?;
    let mut metadata: ClientMetadata = object.parse()?;
    // RFC 7591 §2: "If omitted, an authorization server MAY register a client with a default set of scopes."
    let scope = metadata.scope.get_or_insert_with(|| offer.scope_names().join(" "));
    if !offer.metadata.is_openid_provider && scope.split(' ').any(|name| name == "openid") {
        tracing::warn!(target: "provider", line = object.line(), "client `{client_id}`: {}", no_id_tokens(offer));
        *scope = scope.split(' ').filter(|name| *name != "openid").collect::<Vec<_>>().join(" ");
    }
    let signs_with_secret = metadata.token_endpoint_auth_method == Some(ClientAuthMethod::ClientSecretJwt);
    let kept = secret.clone().filter(|_| signs_with_secret).map(SecretString::new);
    let build = move || {
        let secret = secret.map(ClientSecret::new).transpose()?;
        let mut builder = metadata.into_builder(client_id, secret.as_ref())?;
        builder = origins.unwrap_or_default().into_iter().fold(builder, ClientBuilder::origin);
        builder = match introspects {
            Some(Introspects::All) => builder.danger_introspects_all(),
            Some(Introspects::Audiences(names)) => {
                names.into_iter().fold(builder, ClientBuilder::introspects)
            }
            _ => builder,
        };
        builder = builder.require_pkce(require_pkce != Some(false));
        if first_party == Some(true) { builder.first_party() } else { builder }.build()
    };
    let client = build().map_err(|mistake| object.mistake(mistake.member(), mistake.index(), mistake))?;
    check_offer(object, &client, offer)?;
    Ok((client, kept))
}

/// Refuses what this server does not have: no client gets it.
fn check_offer(object: &Object<'_>, client: &Client, offer: &Offer) -> Result<(), String> {
    let offered = offer.metadata.grant_types;
    for (index, grant_type) in client.grant_types.iter().enumerate() {
        if !offered.contains(&grant_type.as_str()) {
            let message = format!("this server has no grant `{grant_type}`; it has {}", offered.join(", "));
            return Err(object.mistake(Some("grant_types"), Some(index), message));
        }
    }
    for (index, response_type) in client.response_types.iter().enumerate() {
        if !offer.metadata.has_response_type(*response_type) {
            let message = format!("this server has no response type `{response_type}`");
            return Err(object.mistake(Some("response_types"), Some(index), message));
        }
    }
    for (member, algorithm) in [
        ("id_token_signed_response_alg", client.id_token_signed_response_alg),
        ("userinfo_signed_response_alg", client.userinfo_signed_response_alg),
    ] {
        if let Some(other) = algorithm.filter(|algorithm| !ID_TOKEN_ALGORITHMS.contains(algorithm)) {
            let message =
                format!("this server does not sign with {other:?}, only with {ID_TOKEN_ALGORITHMS:?}");
            return Err(object.mistake(Some(member), None, message));
        }
    }
    if !client.require_pkce && !offer.is_pkce_optional {
        let message = format!(
            "under the profile `{}` every client sends PKCE (OAuth 2.1 §4.1.1); without do clients under `--profile openid`, and send a \
             nonce",
            offer.profile
        );
        return Err(object.mistake(Some("require_pkce"), None, message));
    }
    check_scopes_and_resources(object, client, offer)
}

fn check_scopes_and_resources(object: &Object<'_>, client: &Client, offer: &Offer) -> Result<(), String> {
    let scopes = offer.scope_names();
    if let Some(unknown) = client.scope.iter().find(|name| !scopes.contains(name)) {
        let message = format!(
            "this server has no scope `{unknown}`; it has {}, or those of --scopes",
            scopes.join(", ")
        );
        return Err(object.mistake(Some("scope"), None, message));
    }
    let unknown = client.resources.iter().enumerate().find(|(_, uri)| offer.resource(uri).is_none());
    match unknown {
        Some((index, uri)) => {
            let message = format!(
                "this server issues no tokens for the resource `{uri}` (RFC 8707 §2): declare it, as `--resource {uri}`"
            );
            Err(object.mistake(Some("resources"), Some(index), message))
        }
        None => Ok(()),
    }
}
