//! Editors complete what the macros take.

use std::fs;

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

/// Compares the methods that the macros take for harmless with those of a request, which are a snapshot of theirs.
#[test]
fn what_reads_a_request_is_a_method_of_it() {
    let folder = root().join("oauth-core/src/request");
    let files = fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
    let text: String = files.chain([folder.with_extension("rs")]).map(|file| read(&file)).collect();
    let snapshot = read(&root().join("oauth-macros/src/snapshots/methods.txt"));
    assert!(snapshot.lines().count() > 10, "they are read");
    for method in snapshot.lines() {
        let is_there = ["&self", "&mut self"].iter().any(|it| text.contains(&format!(" fn {method}({it}")));
        assert!(is_there, "`Request` has no method `{method}`");
    }
}
