//! The layers of `oauth-core`: each folder stands on those before it, and no file is tied to many others.

mod source;

use std::collections::{BTreeMap, BTreeSet};

use self::source::{Arrow, arrows};

/// The folders of `oauth-core/src`, from the ground up. A folder names nothing of those that come after it; the traits of open lists
/// stand below what is in the lists, and whatever wires all of it stands on top.
const LAYERS: [&str; 44] = [
    // The vocabulary.
    "secret",
    "mac",
    "cache",
    "error",
    "sealed",
    "secret_file",
    "time",
    "clock",
    "join",
    "standing",
    "advice",
    "scope",
    "json",
    "claims",
    "jose",
    // Records, registrations, requests and responses.
    "model",
    "client",
    "request",
    "response",
    // What a server stands on.
    "limits",
    "event",
    "http",
    "store",
    "guesses",
    "binding",
    "assertion",
    "client_auth",
    // What applications decide and make.
    "validator",
    "openid",
    "keys",
    "token",
    "interaction",
    // The frame, and what is in it.
    "frame",
    "issuing",
    "authorization",
    "grant",
    "endpoint",
    "server",
    "resource",
    "serve",
    "admin",
    // What tells and tries all of it, and what macros name.
    "expansion",
    "__private",
    "conformance",
];

/// Documentation alone.
const PAPERS: [&str; 4] = ["guide", "manual", "lib", "prelude"];

/// The most files that may name each other in a circle.
const LARGEST_RING: usize = 10;

#[test]
fn no_arrow_points_up() {
    let place = |file: &str| {
        let folder = file.split(['/', '.']).next().unwrap_or_default();
        let place = LAYERS.iter().position(|layer| *layer == folder);
        place.unwrap_or_else(|| panic!("`{folder}` is in no layer: say in `LAYERS` what it stands on"))
    };
    let up = |Arrow { from, to, .. }: &&Arrow| place(from) < place(to);
    let arrows = arrows(&PAPERS);
    let up: Vec<_> = arrows.iter().filter(up).map(ToString::to_string).collect();
    assert!(up.is_empty(), "these name what stands above them:\n{}", up.join("\n"));
}

#[test]
fn no_ring_of_files_is_large() {
    let mut reached: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let arrows = arrows(&PAPERS);
    for Arrow { from, to, .. } in &arrows {
        reached.entry(from).or_default().insert(to);
    }
    // Whatever a file reaches, step by step until there is nothing new.
    loop {
        let further =
            |next: &BTreeSet<&str>| next.iter().filter_map(|to| reached.get(to)).flatten().copied().collect();
        let grown: BTreeMap<&str, BTreeSet<&str>> =
            reached.iter().map(|(from, next)| (*from, &further(next) | next)).collect();
        if grown == reached {
            break;
        }
        reached = grown;
    }
    let is_reached = |from: &str, to: &str| reached.get(from).is_some_and(|next| next.contains(to));
    let ring = |file: &&str| -> Vec<&str> {
        let mates = reached.keys().copied();
        mates.filter(|mate| is_reached(file, mate) && is_reached(mate, file)).collect()
    };
    let rings: BTreeSet<_> = reached.keys().map(ring).filter(|ring| ring.len() > LARGEST_RING).collect();
    assert!(rings.is_empty(), "more than {LARGEST_RING} files name each other: {rings:#?}");
}

#[test]
fn private_holds_re_exports() {
    let text = xtask::read(&source::root().join("__private.rs"));
    let file = syn::parse_file(&text).unwrap();
    let own = file.items.iter().filter(|item| !matches!(item, syn::Item::Use(_)));
    assert_eq!(own.count(), 0, "an item of `__private` belongs in `expansion`, or where its subject is");
}
