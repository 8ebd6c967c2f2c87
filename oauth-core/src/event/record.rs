//! An event as it is kept.

use std::borrow::Cow;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::Event;
use crate::store::FamilyId;
use crate::time::UnixTime;

/// An event as an audit table keeps it, and gives it back: whoever reads may be another version than who wrote, so what has a type
/// there is its text here. A field that is absent was not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AuditRecord {
    /// The name of its kind, as [`EventKind::as_str`](super::EventKind::as_str) has it.
    pub event: Cow<'static, str>,
    /// The time, by the clock of the server that told it.
    pub time: UnixTime,
    /// The name of the process that told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// The trace that the request belongs to, in hexadecimal digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trace: Option<String>,
    /// The client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// The person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The grant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant_type: Option<String>,
    /// The scopes, separated by spaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The family of tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub family: Option<FamilyId>,
    /// The session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<FamilyId>,
    /// The method by which a client authenticated, or tried to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_auth: Option<String>,
    /// The address that the request came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<IpAddr>,
    /// The error of an act that was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Cow<'static, str>>,
    /// The `kid` of a key of the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kid: Option<String>,
    /// The reason of a refusal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The limit that refused a request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Cow<'static, str>>,
    /// The operator who asked for an act of administration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
}

impl From<&Event<'_>> for AuditRecord {
    fn from(event: &Event<'_>) -> Self {
        let text = |text: Option<&str>| text.map(str::to_owned);
        Self {
            event: event.kind.as_str().into(),
            time: event.time,
            instance: text(event.instance),
            trace: event.trace.map(|trace| trace.to_string()),
            client_id: text(event.client_id),
            subject: text(event.subject),
            grant_type: event.grant_type.map(ToString::to_string),
            scope: event.scopes.filter(|scopes| !scopes.is_empty()).map(ToString::to_string),
            family: event.family,
            session: event.session,
            client_auth: event.client_auth.map(|method| method.to_string()),
            address: event.address,
            error: event.error.map(|error| error.as_str().into()),
            kid: text(event.key),
            reason: text(event.reason),
            rule: event.rule.map(Into::into),
            actor: text(event.actor),
        }
    }
}
