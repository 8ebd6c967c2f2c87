//! `revoke` and `introspect`.

use clap::ArgMatches;
use serde_json::json;

use super::output::{Failure, Output};
use super::people::subject;
use super::text::time;
use super::{AdminStore, Done, Of, secrets};
use crate::admin::{AdminError, TokenKind};
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
        return output.say(&json!({ "revoked": "family", "family": name }), format!("revoked family {name}"));
    }
    let person = match text("subject") {
        Some(given) => Some(subject(admin, given).await?),
        None => None,
    };
    match (person, text("client")) {
        (Some(person), Some(client_id)) => {
            admin.revoke_grant(&person, client_id).await?;
            let value = json!({ "revoked": "grant", "sub": person, "client_id": client_id });
            output.say(&value, format!("revoked what {person} granted to {client_id} until now"))
        }
        (Some(person), None) => {
            admin.revoke_subject(&person).await?;
            let value = json!({ "revoked": "subject", "sub": person });
            output.say(&value, format!("revoked what {person} granted until now"))
        }
        (None, Some(client_id)) => {
            admin.revoke_client(client_id).await?;
            // One of a file or of a document has no record here, and one that is misspelt has none either.
            let is_known = match admin.client(client_id).await {
                Ok(_) => true,
                Err(AdminError::NotFound(_)) => false,
                Err(error) => return Err(error.into()),
            };
            let value = json!({ "revoked": "client", "client_id": client_id, "is_known": is_known });
            let whose = if is_known { "" } else { ", a name of which this store has no client" };
            output.say(&value, format!("revoked what was granted to {client_id} until now{whose}"))
        }
        (None, None) => Ok(()),
    }
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
