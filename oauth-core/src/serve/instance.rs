//! A server that is maintained, whatever its type.

use std::pin::Pin;
use std::sync::Arc;

use tokio::task::JoinHandle;

use crate::frame::{AuthorizationServer, RunningServer};

/// A [`RunningServer`] without its type.
pub(super) trait Instance: Send + Sync {
    /// Runs its background work, which does not end.
    fn maintain(&self) -> Work<'_>;
    /// Says that it is about to stop.
    fn drain(&self);
    /// Does the last of its background work.
    fn finish(&self) -> Work<'_>;
}

type Work<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

impl<S: AuthorizationServer> Instance for RunningServer<S> {
    fn maintain(&self) -> Work<'_> {
        Box::pin(Self::maintain(self))
    }

    fn drain(&self) {
        Self::drain(self);
    }

    fn finish(&self) -> Work<'_> {
        Box::pin(async {
            if let Err(error) = self.deliver_logouts().await {
                error.log();
            }
            if let Some(audit) = self.audit()
                && let Err(cause) = audit.flush().await
            {
                let cause = &cause as &dyn std::error::Error;
                tracing::error!(target: "oauth_core", cause, "the last events could not be written to the audit table");
            }
        })
    }
}

/// Background work under way. It ends with this.
pub(super) struct Background(JoinHandle<()>);

impl Background {
    pub(super) fn start(instance: &Arc<dyn Instance>) -> Self {
        let instance = Arc::clone(instance);
        Self(tokio::spawn(async move { instance.maintain().await }))
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.0.abort();
    }
}
