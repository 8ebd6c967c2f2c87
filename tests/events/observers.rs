//! Who is told.

use std::sync::Arc;

use oauth_core::event::{All, EventKind};

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
