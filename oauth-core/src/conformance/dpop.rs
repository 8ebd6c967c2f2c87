//! Tokens that are bound to keys of clients, RFC 9449.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::{HeaderValue, Request, StatusCode};
use serde_json::{Value, json};

use super::answer::Answer;
use super::client_assertion::USED_TWICE;
use super::race::{is_ok, one_wins, race, rounds};
use super::suite::{IssuedCode, REDIRECT_URI, Suite, TestClient, Tokens, new_key, pkce, random_id};
use super::{Check, Failure, Stop};
use crate::client::Client;
use crate::frame::Route;
use crate::jose::{SigningKey, thumbprint};
use crate::secret::SecretString;
use crate::time::UnixTime;

const LIKELY: &str = "a layer in front of the endpoints takes the header `DPoP` away, or the hook that issues tokens drops `cnf`";
const LENIENT: &str = "a hook issues the token by itself, and what the request proved is not asked";
const UNKEPT: &str = "the store loses `Authorization::confirmation` or `AuthorizationGrant::dpop_jkt`: keep records as they are";

/// The key of a client.
struct Prover(SigningKey);

impl Prover {
    fn new() -> Result<Self, Stop> {
        new_key().map(Self)
    }

    fn jkt(&self) -> String {
        self.0.public_jwk().as_ref().and_then(thumbprint).unwrap_or_default()
    }

    /// The claims of a good proof for the token endpoint.
    fn claims(suite: &Suite) -> Result<Value, Stop> {
        let url = format!("{}{}", suite.origin, suite.path(Route::TOKEN)?);
        let (jti, now) = (SecretString::random(), UnixTime::now().as_secs());
        Ok(json!({ "jti": jti.expose(), "htm": "POST", "htu": url, "iat": now }))
    }

    /// A proof with these claims, and with the public key of its own or another in its header.
    async fn sign(&self, claims: &Value, shown: &Self) -> Result<String, Stop> {
        let header = json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": shown.0.public_jwk() });
        let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let input = format!("{}.{}", part(&header), part(claims));
        let signature = self.0.sign(input.as_bytes()).await;
        let signature = signature.map_err(|cause| Failure::setup(cause.to_string()))?;
        Ok(format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

/// A token request with this proof.
async fn with_proof(
    suite: &Suite,
    client: &TestClient,
    form: &[(&str, &str)],
    proof: &str,
) -> Result<Request<Bytes>, Stop> {
    let mut request = suite.form(Route::TOKEN, client, form).await?;
    let proof = HeaderValue::try_from(proof).map_err(|cause| Failure::setup(cause.to_string()))?;
    request.headers_mut().insert("dpop", proof);
    Ok(request)
}

/// Claims with the nonce that the server wants, if it wants one.
async fn with_nonce(suite: &Suite, prover: &Prover, mut claims: Value) -> Result<Value, Stop> {
    // Nothing stands for this code, and a nonce is asked for before that is looked at.
    let form = [("grant_type", "authorization_code"), ("code", "none")];
    let proof = prover.sign(&Prover::claims(suite)?, prover).await?;
    let answer = suite.send(with_proof(suite, &suite.web, &form, &proof).await?).await;
    if let (Some(nonce), Value::Object(members)) = (answer.headers.get("dpop-nonce"), &mut claims) {
        members.insert("nonce".to_owned(), nonce.to_str().unwrap_or_default().into());
    }
    Ok(claims)
}

/// A proof that is right, but for one claim.
async fn proof(suite: &Suite, prover: &Prover, changed: Option<(&str, Value)>) -> Result<String, Stop> {
    let mut claims = with_nonce(suite, prover, Prover::claims(suite)?).await?;
    if let (Some((name, value)), Value::Object(members)) = (changed, &mut claims) {
        members.insert(name.to_owned(), value);
    }
    prover.sign(&claims, prover).await
}

async fn redeem(suite: &Suite, client: &TestClient, code: &IssuedCode, proof: &str) -> Result<Answer, Stop> {
    Ok(suite.send(with_proof(suite, client, &code.form(), proof).await?).await)
}

/// The tokens of a client, bound to this key.
async fn tokens(suite: &Suite, client: &TestClient, prover: &Prover) -> Result<Tokens, Stop> {
    let code = suite.code(client).await?;
    Tokens::of(redeem(suite, client, &code, &proof(suite, prover, None).await?).await?)
}

pub(super) async fn rfc9449_section_5_a_proof_binds_the_access_token(suite: &Suite) -> Check {
    let prover = Prover::new()?;
    let tokens = tokens(suite, &suite.web, &prover).await?;
    let token_type = tokens.response.get("token_type").and_then(Value::as_str);
    tokens.answer.expect(token_type == Some("DPoP"), "the token_type DPoP", LIKELY)
}

pub(super) async fn rfc9449_section_6_2_introspection_tells_the_key(suite: &Suite) -> Check {
    let (prover, api) = (Prover::new()?, suite.api().await?);
    let tokens = tokens(suite, &suite.web, &prover).await?;
    let (_, answer) = suite.is_active(&api, &tokens.access_token).await?;
    let told = answer.success(LIKELY)?;
    let jkt = told.get("cnf").and_then(|cnf| cnf.get("jkt")).and_then(Value::as_str);
    answer.expect(jkt == Some(prover.jkt().as_str()), "cnf with the thumbprint of the key", UNKEPT)
}

pub(super) async fn rfc9449_section_5_the_refresh_token_of_a_public_client_is_bound(suite: &Suite) -> Check {
    let (client, prover) = (suite.public().await?, Prover::new()?);
    let tokens = tokens(suite, &client, &prover).await?;
    let form = [("grant_type", "refresh_token"), ("refresh_token", tokens.refresh_token()?)];
    suite.post(Route::TOKEN, &client, &form).await?.error(400, "invalid_grant", UNKEPT)?;
    let other = Prover::new()?;
    let stolen = with_proof(suite, &client, &form, &proof(suite, &other, None).await?).await?;
    suite.send(stolen).await.error(400, "invalid_grant", UNKEPT)?;
    let own = with_proof(suite, &client, &form, &proof(suite, &prover, None).await?).await?;
    suite.send(own).await.success(LIKELY).map(|_| ())
}

pub(super) async fn rfc9449_section_5_2_a_client_that_always_binds_sends_a_proof(suite: &Suite) -> Check {
    let id = random_id("bound");
    let client =
        Client::public(&id).redirect_uri(REDIRECT_URI).scope(suite.scope()).dpop_bound_access_tokens();
    suite.save(suite.with_grants(client, false)).await?;
    let client = TestClient { id, secret: None, key: None, redirect_uri: REDIRECT_URI };
    let code = suite.code(&client).await?;
    let likely = "the store of clients does not keep `dpop_bound_access_tokens`";
    suite.redeem(&client, &code).await?.error(400, "invalid_request", likely)?;
    // Nothing was used up.
    let good = proof(suite, &Prover::new()?, None).await?;
    redeem(suite, &client, &code, &good).await?.success(LIKELY).map(|_| ())
}

pub(super) async fn rfc9449_section_4_3_a_proof_is_for_this_request(suite: &Suite) -> Check {
    let (prover, code) = (Prover::new()?, suite.code(&suite.web).await?);
    for changed in [
        ("htm", json!("GET")),
        ("htu", json!(format!("{}/other", suite.origin))),
        ("htu", json!("https://other.example/token")),
        ("jti", json!("")),
        ("jti", Value::Null),
        ("iat", Value::Null),
    ] {
        let proof = proof(suite, &prover, Some(changed)).await?;
        redeem(suite, &suite.web, &code, &proof).await?.error(400, "invalid_dpop_proof", LENIENT)?;
    }
    let good = proof(suite, &prover, None).await?;
    redeem(suite, &suite.web, &code, &good).await?.success(LIKELY).map(|_| ())
}

pub(super) async fn rfc9449_section_4_3_a_proof_is_signed_by_the_key_that_it_shows(suite: &Suite) -> Check {
    let (prover, other, code) = (Prover::new()?, Prover::new()?, suite.code(&suite.web).await?);
    let claims = with_nonce(suite, &prover, Prover::claims(suite)?).await?;
    let forged = prover.sign(&claims, &other).await?;
    redeem(suite, &suite.web, &code, &forged).await?.error(400, "invalid_dpop_proof", LENIENT)?;
    let mut twice = with_proof(suite, &suite.web, &code.form(), &forged).await?;
    let good = proof(suite, &prover, None).await?;
    let good = HeaderValue::try_from(good).map_err(|cause| Failure::setup(cause.to_string()))?;
    twice.headers_mut().append("dpop", good);
    suite.send(twice).await.error(400, "invalid_dpop_proof", LENIENT)
}

pub(super) async fn rfc9449_section_10_a_code_is_bound_to_its_key(suite: &Suite) -> Check {
    let (client, prover) = (&suite.web, Prover::new()?);
    let (verifier, challenge) = pkce();
    let (scope, jkt) = (suite.scope(), prover.jkt());
    let mut params = client.authorization(&challenge, &scope);
    params.push(("dpop_jkt", &jkt));
    let answer = suite.authorize(&params).await?;
    let code = answer.params(client.redirect_uri)?.remove("code");
    let code = code.ok_or_else(|| answer.fail("a code in the redirect", LIKELY))?;
    let code = IssuedCode { code, verifier, redirect_uri: client.redirect_uri.to_owned() };
    suite.redeem(client, &code).await?.error(400, "invalid_grant", UNKEPT)?;
    let others = proof(suite, &Prover::new()?, None).await?;
    redeem(suite, client, &code, &others).await?.error(400, "invalid_grant", UNKEPT)?;
    let own = proof(suite, &prover, None).await?;
    redeem(suite, client, &code, &own).await?.success(LIKELY).map(|_| ())
}

pub(super) async fn rfc9449_section_11_1_a_proof_works_once(suite: &Suite) -> Check {
    let prover = Prover::new()?;
    let (one, two) = (suite.code(&suite.web).await?, suite.code(&suite.web).await?);
    let proof = proof(suite, &prover, None).await?;
    redeem(suite, &suite.web, &one, &proof).await?.success(LIKELY)?;
    redeem(suite, &suite.web, &two, &proof).await?.error(400, "invalid_dpop_proof", USED_TWICE)
}

pub(super) async fn rfc9449_section_11_1_a_proof_works_once_however_many_try_at_once(suite: &Suite) -> Check {
    Suite::need_repeatable_requests(&suite.web)?;
    let prover = Prover::new()?;
    for _ in rounds() {
        let proof = proof(suite, &prover, None).await?;
        let form = [("grant_type", "client_credentials")];
        let answers = race(suite, &with_proof(suite, &suite.web, &form, &proof).await?).await?;
        one_wins(&answers, is_ok, "token", USED_TWICE)?;
    }
    Ok(())
}

pub(super) async fn rfc9449_section_7_2_a_bound_token_is_no_bearer_token(suite: &Suite) -> Check {
    let tokens = tokens(suite, &suite.web, &Prover::new()?).await?;
    let path = suite.path(Route::USERINFO)?;
    let authorization = format!("Bearer {}", tokens.access_token);
    let headers = [(http::header::AUTHORIZATION, authorization.as_str())];
    let answer = suite.request(http::Method::GET, path, &headers, "").await?;
    let is_refused = answer.status == StatusCode::UNAUTHORIZED;
    answer.expect(is_refused, "status 401", "`validate_bearer_token` of the validator drops `cnf`")
}
