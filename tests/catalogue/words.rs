//! Editors complete what the macros take.

use xtask::{read, root};

/// Compares the words of the run-time crate with those that the macros say they take, which are a snapshot of theirs.
#[test]
fn editors_know_the_words() {
    let source = read(&root().join("oauth-core/src/expansion/words.rs"));
    let (_, source) = source.split_once("words! {\n").expect("the words");
    let snapshot = read(&root().join("oauth-macros/src/snapshots/words.txt"));
    assert!(snapshot.lines().count() > 10, "they are read");
    for line in snapshot.lines() {
        let (module, taken) = line.split_once(": ").expect("a module and its words");
        let (_, offered) = source
            .split_once(&format!("    {module} {{"))
            .unwrap_or_else(|| panic!("no words of `{module}`"));
        let offered: Vec<_> = offered.split('}').next().unwrap_or_default().split_whitespace().collect();
        let taken: Vec<_> = taken.split_whitespace().collect();
        if matches!(module, "allow" | "deny") {
            // In any order, and `allow` has a `reason`.
            let missing: Vec<_> = taken.iter().filter(|word| !offered.contains(word)).collect();
            assert!(missing.is_empty(), "the words of `{module}` lack {missing:?}");
        } else {
            assert_eq!(offered, taken, "the words of `{module}`");
        }
    }
}
