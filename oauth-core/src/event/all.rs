//! Several observers.

use std::fmt;
use std::sync::Arc;

use super::{Event, Exchange, Observer};

/// Tells several observers, one after the other.
///
/// ```
/// use oauth_core::event::{All, Event, Log, Observer};
/// use oauth_core::server::Environment;
///
/// struct Alarm;
///
/// impl Observer for Alarm {
///     fn on(&self, _: &Event<'_>) {}
/// }
///
/// # fn environment<S>() -> Environment<S> {
/// Environment::new().observer(All::of(Log).and(Alarm))
/// # }
/// ```
#[derive(Clone, Default)]
pub struct All(pub Vec<Arc<dyn Observer>>);

impl All {
    /// One observer.
    pub fn of(observer: impl Observer) -> Self {
        Self::default().and(observer)
    }

    /// Adds an observer.
    #[must_use]
    pub fn and(mut self, observer: impl Observer) -> Self {
        self.0.push(Arc::new(observer));
        self
    }
}

impl Observer for All {
    fn on(&self, event: &Event<'_>) {
        self.0.iter().for_each(|observer| observer.on(event));
    }

    fn is_listening(&self) -> bool {
        self.0.iter().any(Observer::is_listening)
    }

    fn began(&self, exchange: &Exchange<'_>) {
        self.0.iter().for_each(|observer| observer.began(exchange));
    }

    fn ended(&self, exchange: &Exchange<'_>) {
        self.0.iter().for_each(|observer| observer.ended(exchange));
    }
}

impl fmt::Debug for All {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("All").field(&self.0.len()).finish()
    }
}
