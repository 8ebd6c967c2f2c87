//! Lists: as words, and what is there twice.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// `` `a`, `b` and `c` ``.
pub fn words<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The places of those of a list that an earlier one equals, the first of each.
pub fn repeated<T: PartialEq>(list: &[T]) -> impl Iterator<Item = usize> {
    list.iter().enumerate().filter_map(|(index, item)| {
        let earlier = list.iter().take(index).filter(|earlier| *earlier == item).count();
        (earlier == 1).then_some(index)
    })
}
