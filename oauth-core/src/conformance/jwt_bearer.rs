//! The JWT bearer grant.

use serde_json::{Value, json};

use super::answer::Answer;
use super::client_assertion::USED_TWICE;
use super::race::{is_ok, one_wins, race, rounds};
use super::suite::{Suite, TestClient, Tokens, new_key, random_id, sign};
use super::{Check, Stop};
use crate::client::GrantType;
use crate::frame::Route;
use crate::jose::SigningKey;
use crate::secret::SecretString;
use crate::time::UnixTime;

const REFUSED: &str = "`validate_jwt_bearer_token` of the validator does not trust the suite: tell it whom it trusts with \
                       `fixture.trusted_issuer(…)`; without, a client speaks for itself, and its `jwks` has the key";
const LENIENT: &str =
    "`validate_jwt_bearer_token` of the validator does not return what `assertion.verify(…)` says";

/// The issuer that the server trusts to speak of somebody, and who presents the assertion.
struct Speaker {
    client: TestClient,
    issuer: String,
    subject: String,
    key: SigningKey,
}

impl Speaker {
    async fn new(suite: &Suite) -> Result<Self, Stop> {
        if let Some(trusted) = &suite.fixture.trusted_issuer {
            let (issuer, subject) = (trusted.issuer.clone(), trusted.subject.clone());
            return Ok(Self { client: suite.web.clone(), issuer, subject, key: trusted.key.clone() });
        }
        Suite::need_repeatable_requests(&suite.web)?;
        let key = new_key()?;
        let jwks = json!({ "keys": [key.public_jwk()] }).to_string();
        let client =
            suite.confidential_with("speaker", |client| suite.with_grants(client, true).jwks(jwks)).await?;
        Ok(Self { issuer: client.id.clone(), subject: client.id.clone(), client, key })
    }

    /// The claims of the speaker, with one changed.
    fn claims(&self, suite: &Suite, changed: Option<(&str, Value)>) -> Value {
        let now = UnixTime::now().as_secs();
        let jti = SecretString::random();
        let mut claims = json!({
            "iss": self.issuer, "sub": self.subject, "aud": suite.report.issuer, "jti": jti.expose(), "iat": now, "exp": now + 60,
        });
        if let (Some((name, value)), Some(claims)) = (changed, claims.as_object_mut()) {
            claims.insert(name.to_owned(), value);
        }
        claims
    }

    async fn assertion(&self, suite: &Suite) -> Result<String, Stop> {
        sign(&self.key, &self.claims(suite, None)).await
    }

    async fn ask(&self, suite: &Suite, assertion: &str) -> Result<Answer, Stop> {
        suite.post(Route::TOKEN, &self.client, &form(assertion)).await
    }
}

fn form(assertion: &str) -> [(&str, &str); 2] {
    [("grant_type", GrantType::JWT_BEARER_NAME), ("assertion", assertion)]
}

/// The token of a good assertion.
async fn tokens(suite: &Suite) -> Result<Tokens, Stop> {
    let speaker = Speaker::new(suite).await?;
    let answer = speaker.ask(suite, &speaker.assertion(suite).await?).await?;
    answer.expect(answer.status == http::StatusCode::OK, "status 200, for the assertion is good", REFUSED)?;
    Tokens::of(answer)
}

pub(super) async fn rfc7523_section_2_1_an_assertion_yields_a_token(suite: &Suite) -> Check {
    tokens(suite).await.map(|_| ())
}

/// "refresh tokens are not typically issued": who still has the right gets another assertion.
pub(super) async fn rfc7521_section_4_1_there_is_no_refresh_token(suite: &Suite) -> Check {
    let tokens = tokens(suite).await?;
    let has_none = tokens.refresh_token.is_none();
    tokens.answer.expect(has_none, "no refresh_token", "a grant of your own replaces `JwtBearer`")
}

pub(super) async fn rfc7523_section_3_an_assertion_is_for_this_server_and_not_expired(
    suite: &Suite,
) -> Check {
    let speaker = Speaker::new(suite).await?;
    let now = UnixTime::now().as_secs();
    for changed in [
        ("aud", json!("https://other.example")),
        ("aud", Value::Null),
        ("exp", json!(now - 3600)),
        ("exp", Value::Null),
        ("nbf", json!(now + 3600)),
        ("sub", Value::Null),
        ("iss", Value::Null),
    ] {
        let assertion = sign(&speaker.key, &speaker.claims(suite, Some(changed))).await?;
        speaker.ask(suite, &assertion).await?.error(400, "invalid_grant", LENIENT)?;
    }
    Ok(())
}

pub(super) async fn rfc7523_section_3_the_signature_is_the_issuers(suite: &Suite) -> Check {
    let speaker = Speaker::new(suite).await?;
    let forged = sign(&new_key()?, &speaker.claims(suite, None)).await?;
    speaker.ask(suite, &forged).await?.error(400, "invalid_grant", LENIENT)?;
    let good = speaker.assertion(suite).await?;
    let (input, _) = good.rsplit_once('.').unwrap_or_default();
    speaker.ask(suite, &format!("{input}.")).await?.error(400, "invalid_grant", LENIENT)
}

pub(super) async fn rfc7523_section_3_a_stranger_is_not_believed(suite: &Suite) -> Check {
    let speaker = Speaker::new(suite).await?;
    let stranger = json!(format!("https://{}.example", random_id("stranger")));
    let likely = "`validate_jwt_bearer_token` of the validator does not look whose key it is: compare `assertion.issuer()`";
    // A key that is trusted speaks for its own issuer alone.
    for key in [speaker.key.clone(), new_key()?] {
        let assertion = sign(&key, &speaker.claims(suite, Some(("iss", stranger.clone())))).await?;
        speaker.ask(suite, &assertion).await?.error(400, "invalid_grant", likely)?;
    }
    Ok(())
}

pub(super) async fn rfc7523_section_3_an_assertion_is_worth_one_token(suite: &Suite) -> Check {
    let speaker = Speaker::new(suite).await?;
    let assertion = speaker.assertion(suite).await?;
    let first = speaker.ask(suite, &assertion).await?;
    first.expect(first.status == http::StatusCode::OK, "status 200, for the assertion is good", REFUSED)?;
    speaker.ask(suite, &assertion).await?.error(400, "invalid_grant", USED_TWICE)
}

pub(super) async fn rfc7523_section_3_an_assertion_is_worth_one_token_however_many_try_at_once(
    suite: &Suite,
) -> Check {
    let speaker = Speaker::new(suite).await?;
    for tasks in rounds() {
        let assertion = speaker.assertion(suite).await?;
        let answers =
            race(suite, tasks, &suite.form(Route::TOKEN, &speaker.client, &form(&assertion)).await?).await;
        one_wins(&answers, is_ok, "answer with a token", USED_TWICE)?;
    }
    Ok(())
}

pub(super) async fn rfc7523_section_2_1_the_assertion_is_required(suite: &Suite) -> Check {
    let form = [("grant_type", GrantType::JWT_BEARER_NAME)];
    let answer = suite.post(Route::TOKEN, &suite.web, &form).await?;
    answer.error(400, "invalid_request", "a hook of the validator answers before the assertion is looked for")
}

pub(super) async fn rfc7523_section_3_1_what_is_no_jwt_is_refused(suite: &Suite) -> Check {
    for assertion in ["nonsense", "a.b.c", "e30.e30.", "..."] {
        suite.post(Route::TOKEN, &suite.web, &form(assertion)).await?.error(400, "invalid_grant", LENIENT)?;
    }
    Ok(())
}
