//! The metadata of clients that come by themselves: Client ID Metadata Documents, and what strangers may have.

use serde_json::{Map, Value, json};

#[cfg(feature = "http-client")]
use super::ClientSource;
use super::authority::Authority;
use super::{
    Client, ClientAuthMethod, ClientBuilder, ClientMetadata, GrantType, InvalidClientMetadata, ResponseType,
};
use crate::scope::ScopeSet;

/// The things that a server gives to clients that came by themselves.
#[derive(Debug, Clone)]
pub(crate) struct Terms<'a> {
    /// The ways that clients may authenticate.
    #[cfg_attr(not(feature = "http-client"), allow(dead_code, reason = "documents are read by it"))]
    pub(crate) methods: &'a [ClientAuthMethod],
    /// The grants.
    pub(crate) grant_types: &'a [&'a str],
    /// The response types.
    pub(crate) response_types: &'a [ResponseType],
    /// The scopes.
    pub(crate) scopes: &'a ScopeSet,
    /// True if somebody vouches for the client: it has those of the scopes that it names.
    pub(crate) is_vouched_for: bool,
}

/// The members that are passed over. Nothing tells a stranger of a logout: whoever is asked to answer there would be asked by us.
/// How one authenticates is told apart elsewhere.
const NOT_FOR_STRANGERS: [&str; 6] = [
    "backchannel_logout_uri",
    "backchannel_logout_session_required",
    "frontchannel_logout_uri",
    "frontchannel_logout_session_required",
    "token_endpoint_auth_method",
    "token_endpoint_auth_methods_supported",
];

/// The longest name of a client.
const LONGEST_NAME: usize = 200;

/// The longest URL of a document, in bytes.
const LONGEST_URL: usize = 2048;

/// Tells whether a client identifier is the URL of a document: `https`, with a path, without dot segments, fragment or user
/// information. It is compared as it stands, and never normalised.
pub(crate) fn is_document_url(client_id: &str) -> bool {
    let Some(rest) = client_id.strip_prefix("https://") else { return false };
    let Some((authority, path)) = rest.split_once('/') else { return false };
    let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
    let is_dots = |segment: &str| {
        let segment = segment.replace("%2e", ".").replace("%2E", ".");
        segment == "." || segment == ".."
    };
    client_id.len() <= LONGEST_URL
        && !authority.is_empty()
        && !authority.contains(['@', '?'])
        && has_proper_port(authority)
        && query.is_none_or(|query| !query.is_empty())
        && client_id.bytes().all(|byte| matches!(byte, 0x21..=0x7E) && !matches!(byte, b'#' | b'\\'))
        && !path.split('/').any(is_dots)
}

/// Tells whether an authority has a port as TCP has them, or none, rather than an empty or a larger one.
fn has_proper_port(authority: &str) -> bool {
    let port = Authority::parse(authority).map(|authority| authority.port);
    port.is_ok_and(|port| port.is_none_or(|port| port.parse::<u16>().is_ok()))
}

impl Client {
    /// The client that a document at `client_id` describes.
    ///
    /// # Errors
    ///
    /// Says what is wrong with it: for a log.
    #[cfg(feature = "http-client")]
    pub(crate) fn of_document(
        client_id: &str,
        document: &Value,
        terms: &Terms<'_>,
    ) -> Result<Self, InvalidClientMetadata> {
        let Some(document) = document.as_object() else { return Err(refused("it is no JSON object")) };
        // Compared as strings: who can put a document somewhere speaks for that URL alone.
        if document.get("client_id").and_then(Value::as_str) != Some(client_id) {
            return Err(refused("its client_id is not the URL that it was fetched from"));
        }
        // Everybody can read it.
        if ["client_secret", "client_secret_expires_at"].iter().any(|name| document.contains_key(*name)) {
            return Err(refused("it has a client_secret, which everybody can read"));
        }
        let method = method(document, terms)?;
        let mut metadata = metadata_of_stranger(document, terms)?;
        metadata.token_endpoint_auth_method = Some(method);
        // Nobody sends people there.
        metadata.post_logout_redirect_uris = None;
        // Its sector is nobody's to vouch for.
        metadata.subject_type = None;
        metadata.sector_identifier_uri = None;
        metadata.into_builder(client_id, None)?.source(ClientSource::Itself).build()
    }

    /// All that is known of a client by the URL of its document alone: that it came by itself.
    pub(crate) fn of_document_url(client_id: &str) -> Self {
        ClientBuilder::of_url(client_id)
    }
}

/// The metadata of a stranger, without what they may not have.
///
/// # Errors
///
/// Of what they may not even ask for.
pub(crate) fn metadata_of_stranger(
    members: &Map<String, Value>,
    terms: &Terms<'_>,
) -> Result<ClientMetadata, InvalidClientMetadata> {
    let mut members = members.clone();
    members.retain(|_, value| !value.is_null());
    // None at all would be the defaults of an operator's client, which are more than a stranger's.
    if members.get("grant_types").is_some_and(|values| *values == json!([])) {
        return Err(refused("its grant_types are empty").of("grant_types"));
    }
    keep(&mut members, "grant_types", |name| terms.grant_types.contains(&name))?;
    keep(&mut members, "response_types", |name| {
        name.parse().is_ok_and(|response_type| terms.response_types.contains(&response_type))
    })?;
    // A refresh token comes with another grant.
    if members.get("grant_types").is_some_and(|values| *values == json!([GrantType::REFRESH_TOKEN.as_str()]))
    {
        return Err(refused(
            "this server offers strangers none of its grant_types that yields a refresh token",
        )
        .of("grant_types"));
    }
    for name in NOT_FOR_STRANGERS {
        members.remove(name);
    }
    for name in ["client_uri", "logo_uri", "tos_uri", "policy_uri", "jwks_uri"] {
        if members.get(name).is_some_and(|uri| !uri.as_str().is_some_and(|uri| uri.starts_with("https://"))) {
            return Err(refused(format!("its {name} is not https")));
        }
    }
    let mut metadata: ClientMetadata = serde_json::from_value(Value::Object(members))
        .map_err(|cause| refused(format!("a member is malformed: {cause}")))?;
    if metadata.client_name.as_ref().is_some_and(|name| !is_presentable(name)) {
        return Err(refused("its client_name is too long, or has control characters").of("client_name"));
    }
    // RFC 7591 §2: "If omitted, an authorization server MAY register a client with a default set of scopes." What a stranger names is
    // the scope of its first request: clients of MCP come back with the same identifier and ask for more when an API tells them to.
    // So it gets all that strangers may have; what a token has, each request and each person decides.
    let asked = metadata.scope.as_deref().filter(|scope| !scope.is_empty()).map(ScopeSet::parse);
    let asked = asked.transpose().map_err(|_| refused("its scope is malformed (RFC 6749 §3.3)"))?;
    let scopes = match asked {
        Some(asked) if terms.is_vouched_for => asked.intersection(terms.scopes),
        _ => terms.scopes.clone(),
    };
    metadata.scope = Some(scopes.to_string());
    Ok(metadata)
}

/// Leaves out what the server lacks. RFC 7591 §2: it "MAY […] replace any of the client's requested metadata values".
fn keep(
    members: &mut Map<String, Value>,
    name: &'static str,
    is_offered: impl Fn(&str) -> bool,
) -> Result<(), InvalidClientMetadata> {
    let Some(values) = members.get_mut(name).and_then(Value::as_array_mut) else { return Ok(()) };
    let had_any = !values.is_empty();
    values.retain(|value| value.as_str().is_none_or(&is_offered));
    if had_any && values.is_empty() {
        return Err(refused(format!("this server offers strangers none of its {name}")).of(name));
    }
    Ok(())
}

/// The strongest way to authenticate that the document names and the server has: `private_key_jwt`, which then has to be used, or
/// `none`. `token_endpoint_auth_methods_supported` has all that the client can do (OpenID Connect RP Metadata Choices §2).
#[cfg(feature = "http-client")]
fn method(
    document: &Map<String, Value>,
    terms: &Terms<'_>,
) -> Result<ClientAuthMethod, InvalidClientMetadata> {
    let several = document.get("token_endpoint_auth_methods_supported").and_then(Value::as_array);
    let one = document.get("token_endpoint_auth_method").filter(|value| !value.is_null());
    let mut named: Vec<&str> = several.into_iter().flatten().chain(one).filter_map(Value::as_str).collect();
    if several.is_none() && one.is_none() {
        named.push("none");
    }
    let has_keys =
        ["jwks", "jwks_uri"].iter().any(|name| document.get(*name).is_some_and(|it| !it.is_null()));
    let can = |method: &ClientAuthMethod| named.contains(&method.as_str()) && terms.methods.contains(method);
    let strongest = [ClientAuthMethod::PrivateKeyJwt, ClientAuthMethod::None].into_iter();
    let mut strongest = strongest.filter(|method| has_keys || *method == ClientAuthMethod::None);
    strongest.find(can).ok_or_else(|| {
        refused(
            "it can authenticate in no way that is left: `none`, or `private_key_jwt` with jwks or jwks_uri",
        )
    })
}

/// Text that people are shown beside what is ours.
fn is_presentable(text: &str) -> bool {
    let hides = |c: char| {
        c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().count() <= LONGEST_NAME && !text.chars().any(hides)
}

fn refused(reason: impl Into<String>) -> InvalidClientMetadata {
    InvalidClientMetadata::new(reason)
}

/// The grants that a client has whose document is all that is known of it: those that begin with a person who agrees.
pub(crate) const GRANTS_OF_STRANGERS: [GrantType; 2] =
    [GrantType::AUTHORIZATION_CODE, GrantType::REFRESH_TOKEN];

#[cfg(test)]
mod tests {
    use super::is_document_url;

    #[test]
    fn identifiers_of_documents_have_a_path_and_hide_nothing() {
        for id in [
            "https://client.example/",
            "https://client.example/a/b.json",
            "https://client.example:8443/a?b=c",
        ] {
            assert!(is_document_url(id), "{id}");
        }
        for id in [
            "https://client.example",
            "http://client.example/a",
            "HTTPS://client.example/a",
            "https:///a",
            "https://user@client.example/a",
            "https://@client.example/a",
            "https://client.example:/a",
            "https://client.example:+80/a",
            "https://client.example:-1/a",
            "https://client.example:99999/a",
            "https://client.example:8443:8443/a",
            "https://client.example:x/a",
            "https://[::1/a",
            "https://client.example/a?",
            "https://client.example/a#",
            "https://client.example/a#b",
            "https://client.example/a/../b",
            "https://client.example/./a",
            "https://client.example/a/%2e%2E/b",
            "https://client.example/a\\b",
            "https://client.example/a b",
            "https://client.example/ä",
            "https://client.example?a/b",
            "client",
            "",
        ] {
            assert!(!is_document_url(id), "{id}");
        }
    }
}
