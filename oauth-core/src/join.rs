//! Waiting for several things at once, without a runtime.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A future whose type does not matter.
pub(crate) type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Waits until all of these are done.
pub(crate) async fn join_all(mut futures: Vec<Boxed<'_, ()>>) {
    join_until(&mut futures, 0).await;
}

/// Waits until no more than so many of these are left. They can be waited for again, and others be added.
pub(crate) async fn join_until(futures: &mut Vec<Boxed<'_, ()>>, left: usize) {
    poll_fn(|context| {
        poll_all(futures, context);
        if futures.len() <= left { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

/// Waits for one future while these go on: it may need what they hold.
#[cfg(feature = "http-client")]
pub(crate) async fn join_beside<F: Future>(futures: &mut Vec<Boxed<'_, ()>>, future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    poll_fn(|context| {
        poll_all(futures, context);
        future.as_mut().poll(context)
    })
    .await
}

fn poll_all(futures: &mut Vec<Boxed<'_, ()>>, context: &mut Context<'_>) {
    futures.retain_mut(|future| future.as_mut().poll(context).is_pending());
}
