//! Client authentication, at the token endpoint.

use http::Method;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use serde_json::{Value, json};

use super::answer::Answer;
use super::suite::{
    ASSERTION_TYPE, FORM, REDIRECT_URI, Suite, TestClient, assertion_claims, basic, encode, in_the_body,
    new_key, random_id, request, sign,
};
use super::{Check, Stop};
use crate::client::{Client, ClientAuthMethod, ClientSecret};
use crate::frame::Route;
use crate::jose::{Algorithm, SigningKey};

const LENIENT: &str =
    "`authenticate_client` or `client_authentication_required` of the validator lets it pass";

/// A token request that asks for nothing: whoever gets past authentication hears of its grant type.
const NOTHING: (&str, &str) = ("grant_type", "urn:example:nothing");

/// Sends a form with these credentials.
async fn ask(suite: &Suite, authorization: Option<&str>, form: &[(&str, &str)]) -> Result<Answer, Stop> {
    let mut headers = vec![(CONTENT_TYPE, FORM)];
    headers.extend(authorization.map(|authorization| (AUTHORIZATION, authorization)));
    let form = [&[NOTHING], form].concat();
    suite.request(Method::POST, suite.path(Route::TOKEN)?, &headers, &encode(form)).await
}

/// Expects to hear that the grant is unknown: who does has been authenticated.
fn expect_authenticated(answer: &Answer) -> Check {
    answer.error(
        400,
        "unsupported_grant_type",
        "`authenticate_client` or `validate_client_id` of the validator refuses a registered client",
    )
}

/// RFC 6749 §5.2: 401, and a challenge for the scheme that was used.
fn expect_refused(answer: &Answer, is_basic: bool) -> Check {
    answer.one_of_errors(&[(401, "invalid_client"), (400, "invalid_client")], LENIENT)?;
    let has_challenge = answer.header("www-authenticate").to_ascii_lowercase().starts_with("basic");
    answer.expect(
        !is_basic || (answer.status == 401 && has_challenge),
        "status 401 with WWW-Authenticate: Basic, as the client used the Authorization header",
        "a layer replaces the headers",
    )
}

fn secret(client: &TestClient) -> &str {
    client.secret.as_deref().unwrap_or_default()
}

pub(super) async fn rfc6749_section_2_3_1_basic_authenticates(suite: &Suite) -> Check {
    let header = basic(&suite.web.id, secret(&suite.web));
    expect_authenticated(&ask(suite, Some(&header), &[]).await?)?;
    // RFC 9110 §11.1: the scheme is case-insensitive.
    let lowercase = header.replacen("Basic", "basic", 1);
    expect_authenticated(&ask(suite, Some(&lowercase), &[]).await?)
}

/// "The client identifier is encoded using the "application/x-www-form-urlencoded" encoding algorithm […], and the
/// encoded value is used as the username".
pub(super) async fn rfc6749_section_2_3_1_basic_is_form_encoded(suite: &Suite) -> Check {
    let id = random_id("a:b c%2F+d&e");
    let secret = ClientSecret::new("p:a s%73+w&o=r~d/?#[]@!")
        .map_err(|error| super::Failure::setup(error.to_string()))?;
    let client = Client::confidential(&id, &secret);
    suite.save(suite.with_grants(client, true).redirect_uri(REDIRECT_URI)).await?;
    expect_authenticated(&ask(suite, Some(&basic(&id, secret.expose())), &[]).await?)
}

pub(super) async fn rfc6749_section_2_3_1_the_body_authenticates(suite: &Suite) -> Check {
    let client =
        suite.confidential_with("post", |client| suite.with_grants(in_the_body(client), true)).await?;
    let form = [("client_id", client.id.as_str()), ("client_secret", secret(&client))];
    expect_authenticated(&ask(suite, None, &form).await?)?;
    let wrong = [("client_id", client.id.as_str()), ("client_secret", "not the secret at all")];
    expect_refused(&ask(suite, None, &wrong).await?, false)
}

pub(super) async fn rfc6749_section_5_2_a_wrong_secret_is_refused(suite: &Suite) -> Check {
    let correct = secret(&suite.web);
    let shorter = correct.get(1..).unwrap_or_default();
    for wrong in ["not the secret at all", "", shorter, &format!("{correct}x")] {
        expect_refused(&ask(suite, Some(&basic(&suite.web.id, wrong)), &[]).await?, true)?;
    }
    for malformed in ["Basic", "Basic !!!", "Basic bm8gY29sb24=", "Bearer abc"] {
        expect_refused(&ask(suite, Some(malformed), &[]).await?, true)?;
    }
    Ok(())
}

/// Otherwise anyone could find out who is registered.
pub(super) async fn rfc6749_section_5_2_an_unknown_client_looks_like_a_wrong_secret(suite: &Suite) -> Check {
    let wrong = ask(suite, Some(&basic(&suite.web.id, "not the secret at all")), &[]).await?;
    let unknown = ask(suite, Some(&basic(&random_id("unknown"), "not the secret at all")), &[]).await?;
    expect_refused(&unknown, true)?;
    unknown.expect(
        (wrong.status, &wrong.body, wrong.header("www-authenticate"))
            == (unknown.status, &unknown.body, unknown.header("www-authenticate")),
        format!(
            "what a registered client with a wrong secret gets: {}",
            String::from_utf8_lossy(&wrong.body)
        ),
        "`authenticate_client` of the validator tells who is registered",
    )
}

pub(super) async fn rfc6749_section_3_2_1_a_confidential_client_must_authenticate(suite: &Suite) -> Check {
    expect_refused(&ask(suite, None, &[("client_id", &suite.web.id)]).await?, false)?;
    expect_refused(&ask(suite, None, &[]).await?, false)
}

/// "The client MUST NOT use more than one authentication method in each request."
pub(super) async fn rfc6749_section_2_3_one_method_a_request(suite: &Suite) -> Check {
    let header = basic(&suite.web.id, secret(&suite.web));
    let form = [("client_id", suite.web.id.as_str()), ("client_secret", secret(&suite.web))];
    let answer = ask(suite, Some(&header), &form).await?;
    answer.one_of_errors(&[(400, "invalid_request"), (401, "invalid_client")], LENIENT)
}

/// "The parameters can only be transmitted in the request-body and MUST NOT be included in the request URI."
pub(super) async fn rfc6749_section_2_3_1_credentials_stay_out_of_the_query(suite: &Suite) -> Check {
    let client =
        suite.confidential_with("query", |client| suite.with_grants(in_the_body(client), true)).await?;
    let query = encode([("client_id", client.id.as_str()), ("client_secret", secret(&client))]);
    let uri = format!("{}?{query}", suite.path(Route::TOKEN)?);
    let answer = suite.send(request(Method::POST, &uri, &[(CONTENT_TYPE, FORM)], &encode([NOTHING]))?).await;
    answer.expect(
        answer.status.is_client_error()
            && answer.json(LENIENT)?.get("error").and_then(Value::as_str) != Some("unsupported_grant_type"),
        "an error that says that the client is not authenticated: a URI is kept by logs and histories",
        LENIENT,
    )
}

/// A client that registered one method is not let in by another (RFC 7591 §2, `token_endpoint_auth_method`).
pub(super) async fn rfc7591_section_2_the_method_is_the_registered_one(suite: &Suite) -> Check {
    let form = [("client_id", suite.web.id.as_str()), ("client_secret", secret(&suite.web))];
    expect_refused(&ask(suite, None, &form).await?, false)?;
    let client =
        suite.confidential_with("post", |client| suite.with_grants(in_the_body(client), true)).await?;
    expect_refused(&ask(suite, Some(&basic(&client.id, secret(&client))), &[]).await?, true)
}

/// RFC 8414 §2, `token_endpoint_auth_methods_supported`: what is not in the list is refused, even with the right credentials.
pub(super) async fn rfc8414_section_2_a_method_that_is_not_offered_is_refused(suite: &Suite) -> Check {
    for method in ClientAuthMethod::BUILT_IN {
        if suite.offers(method) || method == ClientAuthMethod::PrivateKeyJwt {
            continue;
        }
        let (id, secret) = (random_id("not-offered"), ClientSecret::generate());
        let is_public = method == ClientAuthMethod::None;
        let client = if is_public { Client::public(&id) } else { Client::confidential(&id, &secret) };
        let client = client.token_endpoint_auth_method(method).redirect_uri(REDIRECT_URI);
        suite.save(suite.with_grants(client, !is_public)).await?;
        let (mut header, mut form, assertion) = (None, Vec::new(), assertion(suite, &id, &secret).await?);
        match method {
            ClientAuthMethod::ClientSecretBasic => header = Some(basic(&id, secret.expose())),
            ClientAuthMethod::ClientSecretPost => {
                form.extend([("client_id", id.as_str()), ("client_secret", secret.expose())]);
            }
            ClientAuthMethod::ClientSecretJwt => {
                form.extend([("client_assertion_type", ASSERTION_TYPE), ("client_assertion", &assertion)]);
            }
            _ => form.push(("client_id", id.as_str())),
        }
        expect_refused(&ask(suite, header.as_deref(), &form).await?, header.is_some())?;
    }
    if suite.offers(ClientAuthMethod::PrivateKeyJwt) {
        return Ok(());
    }
    // Of a client that may authenticate, by another method: one that registered this one would be refused for that.
    let key = new_key()?;
    let jwks = json!({ "keys": [key.public_jwk()] }).to_string();
    let kind = |client| suite.with_grants(client, true).jwks(jwks);
    let client = suite.confidential_with("not-offered", kind).await?;
    let assertion = sign(&key, &assertion_claims(suite, &client.id)).await?;
    let form = [("client_assertion_type", ASSERTION_TYPE), ("client_assertion", assertion.as_str())];
    expect_refused(&ask(suite, None, &form).await?, false)
}

/// The assertion that a client signs with its secret (OIDC Core §9).
async fn assertion(suite: &Suite, client_id: &str, secret: &ClientSecret) -> Result<String, Stop> {
    let key = SigningKey::hmac(secret.expose(), Algorithm::HS256)
        .map_err(|cause| super::Failure::setup(cause.to_string()))?;
    sign(&key, &assertion_claims(suite, client_id)).await
}
