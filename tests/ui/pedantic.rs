//! The code that the macros accept is a user's: here it is under clippy's strictest lints, which pass over
//! nothing that the user wrote and look into expansions. `cargo clippy` is the test; `cargo test` runs the
//! program.
#![deny(clippy::all, clippy::pedantic, clippy::nursery)]
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions
)]
#![deny(missing_debug_implementations, unused, rust_2018_idioms, let_underscore)]
// That a hook could be `const` is true, and of no use.
#![allow(clippy::missing_const_for_fn)]

#[path = "pass/hygiene/pedantic.rs"]
mod one_of_each;

#[test]
fn the_program_runs() {
    one_of_each::main();
}
