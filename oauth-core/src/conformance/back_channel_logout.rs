//! Back-channel logout: clients are told, server to server, that the person has signed out.

use serde_json::Value;

use super::end_session::sign_out;
use super::fixture::Sent;
use super::id_token::id_token_of;
use super::jwt::Jwt;
use super::suite::{Suite, TestClient, Tokens};
use super::{Check, Stop};
use crate::time::UnixTime;

const LIKELY: &str = "the interaction ends the session without `Context::session_ended`, or the store of sessions does not keep \
                      which clients a session has";
const URI: &str = "https://client.example/back-channel";
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// The requests that the server has sent to clients by now.
fn sent(suite: &Suite) -> Result<Vec<Sent>, Stop> {
    suite.fixture.sent().ok_or_else(|| {
        let missing = "a back channel that it hears: `back_channel: fixture.back_channel()`";
        Stop::NotTried(missing.to_owned())
    })
}

async fn client(suite: &Suite, uri: &'static str) -> Result<TestClient, Stop> {
    let kind = |client| suite.with_grants(client, true).backchannel_logout_uri(uri);
    suite.confidential_with("told", kind).await
}

/// A client that somebody logged in to, the tokens of that, and the one request that it gets when they sign out.
async fn signed_out(suite: &Suite) -> Result<(TestClient, Jwt, Tokens, Sent), Stop> {
    sent(suite)?;
    let client = client(suite, URI).await?;
    let (login, tokens) = id_token_of(suite, &client, None).await?;
    let answer = sign_out(suite, &tokens).await?;
    let told: Vec<_> = sent(suite)?.into_iter().filter(|sent| sent.uri == URI).collect();
    match <[Sent; 1]>::try_from(told) {
        Ok([told]) => Ok((client, login, tokens, told)),
        Err(told) => Err(answer.fail(format!("one POST to {URI}, not {}", told.len()), LIKELY)),
    }
}

fn logout_token(tokens: &Tokens, sent: &Sent) -> Result<Jwt, Stop> {
    let mut form = form_urlencoded::parse(&sent.body);
    let token = form.find(|(name, _)| name == "logout_token").map(|(_, value)| value.into_owned());
    let missing = || tokens.answer.fail("a form with `logout_token`", "a back channel of your own");
    Jwt::of(&token.ok_or_else(missing)?, tokens.answer.clone(), LIKELY)
}

pub(super) async fn oidc_back_channel_logout_section_2_5_who_signs_out_is_signed_out_everywhere(
    suite: &Suite,
) -> Check {
    let (_, _, tokens, sent) = signed_out(suite).await?;
    logout_token(&tokens, &sent).map(|_| ())
}

pub(super) async fn oidc_back_channel_logout_section_2_4_the_logout_token_is_complete(
    suite: &Suite,
) -> Check {
    let (client, login, tokens, sent) = signed_out(suite).await?;
    let jwt = logout_token(&tokens, &sent)?;
    jwt.verify(suite).await?;
    let typ = Jwt::text(&jwt.header, "typ").unwrap_or_default();
    jwt.expect(typ.eq_ignore_ascii_case("logout+jwt"), "typ logout+jwt")?;
    jwt.expect(jwt.claim("iss") == Some(&suite.report.issuer), format!("iss {}", suite.report.issuer))?;
    jwt.expect(jwt.claim("aud") == Some(&client.id), format!("aud {}, the client", client.id))?;
    jwt.expect(jwt.claim("jti").is_some(), "jti")?;
    let now = UnixTime::now().as_secs();
    jwt.expect(jwt.time("iat")? <= now + 60 && jwt.time("exp")? > now, "iat by now, and exp ahead")?;
    let events = jwt.claims.get("events").and_then(Value::as_object);
    jwt.expect(events.is_some_and(|events| events.contains_key(EVENT)), format!("events with {EVENT}"))?;
    for name in ["sub", "sid"] {
        let (expected, found) = (login.claim(name), jwt.claim(name));
        let says = expected.unwrap_or("left out");
        jwt.expect(expected == found, format!("{name} {says}, as in the ID token"))?;
    }
    jwt.expect(jwt.claim("sub").or(jwt.claim("sid")).is_some(), "sub or sid")
}

/// "A nonce Claim […] is prohibited": whoever takes it for an ID token notices.
pub(super) async fn oidc_back_channel_logout_section_2_4_there_is_no_nonce(suite: &Suite) -> Check {
    let (_, _, tokens, sent) = signed_out(suite).await?;
    let jwt = logout_token(&tokens, &sent)?;
    jwt.expect(!jwt.claims.contains_key("nonce"), "no nonce")
}

pub(super) async fn oidc_back_channel_logout_section_2_5_who_was_not_logged_in_to_is_not_told(
    suite: &Suite,
) -> Check {
    sent(suite)?;
    let stranger = "https://client.example/stranger";
    client(suite, stranger).await?;
    let (_, _, tokens, _) = signed_out(suite).await?;
    let is_told = sent(suite)?.iter().any(|sent| sent.uri == stranger);
    tokens.answer.expect(!is_told, format!("no POST to {stranger}: nobody logged in there"), LIKELY)
}

/// "Refresh tokens issued without the offline_access property to a session being logged out SHOULD be revoked."
pub(super) async fn oidc_back_channel_logout_section_2_7_refresh_tokens_end_with_the_session(
    suite: &Suite,
) -> Check {
    let (_, tokens) = id_token_of(suite, &suite.web, None).await?;
    let refresh_token = tokens.refresh_token()?.to_owned();
    sign_out(suite, &tokens).await?;
    suite.refresh(&suite.web, &refresh_token).await?.error(400, "invalid_grant", LIKELY)
}
