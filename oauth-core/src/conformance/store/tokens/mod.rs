//! Role `tokens`.

mod access;
mod families;
pub(super) mod markers;
mod races;
mod refresh;

pub use self::access::*;
pub use self::families::*;
pub use self::markers::*;
pub use self::races::*;
pub use self::refresh::*;
