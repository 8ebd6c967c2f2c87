//! The patience with a connection: how long it may take to send the headers of a request.
//!
//! hyper asks for a timer with each request, and drops it as soon as the headers are there. One of the runtime would be put among all
//! others and taken out again each time, so a connection has one for all of its life, which looks at what hyper waits for when it fires.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use hyper::rt::{Sleep, Timer};
use parking_lot::Mutex;

/// The end of the wait of one connection for headers, if it waits.
#[derive(Clone, Default)]
pub(super) struct Patience(Arc<Mutex<Option<Instant>>>);

/// A wait for headers. It does not wake: [`Watch`] does.
struct Wait {
    end: Instant,
    patience: Patience,
}

/// The timer of a connection.
pub(super) struct Watch {
    patience: Patience,
    /// The time that headers may take: none that are waited for from now on have to be there before.
    each: Duration,
    timer: Pin<Box<tokio::time::Sleep>>,
}

impl Patience {
    pub(super) fn watch(&self, each: Duration) -> Watch {
        Watch { patience: self.clone(), each, timer: Box::pin(tokio::time::sleep(each)) }
    }
}

impl Timer for Patience {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.sleep_until(Instant::now() + duration)
    }

    fn sleep_until(&self, end: Instant) -> Pin<Box<dyn Sleep>> {
        Box::pin(Wait { end, patience: self.clone() })
    }
}

impl Future for Wait {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if Instant::now() >= self.end {
            return Poll::Ready(());
        }
        *self.patience.0.lock() = Some(self.end);
        Poll::Pending
    }
}

impl Sleep for Wait {}

impl Drop for Wait {
    fn drop(&mut self) {
        *self.patience.0.lock() = None;
    }
}

impl Watch {
    /// Runs a connection to its end.
    pub(super) async fn over(&mut self, mut connection: Pin<&mut impl Future>) {
        loop {
            tokio::select! {
                biased;
                // What goes wrong with a connection its client knows, too.
                _ = connection.as_mut() => return,
                // It is asked again, and sees itself whether its wait has ended.
                () = self.fires() => {}
            }
        }
    }

    async fn fires(&mut self) {
        self.timer.as_mut().await;
        let now = Instant::now();
        let next = self.patience.0.lock().filter(|end| *end > now);
        self.timer.as_mut().reset(next.unwrap_or(now + self.each).into());
    }
}
