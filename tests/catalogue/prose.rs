//! Documentation can be scanned: a summary names its thing first.

use xtask::{files, read, root};

/// The words that open a clause about the thing, in place of its name.
const CLAUSES: [&str; 21] = [
    "What",
    "Whatever",
    "Whether",
    "Who",
    "Whoever",
    "Whom",
    "Whose",
    "Its",
    "Their",
    "Those",
    "Where",
    "How",
    "When",
    "Why",
    "That",
    "Which",
    "Whichever",
    "Because",
    "Since",
    "While",
    "Though",
];

/// The number of blocks in a hundred that may open so, of private items as well: a quotation now and then does, and a guide says how to
/// do a thing.
const MOST: usize = 1;

/// The blocks of documentation in a text: the first word of each, and its line.
fn blocks(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut before = None;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim_start();
        let mark = ["///", "//!"].into_iter().find(|mark| line.starts_with(mark));
        if let Some(words) = mark.filter(|_| mark != before).and_then(|mark| line.strip_prefix(mark)) {
            let word = words.split_whitespace().next().unwrap_or_default();
            found.push((index + 1, word.trim_matches(|c: char| !c.is_alphanumeric())));
        }
        before = mark;
    }
    found
}

#[test]
fn summaries_name_the_thing() {
    let mut all = 0;
    let mut clauses = Vec::new();
    let folders = ["oauth-core/src", "oauth-macros/src", "oauth-macros/rules/src"];
    for path in folders.iter().flat_map(|folder| files(&root().join(folder), "rs")) {
        let text = read(&path);
        let name = path.strip_prefix(root()).unwrap_or(&path).display();
        let found = blocks(&text);
        all += found.len();
        let opens_so = found.iter().filter(|(_, word)| CLAUSES.contains(word));
        clauses.extend(opens_so.map(|(line, word)| format!("{name}:{line}: {word}")));
    }
    let (count, clauses) = (clauses.len(), clauses.join("\n"));
    assert!(
        count * 100 <= all * MOST,
        "{clauses}\n{count} of {all} open with a clause: name the thing first"
    );
}
