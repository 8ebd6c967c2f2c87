//! Role `audit`.

use std::collections::BTreeSet;

use crate::conformance::store::races::{CALLERS, at_once};
use crate::conformance::store::records::{after, now};
use crate::event::{AuditRecord, Event, EventKind};
use crate::store::{AuditEntry, AuditStore, AuditTable, Cursor, Page, Result};

/// An entry of a second, and of a place within it.
fn entry(second: u64, place: u8) -> AuditEntry {
    let time = after(now(), second);
    let subject = format!("bücher {second} \"{place}\"");
    let record =
        AuditRecord::from(&Event::new(EventKind::LoginFailed, time).subject(&subject).client_id("web"));
    let mut key = [place; 16];
    let (seconds, _) = key.split_at_mut(8);
    seconds.copy_from_slice(&time.as_secs().to_be_bytes());
    AuditEntry::new(key, record, after(time, 600))
}

/// The whole table, in pages of this size.
async fn all(
    read: impl AsyncFn(Option<Cursor>, u16) -> Result<Page<AuditEntry>>,
    size: u16,
) -> Vec<AuditEntry> {
    let (mut entries, mut place) = (Vec::new(), None);
    loop {
        let page = read(place, size).await.unwrap();
        assert!(page.items.len() <= usize::from(size));
        entries.extend(page.items);
        match page.next {
            Some(next) => place = Some(next),
            None => return entries,
        }
    }
}

pub async fn entries_come_back_whole_in_the_order_of_their_keys<S: AuditStore + Clone + 'static>(store: S) {
    // Bytes above 127 come after those below.
    let places = [0, 1, 0x7F, 0x80, 0xFF];
    let mut entries: Vec<_> = (0..3).flat_map(|second| places.map(|place| entry(second, place))).collect();
    let kept: Vec<_> = entries.iter().rev().cloned().collect();
    let (late, early) = kept.split_at(7);
    store.keep_events(early.to_vec()).await.unwrap();
    store.keep_events(late.to_vec()).await.unwrap();
    for size in [1, 2, 7, 15, 1000] {
        let forth = all(async |after, limit| store.events(after.as_ref(), limit).await, size).await;
        assert_eq!(forth, entries, "in pages of {size}");
    }
    entries.reverse();
    for size in [1, 2, 7, 15, 1000] {
        let back = all(async |before, limit| store.latest_events(before.as_ref(), limit).await, size).await;
        assert_eq!(back, entries, "in pages of {size}");
    }
}

pub async fn a_place_is_a_time_or_an_entry<S: AuditStore + Clone + 'static>(store: S) {
    let entries: Vec<_> = (0..5).map(|second| entry(second, 7)).collect();
    store.keep_events(entries.clone()).await.unwrap();
    let since = AuditTable::since(after(now(), 3));
    assert_eq!(store.events(Some(&since), 10).await.unwrap().items, entries[3..]);
    let third = entries[2].cursor();
    assert_eq!(store.events(Some(&third), 10).await.unwrap().items, entries[3..]);
    assert_eq!(
        store.latest_events(Some(&third), 10).await.unwrap().items,
        [entries[1].clone(), entries[0].clone()]
    );
}

/// A batch is repeated where nobody knows what became of it.
pub async fn an_entry_is_kept_once<S: AuditStore + Clone + 'static>(store: S) {
    let first = entry(0, 1);
    store.keep_events(vec![first.clone()]).await.unwrap();
    let mut other = entry(9, 1);
    other.key = first.key;
    store.keep_events(vec![first.clone(), other, entry(0, 2)]).await.unwrap();
    store.keep_events(Vec::new()).await.unwrap();
    assert_eq!(store.events(None, 10).await.unwrap().items, [first, entry(0, 2)]);
}

pub async fn two_hundred_keep_entries_and_none_is_missing<S: AuditStore + Clone + 'static>(store: S) {
    at_once(std::slice::from_ref(&store), |store, caller| async move {
        let second = u64::try_from(caller).unwrap();
        loop {
            match store.keep_events(vec![entry(second, 1), entry(second, 2)]).await {
                Ok(()) => return,
                Err(error) => assert!(error.is_overloaded(), "{error}"),
            }
        }
    })
    .await;
    let kept = all(async |after, limit| store.events(after.as_ref(), limit).await, 1000).await;
    assert_eq!(kept.iter().map(|entry| entry.key).collect::<BTreeSet<_>>().len(), 2 * CALLERS);
}
