//! The metadata that a registration asks for and gets, RFC 7591 §2, §3.2.1.

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::{invalid, refused};
use crate::client::{
    Client, ClientAuthMethod, ClientMetadata, ClientSecret, ClientSource, GRANTS_OF_STRANGERS, GrantType,
    Terms, metadata_of_stranger,
};
use crate::error::Result;
use crate::frame::{AuthorizationServer, RunningServer};
use crate::http::{Response, json as json_response};
use crate::scope::ScopeSet;
use crate::secret::SecretString;
use crate::store::Registration;

/// Members that change nothing here: they are kept and told as they are.
const PASSIVE: [&str; 7] = [
    "contacts",
    "logo_uri",
    "tos_uri",
    "policy_uri",
    "software_id",
    "software_version",
    "software_statement",
];

/// The member that is told as it was asked for: a stranger may have more, but clients such as idpyoidc refuse an answer with a scope
/// that they did not name.
const SCOPE: &str = "scope";

/// The most of any list, and the longest of any text.
const MOST: usize = 32;
const LONGEST: usize = 2048;

/// The metadata that is asked for, as far as this server has it.
pub(super) struct Asked {
    metadata: ClientMetadata,
    passive: Map<String, Value>,
}

impl Asked {
    /// Reads metadata. What the server lacks is left out or replaced, and the answer says so (RFC 7591 §3.2.1).
    pub(super) fn read<S: AuthorizationServer>(
        server: &RunningServer<S>,
        members: &Map<String, Value>,
        is_vouched_for: bool,
    ) -> Result<Self> {
        check_size(members)?;
        let offered = server.metadata();
        let is_allowed = |name: &&str| {
            GRANTS_OF_STRANGERS.iter().any(|grant| grant.as_str() == *name)
                || is_vouched_for && *name == GrantType::CLIENT_CREDENTIALS.as_str()
        };
        let grant_types: Vec<_> = offered.grant_types.iter().copied().filter(is_allowed).collect();
        // A secret that signs would have to be kept as it is.
        let is_registrable = |method: &ClientAuthMethod| *method != ClientAuthMethod::ClientSecretJwt;
        let methods: Vec<_> = offered.client_authentication.iter().copied().filter(is_registrable).collect();
        let terms = Terms {
            methods: &methods,
            grant_types: &grant_types,
            response_types: offered.response_types,
            scopes: &server.config().unverified_scope_set(),
            is_vouched_for,
        };
        let mut metadata = metadata_of_stranger(members, &terms).map_err(|mistake| invalid(&mistake))?;
        metadata.token_endpoint_auth_method = Some(method(members, &methods)?);
        // A sector is looked up, or there is none.
        if server.server().pairwise_key().is_none() || !cfg!(feature = "http-client") {
            metadata.subject_type = None;
            metadata.sector_identifier_uri = None;
        }
        let is_passive =
            |(name, value): &(&String, &Value)| PASSIVE.contains(&name.as_str()) && !value.is_null();
        let passive = members.iter().filter(is_passive).map(|(name, value)| (name.clone(), value.clone()));
        let mut passive: Map<_, _> = passive.collect();
        if let Some(named) = named_scope(members, terms.scopes) {
            passive.insert(SCOPE.to_owned(), named.to_string().into());
        }
        Ok(Self { metadata, passive })
    }

    /// Tells whether the client authenticates by a secret.
    pub(super) fn needs_secret(&self) -> bool {
        let method = self.metadata.token_endpoint_auth_method;
        method.is_some_and(|method| {
            matches!(method, ClientAuthMethod::ClientSecretBasic | ClientAuthMethod::ClientSecretPost)
        })
    }

    pub(super) fn client(&self, client_id: &str, secret: Option<&ClientSecret>) -> Result<Client> {
        let builder = self.metadata.clone().into_builder(client_id, secret);
        let client = builder.and_then(|builder| builder.source(ClientSource::Itself).build());
        client.map_err(|mistake| invalid(&mistake))
    }

    pub(super) fn passive(&self, statement: Option<&str>) -> Map<String, Value> {
        let mut members = self.passive.clone();
        if let Some(statement) = statement {
            members.insert("software_statement".to_owned(), statement.into());
        }
        members
    }
}

/// The scopes that a client named, as far as it may have them.
fn named_scope(members: &Map<String, Value>, scopes: &ScopeSet) -> Option<ScopeSet> {
    let named = members.get(SCOPE).and_then(Value::as_str)?;
    let named = ScopeSet::parse(named).ok()?.intersection(scopes);
    (!named.is_empty()).then_some(named)
}

/// §2: "If unspecified or omitted, the default is "client_secret_basic"". Only one that says `none` is public.
fn method(members: &Map<String, Value>, offered: &[ClientAuthMethod]) -> Result<ClientAuthMethod> {
    let named = match members.get("token_endpoint_auth_method") {
        None | Some(Value::Null) => "client_secret_basic",
        Some(named) => named.as_str().ok_or_else(|| refused("token_endpoint_auth_method is no string"))?,
    };
    let asked = offered.iter().find(|method| method.as_str() == named);
    asked.copied().ok_or_else(|| {
        refused("this server does not offer this token_endpoint_auth_method (RFC 7591 section 2)")
    })
}

/// Checks that what is kept for a stranger is small, and can be shown.
fn check_size(members: &Map<String, Value>) -> Result<()> {
    let is_small = |text: &str| text.len() <= LONGEST && !text.chars().any(char::is_control);
    let is_fine = |value: &Value| match value {
        Value::String(text) => is_small(text),
        Value::Array(values) => {
            values.len() <= MOST && values.iter().all(|value| value.as_str().is_none_or(is_small))
        }
        _ => true,
    };
    let all_fine = members.iter().all(|(name, value)| name == "software_statement" || is_fine(value));
    if all_fine { Ok(()) } else { Err(refused("a member is too long, or has control characters")) }
}

/// §3.2.1: "the authorization server MUST return all registered metadata about this client". A secret is told once: its hash
/// alone is kept.
pub(super) fn answer<S: AuthorizationServer>(
    server: &RunningServer<S>,
    status: StatusCode,
    client: &Client,
    registration: &Registration,
    token: &SecretString,
    secret: Option<&ClientSecret>,
) -> Response {
    let mut document = registration.members.clone();
    let named = named_scope(&document, &client.scope);
    let all = serde_json::to_value(client).unwrap_or_default();
    for name in ClientMetadata::MEMBERS {
        let value = all.get(*name).filter(|value| !value.is_null() && **value != json!(""));
        if let Some(value) = value {
            document.insert((*name).to_owned(), value.clone());
        }
    }
    if let Some(named) = named {
        document.insert(SCOPE.to_owned(), named.to_string().into());
    }
    let path = S::CONFIG.registration.map_or("", |registration| registration.path);
    let uri = format!("{}{path}?client_id={}", server.issuer(), client.client_id);
    let mut set = |name: &str, value: Value| document.insert(name.to_owned(), value);
    set("client_id", json!(client.client_id));
    set("client_id_issued_at", json!(registration.issued_at));
    set("registration_access_token", json!(token.expose()));
    set("registration_client_uri", json!(uri));
    if let Some(secret) = secret {
        set("client_secret", json!(secret.expose()));
        set("client_secret_expires_at", json!(0));
    }
    json_response(status, &document)
}
