//! A walk through the pages of a list.

use std::collections::BTreeMap;

use crate::store::{Cursor, Page, Result};

/// The number of entries that are there from beginning to end.
const ENTRIES: usize = 7;

/// Names that sort differently as text, as bytes and by a dictionary.
pub(super) fn name(number: usize) -> String {
    let names = ["a", "B", "b", "ä", "a-b", "ab", "Z"];
    names.get(number).map_or_else(|| format!("later {number}"), |name| (*name).to_owned())
}

/// Walks a list with pages of every size, and adds and removes others between its pages.
pub(super) async fn walk<T, Kept: AsyncFn(usize), Gone: AsyncFn(usize), Read>(
    keep: Kept,
    remove: Gone,
    read: Read,
    name_of: impl Fn(&T) -> String,
) where
    Read: AsyncFn(Option<Cursor>, u16) -> Result<Page<T>>,
{
    for number in 0..ENTRIES {
        keep(number).await;
    }
    let mut other = ENTRIES;
    for size in 1..=u16::try_from(ENTRIES + 1).unwrap() {
        let (mut seen, mut cursor): (BTreeMap<String, usize>, Option<Cursor>) = (BTreeMap::new(), None);
        loop {
            let page = read(cursor, size).await.unwrap();
            assert!(page.items.len() <= usize::from(size) && !page.items.is_empty(), "{size}");
            for item in &page.items {
                *seen.entry(name_of(item)).or_default() += 1;
            }
            keep(other).await;
            if other > ENTRIES {
                remove(other - 1).await;
            }
            other += 1;
            // Through text, as an account page has it in its URL.
            let Some(next) = page.next else { break };
            cursor = Some(next.to_string().parse().unwrap());
        }
        for number in 0..ENTRIES {
            assert_eq!(seen.get(&name(number)), Some(&1), "{} in pages of {size}: {seen:?}", name(number));
        }
        assert!(seen.values().all(|times| *times == 1), "{seen:?}");
    }
    let least = read(None, 0).await.unwrap();
    assert_eq!(least.items.len(), 1, "a page without entries would have no end");
    let most = read(None, u16::MAX).await.unwrap();
    assert!(most.items.len() >= ENTRIES && most.next.is_none());
}
