//! The observers of keys.

use std::sync::Arc;

use parking_lot::Mutex;

use crate::event::{Event, EventKind, Log, Observer};
use crate::time::UnixTime;

/// The observer that the policy of the keys names; or else the servers that have them, and the log where none has.
pub(super) struct Hearers(Mutex<State>);

enum State {
    /// It is not known yet whether there are servers: what happened waits.
    Open(Vec<(EventKind, UnixTime, String)>),
    Named(Arc<dyn Observer>),
    Log,
    Servers(Vec<Arc<dyn Observer>>),
}

impl Hearers {
    pub(super) fn new(named: Option<Arc<dyn Observer>>) -> Self {
        Self(Mutex::new(named.map_or(State::Open(Vec::new()), State::Named)))
    }

    pub(super) fn tell(&self, kind: EventKind, time: UnixTime, key: &str) {
        let event = Event::new(kind, time).key(key);
        match &mut *self.0.lock() {
            State::Open(waiting) => waiting.push((kind, time, key.to_owned())),
            State::Named(observer) => observer.on(&event),
            State::Log => Log.on(&event),
            State::Servers(observers) => observers.iter().for_each(|observer| observer.on(&event)),
        }
    }

    /// From here on a server hears of them, and the first one of what waited.
    pub(super) fn add(&self, server: Arc<dyn Observer>) {
        match &mut *self.0.lock() {
            State::Named(_) => {}
            State::Servers(observers) => observers.push(server),
            state => {
                tell_waiting(state, &*server);
                *state = State::Servers(vec![server]);
            }
        }
    }

    /// The log hears of them, until there is a server.
    pub(super) fn settle(&self) {
        let mut state = self.0.lock();
        if let State::Open(_) = *state {
            tell_waiting(&state, &Log);
            *state = State::Log;
        }
    }
}

fn tell_waiting(state: &State, observer: &dyn Observer) {
    if let State::Open(waiting) = state {
        for (kind, time, key) in waiting {
            observer.on(&Event::new(*kind, *time).key(key));
        }
    }
}
