//! The grants of a server, and what its profile says of them.

use super::repeated;
use crate::grant::{GrantSet, GrantType, set};
use crate::server::{AuthorizationServer, ServerMetadata};

pub(super) fn check<S: AuthorizationServer>(server: &S, mistakes: &mut Vec<String>) {
    let metadata = const { ServerMetadata::of::<S>() };
    let grant_types = metadata.grant_types;
    mistakes.extend(
        grant_types.iter().filter_map(|name| S::CONFIG.profile.refuses_grant_type(name)).map(str::to_owned),
    );
    let mut response_types = metadata.response_types.iter().copied();
    mistakes
        .extend(response_types.find_map(|it| S::CONFIG.profile.refuses_response_type(it)).map(str::to_owned));
    mistakes.extend(have_one_name(grant_types));
    mistakes.extend(grant_types.iter().filter_map(|name| has_no_name_of_its_own(name)));
    mistakes.extend(lack_one_that_issues_refresh_tokens::<S>());
    mistakes.extend(set::check_interaction(server).err());
}

/// RFC 6749 §4.5: the `grant_type` says which grant is meant.
fn have_one_name(grant_types: &[&str]) -> Vec<String> {
    let of_two = |name: &&str| {
        format!(
            "two grants have the `grant_type` `{name}`, so that no request could reach the second (RFC 6749 §4.5): give each \
             its own"
        )
    };
    repeated(grant_types).map(of_two).collect()
}

/// RFC 6749 §4.5: "The client uses an extension grant type by specifying the grant type using an absolute URI (defined by
/// the authorization server) as the value of the "grant_type" parameter".
fn has_no_name_of_its_own(grant_type: &str) -> Option<String> {
    let is_standard = GrantType::STANDARD.iter().any(|known| known.as_str() == grant_type);
    (!is_standard && !is_absolute_uri(grant_type)).then(|| {
        format!(
            "the `grant_type` `{}` is not an absolute URI, as that of an extension grant is (RFC 6749 §4.5): write \
             `urn:example:grant-type:name`, with a namespace of your own",
            grant_type.escape_debug()
        )
    })
}

/// RFC 3986 §4.3: `scheme ":" hier-part [ "?" query ]`.
fn is_absolute_uri(text: &str) -> bool {
    let is_uri = |b: u8| {
        b.is_ascii_graphic() && !matches!(b, b'"' | b'#' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{'..=b'}')
    };
    text.bytes().all(is_uri)
        && text.split_once(':').is_some_and(|(scheme, rest)| {
            !rest.is_empty()
                && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
        })
}

/// RFC 6749 §6 uses a refresh token, and §4.4.3 gives none with client credentials: another grant must issue it.
fn lack_one_that_issues_refresh_tokens<S: AuthorizationServer>() -> Option<String> {
    let never =
        [GrantType::REFRESH_TOKEN, GrantType::CLIENT_CREDENTIALS, GrantType::IMPLICIT, GrantType::JWT_BEARER];
    // A grant of the application's own may.
    let issues = |name: Option<&str>| !never.iter().any(|grant| Some(grant.as_str()) == name);
    (S::Grants::HAS_REFRESH_TOKEN && !S::Grants::GRANTS.iter().any(|grant| issues(grant.grant_type))).then(|| {
        "no grant issues refresh tokens, and `ClientCredentials` must not (RFC 6749 §4.4.3): add `AuthorizationCode`, or \
         remove `RefreshToken`"
            .to_owned()
    })
}
