//! Who is told.

use std::sync::Arc;

use oauth_core::event::{All, Event, EventKind, Observer};

use crate::world::{Seen, World};

#[tokio::test]
async fn several_observers_see_the_same() {
    let (first, second) = (Seen::default(), Arc::new(Seen::default()));
    let both = All::of(first.clone()).and(Arc::clone(&second));
    let world = World::told_to(both, first.clone()).await;
    world.machine().await;
    first.one(EventKind::TokenIssued);
    second.one(EventKind::TokenIssued);
}

/// One that takes note of nothing at the moment.
struct Deaf(Seen);

impl Observer for Deaf {
    fn on(&self, event: &Event<'_>) {
        self.0.on(event);
    }

    fn is_listening(&self) -> bool {
        false
    }
}

#[tokio::test]
async fn the_events_of_every_request_are_made_for_those_who_listen() {
    let (deaf, listening) = (Seen::default(), Seen::default());
    World::told_to(Deaf(deaf.clone()), deaf.clone()).await.machine().await;
    assert_eq!(deaf.kinds(), [""; 0]);
    let all = All::of(Deaf(deaf)).and(listening.clone());
    World::told_to(all, listening.clone()).await.machine().await;
    listening.one(EventKind::TokenIssued);
}
