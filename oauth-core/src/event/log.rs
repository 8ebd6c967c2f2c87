//! The observer that writes a line.

use super::{Event, Observer};
use crate::error::ErrorCode;

/// Writes one line of [`tracing`] an event: level `info`, target `oauth_core::audit`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Log;

impl Observer for Log {
    fn on(&self, event: &Event<'_>) {
        tracing::info!(
            target: "oauth_core::audit",
            event = event.kind.as_str(),
            instance = event.instance,
            trace = event.trace.map(display),
            client_id = event.client_id,
            subject = event.subject,
            grant_type = event.grant_type.map(display),
            scope = event.scopes.filter(|scopes| !scopes.is_empty()).map(display),
            family = event.family.map(display),
            kid = event.key,
            session = event.session.map(display),
            client_auth = event.client_auth.map(display),
            address = event.address.map(display),
            error = event.error.map(ErrorCode::as_str),
            reason = event.reason,
            rule = event.rule,
            actor = event.actor,
        );
    }
}
