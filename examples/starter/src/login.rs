//! The login page: who is it, and do they agree? Nobody stays signed in here; each request of a client asks.

use oauth_core::event::{Event, EventKind};
use oauth_core::interaction::password;
use oauth_core::prelude::*;

use crate::guesses::Guess;
use crate::server::Accounts;

#[derive(Debug)]
pub struct Login;

impl Interaction<Accounts> for Login {
    async fn decide(
        &self,
        context: &Context<'_, Accounts>,
        authorization: &AuthorizationRequest,
        request: &Request,
    ) -> Result<Decision> {
        let page = |problem| Ok(page(context, authorization, request, problem));
        let Some(decision) = request.body().get("decision") else { return page("") };
        // A page of another site could log people in as somebody else. Browsers say where a form comes from.
        if request.headers().get("sec-fetch-site").is_none_or(|from| from != "same-origin") {
            return page("This form was sent by another site, or by a very old browser.");
        }
        if decision != "allow" {
            return Ok(Decision::Deny);
        }
        let form = |name| request.body().get(name).unwrap_or_default();
        let (username, password) = (form("username"), form("password"));
        if username.len() > password::MAX_USERNAME_LENGTH {
            return page(WRONG);
        }
        let tell = |kind| Event::of_request(kind, request);
        let store = &context.validator.store;
        let Some(guess) = Guess::begin(store, username, request).await? else {
            context.observe(&tell(EventKind::LoginThrottled));
            return page("Too many attempts. Try again in a few minutes.");
        };
        // The same work for a name that is unknown.
        let Some(user) = password::validate_user(context.validator, username, password, request).await?
        else {
            context.observe(&tell(EventKind::LoginFailed));
            return page(WRONG);
        };
        guess.was_right(store).await?;
        context.observe(&tell(EventKind::LoginSucceeded).subject(&user.subject));
        Ok(Decision::approve(user.subject))
    }
}

const WRONG: &str = "User name or password is wrong.";

fn page(
    context: &Context<'_, Accounts>,
    authorization: &AuthorizationRequest,
    request: &Request,
    problem: &str,
) -> Decision {
    let asked = authorization.asked_scopes();
    let scopes = context.scopes.iter().filter(|scope| asked.contains(scope.name));
    let scopes = scopes.map(|scope| format!("<li>{}</li>", escape(scope.description.unwrap_or(scope.name))));
    let client = &authorization.client;
    let hint = authorization.openid.login_hint.as_deref();
    let username = request.body().get("username").or(hint).unwrap_or_default();
    Decision::page(format!(
        include_str!("login.html"),
        client = escape(client.client_name.as_deref().unwrap_or(&client.client_id)),
        scopes = scopes.collect::<String>(),
        action = escape(&request.uri().to_string()),
        problem = escape(problem),
        username = escape(username),
    ))
}

fn escape(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#39;")
}
