//! Role `ready`.

use crate::store::Ready;

pub async fn a_store_is_ready<S: Ready + Clone + 'static>(store: S) {
    store.ready().await.unwrap();
}
