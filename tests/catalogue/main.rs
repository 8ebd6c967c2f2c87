//! The catalogue of rules is true: what it says of the code, of the tests and of the compiler's words.

mod page;
mod peer_checks;
mod rows;
