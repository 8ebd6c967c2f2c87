//! What the macros accept is a user's code: here it is under clippy's strictest lints, which pass over nothing that the user
//! wrote and look into expansions. `cargo clippy` is the test; `cargo test` runs the programs.
#![deny(clippy::all, clippy::pedantic, clippy::nursery, clippy::cargo)]
#![deny(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::as_conversions, clippy::wildcard_imports)]

#[path = "pass/hygiene/lints.rs"]
mod lints;
#[path = "pass/hygiene/pedantic.rs"]
mod one_of_each;

#[test]
fn programs_run() {
    lints::main();
    one_of_each::main();
}
