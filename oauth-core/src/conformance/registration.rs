//! Clients that register themselves, RFC 7591.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{Method, Request, StatusCode};
use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::suite::{IssuedCode, REDIRECT_URI, Suite, TestClient, Tokens, new_key, pkce, request, sign};
use super::{Check, Stop};
use crate::client::ClientAuthMethod;
use crate::frame::Route;
use crate::server::Feature;

const REFUSED: &str = "`allow_client` of the validator refuses the suite's client, or the store does not keep registrations: see the \
                       log of `oauth_core`";
const ELSEWHERE: &str = "a layer answers in place of the registration endpoint";
const LENIENT_SCOPES: &str = "`validate_scopes` of the validator lets pass what the client did not register";
const LENIENT_GRANTS: &str =
    "`validate_grant_type` of the validator lets pass what the client did not register";
const ANY_TOKEN: &str =
    "`validate_initial_access_token` of the validator says yes to a token that nobody was given";
const ANY_STATEMENT: &str =
    "`validate_software_statement` of the validator reads the claims and does not verify the signature";

/// A client that registered itself.
pub(super) struct Registered {
    pub(super) client: TestClient,
    /// The registration access token.
    pub(super) token: String,
    /// The path and the query of its `registration_client_uri`.
    pub(super) path: String,
    pub(super) answer: Answer,
    pub(super) told: Map<String, Value>,
}

/// Metadata that is right, of a client that can authenticate if any can.
pub(super) fn metadata(suite: &Suite) -> Result<Value, Stop> {
    let methods =
        [ClientAuthMethod::ClientSecretBasic, ClientAuthMethod::ClientSecretPost, ClientAuthMethod::None];
    let method = methods.into_iter().find(|method| suite.offers(*method));
    let method =
        method.ok_or_else(|| Stop::NotTried("a client that registers a key of its own".to_owned()))?;
    suite.need(Feature::AuthorizationCode)?;
    let mut grants = vec!["authorization_code"];
    grants.extend(suite.report.has(Feature::RefreshToken).then_some("refresh_token"));
    Ok(json!({
        "client_name": "Conformance",
        "redirect_uris": [REDIRECT_URI],
        "grant_types": grants,
        "token_endpoint_auth_method": method.as_str(),
    }))
}

/// Metadata with one member replaced.
pub(super) fn with(mut metadata: Value, name: &str, value: Value) -> Value {
    if let Some(members) = metadata.as_object_mut() {
        members.insert(name.to_owned(), value);
    }
    metadata
}

/// A request to the endpoint with this token.
pub(super) fn to_endpoint(
    method: Method,
    path: &str,
    token: Option<&str>,
    body: Option<&Value>,
) -> Result<Request<Bytes>, Stop> {
    let authorization = token.map(|token| format!("Bearer {token}"));
    let mut headers = Vec::new();
    headers.extend(authorization.as_deref().map(|value| (AUTHORIZATION, value)));
    headers.extend(body.map(|_| (CONTENT_TYPE, "application/json")));
    request(method, path, &headers, &body.map(Value::to_string).unwrap_or_default())
}

async fn send(suite: &Suite, metadata: &Value, token: Option<&str>) -> Result<Answer, Stop> {
    let path = suite.path(Route::REGISTRATION)?;
    Ok(suite.send(to_endpoint(Method::POST, path, token, Some(metadata))?).await)
}

/// The answer to a registration by somebody who may.
async fn ask(suite: &Suite, metadata: &Value) -> Result<Answer, Stop> {
    let token = match &suite.fixture.initial_access_token {
        _ if !is_by_token(suite) => None,
        Some(token) => Some(token()),
        None => {
            let what = "an initial access token, which `fixture.initial_access_token(…)` gives it";
            return Err(Stop::NotTried(what.to_owned()));
        }
    };
    send(suite, metadata, token.as_deref()).await
}

fn is_by_token(suite: &Suite) -> bool {
    suite.report.has(Feature::InitialAccessTokens)
}

/// Goes on only where anybody may register.
fn need_strangers(suite: &Suite) -> Result<(), Stop> {
    if is_by_token(suite) { Err(Stop::NotEnabled("open registration".to_owned())) } else { Ok(()) }
}

/// A client with this metadata.
pub(super) async fn register(suite: &Suite, metadata: &Value) -> Result<Registered, Stop> {
    let answer = ask(suite, metadata).await?;
    answer.expect(answer.status == StatusCode::CREATED, "status 201 (RFC 7591 §3.2.1)", REFUSED)?;
    let told = answer.json(ELSEWHERE)?;
    let text = |name: &str| told.get(name).and_then(Value::as_str).map(str::to_owned);
    let needed = |name: &str| text(name).ok_or_else(|| answer.fail(format!("`{name}`"), ELSEWHERE));
    let path = needed("registration_client_uri")?;
    let path = path.strip_prefix(suite.origin.as_str()).map(str::to_owned);
    let path =
        path.ok_or_else(|| answer.fail("a registration_client_uri of the issuer's host", ELSEWHERE))?;
    let client = TestClient {
        id: needed("client_id")?,
        secret: text("client_secret"),
        key: None,
        redirect_uri: REDIRECT_URI,
    };
    suite.adopt(&client);
    Ok(Registered { token: needed("registration_access_token")?, client, path, told, answer })
}

pub(super) async fn rfc7591_section_3_2_1_the_answer_has_all_that_was_registered(suite: &Suite) -> Check {
    let metadata = metadata(suite)?;
    let Registered { told, answer, client, .. } = register(suite, &metadata).await?;
    answer.expect_no_store()?;
    let all = metadata.as_object().into_iter().flatten();
    for (name, value) in all {
        answer.expect(told.get(name) == Some(value), format!("`{name}` as it was registered"), ELSEWHERE)?;
    }
    let is_number = |name: &str| told.get(name).is_some_and(Value::is_u64);
    answer.expect(is_number("client_id_issued_at"), "`client_id_issued_at`, a number", ELSEWHERE)?;
    // "REQUIRED if "client_secret" is issued."
    let expires = client.secret.is_none() || is_number("client_secret_expires_at");
    answer.expect(expires, "`client_secret_expires_at`, a number, beside the secret", ELSEWHERE)
}

/// The tokens that a person lets a client have which nobody registered.
pub(super) async fn tokens(suite: &Suite, client: &TestClient, scope: &str) -> Result<Tokens, Stop> {
    let (verifier, challenge) = pkce();
    let answer = suite.authorize(&client.authorization(&challenge, scope)).await?;
    let code = answer.params(client.redirect_uri)?.remove("code").ok_or_else(|| {
        let likely = "the interaction refuses a client that came by itself, or a hook of the validator does";
        answer.fail("a code in the redirect", likely)
    })?;
    let code = IssuedCode { code, verifier, redirect_uri: client.redirect_uri.to_owned() };
    Tokens::of(suite.redeem(client, &code).await?)
}

pub(super) async fn rfc7591_section_3_2_1_a_client_that_registered_gets_tokens(suite: &Suite) -> Check {
    let Registered { client, .. } = register(suite, &metadata(suite)?).await?;
    tokens(suite, &client, "").await.map(drop)
}

/// Grants without a person are for clients that somebody knows.
pub(super) async fn rfc7591_section_2_strangers_get_no_grant_without_a_person(suite: &Suite) -> Check {
    need_strangers(suite)?;
    let grants = json!(suite.report.grants);
    let answer = ask(suite, &with(metadata(suite)?, "grant_types", grants)).await?;
    if answer.status.is_client_error() {
        return answer.error(400, "invalid_client_metadata", ELSEWHERE);
    }
    let told = answer.json(ELSEWHERE)?;
    let granted = told.get("grant_types").and_then(Value::as_array).cloned().unwrap_or_default();
    let is_of_people = |grant: &Value| *grant == "authorization_code" || *grant == "refresh_token";
    let expected = "no `grant_types` but `authorization_code` and `refresh_token`";
    answer.expect(granted.iter().all(is_of_people), expected, ELSEWHERE)?;
    let Registered { client, .. } = register(suite, &metadata(suite)?).await?;
    if suite.need(Feature::ClientCredentials).is_err() || client.secret.is_none() {
        return Ok(());
    }
    let form = [("grant_type", "client_credentials")];
    suite.post(Route::TOKEN, &client, &form).await?.error(400, "unauthorized_client", LENIENT_GRANTS)
}

/// The declared scopes that strangers may not have.
pub(super) fn withheld(suite: &Suite) -> Result<Vec<&'static str>, Stop> {
    let named = suite.report.unverified_scopes.as_ref();
    let is_withheld = |name: &&str| named.is_some_and(|named| !named.contains(name));
    let withheld: Vec<_> = suite.report.scopes.iter().map(|scope| scope.name).filter(is_withheld).collect();
    if withheld.is_empty() {
        return Err(Stop::NotEnabled("scopes that clients which came by themselves may not have".to_owned()));
    }
    Ok(withheld)
}

/// Nobody is asked whether a stranger may have what no stranger may have.
pub(super) async fn expect_withheld(suite: &Suite, client: &TestClient) -> Check {
    for scope in withheld(suite)? {
        let (_, challenge) = pkce();
        let answer = suite.authorize(&client.authorization(&challenge, scope)).await?;
        let is_refused = answer.location().is_none_or(|location| !location.contains("code="));
        let shown = String::from_utf8_lossy(&answer.body).contains("invalid_scope");
        let told = answer.location().is_some_and(|location| location.contains("invalid_scope"));
        answer.expect(is_refused && (shown || told), "the error `invalid_scope`", LENIENT_SCOPES)?;
    }
    Ok(())
}

pub(super) async fn rfc7591_section_2_strangers_get_no_other_scopes_than_were_named(suite: &Suite) -> Check {
    let scope = json!(suite.scope());
    let Registered { client, told, answer, .. } =
        register(suite, &with(metadata(suite)?, "scope", scope)).await?;
    let withheld = withheld(suite)?;
    let scope = told.get("scope").and_then(Value::as_str).unwrap_or_default();
    let is_bounded = scope.split(' ').all(|scope| !withheld.contains(&scope));
    answer.expect(is_bounded, "a `scope` without what is not for strangers", ELSEWHERE)?;
    expect_withheld(suite, &client).await
}

/// A browser acts upon them by itself, or they leak the answer on its way.
pub(super) async fn rfc7591_section_5_dangerous_redirect_uris_are_refused(suite: &Suite) -> Check {
    for uri in [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://client.example/callback#fragment",
        "http://client.example/callback",
        "https://user@client.example/callback",
        "callback",
    ] {
        let answer = ask(suite, &with(metadata(suite)?, "redirect_uris", json!([uri]))).await?;
        answer.error(400, "invalid_redirect_uri", ELSEWHERE)?;
    }
    Ok(())
}

/// A client whose private key is here, or a secret one, is not told from a thief.
pub(super) async fn rfc7591_section_2_keys_of_clients_are_public(suite: &Suite) -> Check {
    let private = json!({ "kty": "EC", "crv": "P-256", "x": "AA", "y": "AA", "d": "AA" });
    for key in [private, json!({ "kty": "oct", "k": "c2VjcmV0" })] {
        let answer = ask(suite, &with(metadata(suite)?, "jwks", json!({ "keys": [key] }))).await?;
        answer.error(400, "invalid_client_metadata", ELSEWHERE)?;
    }
    Ok(())
}

pub(super) async fn rfc7591_section_3_who_has_no_initial_access_token_is_refused(suite: &Suite) -> Check {
    for token in [None, Some("guessed")] {
        let answer = send(suite, &metadata(suite)?, token).await?;
        answer.error(401, "invalid_token", ANY_TOKEN)?;
        let challenge = answer.header("www-authenticate").starts_with("Bearer");
        answer.expect(challenge, "WWW-Authenticate: Bearer", ELSEWHERE)?;
    }
    Ok(())
}

/// §2.3: "the authorization server MUST […] validate" what a statement says before it counts more than what the client says.
pub(super) async fn rfc7591_section_2_3_a_statement_of_nobody_vouches_for_nothing(suite: &Suite) -> Check {
    let claims = json!({ "iss": "https://publisher.example", "software_id": "conformance", "client_name": "Your bank" });
    let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
    let unsigned = format!("{}.{}.", part(&json!({ "alg": "none" })), part(&claims));
    for statement in [unsigned, sign(&new_key()?, &claims).await?] {
        let answer = ask(suite, &with(metadata(suite)?, "software_statement", json!(statement))).await?;
        let errors = [(400, "invalid_software_statement"), (400, "unapproved_software_statement")];
        answer.one_of_errors(&errors, ANY_STATEMENT)?;
    }
    Ok(())
}
