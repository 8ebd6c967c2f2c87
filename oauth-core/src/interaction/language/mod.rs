//! The words of the pages, in each language.

mod arabic;
mod english;
mod french;
mod german;
mod japanese;
mod offered;
mod preferred;
mod spanish;
mod text;
mod words;

pub use self::arabic::ARABIC;
pub use self::english::ENGLISH;
pub use self::french::FRENCH;
pub use self::german::GERMAN;
pub use self::japanese::JAPANESE;
pub(super) use self::offered::Languages;
pub(super) use self::preferred::preferred;
pub use self::spanish::SPANISH;
pub(super) use self::text::{Html, Text, Values, whole_seconds};
pub use self::words::{Language, Words};

/// The languages that are built in.
pub(super) static BUILT_IN: [&dyn Language; 6] = [&ENGLISH, &GERMAN, &FRENCH, &SPANISH, &JAPANESE, &ARABIC];
