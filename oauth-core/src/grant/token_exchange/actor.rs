//! `act` and `may_act`: who acts for whom, RFC 8693 §4.1 and §4.4.

use serde_json::{Value, json};

use super::subject::text;
use super::{ExchangeApproval, ExchangedToken, TokenExchangeRequest};
use crate::client::Client;
use crate::error::{Error, Result};
use crate::openid::{PairwiseKey, subject_identifier};

/// The most actors that a token names: each has called on, one behind the other.
const DEEPEST: usize = 8;

/// The party that acts, by the names that tokens tell.
#[derive(Debug, Clone)]
pub(super) struct Actor {
    sub: String,
    client_id: String,
}

impl Actor {
    /// The party of an actor token: a person as its client knows them, or that client itself. The subject that stores keep is told to
    /// nobody who does not know it (OIDC Core §8.1).
    ///
    /// # Errors
    ///
    /// `server_error` if the client has pairwise identifiers that cannot be made.
    pub(super) fn of_token(
        key: Option<&PairwiseKey>,
        token: &ExchangedToken,
        client: &Client,
    ) -> Result<Self> {
        Ok(match &token.authorization.subject {
            Some(subject) => Self {
                sub: subject_identifier(key, client, subject)?.into_owned(),
                client_id: client.client_id.clone(),
            },
            None => Self::client(client),
        })
    }

    /// A client.
    pub(super) fn client(client: &Client) -> Self {
        Self { sub: client.client_id.clone(), client_id: client.client_id.clone() }
    }
}

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
    let Actor { sub, client_id } = &exchange.acts;
    let mut act = json!({ "sub": sub, "client_id": client_id });
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
/// party." It names that party as `act` would.
fn check_may_act(exchange: &TokenExchangeRequest) -> Result<()> {
    let Some(may_act) = exchange.may_act() else { return Ok(()) };
    let Actor { sub, client_id } = &exchange.acts;
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
