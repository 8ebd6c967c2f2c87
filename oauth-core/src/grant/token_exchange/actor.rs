//! `act` and `may_act`: who acts for whom, RFC 8693 §4.1 and §4.4.

use serde_json::{Value, json};

use super::subject::text;
use super::{ExchangeApproval, ExchangedToken, TokenExchangeRequest};
use crate::error::{Error, Result};

/// The most actors that a token names: each has called on, one behind the other.
const DEEPEST: usize = 8;

/// The claim `act` of the new token; `None`: it is the person's own.
///
/// # Errors
///
/// `invalid_request` if the subject token's `may_act` names another actor, or the chain of actors is too long.
pub(super) fn act(exchange: &TokenExchangeRequest, approval: &ExchangeApproval) -> Result<Option<Value>> {
    check_may_act(exchange)?;
    if !approval.is_delegation {
        return Ok(None);
    }
    let mut act = match &exchange.actor {
        Some(ExchangedToken { authorization, .. }) => json!({
            "sub": authorization.subject.as_ref().unwrap_or(&authorization.client_id),
            "client_id": authorization.client_id,
        }),
        None => {
            json!({ "sub": exchange.requester.client_id, "client_id": exchange.requester.client_id })
        }
    };
    // §4.1: "A chain of delegation can be expressed by nesting one "act" claim within another."
    if let Some(before) = exchange.subject.claims.get("act") {
        if depth(before) >= DEEPEST {
            return Err(Error::invalid_request("subject_token names too many actors"));
        }
        if let Value::Object(act) = &mut act {
            act.insert("act".to_owned(), before.clone());
        }
    }
    Ok(Some(act))
}

/// §4.4: "The "may_act" claim makes a statement that one party is authorized to become the actor and act on behalf of another
/// party."
fn check_may_act(exchange: &TokenExchangeRequest) -> Result<()> {
    let Some(may_act) = exchange.may_act() else { return Ok(()) };
    let actor = exchange.actor.as_ref().map(|actor| &actor.authorization);
    let client_id = actor.map_or(&exchange.requester.client_id, |actor| &actor.client_id);
    let sub = actor.and_then(|actor| actor.subject.as_ref()).unwrap_or(client_id);
    let names = |name, is: &str| text(may_act, name).is_none_or(|named| named == is);
    let is_named = text(may_act, "client_id").or_else(|| text(may_act, "sub")).is_some();
    if is_named && names("client_id", client_id) && names("sub", sub) {
        Ok(())
    } else {
        Err(Error::invalid_request("may_act of the subject_token names another actor"))
    }
}

fn depth(mut act: &Value) -> usize {
    let mut depth = 1;
    while let Some(before) = act.get("act") {
        (act, depth) = (before, depth + 1);
    }
    depth
}
