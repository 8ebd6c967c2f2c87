//! Every kind of event is told by something.

use xtask::{files, read, root};

#[test]
fn every_kind_of_event_is_told() {
    let core = root().join("oauth-core/src");
    let kinds = read(&core.join("event/kind.rs"));
    let names =
        kinds.lines().filter_map(|line| line.split_once(" = \"")).map(|(name, _)| name.trim().to_owned());
    let sources: Vec<_> = files(&core, "rs")
        .iter()
        .filter(|path| !path.starts_with(core.join("event")))
        .map(|path| read(path))
        .collect();
    let is_told = |name: &String| {
        let name = format!("EventKind::{name}");
        let is_whole = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric());
        sources.iter().any(|text| text.split(&name).skip(1).any(is_whole))
    };
    let untold: Vec<_> = names.filter(|name| !is_told(name)).collect();
    assert!(untold.is_empty(), "nothing tells of {untold:?}");
}
