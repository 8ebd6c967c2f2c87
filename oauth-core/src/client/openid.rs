//! The metadata that clients of an OpenID provider register: OIDC Dynamic Client Registration §2 and the
//! logout specifications.

use super::ClientBuilder;
use super::host::is_public;
use super::{Client, ClientSource, InvalidClientMetadata, RedirectUri, SubjectType, is_on_loopback};
use crate::jose::Algorithm;

impl Client {
    /// The sector of its pairwise identifiers. OIDC Core §8.1: "the host component of the registered sector_identifier_uri"; or
    /// else "the host component of the registered redirect_uri", if there is only one.
    ///
    /// Only the owner of a host can register it, and only of a name on the web is there one: what follows `://` in a
    /// private-use scheme is anybody's, as loopback is, so a client with such redirect URIs alone is a sector by itself.
    pub fn sector_identifier(&self) -> Option<String> {
        if let Some(uri) = &self.sector_identifier_uri {
            return host(uri);
        }
        let mut hosts = self.redirect_uris.iter().map(web_host);
        match hosts.next()? {
            Some(first) => hosts.all(|host| host.as_ref() == Some(&first)).then_some(first),
            // No host has a colon.
            None => hosts.all(|host| host.is_none()).then(|| format!("client:{}", self.client_id)),
        }
    }
}

impl ClientBuilder {
    /// Adds a URI that people may be sent to after they signed out (OIDC RP-Initiated Logout §3.1).
    pub fn post_logout_redirect_uri(mut self, uri: impl Into<String>) -> Self {
        self.post_logout_redirect_uris.push(uri.into());
        self
    }

    /// Sets where it is told, server to server, that a session has ended (OIDC Back-Channel Logout §2.2): `https`, or
    /// `http` on loopback.
    pub fn backchannel_logout_uri(mut self, uri: impl Into<String>) -> Self {
        self.client.backchannel_logout_uri = Some(uri.into());
        self
    }

    /// Registers that the client cannot do without `sid` in logout tokens.
    pub const fn backchannel_logout_session_required(mut self) -> Self {
        self.client.backchannel_logout_session_required = true;
        self
    }

    /// Sets what the signed-out page loads in a frame, so that the client can end its session in the browser (OIDC
    /// Front-Channel Logout §2). It has the origin of a redirect URI.
    pub fn frontchannel_logout_uri(mut self, uri: impl Into<String>) -> Self {
        self.client.frontchannel_logout_uri = Some(uri.into());
        self
    }

    /// Registers that the client wants `iss` and `sid` in that URI's query.
    pub const fn frontchannel_logout_session_required(mut self) -> Self {
        self.client.frontchannel_logout_session_required = true;
        self
    }

    /// Sets whether it knows people by identifiers of its sector's own (OIDC Core §8). Default: `public`.
    pub const fn subject_type(mut self, subject_type: SubjectType) -> Self {
        self.client.subject_type = subject_type;
        self
    }

    /// Sets the URI whose host is its sector (OIDC Core §8.1), where its redirect URIs have several. Of a client that
    /// registers itself, the list there is fetched, and has all its redirect URIs (OpenID Connect Registration §5).
    pub fn sector_identifier_uri(mut self, uri: impl Into<String>) -> Self {
        self.client.sector_identifier_uri = Some(uri.into());
        self
    }

    /// Sets the algorithm of signed userinfo responses (OIDC Core §5.3.2). Without it they are plain JSON.
    pub const fn userinfo_signed_response_alg(mut self, algorithm: Algorithm) -> Self {
        self.client.userinfo_signed_response_alg = Some(algorithm);
        self
    }
}

/// The rules of all of these.
pub(super) fn check(client: &Client) -> Result<(), InvalidClientMetadata> {
    if let Some(uri) = &client.backchannel_logout_uri {
        check_url("backchannel_logout_uri", uri)?;
        check_reaches_outside(client, uri)?;
    }
    if let Some(uri) = &client.frontchannel_logout_uri {
        check_frontchannel_logout_uri(client, uri)?;
    }
    if let Some(uri) = &client.sector_identifier_uri {
        check_url("sector_identifier_uri", uri)?;
        // OIDC Registration §2: "URL using the https scheme".
        if !uri.starts_with("https://") {
            return Err(InvalidClientMetadata::new(format!(
                "sector_identifier_uri `{uri}` is not https (OpenID Connect Core §8.1)"
            ))
            .of("sector_identifier_uri"));
        }
        check_is_of_a_sector(client)?;
    }
    // OIDC Core §8.1: "If there are multiple hostnames in the registered redirect_uris, the Client MUST register a
    // sector_identifier_uri."
    if client.subject_type == SubjectType::Pairwise && client.sector_identifier().is_none() {
        return Err(InvalidClientMetadata::new(format!(
            "client `{}` has subject_type `pairwise`, and not exactly one https host in its redirect_uris: add a \
             sector_identifier_uri (OpenID Connect Core §8.1)",
            client.client_id
        ))
        .of("subject_type"));
    }
    Ok(())
}

/// A list says whose redirect URIs are of its sector. One on loopback or of a private-use scheme is anybody's, and so a list that has one
/// lists everybody; and a list that need not have any, too.
fn check_is_of_a_sector(client: &Client) -> Result<(), InvalidClientMetadata> {
    let is_somebodys = |uri| web_host(uri).is_some();
    if client.source == ClientSource::Operator
        || !client.redirect_uris.is_empty() && client.redirect_uris.iter().all(is_somebodys)
    {
        return Ok(());
    }
    Err(InvalidClientMetadata::new(
        "sector_identifier_uri is for a client that has redirect_uris, each with an https host on the web: what is on loopback, or of \
         a private-use scheme, is anybody's, and a sector by itself; leave sector_identifier_uri out (OpenID Connect Core §8.1)",
    )
    .of("sector_identifier_uri"))
}

/// Checks that a URI of a client that came by itself leads outside. The client would send requests from where the server is to where only
/// the server can: to its own machine, and to its network. A public name may still resolve to such an address; the HTTP client of the
/// server sees that.
fn check_reaches_outside(client: &Client, uri: &str) -> Result<(), InvalidClientMetadata> {
    if client.source == ClientSource::Operator || host(uri).is_some_and(|host| is_public(&host)) {
        return Ok(());
    }
    Err(InvalidClientMetadata::new(format!(
        "backchannel_logout_uri `{uri}` is inside the server's own network: a client that registers by request is told of \
         logouts at a public host (OpenID Connect Back-Channel Logout §2.2)"
    ))
    .of("backchannel_logout_uri"))
}

/// OIDC Front-Channel Logout §2: "The domain, port, and scheme of this URL MUST be the same as that of a registered
/// Redirection URI value."
fn check_frontchannel_logout_uri(client: &Client, uri: &str) -> Result<(), InvalidClientMetadata> {
    check_url("frontchannel_logout_uri", uri)?;
    let own = origin(uri);
    if client.redirect_uris.iter().any(|redirect_uri| origin(redirect_uri.as_str()) == own) {
        Ok(())
    } else {
        Err(InvalidClientMetadata::new(format!(
            "frontchannel_logout_uri `{uri}` has the origin of no redirect_uri (OpenID Connect Front-Channel Logout §2)"
        ))
        .of("frontchannel_logout_uri"))
    }
}

/// `https`, or `http` on loopback, without a fragment: what holds of redirect URIs, without private-use schemes.
fn check_url(name: &'static str, uri: &str) -> Result<(), InvalidClientMetadata> {
    let is_web = uri.starts_with("https://") || uri.starts_with("http://");
    RedirectUri::parse_as(name, uri).map_err(|mistake| mistake.of(name))?;
    if is_web {
        Ok(())
    } else {
        Err(InvalidClientMetadata::new(format!("{name} `{uri}` is neither https nor http on loopback"))
            .of(name))
    }
}

/// Scheme, host and port of a web URI, in the form of RFC 6454 §6.2; `None` for one of another scheme.
pub(crate) fn origin(uri: &str) -> Option<String> {
    let (scheme, rest) = uri.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let default_port = match scheme.as_str() {
        "https" => ":443",
        "http" => ":80",
        _ => return None,
    };
    let authority = rest.split(['/', '?', '#']).next()?.to_ascii_lowercase();
    let authority = authority.strip_suffix(default_port).unwrap_or(&authority);
    (!authority.is_empty()).then(|| format!("{scheme}://{authority}"))
}

/// The host of a redirect URI that is somebody's: of `https`, and not of loopback.
fn web_host(uri: &RedirectUri) -> Option<String> {
    let is_somebodys = uri.is_https() && !is_on_loopback(uri.as_str());
    host(uri.as_str()).filter(|_| is_somebodys)
}

/// The host of a URI, without its port.
pub(super) fn host(uri: &str) -> Option<String> {
    let (_, rest) = uri.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let end = match authority.find(']') {
        Some(end) => end + 1,
        None => authority.find(':').unwrap_or(authority.len()),
    };
    let host = authority.get(..end)?.to_ascii_lowercase();
    (!host.is_empty()).then_some(host)
}
