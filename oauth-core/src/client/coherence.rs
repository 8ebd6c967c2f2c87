//! The parts of a client, each by itself and all together.

use oauth_rules::resource_indicator;

use super::{
    Client, ClientAuthMethod, GrantType, Introspects, InvalidClientMetadata, RedirectUri, ResponseType,
    is_on_loopback,
};

/// Checks all that follows from the parts alone.
pub(super) fn check(client: &Client) -> Result<(), InvalidClientMetadata> {
    check_names(client)?;
    check_origins(client)?;
    check_resources(&client.resources)?;
    check_introspects(client)?;
    check_grants(client)?;
    check_response_types(client)?;
    check_redirection(client)?;
    check_sessions(client)
}

/// The parts that people are shown.
fn check_names(client: &Client) -> Result<(), InvalidClientMetadata> {
    if client.client_name.as_ref().is_some_and(|name| name.trim().is_empty()) {
        return Err(of_client(
            client,
            "has an empty client_name: people are asked about it by name; without one they see its client_id",
        )
        .of("client_name"));
    }
    match &client.client_uri {
        Some(uri) if !is_page(uri) => Err(InvalidClientMetadata::new(format!(
            "client_uri `{}` is not the address of a page: it is linked from pages, so write an https URL, without what a URL has not",
            uri.escape_debug()
        ))
        .of("client_uri")),
        _ => Ok(()),
    }
}

/// Tells whether a page may link there: to a page on the web, or on the developer's own machine.
fn is_page(uri: &str) -> bool {
    let is_clean = uri.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b));
    let Some((scheme, rest)) = uri.split_once("://") else { return false };
    let is_web =
        scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http") && is_on_loopback(uri);
    is_clean && is_web && !rest.is_empty() && !rest.starts_with(['/', '?', '#'])
}

fn check_origins(client: &Client) -> Result<(), InvalidClientMetadata> {
    for (index, origin) in client.origins.iter().enumerate() {
        let wrong = if !is_origin(origin) {
            "is malformed: it is a scheme and a host, such as https://app.example, without a path or a `/` at its end (RFC 6454 §7)"
        } else if origin.starts_with("http://") && !is_on_loopback(origin) {
            "is http: whoever is on the way between it and people could call the token endpoint as it does; write https (RFC 9700 §2.6)"
        } else {
            continue;
        };
        return Err(InvalidClientMetadata::new(format!("origin `{origin}` {wrong}")).at("origins", index));
    }
    Ok(())
}

/// A public client has no grant that is for confidential ones, and a refresh token comes with another grant.
fn check_grants(client: &Client) -> Result<(), InvalidClientMetadata> {
    // RFC 6749 §4.4: "The client credentials grant type MUST only be used by confidential clients."
    if client.is_public() && client.grant_types.contains(&GrantType::CLIENT_CREDENTIALS) {
        return Err(of_client(client, "is public and cannot use client_credentials (RFC 6749 §4.4)")
            .of("grant_types"));
    }
    if client.grant_types == [GrantType::REFRESH_TOKEN] {
        return Err(of_client(
            client,
            "has the grant `refresh_token` alone, and none that yields a refresh token: add one, such as authorization_code or device_code, \
             or leave it out (RFC 6749 §1.5)",
        )
        .of("grant_types"));
    }
    Ok(())
}

/// RFC 7591 §2.1: "a server supporting these fields SHOULD take steps to ensure that a client cannot register itself into an
/// inconsistent state". Its table says which grant each response type belongs to; OpenID Connect Registration §2 adds those that
/// combine them.
fn check_response_types(client: &Client) -> Result<(), InvalidClientMetadata> {
    let owners = [
        (ResponseType::CODE, GrantType::AUTHORIZATION_CODE),
        (ResponseType::TOKEN, GrantType::IMPLICIT),
        (ResponseType::ID_TOKEN, GrantType::IMPLICIT),
    ];
    for (index, response_type) in client.response_types.iter().enumerate() {
        let lacks = |(part, owner): &&(ResponseType, GrantType)| {
            response_type.contains(*part) && !client.grant_types.contains(owner)
        };
        if let Some((_, lacking)) = owners.iter().find(lacks) {
            return Err(InvalidClientMetadata::new(format!(
                "the response type `{response_type}` needs the grant `{lacking}`, which grant_types lacks (RFC 7591 §2.1)"
            ))
            .at("response_types", index));
        }
    }
    Ok(())
}

/// RFC 7591 §2: "clients using flows with redirection MUST register their redirection URI values."
fn check_redirection(client: &Client) -> Result<(), InvalidClientMetadata> {
    let redirecting = [GrantType::AUTHORIZATION_CODE, GrantType::IMPLICIT]
        .into_iter()
        .find(|grant| client.grant_types.contains(grant));
    match redirecting {
        Some(grant) if client.redirect_uris.is_empty() => Err(InvalidClientMetadata::new(format!(
            "a client with the grant `{grant}` needs at least one of redirect_uris (RFC 7591 §2); one that needs none states its \
             grant_types, whose default is authorization_code"
        ))
        .of("redirect_uris")),
        _ => Ok(()),
    }
}

/// Front-Channel Logout §2 and Back-Channel Logout §2.2: what the URI is told.
fn check_sessions(client: &Client) -> Result<(), InvalidClientMetadata> {
    let flags = [
        (
            "frontchannel_logout_session_required",
            "frontchannel_logout_uri",
            client.frontchannel_logout_session_required && client.frontchannel_logout_uri.is_none(),
        ),
        (
            "backchannel_logout_session_required",
            "backchannel_logout_uri",
            client.backchannel_logout_session_required && client.backchannel_logout_uri.is_none(),
        ),
    ];
    match flags.into_iter().find(|(.., is_alone)| *is_alone) {
        Some((flag, uri, _)) => Err(of_client(
            client,
            &format!("has {flag}, and no {uri} that is told: add it, or leave the flag out"),
        )
        .of(flag)),
        None => Ok(()),
    }
}

pub(crate) fn of_client(client: &Client, mistake: &str) -> InvalidClientMetadata {
    InvalidClientMetadata::new(format!("client `{}` {mistake}", client.client_id))
}

fn check_introspects(client: &Client) -> Result<(), InvalidClientMetadata> {
    let mistake = match &client.introspects {
        Introspects::Nothing => return Ok(()),
        _ if client.is_public() => "is public and cannot introspect tokens (RFC 7662 §2.1)",
        Introspects::Audiences(audiences) if audiences.iter().any(|audience| audience.trim().is_empty()) => {
            "introspects tokens of an audience that is empty: name the API, as `aud` of its tokens does (RFC 7662 §2.2)"
        }
        _ => return Ok(()),
    };
    Err(of_client(client, mistake).of("introspects"))
}

fn check_resources(resources: &[String]) -> Result<(), InvalidClientMetadata> {
    for (index, uri) in resources.iter().enumerate() {
        resource_indicator::check(uri).map_err(|broken| {
            InvalidClientMetadata::new(format!("the resource `{}` {broken}", uri.escape_debug()))
                .at("resources", index)
        })?;
    }
    Ok(())
}

pub(super) fn parse_uris(
    name: &str,
    member: &'static str,
    uris: Vec<String>,
    may_lack_dot: bool,
) -> Result<Vec<RedirectUri>, InvalidClientMetadata> {
    let parse = |(index, uri)| {
        RedirectUri::parse_with(name, uri, may_lack_dot)
            .map_err(|mistake: InvalidClientMetadata| mistake.at(member, index))
    };
    uris.into_iter().enumerate().map(parse).collect()
}

/// A client has what its method needs, and no public client has a secret.
pub(super) fn check_credentials(client: &Client) -> Result<(), InvalidClientMetadata> {
    let method = client.token_endpoint_auth_method;
    let needs_secret = !matches!(method, ClientAuthMethod::None | ClientAuthMethod::PrivateKeyJwt);
    // What a method of the application's own needs, the application knows.
    let is_known = ClientAuthMethod::BUILT_IN.contains(&method);
    if is_known && needs_secret != client.secret_hash.is_some() {
        return Err(InvalidClientMetadata::new(format!(
            "client `{}` uses token_endpoint_auth_method `{}`, but was started with{} a secret: start it with Client::{}",
            client.client_id,
            method.as_str(),
            if needs_secret { "out" } else { "" },
            match method {
                ClientAuthMethod::None => "public",
                ClientAuthMethod::PrivateKeyJwt => "private_key_jwt",
                _ => "confidential",
            }
        ))
        .of("token_endpoint_auth_method"));
    }
    let algorithm = client.token_endpoint_auth_signing_alg;
    if let Some(algorithm) = algorithm
        && method.is_assertion()
        && ClientAuthMethod::of_algorithm(algorithm) != method
    {
        return Err(InvalidClientMetadata::new(format!(
            "client `{}` cannot sign with {algorithm:?} for token_endpoint_auth_method `{}` (OpenID Connect Core §9)",
            client.client_id,
            method.as_str()
        ))
        .of("token_endpoint_auth_signing_alg"));
    }
    check_jwks_uri(client)?;
    let is_keyless =
        client.jwks_uri.is_none() && client.jwks.as_ref().is_none_or(|jwks| jwks.keys(algorithm).is_empty());
    if method == ClientAuthMethod::PrivateKeyJwt && is_keyless {
        return Err(InvalidClientMetadata::new(format!(
            "client `{}` authenticates with private_key_jwt, and its jwks has no public key for signatures that is \
             supported: RSA from 2048 bits, P-256, P-384 or Ed25519 (RFC 7518 §3.1)",
            client.client_id
        ))
        .of("jwks"));
    }
    Ok(())
}

/// RFC 7591 §2: "The "jwks_uri" and "jwks" parameters MUST NOT both be present in the same request or response."
fn check_jwks_uri(client: &Client) -> Result<(), InvalidClientMetadata> {
    let Some(uri) = &client.jwks_uri else { return Ok(()) };
    if client.jwks.is_some() {
        return Err(InvalidClientMetadata::new(
            "jwks and jwks_uri are both there: leave one out (RFC 7591 §2)",
        )
        .of("jwks_uri"));
    }
    let uri = RedirectUri::parse_as("jwks_uri", uri.as_str()).map_err(|mistake| mistake.of("jwks_uri"))?;
    if uri.is_https() {
        return Ok(());
    }
    // Whoever can change the answer on its way is the client.
    Err(InvalidClientMetadata::new(format!("jwks_uri `{uri}` is not https (RFC 7591 §5)")).of("jwks_uri"))
}

/// RFC 6454 §6.2: scheme, host and perhaps a port, as a browser sends it: in lower case, never `null` or `*`.
fn is_origin(origin: &str) -> bool {
    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    host.is_some_and(|host| {
        !host.is_empty()
            && host.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b':' | b'[' | b']'))
    })
}
