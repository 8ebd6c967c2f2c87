//! The resource owner password credentials grant.

use super::answer::Answer;
use super::suite::{Suite, Tokens, random_id};
use super::{Check, Stop};
use crate::frame::Route;

const WRONG: &str = "`validate_user` of the validator accepts any password";

fn credentials(suite: &Suite) -> Result<(&str, &str), Stop> {
    let missing = || "a user of its own: save `fixture.user()` where the server finds its users".to_owned();
    suite.credentials().ok_or_else(|| Stop::NotTried(missing()))
}

async fn ask(suite: &Suite, username: &str, password: &str) -> Result<Answer, Stop> {
    let form = [("grant_type", "password"), ("username", username), ("password", password)];
    suite.post(Route::TOKEN, &suite.web, &form).await
}

pub(super) async fn rfc6749_section_4_3_3_the_right_password_yields_a_token(suite: &Suite) -> Check {
    let (username, password) = credentials(suite)?;
    Tokens::of(ask(suite, username, password).await?).map(|_| ())
}

pub(super) async fn rfc6749_section_5_2_a_wrong_password_is_refused(suite: &Suite) -> Check {
    let (username, _) = credentials(suite)?;
    ask(suite, username, "not the password at all").await?.error(400, "invalid_grant", WRONG)
}

/// Otherwise anyone could find out who has an account.
pub(super) async fn rfc6749_section_5_2_an_unknown_user_looks_like_a_wrong_password(suite: &Suite) -> Check {
    let (username, _) = credentials(suite)?;
    let wrong = ask(suite, username, "not the password at all").await?;
    let unknown = ask(suite, &random_id("nobody"), "not the password at all").await?;
    unknown.error(400, "invalid_grant", WRONG)?;
    unknown.expect(
        wrong.body == unknown.body,
        format!("what a wrong password gets: {}", String::from_utf8_lossy(&wrong.body)),
        "`validate_user` of the validator tells who has an account",
    )
}

pub(super) async fn rfc6749_section_4_3_2_name_and_password_are_required(suite: &Suite) -> Check {
    for (username, password) in [("", "a password"), ("a name", ""), ("", "")] {
        let likely = "a hook of the validator answers before the password is looked for";
        ask(suite, username, password).await?.error(400, "invalid_request", likely)?;
    }
    Ok(())
}
