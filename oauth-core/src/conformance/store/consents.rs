//! Role `consents`.

use crate::conformance::store::records::scopes;
use crate::store::ConsentStore;

pub async fn a_consent_is_of_one_person_to_one_client<S: ConsentStore + Clone + 'static>(store: S) {
    store.save_consent("u1", "calendar", scopes("profile calendar")).await.unwrap();
    assert_eq!(store.consent("u1", "calendar").await.unwrap(), Some(scopes("profile calendar")));
    assert_eq!(store.consent("u1", "mail").await.unwrap(), None);
    assert_eq!(store.consent("u2", "calendar").await.unwrap(), None);
    assert_eq!(store.consent("calendar", "u1").await.unwrap(), None);
}

pub async fn saving_replaces<S: ConsentStore + Clone + 'static>(store: S) {
    store.save_consent("u1", "calendar", scopes("profile calendar")).await.unwrap();
    store.save_consent("u1", "calendar", scopes("mail")).await.unwrap();
    assert_eq!(store.consent("u1", "calendar").await.unwrap(), Some(scopes("mail")));
    // Having agreed to nothing is not the same as never having been asked.
    store.save_consent("u1", "calendar", scopes("")).await.unwrap();
    assert_eq!(store.consent("u1", "calendar").await.unwrap(), Some(scopes("")));
}

pub async fn a_consent_is_forgotten<S: ConsentStore + Clone + 'static>(store: S) {
    for client in ["calendar", "mail"] {
        store.save_consent("u1", client, scopes("profile")).await.unwrap();
    }
    assert!(store.delete_consent("u1", "calendar").await.unwrap());
    assert!(!store.delete_consent("u1", "calendar").await.unwrap());
    assert!(!store.delete_consent("u2", "mail").await.unwrap());
    assert_eq!(store.consent("u1", "calendar").await.unwrap(), None);
    assert_eq!(store.consent("u1", "mail").await.unwrap(), Some(scopes("profile")));
}
