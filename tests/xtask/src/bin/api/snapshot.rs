//! The snapshot of a public API: a line an item, in an order that does not depend on where it stands in the code.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use public_api::PublicItem;
use xtask::root;

/// The public API of a crate as it is, and the file that tells it.
#[derive(Debug)]
pub(crate) struct Snapshot {
    file: String,
    text: String,
}

impl Snapshot {
    /// The public API of the crate in this folder, by its JSON.
    pub(crate) fn read(json: &Path, folder: &str) -> Result<Self, Box<dyn Error>> {
        let api = public_api::Builder::from_rustdoc_json(json)
            .omit_blanket_impls(true)
            .build()
            .map_err(|cause| format!("{}: {cause}", json.display()))?;
        let items: Vec<_> = api.items().map(|item| (item, item.to_string())).collect();
        let traits: BTreeSet<_> =
            items.iter().filter(|(_, line)| is_of_trait(line)).map(|(item, _)| item.id().0).collect();
        let is_told = |(item, line): &&(&PublicItem, String)| {
            if is_hidden(line) {
                return false;
            }
            let is_in_trait = item.parent_id().is_some_and(|parent| traits.contains(&parent.0));
            if is_in_trait { line.starts_with("pub type ") } else { !is_automatic(line) }
        };
        let mut text =
            format!("# The public API of `{folder}`, with all features: `cargo xtask api` writes it.\n");
        for (_, line) in items.iter().filter(is_told) {
            text.push_str(line);
            text.push('\n');
        }
        Ok(Self { file: format!("{folder}/api.txt"), text })
    }

    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// The lines that have gone and those that have come, if the file is out of date.
    pub(crate) fn difference(&self) -> Option<String> {
        let before = fs::read_to_string(root().join(&self.file)).unwrap_or_default();
        if before == self.text {
            return None;
        }
        let (old, new): (BTreeSet<_>, BTreeSet<_>) = (before.lines().collect(), self.text.lines().collect());
        let mut difference = String::new();
        for (sign, lines) in [("-", old.difference(&new)), ("+", new.difference(&old))] {
            for line in lines {
                let _ = writeln!(difference, "{sign} {line}");
            }
        }
        Some(difference)
    }

    pub(crate) fn write(&self) -> io::Result<()> {
        fs::write(root().join(&self.file), &self.text)
    }
}

/// Tells whether a line is the head of an implementation of a trait. Its methods are the trait's, and say nothing new.
fn is_of_trait(line: &str) -> bool {
    line.starts_with("impl") && line.contains(" for ")
}

/// Tells whether a line is about a type that only expansions name, which documentation hides, as its implementations are not.
fn is_hidden(line: &str) -> bool {
    ["for", "type"].iter().any(|word| line.contains(&format!("{word} oauth_core::expansion::")))
}

/// Tells whether a line is an implementation that the compiler makes by itself, and that can be relied on: so it is told where a type
/// cannot be sent to another thread, and not where it can.
fn is_automatic(line: &str) -> bool {
    const SILENT: [&str; 6] = [
        "core::marker::Freeze for ",
        "core::marker::StructuralPartialEq for ",
        "core::marker::Unpin for ",
        "core::marker::UnsafeUnpin for ",
        "core::panic::unwind_safe::RefUnwindSafe for ",
        "core::panic::unwind_safe::UnwindSafe for ",
    ];
    const SENT: [&str; 2] = ["core::marker::Send for ", "core::marker::Sync for "];
    let has = |names: &[&str]| names.iter().any(|name| line.contains(name));
    is_of_trait(line) && (has(&SILENT) || has(&SENT) && !line.contains('!'))
}
