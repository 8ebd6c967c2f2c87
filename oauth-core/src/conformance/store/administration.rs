//! Role `administration`: a store that plays every role and has every list.

use super::list_clients::client;
use super::together::EveryStore;
use crate::conformance::store::records::{
    GRANTED_AT, access_token_of, after, hash, now, refresh_token, save_access, save_refresh, scopes,
};
use crate::store::{Authorization, FamilyId, ListClients, ListConsents, ListGrants, ListSessions, ListUsers};

/// A store that plays every role and has every list.
pub trait EveryList: EveryStore + ListClients + ListUsers + ListSessions + ListGrants + ListConsents {}

impl<S> EveryList for S where
    S: EveryStore + ListClients + ListUsers + ListSessions + ListGrants + ListConsents
{
}

pub async fn a_deleted_client_leaves_nothing_behind<S: EveryList + Clone + 'static>(store: S) {
    let end = after(now(), 600);
    for id in ["calendar", "mail"] {
        store.save_client(client(id)).await.unwrap();
        store.save_consent("user-1", id, scopes("a")).await.unwrap();
    }
    save_access(&store, access_token_of("a", Authorization::new("calendar", GRANTED_AT), end)).await;
    save_access(&store, access_token_of("m", Authorization::new("mail", GRANTED_AT), end)).await;
    save_refresh(&store, refresh_token("r", FamilyId::random(), end)).await;

    assert!(store.delete_client("calendar", now()).await.unwrap());
    assert_eq!(store.consent("user-1", "calendar").await.unwrap(), None);
    assert_eq!(store.access_token(&hash("a"), now()).await.unwrap(), None);
    assert_eq!(store.refresh_token(&hash("r"), now()).await.unwrap(), None);

    assert!(store.client("mail").await.unwrap().is_some());
    assert!(store.consent("user-1", "mail").await.unwrap().is_some());
    assert!(store.access_token(&hash("m"), now()).await.unwrap().is_some());
}
