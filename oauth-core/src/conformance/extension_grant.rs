//! Extension grants: those that the fixture tells of.

use super::answer::Answer;
use super::fixture::KnownGrant;
use super::suite::{Suite, TestClient, Tokens, random_id};
use super::{Check, Stop};
use crate::client::GrantType;
use crate::frame::Route;
use crate::secret::SecretString;

/// The grants, with requests that are good.
fn known(suite: &Suite) -> Result<&[KnownGrant], Stop> {
    match suite.fixture.extension_grants.as_slice() {
        [] => {
            let missing =
                "a valid request of an extension grant: `fixture.extension_grant::<G>(|| vec![(…, …)])`";
            Err(Stop::NotTried(missing.to_owned()))
        }
        known => Ok(known),
    }
}

async fn ask(
    suite: &Suite,
    client: &TestClient,
    grant: &KnownGrant,
    parameters: &[(&str, String)],
) -> Result<Answer, Stop> {
    let parameters = parameters.iter().map(|(name, value)| (*name, value.as_str()));
    let form: Vec<_> = std::iter::once(("grant_type", grant.grant_type)).chain(parameters).collect();
    suite.post(Route::TOKEN, client, &form).await
}

pub(super) async fn rfc6749_section_4_5_a_good_request_yields_a_token(suite: &Suite) -> Check {
    for grant in known(suite)? {
        let answer = ask(suite, &suite.web, grant, &(grant.parameters)()).await?;
        let likely = "`approve` of the grant refuses what the fixture says is a good request";
        answer.expect(answer.status == http::StatusCode::OK, "status 200", likely)?;
        Tokens::of(answer)?;
    }
    Ok(())
}

pub(super) async fn rfc6749_section_4_5_what_proves_the_right_is_required(suite: &Suite) -> Check {
    for grant in known(suite)? {
        let answer = ask(suite, &suite.web, grant, &[]).await?;
        let likely = "`approve` of the grant does not ask for its parameters";
        answer.one_of_errors(&[(400, "invalid_request"), (400, "invalid_grant")], likely)?;
    }
    Ok(())
}

pub(super) async fn rfc6749_section_4_5_what_proves_the_right_is_not_guessed(suite: &Suite) -> Check {
    for grant in known(suite)? {
        let guesses: Vec<_> = (grant.parameters)()
            .into_iter()
            .map(|(name, _)| (name, SecretString::random().expose().to_owned()))
            .collect();
        let answer = ask(suite, &suite.web, grant, &guesses).await?;
        let likely = "`approve` of the grant approves whatever it is sent";
        answer.one_of_errors(&[(400, "invalid_request"), (400, "invalid_grant")], likely)?;
    }
    Ok(())
}

pub(super) async fn rfc6749_section_5_2_an_extension_grant_must_be_the_clients(suite: &Suite) -> Check {
    let client = suite
        .confidential_with("without-extensions", |client| client.grant_type(GrantType::CLIENT_CREDENTIALS))
        .await?;
    for grant in known(suite)? {
        let answer = ask(suite, &client, grant, &(grant.parameters)()).await?;
        let likely = "`validate_grant_type` of the validator does not look at what the client registered";
        answer.error(400, "unauthorized_client", likely)?;
    }
    Ok(())
}

pub(super) async fn rfc6749_section_3_2_1_who_uses_an_extension_grant_authenticates(suite: &Suite) -> Check {
    let stranger = TestClient { secret: Some("not the secret at all".to_owned()), ..suite.web.clone() };
    for grant in known(suite)? {
        let answer = ask(suite, &stranger, grant, &(grant.parameters)()).await?;
        answer.error(401, "invalid_client", "`authenticate_client` of the validator lets everyone pass")?;
    }
    Ok(())
}

pub(super) async fn rfc6749_section_3_3_an_extension_grant_has_no_scopes_of_its_own(suite: &Suite) -> Check {
    for grant in known(suite)? {
        let mut parameters = (grant.parameters)();
        parameters.retain(|(name, _)| *name != "scope");
        parameters.push(("scope", random_id("nobody-declared-this")));
        let answer = ask(suite, &suite.web, grant, &parameters).await?;
        let likely = "`validate_scopes` of the validator lets scopes pass that the server does not declare";
        answer.error(400, "invalid_scope", likely)?;
    }
    Ok(())
}
