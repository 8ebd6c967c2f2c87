//! Checks that what is generated from the rules is as they are.

#[test]
fn the_page_is_that_of_the_rules() {
    let is_current = xtask::page() == xtask::read(&xtask::page_path());
    assert!(is_current, "run `cargo xtask rules`");
}
