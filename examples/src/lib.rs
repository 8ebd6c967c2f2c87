//! The parts that the examples share, so that each shows only what it is about: arguments, listening, and a web application that is a
//! client of a server.

mod arguments;
pub mod demo_client;
mod html;
mod listen;

pub use self::arguments::Arguments;
pub use self::listen::{listen, listen_on, one_line};
