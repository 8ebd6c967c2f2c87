//! `revoke` and `introspect`.

use clap::ArgMatches;
use serde_json::json;

use super::output::{Failure, Output};
use super::people::{has_record, subject};
use super::text::time;
use super::{AdminStore, Done, Of, secrets};
use crate::admin::TokenKind;
use crate::store::FamilyId;

pub(super) async fn revoke<S: AdminStore>(admin: &Of<S>, matches: &ArgMatches, output: &mut Output) -> Done {
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    if matches.get_flag("token") {
        let token = secrets::read("token")?;
        let is_known = admin.revoke_token(token.expose()).await?;
        let words = if is_known {
            "revoked the token"
        } else {
            "revoked a signed token of which nothing is known here, if it is one"
        };
        return output.say(&json!({ "revoked": "token", "is_known": is_known }), words);
    }
    if let Some(name) = text("family") {
        let family: FamilyId = serde_json::from_value(json!(name))
            .map_err(|_| Failure::Input(format!("`{name}` is no family as `grant list` shows them")))?;
        admin.revoke_family(family).await?;
        let words = format!("revoked all that was issued in family {name}, if anything was");
        return output.say(&json!({ "revoked": "family", "family": name }), words);
    }
    let person = match text("subject") {
        Some(given) => Some(subject(admin, given).await?),
        None => None,
    };
    let client_id = text("client");
    let (what, words) = match (&person, client_id) {
        (Some(person), Some(client_id)) => {
            admin.revoke_grant(person, client_id).await?;
            ("grant", format!("revoked what {person} granted to {client_id} until now"))
        }
        (Some(person), None) => {
            admin.revoke_subject(person).await?;
            ("subject", format!("revoked what {person} granted until now"))
        }
        (None, Some(client_id)) => {
            admin.revoke_client(client_id).await?;
            ("client", format!("revoked what was granted to {client_id} until now"))
        }
        (None, None) => return Ok(()),
    };
    // It is done by now, whatever becomes of looking: whoever is kept elsewhere has no record here, and what is misspelt has none either.
    let mut unknown = Vec::new();
    if let Some(person) = &person
        && !has_record(admin, person).await.unwrap_or(true)
    {
        unknown.push(format!("no user, session or consent of {person}"));
    }
    if let Some(client_id) = client_id
        && matches!(admin.on.store.client(client_id).await, Ok(None))
    {
        unknown.push(format!("no client {client_id}"));
    }
    let mut value = json!({ "revoked": what, "is_known": unknown.is_empty() });
    if let Some(members) = value.as_object_mut() {
        members.extend(person.map(|person| ("sub".to_owned(), json!(person))));
        members.extend(client_id.map(|client_id| ("client_id".to_owned(), json!(client_id))));
    }
    let but = if unknown.is_empty() {
        String::new()
    } else {
        format!(", though this store has {}", unknown.join(", and "))
    };
    output.say(&value, format!("{words}{but}"))
}

pub(super) async fn introspect<S: AdminStore>(admin: &Of<S>, output: &mut Output) -> Done {
    let token = secrets::read("token")?;
    let facts = admin.introspect(token.expose()).await?;
    let kind = match facts.kind {
        TokenKind::AccessToken => "access token",
        TokenKind::RefreshToken => "refresh token",
        TokenKind::RotatedRefreshToken => {
            "refresh token that was rotated: who presents it now ends its family"
        }
    };
    let mut lines = vec![format!("kind: {kind}"), format!("client_id: {}", facts.client_id)];
    lines.extend(facts.subject.as_ref().map(|subject| format!("sub: {subject}")));
    lines.extend([
        format!("scope: {}", facts.scope),
        format!("granted_at: {}", time(facts.granted_at)),
        format!("issued_at: {}", time(facts.issued_at)),
        format!("expires_at: {}", time(facts.expires_at)),
    ]);
    lines.extend(facts.family.map(|family| format!("family: {family}")));
    output.say(&json!(facts), lines.join("\n"))
}
