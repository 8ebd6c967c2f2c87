//! `session …`, `consent …` and `grant …`.

use clap::ArgMatches;
use serde_json::json;

use super::clients::argument;
use super::output::{Failure, Output};
use super::text::time;
use super::{AdminStore, Done, Of};
use crate::admin::AdminError;
use crate::secret::TokenHash;
use crate::store::{Consent, Page, Session, StandingGrant};

/// The subject identifier of a person: of the user with this login name, or else as it was given, for users may be kept elsewhere.
pub(super) async fn subject<S: AdminStore>(admin: &Of<S>, given: &str) -> Result<String, Failure> {
    match admin.user(given).await {
        Ok(user) => Ok(user.subject),
        Err(AdminError::NotFound(_)) => Ok(given.to_owned()),
        Err(error) => Err(error.into()),
    }
}

async fn person<S: AdminStore>(admin: &Of<S>, matches: &ArgMatches) -> Result<String, Failure> {
    subject(admin, argument(matches, "PERSON")).await
}

/// Tells whether a person is here by what a revocation leaves: a user, a session or a consent.
pub(super) async fn has_record<S: AdminStore>(admin: &Of<S>, subject: &str) -> Result<bool, Failure> {
    Ok(admin.on.store.user(subject).await.map_err(AdminError::from)?.is_some()
        || !admin.sessions(subject, None, 1).await?.items.is_empty()
        || !admin.consents(subject, None, 1).await?.items.is_empty())
}

/// The person of an act, of whom something must be here.
async fn known_person<S: AdminStore>(admin: &Of<S>, matches: &ArgMatches) -> Result<String, Failure> {
    let person = person(admin, matches).await?;
    if has_record(admin, &person).await? || !admin.grants(&person, None, 1).await?.items.is_empty() {
        return Ok(person);
    }
    Err(AdminError::NotFound(format!(
        "nothing is known of `{}`, no user, session, grant or consent, and nothing was done: `revoke --subject` ends what a person was \
         granted who is kept elsewhere",
        person.escape_debug()
    ))
    .into())
}

pub(super) async fn sessions<S: AdminStore>(
    admin: &Of<S>,
    matches: &ArgMatches,
    output: &mut Output,
) -> Done {
    let person = person(admin, matches).await?;
    let (mut after, mut is_empty) = (None, true);
    loop {
        let page = admin.sessions(&person, after.as_ref(), Page::<Session>::MOST).await?;
        for (id, session) in &page.items {
            is_empty = false;
            let name = json!(id);
            let name = name.as_str().unwrap_or_default();
            let value = json!({
                "session": name,
                "sub": session.subject,
                "auth_time": session.auth_time,
                "expires_at": session.expires_at,
                "clients": session.clients,
                "second_step": session.second_step,
            });
            let (since, until) = (time(session.auth_time), time(session.expires_at));
            let (step, clients) = (session.second_step.as_str(), session.clients.join(" "));
            output.say(
                &value,
                format!("{name}  since {since}  until {until}  second step {step}  {clients}"),
            )?;
        }
        match page.next {
            Some(next) => after = Some(next),
            None if is_empty => return output.say_nothing(&format!("{person} has no session")),
            None => return Ok(()),
        }
    }
}

pub(super) async fn end_session<S: AdminStore>(
    admin: &Of<S>,
    matches: &ArgMatches,
    output: &mut Output,
) -> Done {
    let name = argument(matches, "SESSION");
    let id: TokenHash = serde_json::from_value(json!(name))
        .map_err(|_| Failure::Input(format!("`{name}` is no session as `session list` shows them")))?;
    let session = admin.end_session(&id).await?;
    let value = json!({ "ended": name, "sub": session.subject });
    output.say(&value, format!("ended a session of {}", session.subject))
}

pub(super) async fn end_all<S: AdminStore>(admin: &Of<S>, matches: &ArgMatches, output: &mut Output) -> Done {
    let person = known_person(admin, matches).await?;
    let sessions = admin.sign_out_everywhere(&person).await?;
    let value = json!({ "sub": person, "sessions": sessions });
    output
        .say(&value, format!("signed {person} out everywhere: {sessions} sessions, and all that was granted"))
}

pub(super) async fn consents<S: AdminStore>(
    admin: &Of<S>,
    matches: &ArgMatches,
    output: &mut Output,
) -> Done {
    let person = person(admin, matches).await?;
    let (mut after, mut is_empty) = (None, true);
    loop {
        let page = admin.consents(&person, after.as_ref(), Page::<Consent>::MOST).await?;
        for Consent { client_id, scopes } in &page.items {
            is_empty = false;
            let value = json!({ "sub": person, "client_id": client_id, "scope": scopes });
            output.say(&value, format!("{client_id}  {scopes}"))?;
        }
        match page.next {
            Some(next) => after = Some(next),
            None if is_empty => {
                return output.say_nothing(&format!("{person} agreed to nothing that is remembered"));
            }
            None => return Ok(()),
        }
    }
}

pub(super) async fn withdraw<S: AdminStore>(
    admin: &Of<S>,
    matches: &ArgMatches,
    output: &mut Output,
) -> Done {
    let (person, client_id) = (known_person(admin, matches).await?, argument(matches, "CLIENT"));
    if !has_client(admin, &person, client_id).await? {
        return Err(AdminError::no("client", client_id).into());
    }
    let was_there = admin.withdraw_consent(&person, client_id).await?;
    let value = json!({ "sub": person, "client_id": client_id, "withdrawn": was_there });
    let words = if was_there { "forgot the consent" } else { "there was no consent to forget" };
    output.say(&value, format!("{words}, and ended what {person} granted to {client_id}"))
}

/// Tells whether a client is here, or has something of this person: it may come from a file or a document.
async fn has_client<S: AdminStore>(admin: &Of<S>, person: &str, client_id: &str) -> Result<bool, Failure> {
    let store = &admin.on.store;
    if store.client(client_id).await.map_err(AdminError::from)?.is_some()
        || store.consent(person, client_id).await.map_err(AdminError::from)?.is_some()
    {
        return Ok(true);
    }
    let mut after = None;
    loop {
        let page = admin.grants(person, after.as_ref(), Page::<StandingGrant>::MOST).await?;
        if page.items.iter().any(|grant| grant.client_id == client_id) {
            return Ok(true);
        }
        let Some(next) = page.next else { return Ok(false) };
        after = Some(next);
    }
}

pub(super) async fn grants<S: AdminStore>(admin: &Of<S>, matches: &ArgMatches, output: &mut Output) -> Done {
    let person = person(admin, matches).await?;
    let (mut after, mut is_empty) = (None, true);
    loop {
        let page = admin.grants(&person, after.as_ref(), Page::<StandingGrant>::MOST).await?;
        for grant in &page.items {
            is_empty = false;
            let value = json!({
                "family": grant.family,
                "sub": person,
                "client_id": grant.client_id,
                "scope": grant.scopes,
                "resources": grant.resources,
                "granted_at": grant.granted_at,
                "expires_at": grant.expires_at,
            });
            let (since, until) = (time(grant.granted_at), time(grant.expires_at));
            let StandingGrant { family, client_id, scopes, .. } = grant;
            output.say(&value, format!("{family}  {client_id}  since {since}  until {until}  {scopes}"))?;
        }
        match page.next {
            Some(next) => after = Some(next),
            None if is_empty => {
                return output.say_nothing(&format!("no client has a refresh token for {person}"));
            }
            None => return Ok(()),
        }
    }
}
