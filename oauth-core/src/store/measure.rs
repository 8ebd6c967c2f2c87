//! The time that operations of databases take.

#[cfg(feature = "metrics")]
use std::time::{Duration, Instant};

#[cfg(feature = "metrics")]
use super::{Result, StoreError};

/// Does an operation, and measures it as OpenTelemetry does: a call of the client of a database, with what is tried again.
#[cfg(feature = "metrics")]
pub(super) async fn measured<T>(
    system: &'static str,
    doing: &'static str,
    operation: impl Future<Output = Result<T>>,
) -> Result<T> {
    let started = Instant::now();
    // Or it would be twice as large: as an argument, and as what is waited for.
    let done = Box::pin(operation).await;
    record(system, doing, started.elapsed(), done.as_ref().err());
    done
}

#[cfg(feature = "metrics")]
fn record(system: &'static str, doing: &'static str, time: Duration, error: Option<&StoreError>) {
    use metrics::histogram;

    const NAME: &str = "db.client.operation.duration";
    let histogram = match error.map(|error| if error.is_overloaded() { "overloaded" } else { "_OTHER" }) {
        None => histogram!(NAME, "db.system.name" => system, "db.operation.name" => doing),
        Some(error) => {
            histogram!(NAME, "db.system.name" => system, "db.operation.name" => doing, "error.type" => error)
        }
    };
    histogram.record(time.as_secs_f64());
}

/// Does an operation.
#[cfg(not(feature = "metrics"))]
pub(super) fn measured<F: Future>(_: &'static str, _: &'static str, operation: F) -> F {
    operation
}
