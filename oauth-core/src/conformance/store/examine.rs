//! Role `examine`.

use crate::store::Examine;
use crate::time::UnixTime;

pub async fn a_new_store_has_the_last_tables_and_no_backlog<S: Examine + Clone + 'static>(store: S) {
    let examination = store.examine(UnixTime::now()).await.unwrap();
    assert!(!examination.software.is_empty());
    assert!(examination.schema.is_none_or(|schema| schema.made == schema.known), "{examination:?}");
    assert_eq!(examination.backlog, []);
}
