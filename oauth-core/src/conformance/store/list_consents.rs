//! Role `list_consents`.

use super::walk::{name, walk};
use crate::conformance::store::records::scopes;
use crate::store::{Cursor, ListConsents};

pub async fn pages_of_consents_have_each_once_while_others_come_and_go<S: ListConsents + Clone + 'static>(
    store: S,
) {
    walk(
        async |number| store.save_consent("user-1", &name(number), scopes("a b")).await.unwrap(),
        async |number| assert!(store.delete_consent("user-1", &name(number)).await.unwrap()),
        async |after, limit| store.consents_of("user-1", after.as_ref(), limit).await,
        |consent| {
            assert_eq!(consent.scopes, scopes("a b"));
            consent.client_id.clone()
        },
    )
    .await;
}

pub async fn consents_are_of_one_person<S: ListConsents + Clone + 'static>(store: S) {
    store.save_consent("user-2", "calendar", scopes("a")).await.unwrap();
    assert!(store.consents_of("user-1", None, 10).await.unwrap().items.is_empty());
    assert_eq!(store.consents_of("user-2", None, 10).await.unwrap().items.len(), 1);
}

pub async fn a_cursor_of_another_list_is_an_error<S: ListConsents + Clone + 'static>(store: S) {
    for key in [&[0xFF, 0xFE][..], b"a\0b"] {
        let other = Cursor::after(key);
        store.consents_of("user-1", Some(&other), 10).await.unwrap_err();
    }
}
