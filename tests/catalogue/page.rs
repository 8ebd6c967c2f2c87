//! What is generated from the rules is as they are.

#[test]
fn the_page_is_that_of_the_rules() {
    assert_eq!(xtask::page(), xtask::read(&xtask::page_path()), "run `cargo xtask rules`");
}
