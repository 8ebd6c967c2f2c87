//! Pages of lists.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::{Result, StoreError};

/// A part of a list, and where the next part begins.
///
/// Whoever follows [`next`](Self::next) to its end sees each entry once that was there from beginning to end, whatever comes and goes
/// meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Page<T> {
    /// The entries, in the order of the list.
    pub items: Vec<T>,
    /// The place where the next page begins; `None`: there is none.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// The most entries of a page.
    pub const MOST: u16 = 1000;

    /// The number of entries to read for a page of this limit: one more than it has, which tells that there is a next page. The limit
    /// is at least 1 and at most [`MOST`](Self::MOST), whatever was asked for.
    pub fn rows(limit: u16) -> usize {
        usize::from(limit.clamp(1, Self::MOST)) + 1
    }

    /// The page of what was read, up to [`rows`](Self::rows) entries that follow the cursor, in the order of their keys.
    pub fn of(mut items: Vec<T>, limit: u16, key: impl FnOnce(&T) -> Cursor) -> Self {
        let size = Self::rows(limit) - 1;
        let has_next = items.len() > size;
        items.truncate(size);
        let next = if has_next { items.last().map(key) } else { None };
        Self { items, next }
    }

    /// The page with other entries in the place of these.
    pub fn map<U>(self, of: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(of).collect(), next: self.next }
    }
}

/// A place in a list: after the entry with this key. Its text, which may go into a URL, says nothing to anybody but the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(Vec<u8>);

impl Cursor {
    /// The place after the entry with this key.
    pub fn after(key: impl Into<Vec<u8>>) -> Self {
        Self(key.into())
    }

    /// The key of the last entry that was seen.
    pub fn key(&self) -> &[u8] {
        &self.0
    }

    /// The key of an entry whose keys are text; the beginning of the list without a cursor.
    ///
    /// # Errors
    ///
    /// If it is the cursor of another list.
    pub fn text<'a>(cursor: Option<&'a Self>, doing: &'static str) -> Result<&'a str> {
        let Some(Self(key)) = cursor else { return Ok("") };
        let text = std::str::from_utf8(key).ok().filter(|text| !text.contains('\0'));
        text.ok_or_else(|| StoreError::new(doing, "the cursor is of another list"))
    }

    /// The key of an entry whose keys are bytes; the beginning of the list without a cursor.
    pub fn bytes(cursor: Option<&Self>) -> &[u8] {
        cursor.map_or(&[], Self::key)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(&self.0))
    }
}

impl FromStr for Cursor {
    type Err = InvalidCursor;

    fn from_str(text: &str) -> std::result::Result<Self, InvalidCursor> {
        URL_SAFE_NO_PAD.decode(text).map(Self).map_err(|_| InvalidCursor)
    }
}

/// A text that is no cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidCursor;

impl fmt::Display for InvalidCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is no cursor: use the `next` of the page before, as it is")
    }
}

impl std::error::Error for InvalidCursor {}
