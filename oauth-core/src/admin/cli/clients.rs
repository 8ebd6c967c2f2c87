//! `client …`.

use std::sync::Arc;
use std::time::Duration;

use clap::ArgMatches;
use serde_json::{Map, Value, json};

use super::output::{Failure, Output};
use super::{AdminStore, Done, Of, lines, text};
use crate::admin::lines::{merge, read_members};
use crate::client::{Client, ClientSecret};
use crate::store::Page;

/// The whole list, page by page.
pub(super) async fn each<S: AdminStore>(
    admin: &Of<S>,
    mut of: impl FnMut(&Client) -> Result<(), Failure>,
) -> Done {
    let mut after = None;
    loop {
        let page = admin.clients(after.as_ref(), Page::<Arc<Client>>::MOST).await?;
        page.items.iter().try_for_each(|client| of(client))?;
        let Some(next) = page.next else { return Ok(()) };
        after = Some(next);
    }
}

pub(super) async fn list<S: AdminStore>(admin: &Of<S>, output: &mut Output) -> Done {
    let mut is_empty = true;
    each(admin, |client| {
        is_empty = false;
        let method = client.token_endpoint_auth_method.as_str();
        output.say(&shown(client)?, format!("{}  {}  {method}", client.client_id, client.display_name()))
    })
    .await?;
    if is_empty { output.say_nothing("there are no clients") } else { Ok(()) }
}

pub(super) async fn show<S: AdminStore>(admin: &Of<S>, matches: &ArgMatches, output: &mut Output) -> Done {
    let value = shown(&*admin.client(argument(matches, "CLIENT")).await?)?;
    let lines: Vec<_> = value
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, value)| {
            format!("{name}: {}", value.as_str().map_or_else(|| value.to_string(), str::to_owned))
        })
        .collect();
    output.say(&value, lines.join("\n"))
}

pub(super) async fn create<S: AdminStore>(admin: &Of<S>, matches: &ArgMatches, output: &mut Output) -> Done {
    let mut members = members(matches)?;
    let has = |members: &Map<String, Value>, name: &str| {
        members.get(name).and_then(Value::as_array).is_some_and(|values| !values.is_empty())
    };
    if !members.contains_key("grant_types") {
        let redirects = json!(["authorization_code", "refresh_token"]);
        let grants = if has(&members, "redirect_uris") { redirects } else { json!(["client_credentials"]) };
        members.insert("grant_types".to_owned(), grants);
    }
    let client_id = argument(matches, "CLIENT").to_owned();
    members.insert("client_id".to_owned(), json!(client_id));
    let secret = needs_secret(&members).then(ClientSecret::generate);
    if let Some(secret) = &secret {
        members.insert("client_secret".to_owned(), json!(secret.expose()));
    }
    admin.create_client(read_members(members)?).await?;
    tell(output, &client_id, secret.as_ref(), "created")
}

pub(super) async fn update<S: AdminStore>(admin: &Of<S>, matches: &ArgMatches, output: &mut Output) -> Done {
    let client = admin.client(argument(matches, "CLIENT")).await?;
    let mut members = members(matches)?;
    if members.is_empty() {
        return Err(Failure::Input(
            "nothing to change: name a member, such as --scope; try --help".to_owned(),
        ));
    }
    let own = ["client_id", "secret_hash", "previous_secret", "source"];
    if let Some(name) = own.iter().find(|name| members.contains_key(**name)) {
        return Err(Failure::Input(format!("`{name}` is not for this command to change")));
    }
    let mut secret = None;
    if members.contains_key("token_endpoint_auth_method") {
        if !needs_secret(&members) {
            members.insert("secret_hash".to_owned(), Value::Null);
            members.insert("previous_secret".to_owned(), Value::Null);
        } else if client.secret_hash.is_none() {
            let made = ClientSecret::generate();
            members.insert("secret_hash".to_owned(), json!(made.hash()));
            secret = Some(made);
        }
    }
    admin.update_client(merge(&client, members)?).await?;
    tell(output, &client.client_id, secret.as_ref(), "updated")
}

pub(super) async fn rotate_secret<S: AdminStore>(
    admin: &Of<S>,
    matches: &ArgMatches,
    output: &mut Output,
) -> Done {
    let client_id = argument(matches, "CLIENT");
    let keep_old = matches.get_one::<Duration>("keep-old").copied().unwrap_or_default();
    let secret = admin.rotate_secret(client_id, keep_old).await?;
    let client = admin.client(client_id).await?;
    let until = client.previous_secret.as_ref().map(|previous| previous.expires_at);
    let value = json!({
        "client_id": client_id,
        "client_secret": secret.expose(),
        "previous_secret_expires_at": until,
    });
    let old = until.map_or_else(
        || "the old one does not count any more".to_owned(),
        |until| format!("the old one counts until {}", text::time(until)),
    );
    output.say(&value, format!("client_secret: {}\nit is not shown again; {old}", secret.expose()))
}

pub(super) async fn delete<S: AdminStore>(admin: &Of<S>, matches: &ArgMatches, output: &mut Output) -> Done {
    let client_id = argument(matches, "CLIENT");
    admin.delete_client(client_id).await?;
    output.say(&json!({ "deleted": client_id }), format!("deleted client {client_id}, and ended what it had"))
}

/// Says what was done, with a secret that was made.
fn tell(output: &mut Output, client_id: &str, secret: Option<&ClientSecret>, done: &str) -> Done {
    let words = format!("{done} client {client_id}");
    match secret.map(ClientSecret::expose) {
        None => output.say(&json!({ done: client_id }), words),
        Some(secret) => output.say(
            &json!({ done: client_id, "client_secret": secret }),
            format!("{words}\nclient_secret: {secret}\nit is not shown again"),
        ),
    }
}

/// The client as people may see it: the hash of its secret is for an export.
fn shown(client: &Client) -> Result<Value, Failure> {
    let mut value = serde_json::to_value(client).map_err(|cause| Failure::Input(cause.to_string()))?;
    if let Some(members) = value.as_object_mut() {
        members.remove("secret_hash");
        members.remove("previous_secret");
        if let Some(previous) = &client.previous_secret {
            members.insert("previous_secret_expires_at".to_owned(), json!(previous.expires_at));
        }
    }
    Ok(value)
}

/// The members that the arguments name.
fn members(matches: &ArgMatches) -> Result<Map<String, Value>, Failure> {
    let mut members = match matches.get_one::<String>("metadata") {
        Some(file) => object(&lines::read(file)?)?,
        None => Map::new(),
    };
    for (argument, member) in
        [("client-name", "client_name"), ("scope", "scope"), ("auth-method", "token_endpoint_auth_method")]
    {
        if let Some(text) = matches.get_one::<String>(argument) {
            members.insert(member.to_owned(), json!(text));
        }
    }
    for (argument, member) in [
        ("redirect-uri", "redirect_uris"),
        ("grant-type", "grant_types"),
        ("origin", "origins"),
        ("resource", "resources"),
        ("introspects", "introspects"),
        ("post-logout-redirect-uri", "post_logout_redirect_uris"),
    ] {
        if let Some(values) = matches.get_many::<String>(argument) {
            members.insert(member.to_owned(), json!(values.collect::<Vec<_>>()));
        }
    }
    if matches.get_flag("first-party") {
        members.insert("first_party".to_owned(), json!(true));
    }
    Ok(members)
}

fn object(text: &str) -> Result<Map<String, Value>, Failure> {
    serde_json::from_str(text)
        .map_err(|cause| Failure::Input(format!("the metadata is no JSON object: {cause}")))
}

/// RFC 7591 §2: a client that does not say authenticates by `client_secret_basic`.
fn needs_secret(members: &Map<String, Value>) -> bool {
    let method = members.get("token_endpoint_auth_method").and_then(Value::as_str);
    !members.contains_key("client_secret") && !matches!(method, Some("none" | "private_key_jwt"))
}

pub(super) fn argument<'a>(matches: &'a ArgMatches, name: &str) -> &'a str {
    matches.get_one::<String>(name).map_or("", String::as_str)
}
