//! The cost of the macros: a hundred annotated items against the same by hand, and the macros' own build
//! against that of `serde_derive`. `cargo bench -p oauth-tests --bench cost`, with `-- cold` or `-- items`
//! for one of the two.
//!
//! Everything is built offline in a directory of its own, and runs alternate: whatever else the machine does then slows both
//! alike, so the ratios are what counts.
#![expect(clippy::print_stdout, reason = "the table is what it is for")]

mod cargo;
mod cold;
mod items;
mod table;

/// The two applications themselves, to see that they are the same.
#[allow(missing_docs, clippy::missing_errors_doc)]
#[expect(unreachable_pub, reason = "it is a crate of its own in the benchmark")]
mod annotated {
    include!("annotated.rs");
    include!("start.rs");
}
#[allow(missing_docs, clippy::missing_errors_doc, clippy::duration_suboptimal_units)]
#[expect(unreachable_pub, reason = "it is a crate of its own in the benchmark")]
mod by_hand {
    include!("by_hand.rs");
    include!("start.rs");
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let is_asked = |part: &str| {
        let mut parts = arguments.iter().filter(|argument| !argument.starts_with('-')).peekable();
        parts.peek().is_none() || parts.any(|argument| argument == part)
    };
    // `cargo test --all-targets` runs benchmarks, too, and does not want figures.
    assert_eq!(annotated::start()?, by_hand::start()?, "the two applications are not the same");
    if !arguments.iter().any(|argument| argument == "--bench") {
        return Ok(());
    }
    let directory = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("cost");
    if is_asked("cold") {
        cold::run(&directory.join("cold"))?;
    }
    if is_asked("items") {
        items::run(&directory.join("items"))?;
    }
    Ok(())
}
