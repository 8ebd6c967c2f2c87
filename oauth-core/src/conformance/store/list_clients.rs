//! Role `list_clients`.

use super::walk::{name, walk};
use crate::client::Client;
use crate::conformance::store::records::now;
use crate::store::ListClients;

pub(super) fn client(id: &str) -> Client {
    Client::public(id).redirect_uri("https://app.example/cb").build().unwrap()
}

pub async fn pages_of_clients_have_each_once_while_others_come_and_go<S: ListClients + Clone + 'static>(
    store: S,
) {
    // Identifiers of clients are ASCII.
    let id = |number| name(number).replace('ä', "~");
    walk(
        async |number| store.save_client(client(&id(number))).await.unwrap(),
        async |number| assert!(store.delete_client(&id(number), now()).await.unwrap()),
        async |after, limit| store.clients(after.as_ref(), limit).await,
        |client| client.client_id.replace('~', "ä"),
    )
    .await;
}

pub async fn a_deleted_client_is_gone<S: ListClients + Clone + 'static>(store: S) {
    let mut calendar = client("calendar");
    calendar.origins = vec!["https://calendar.example".to_owned()];
    store.save_client(calendar).await.unwrap();
    store.save_client(client("mail")).await.unwrap();
    assert!(!store.delete_client("nobody", now()).await.unwrap());
    assert!(store.delete_client("calendar", now()).await.unwrap());
    assert!(!store.delete_client("calendar", now()).await.unwrap());
    assert!(store.client("calendar").await.unwrap().is_none());
    assert!(!store.is_origin_registered("https://calendar.example").await.unwrap());
    assert!(store.client("mail").await.unwrap().is_some());
}
