//! The response type `none`: the person agrees, and nothing is issued.

use super::Check;
use super::hybrid::client;
use super::suite::{REDIRECT_URI, Suite, pkce};
use crate::client::ResponseType;

/// "the Authorization Server SHOULD NOT return an OAuth 2.0 Authorization Code, Access Token, Access Token Type, or ID Token in a
/// successful response to the grant request".
pub(super) async fn oauth_multiple_response_types_section_4_nothing_is_issued(suite: &Suite) -> Check {
    let (client, (_, challenge), scope) = (client(suite).await?, pkce(), suite.scope());
    let mut params = client.authorization(&challenge, &scope);
    params.retain(|(name, _)| *name != "response_type");
    params.push(("response_type", "none"));
    let answer = suite.authorize(&params).await?;
    let answered = answer.params(REDIRECT_URI)?;
    for name in ["code", "access_token", "token_type", "id_token", "refresh_token", "error"] {
        let likely = "a grant of your own adds to every response, or the interaction refuses";
        answer.expect(!answered.contains_key(name), format!("no `{name}`"), likely)?;
    }
    let is_same = answered.get("state").is_some_and(|state| state == "a state");
    answer.expect(
        is_same,
        "state as it was sent",
        "the pages of the interaction lose a part of the query",
    )?;
    let is_in_query = answer.location().is_some_and(|to| to.starts_with(&format!("{REDIRECT_URI}?")));
    answer.expect(is_in_query, "the parameters in the query, which is the default of `none`", "a layer")
}

/// "The Response Type `none` SHOULD NOT be combined with other Response Types."
pub(super) async fn oauth_multiple_response_types_section_4_it_stands_alone(suite: &Suite) -> Check {
    let (client, (_, challenge)) = (client(suite).await?, pkce());
    for response_type in ["none code", "code none", "none token", "none none"] {
        let mut params = client.authorization(&challenge, "");
        params.retain(|(name, _)| *name != "response_type");
        params.push(("response_type", response_type));
        let likely = "a layer rewrites the query";
        suite.open(&params).await?.redirected_error(REDIRECT_URI, "unsupported_response_type", likely)?;
    }
    Ok(())
}

/// RFC 7591 §2.
pub(super) async fn oauth_multiple_response_types_section_4_it_must_be_the_clients(suite: &Suite) -> Check {
    let client = suite
        .confidential_with("not-none", |client| {
            let others = suite.report.response_types.iter().filter(|asked| **asked != ResponseType::NONE);
            others.fold(suite.with_grants(client, true), |client, asked| client.response_type(*asked))
        })
        .await?;
    let (_, challenge) = pkce();
    let mut params = client.authorization(&challenge, "");
    params.retain(|(name, _)| *name != "response_type");
    params.push(("response_type", "none"));
    let likely = "`validate_response_type` of the validator does not look at what the client registered";
    suite.open(&params).await?.redirected_error(REDIRECT_URI, "unauthorized_client", likely)
}
