//! What stores say when they keep something already.

use std::error::Error as _;

use oauth_core::prelude::*;
use oauth_core::store::FamilyId;

use crate::support::{EveryRole, after, device, grant, hash, now, over_every_store};

over_every_store!(what_is_kept_already_is_said_in_one_line);

async fn what_is_kept_already_is_said_in_one_line<S: EveryRole>(store: S) {
    let end = after(now(), 60);
    store.save_code(hash("code"), grant(FamilyId::random(), end)).await.unwrap();
    let error = store.save_code(hash("code"), grant(FamilyId::random(), end)).await.unwrap_err();
    assert_eq!(error.to_string(), "the store could not save a code");
    assert_eq!(error.source().unwrap().to_string(), "it is kept already: its generator repeats itself");

    store.save_device_code(hash("tv"), hash("tv user"), device(end)).await.unwrap();
    let error = store.save_device_code(hash("tv"), hash("another code"), device(end)).await.unwrap_err();
    assert_eq!(error.to_string(), "the store could not save a device code");

    store.save_user(User::new("u1", "anna")).await.unwrap();
    let error = store.save_user(User::new("u2", "anna")).await.unwrap_err();
    let cause = error.source().unwrap().to_string();
    assert_eq!(cause, "the login name `anna` belongs to another subject");
}
