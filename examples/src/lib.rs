//! The parts that the examples share, so that each shows only what it is about: arguments, listening, an
//! orderly end, and a web application that is a client of a server.

mod arguments;
pub mod demo_client;
mod html;
mod serve;

pub use self::arguments::Arguments;
pub use self::serve::{listen, listen_on, one_line, serve};
