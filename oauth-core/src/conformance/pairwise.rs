//! Pairwise subject identifiers.

use http::Method;
use serde_json::Value;

use super::id_token::id_token_of;
use super::suite::{Suite, TestClient, Tokens};
use super::{Check, Stop};
use crate::client::SubjectType;
use crate::frame::Route;
use crate::server::Feature;

const LIKELY: &str = "the store of clients does not keep `subject_type` and the redirect URIs, or the interaction knows the person \
                      by another name each time";

/// A client of the sector that its host is.
async fn client(
    suite: &Suite,
    redirect_uri: &'static str,
    subject_type: SubjectType,
) -> Result<TestClient, Stop> {
    let kind = |client| suite.with_grants(client, true).subject_type(subject_type);
    suite.confidential_at("sector", redirect_uri, kind).await
}

const HERE: &str = "https://one.example/callback";
const HERE_TOO: &str = "https://one.example/other/callback";
const ELSEWHERE: &str = "https://another.example/callback";

/// The name that a client is told for the person.
async fn sub(suite: &Suite, client: &TestClient) -> Result<(String, Tokens), Stop> {
    let (jwt, tokens) = id_token_of(suite, client, None).await?;
    let sub = jwt.claim("sub").ok_or_else(|| jwt.fail("sub", LIKELY))?.to_owned();
    Ok((sub, tokens))
}

/// "Distinct Sector Identifier values MUST result in distinct Subject Identifier values."
pub(super) async fn oidc_core_section_8_1_sectors_know_a_person_by_different_names(suite: &Suite) -> Check {
    let (here, _) = sub(suite, &client(suite, HERE, SubjectType::Pairwise).await?).await?;
    let (elsewhere, tokens) = sub(suite, &client(suite, ELSEWHERE, SubjectType::Pairwise).await?).await?;
    let expected = format!("another `sub` than {here}, which a client of another sector was told");
    tokens.answer.expect(elsewhere != here, expected, LIKELY)?;
    let (public, _) = sub(suite, &client(suite, HERE, SubjectType::Public).await?).await?;
    let is_told = [&here, &elsewhere].into_iter().any(|name| tells(name, &public));
    tokens.answer.expect(!is_told, format!("nothing of {public}, which other clients are told"), LIKELY)
}

/// Tells whether a name has the subject in it. A short one is in random text by chance.
fn tells(name: &str, subject: &str) -> bool {
    name == subject || (subject.len() >= 8 && name.contains(subject))
}

/// "The same Subject Identifier […] MUST be" what the sector knows: logging in again makes nobody a stranger.
pub(super) async fn oidc_core_section_8_1_a_sector_knows_a_person_by_one_name(suite: &Suite) -> Check {
    let one = client(suite, HERE, SubjectType::Pairwise).await?;
    let (first, _) = sub(suite, &one).await?;
    for client in [one, client(suite, HERE_TOO, SubjectType::Pairwise).await?] {
        let (again, tokens) = sub(suite, &client).await?;
        tokens.answer.expect(again == first, format!("sub {first}, as before"), LIKELY)?;
    }
    Ok(())
}

/// A name that one endpoint keeps and another tells is kept by none.
pub(super) async fn oidc_core_section_8_1_every_endpoint_knows_the_same_name(suite: &Suite) -> Check {
    let client = client(suite, HERE, SubjectType::Pairwise).await?;
    let (sub, tokens) = sub(suite, &client).await?;
    let mut answers = Vec::new();
    if suite.need(Feature::Userinfo).is_ok() {
        let path = suite.path(Route::USERINFO)?;
        answers.push(suite.present(Method::GET, path, &tokens.access_token).await?);
    }
    if suite.need(Feature::Introspection).is_ok() {
        let form = [("token", tokens.access_token.as_str())];
        let api = suite.api().await?;
        answers.push(suite.post(Route::INTROSPECTION, &api, &form).await?);
    }
    for answer in answers {
        let told = answer.json(LIKELY)?;
        let is_same = told.get("sub").and_then(Value::as_str) == Some(&sub);
        answer.expect(is_same, format!("sub {sub}, as in the ID token"), LIKELY)?;
    }
    Ok(())
}
