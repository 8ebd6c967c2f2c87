//! The issuer identifier, which may come from the environment.

use crate::server::AuthorizationServer;
use crate::token::{Issuer, TokenGenerator, check_issuer};

pub(super) fn check<S: AuthorizationServer>(server: &S, issuer: &str, mistakes: &mut Vec<String>) {
    mistakes.extend(is_stated(issuer));
    if !issuer.is_empty() {
        mistakes.extend(is_well_formed(issuer));
        mistakes.extend(is_that_of_the_tokens(server, issuer));
    }
}

/// RFC 8414 §2: `issuer` is REQUIRED.
fn is_stated(issuer: &str) -> Option<String> {
    issuer.is_empty().then(|| {
        "no issuer: add `issuer = \"https://…\"` to `#[authorization_server(…)]` or to the access token generator \
         (RFC 8414 §2)"
            .to_owned()
    })
}

/// RFC 8414 §2: "a URL that uses the "https" scheme and has no query or fragment components".
fn is_well_formed(issuer: &str) -> Option<String> {
    check_issuer(issuer).err().map(|mistake| mistake.to_string())
}

/// RFC 9068 §2.2: `iss` is REQUIRED, and §4 wants it to be the issuer of the metadata, which RFC 8414 §3.3 fixes.
fn is_that_of_the_tokens<S: AuthorizationServer>(server: &S, issuer: &str) -> Option<String> {
    let generator = server.access_tokens().issuer().filter(|_| S::AccessTokens::ISSUER != Issuer::Unstated);
    generator.filter(|other| *other != issuer).map(|other| {
        format!(
            "the server's issuer is `{issuer}` and its access token generator's is `{other}`: they must be the same \
             (RFC 9068 §2.2, RFC 8414 §3.3)"
        )
    })
}
