//! `user …`.

use clap::ArgMatches;
use serde_json::{Value, json};

use super::clients::argument;
use super::output::{Failure, Output};
use super::{AdminStore, Done, Of, secrets};
use crate::admin::AdminError;
use crate::secret::SecretString;
use crate::store::{Page, User};

pub(super) async fn list<S: AdminStore>(admin: &Of<S>, output: &mut Output) -> Done {
    let (mut after, mut is_empty) = (None, true);
    loop {
        let page = admin.users(after.as_ref(), Page::<User>::MOST).await?;
        for user in &page.items {
            is_empty = false;
            output.say(&shown(user), format!("{}  {}", user.subject, user.username))?;
        }
        match page.next {
            Some(next) => after = Some(next),
            None if is_empty => return output.say_nothing("there are no users"),
            None => return Ok(()),
        }
    }
}

pub(super) async fn show<S: AdminStore>(admin: &Of<S>, matches: &ArgMatches, output: &mut Output) -> Done {
    let user = admin.user(argument(matches, "PERSON")).await?;
    let has_password = if user.password_hash.is_some() { "yes" } else { "no" };
    let mut lines = vec![
        format!("subject: {}", user.subject),
        format!("username: {}", user.username),
        format!("has_password: {has_password}"),
    ];
    lines.extend(user.claims.iter().map(|(name, value)| format!("claims.{name}: {value}")));
    output.say(&shown(&user), lines.join("\n"))
}

pub(super) async fn create<S: AdminStore>(admin: &Of<S>, matches: &ArgMatches, output: &mut Output) -> Done {
    let username = argument(matches, "USERNAME");
    let subject = matches.get_one::<String>("subject").cloned();
    let subject = subject.unwrap_or_else(|| SecretString::random_bytes(16).expose().to_owned());
    let mut user = User::new(&subject, username);
    for given in matches.get_many::<String>("claim").into_iter().flatten() {
        let (name, text) = pair(given)?;
        user.claims.insert(name.to_owned(), json!(text));
    }
    for given in matches.get_many::<String>("claim-json").into_iter().flatten() {
        let (name, text) = pair(given)?;
        let value: Value = serde_json::from_str(text)
            .map_err(|cause| Failure::Input(format!("the value of `{name}` is no JSON: {cause}")))?;
        user.claims.insert(name.to_owned(), value);
    }
    if !matches.get_flag("no-password") {
        let password = secrets::read_new("password")?;
        user = user.with_password(password.expose()).map_err(|error| {
            AdminError::Invalid(error.description().unwrap_or("the password cannot be hashed").to_owned())
        })?;
    }
    admin.create_user(user).await?;
    let value = json!({ "created": subject, "username": username });
    output.say(&value, format!("created user {username}, whose subject identifier is {subject}"))
}

pub(super) async fn set_password<S: AdminStore>(
    admin: &Of<S>,
    matches: &ArgMatches,
    output: &mut Output,
) -> Done {
    let user = admin.user(argument(matches, "PERSON")).await?;
    let password = secrets::read_new("password")?;
    admin.set_password(&user.subject, password.expose()).await?;
    let words = format!("set the password of {}, and signed them out everywhere", user.username);
    output.say(&json!({ "updated": user.subject }), words)
}

pub(super) async fn delete<S: AdminStore>(admin: &Of<S>, matches: &ArgMatches, output: &mut Output) -> Done {
    let user = admin.user(argument(matches, "PERSON")).await?;
    admin.delete_user(&user.subject).await?;
    output.say(
        &json!({ "deleted": user.subject }),
        format!("deleted user {}, and signed them out", user.username),
    )
}

fn pair(given: &str) -> Result<(&str, &str), Failure> {
    given
        .split_once('=')
        .filter(|(name, _)| !name.is_empty())
        .ok_or_else(|| Failure::Input(format!("`{given}` is no claim: write NAME=VALUE")))
}

/// Without the hash of the password.
fn shown(user: &User) -> Value {
    json!({
        "sub": user.subject,
        "username": user.username,
        "has_password": user.password_hash.is_some(),
        "claims": user.claims,
    })
}
