//! What the macros accept and what they refuse, with the very words: `{pass,fail}/<macro>/*.rs`.
//!
//! One file holds the mistakes that one pass of the compiler finds: that all of them are listed shows that none hides
//! another. After a change of wording, run with `TRYBUILD=overwrite` and read each message aloud.

#[test]
fn macros() {
    let cases = trybuild::TestCases::new();
    cases.pass("pass/*/*.rs");
    cases.compile_fail("fail/*/*.rs");
}
