//! What makes an OpenID provider one.

use crate::grant::GrantSet;
use crate::jose::Algorithm;
use crate::openid::IdTokenSigner;
use crate::openid::signer::algorithms;
use crate::server::{AuthorizationServer, Profile};

pub(super) fn check<S: AuthorizationServer>(server: &S, mistakes: &mut Vec<String>) {
    mistakes.extend(scope_without_signer::<S>());
    mistakes.extend(signer_without_scope::<S>());
    mistakes.extend(profile_without_scope::<S>());
    mistakes.extend(profile_without_login::<S>());
    let algorithms = algorithms(server);
    if let Some(mistake) = id_tokens_are_signed_with_a_secret(&algorithms) {
        mistakes.push(mistake);
    } else if S::IdTokens::IS_OPENID_PROVIDER {
        mistakes.extend(lacks_rs256(&algorithms));
    }
    if !S::IdTokens::IS_OPENID_PROVIDER {
        mistakes.extend(pairwise_identifiers_are_for_nobody(server));
        #[cfg(feature = "http-client")]
        mistakes.extend(logouts_are_told_to_nobody(server));
    }
}

fn declares_openid<S: AuthorizationServer>() -> bool {
    S::CONFIG.scopes.iter().any(|scope| scope.name == "openid")
}

/// OIDC Core §3.1.2.1: `openid` asks for an ID token, and §2 wants that signed.
fn scope_without_signer<S: AuthorizationServer>() -> Option<String> {
    (declares_openid::<S>() && !S::IdTokens::IS_OPENID_PROVIDER).then(|| {
        "nothing signs the ID tokens that the scope `openid` asks for (OpenID Connect Core §2): set `IdTokens` to a signer \
         such as `IdTokenKeys`, or remove the scope"
            .to_owned()
    })
}

/// OIDC Core §3.1.2.1: "OpenID Connect requests MUST contain the "openid" scope value."
fn signer_without_scope<S: AuthorizationServer>() -> Option<String> {
    (S::IdTokens::IS_OPENID_PROVIDER && !declares_openid::<S>()).then(|| {
        "the server has a signer of ID tokens, but no scope `openid` to ask for them: declare it, or set `IdTokens` to \
         `NoIdTokens` (OpenID Connect Core §3.1.2.1)"
            .to_owned()
    })
}

/// The same of a server that says by its profile what it is.
fn profile_without_scope<S: AuthorizationServer>() -> Option<String> {
    let is_either = S::IdTokens::IS_OPENID_PROVIDER || declares_openid::<S>();
    (S::CONFIG.profile == Profile::OpenId && !is_either).then(|| {
        "the profile is `Profile::OpenId`, and every OpenID request has the scope `openid` (OpenID Connect Core §3.1.2.1): \
         declare it, and set `IdTokens` to a signer"
            .to_owned()
    })
}

/// OIDC Core §3: "Authentication can follow one of three paths", each of which begins at the authorization endpoint.
fn profile_without_login<S: AuthorizationServer>() -> Option<String> {
    (S::CONFIG.profile == Profile::OpenId && S::Grants::RESPONSE_TYPE.is_none()).then(|| {
        "the profile is `Profile::OpenId`, which authenticates people at the authorization endpoint (OpenID Connect Core \
         §3), and no grant uses it: add `AuthorizationCode`"
            .to_owned()
    })
}

/// OIDC Core §10.1: who verifies a signature of HMAC knows the secret that makes it.
fn id_tokens_are_signed_with_a_secret(algorithms: &[Algorithm]) -> Option<String> {
    algorithms.iter().find(|algorithm| algorithm.is_symmetric()).map(|algorithm| {
        format!(
            "ID tokens would be signed with {algorithm:?}, a secret that no client knows: sign them with RS256 or another \
             algorithm of public keys (OpenID Connect Core §10.1)"
        )
    })
}

/// OIDC Core §15.1: providers "MUST support signing ID Tokens with the RSA SHA-256 algorithm (an `alg` value of RS256)".
fn lacks_rs256(algorithms: &[Algorithm]) -> Option<String> {
    (!algorithms.contains(&Algorithm::RS256)).then(|| {
        format!(
            "no key signs ID tokens with RS256, which every OpenID provider supports and clients expect unless they \
             register another `id_token_signed_response_alg` (OpenID Connect Core §15.1): add \
             `#[id_token] id_tokens: IdTokenKeys` with a key for RS256 to the server{}",
            algorithms.first().map_or_else(String::new, |other| format!(", beside the one for {other:?}"))
        )
    })
}

/// OIDC Core §8.1 is about the `sub` of ID tokens and of userinfo responses.
fn pairwise_identifiers_are_for_nobody<S: AuthorizationServer>(server: &S) -> Option<String> {
    server.pairwise_key().map(|_| {
        "only an OpenID provider gives clients pairwise identifiers (OpenID Connect Core §8.1): declare the scope `openid`, \
         or remove the pairwise key"
            .to_owned()
    })
}

/// OIDC Back-Channel Logout §2.2: clients of an OpenID provider are told.
#[cfg(feature = "http-client")]
fn logouts_are_told_to_nobody<S: AuthorizationServer>(server: &S) -> Option<String> {
    server.back_channel().map(|_| {
        "only an OpenID provider tells clients of logouts (OpenID Connect Back-Channel Logout §2.2): declare the scope \
         `openid`, or remove the back channel"
            .to_owned()
    })
}
