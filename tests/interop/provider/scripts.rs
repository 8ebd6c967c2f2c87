//! Libraries for Node and Python, each in a script of its own.

use oauth_tests::{node, python};

use crate::support::Example;
use crate::world::{json, run, start, start_with};

/// The provider, where clients may register themselves.
fn start_registering() -> Example {
    start_with(&json("clients.json"), &["--registration"])
}

#[test]
fn openid_client() {
    run(
        node(),
        "openid_client.mjs",
        &start(),
        &[],
        &[
            "discovery",
            "authorization_code and refresh_token with client_secret_basic",
            "authorization_code and refresh_token with client_secret_post",
            "authorization_code and refresh_token with none",
            "authorization_code and refresh_token with private_key_jwt",
            "authorization_code and refresh_token with client_secret_jwt",
            "ID tokens with RS256, userinfo",
            "ID tokens with ES256, userinfo",
            "pairwise subject identifiers",
            "logout",
            "hybrid flow by fragment",
            "hybrid flow by form_post",
            "implicit flow by fragment",
            "implicit flow by form_post",
            "client_credentials, introspection and revocation with client_secret_basic",
            "client_credentials, introspection and revocation with client_secret_post",
            "client_credentials, introspection and revocation with private_key_jwt",
            "client_credentials, introspection and revocation with client_secret_jwt",
            "password",
            "device",
            "errors",
        ],
    );
}

#[test]
fn oauth4webapi() {
    run(
        node(),
        "oauth4webapi.mjs",
        &start(),
        &[],
        &[
            "discovery",
            "authorization_code and refresh_token with client_secret_basic",
            "authorization_code and refresh_token with none",
            "authorization_code and refresh_token with private_key_jwt",
            "authorization_code and refresh_token with client_secret_jwt",
            "ID tokens with RS256, userinfo",
            "ID tokens with ES256, userinfo",
            "hybrid flow, userinfo",
            "client_credentials",
            "introspection and revocation",
            "JWT access token and protected resource",
            "password",
            "device",
            "jwt-bearer",
            "errors",
        ],
    );
}

#[test]
fn oauth4webapi_dpop() {
    run(
        node(),
        "oauth4webapi_dpop.mjs",
        &start_registering(),
        &[],
        &[
            "discovery",
            "pushed request, login, refresh and userinfo with DPoP and none",
            "pushed request, login, refresh and userinfo with DPoP and client_secret_basic",
            "pushed request, login, refresh and userinfo with DPoP and private_key_jwt",
            "a stolen refresh token",
            "nonces for a clock that is an hour late",
            "proofs with PS256",
            "proofs with ES384",
            "proofs with Ed25519",
            "registration",
        ],
    );
}

#[test]
fn openid_client_dpop() {
    run(
        node(),
        "openid_client_dpop.mjs",
        &start_registering(),
        &[],
        &[
            "pushed request, login, refresh and userinfo with DPoP and none",
            "pushed request, login, refresh and userinfo with DPoP and client_secret_post",
            "pushed request, login, refresh and userinfo with DPoP and private_key_jwt",
            "device with DPoP",
            "nonces for a clock that is an hour late",
            "registration",
        ],
    );
}

#[test]
fn authlib() {
    run(
        python(),
        "authlib_client.py",
        &start(),
        &[],
        &[
            "discovery",
            "authorization_code and refresh_token with client_secret_basic",
            "authorization_code and refresh_token with client_secret_post",
            "authorization_code and refresh_token with none",
            "authorization_code and refresh_token with private_key_jwt",
            "authorization_code and refresh_token with client_secret_jwt",
            "ID tokens with RS256, userinfo",
            "ID tokens with ES256, userinfo",
            "id_token",
            "id_token token",
            "code id_token",
            "code token",
            "code id_token token",
            "logout",
            "client_credentials",
            "introspection and revocation",
            "implicit",
            "password",
            "device",
            "errors",
        ],
    );
}

#[test]
fn requests_oauthlib() {
    run(
        python(),
        "requests_oauthlib_client.py",
        &start(),
        &[],
        &[
            "metadata",
            "authorization_code and refresh_token of web",
            "authorization_code and refresh_token of poster",
            "authorization_code and refresh_token of native",
            "ID tokens with RS256, userinfo",
            "ID tokens with ES256, userinfo",
            "client_credentials",
            "revocation and introspection",
            "implicit",
            "password",
            "device",
            "errors",
        ],
    );
}

/// idpyoidc 5.0 proves a key at the token endpoint, and nowhere else: its `ath` is the hash in hexadecimal digits, where RFC 9449 §4.2 has
/// base64url, and it puts no `nonce` in a proof. Its add-on for pushed requests signs a request object, which this server does not
/// read, and waits for the status 200, where RFC 9126 §2.2 has 201. What it registers for has no refresh tokens, and an assertion
/// of a client that registered names nobody.
#[test]
fn idpyoidc() {
    run(
        python(),
        "idpyoidc_client.py",
        &start_registering(),
        &[],
        &[
            "registration",
            "code with PKCE, ID token and userinfo of a client that registered",
            "code with PKCE and refresh_token with private_key_jwt",
            "code and refresh_token for bound access tokens",
        ],
    );
}

#[test]
fn mcp_sdk_for_typescript() {
    run(
        node(),
        "mcp_sdk.mjs",
        &start_registering(),
        &[],
        &[
            "a client that registers without a secret",
            "a client that registers with client_secret_post",
            "a client that registers with what is usual",
            "a client that is known",
            "a client that was forgotten",
        ],
    );
}

#[test]
fn mcp_sdk_for_python() {
    run(
        python(),
        "mcp_sdk.py",
        &start_registering(),
        &[],
        &[
            "a client that registers without a secret",
            "a client that registers with client_secret_post",
            "a client that registers with client_secret_basic",
            "a client that is known",
            "a step up",
        ],
    );
}
