//! A server that is maintained, whatever its type.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

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
            // First, for a client that does not answer may take the time that is left.
            flush(self).await;
            // Other instances tell who was not told in time.
            if let Ok(Err(error)) = tokio::time::timeout(DELIVERIES, self.deliver_logouts()).await {
                error.log();
            }
            flush(self).await;
        })
    }
}

/// The time that the last deliveries may take.
const DELIVERIES: Duration = Duration::from_secs(3);

async fn flush<S: AuthorizationServer>(server: &RunningServer<S>) {
    if let Some(audit) = server.audit()
        && let Err(cause) = audit.flush().await
    {
        let cause = &cause as &dyn std::error::Error;
        tracing::error!(target: "oauth_core", cause, "the last events could not be written to the audit table");
    }
}

/// Background work under way. It ends with this.
pub(super) struct Background(JoinHandle<()>);

impl Background {
    pub(super) fn start(instance: &Arc<dyn Instance>) -> Self {
        let instance = Arc::clone(instance);
        Self(tokio::spawn(async move {
            loop {
                let working = Arc::clone(&instance);
                let mut work = Ended(tokio::spawn(async move { working.maintain().await }));
                // It ends by a panic alone, in a step of the application's: the others must go on.
                if let Err(cause) = (&mut work.0).await {
                    tracing::error!(target: "oauth_core", %cause, "the background work broke off, and begins again");
                }
                tokio::time::sleep(AGAIN).await;
            }
        }))
    }
}

/// The pause before background work that broke off begins again.
const AGAIN: Duration = Duration::from_secs(1);

/// Work that ends with this.
struct Ended(JoinHandle<()>);

impl Drop for Ended {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.0.abort();
    }
}
