//! The store in a server or a cluster at a distance: connecting, what is cut off, and who confirms what.

mod connecting;
mod cut_off;
mod expiry;
mod registrations;
mod replicas;

use std::error::Error as _;

use oauth_core::prelude::*;
use oauth_core::store::StoreError;

fn assert_passes(error: StoreError) {
    assert!(error.is_overloaded(), "{:?}", error.source());
    assert_eq!(Error::from(error).code(), ErrorCode::TemporarilyUnavailable);
}
