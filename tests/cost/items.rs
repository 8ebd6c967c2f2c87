//! A hundred annotated items against the same by hand.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::cargo::{Workspace, dependency};
use crate::table::{self, Row};

/// Each has ten items.
const APPLICATIONS: usize = 10;
const RUNS: usize = 5;
const NAMES: [&str; 2] = ["by_hand", "annotated"];
const MANIFEST: &str = "\
[workspace]
resolver = \"3\"
members = [\"by_hand\", \"annotated\"]

[profile.release]
strip = true
";

pub(crate) fn run(directory: &Path) -> Result<(), Box<dyn Error>> {
    let workspace = Workspace::create(directory, MANIFEST)?;
    let core = dependency("oauth-core", &["macros", "axum", "pages", "http-client", "resource"]);
    for (name, text) in NAMES.into_iter().zip([include_str!("by_hand.rs"), include_str!("annotated.rs")]) {
        let application = format!("{text}\n{}", include_str!("start.rs"));
        let mut files: Vec<_> =
            (0..APPLICATIONS).map(|i| (format!("app_{i}.rs"), application.clone())).collect();
        files.push(("main.rs".into(), program()));
        let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
        workspace.package(name, &core, &files)?;
    }
    println!("building what both depend on");
    for name in NAMES {
        time(&workspace, name)?;
    }
    let mut rows = Measures::NAMES.map(|what| Row::new(what, "s"));
    for run in 1..=RUNS {
        let [base, ours] = [time(&workspace, NAMES[0])?, time(&workspace, NAMES[1])?];
        println!("check {run} of {RUNS}: by hand {:.2} s, annotated {:.2} s", base.0[0], ours.0[0]);
        for ((row, base), ours) in rows.iter_mut().zip(base.0).zip(ours.0) {
            row.add(base, ours);
        }
    }
    table::print("A hundred annotated items, checked", "by hand", "annotated", &rows);
    println!("building both for release");
    let [base, ours] = [release(&workspace, NAMES[0])?, release(&workspace, NAMES[1])?];
    let rows = [("release build of the crate", "s", 0), ("binary, release, stripped", "MB", 1)].map(
        |(what, unit, figure)| {
            let mut row = Row::new(what, unit);
            row.add(base[figure], ours[figure]);
            row
        },
    );
    table::print("A hundred annotated items, built for release", "by hand", "annotated", &rows);
    Ok(())
}

fn program() -> String {
    let modules = (0..APPLICATIONS).fold(String::new(), |mut text, i| {
        let _ = writeln!(text, "mod app_{i};");
        text
    });
    let starts: Vec<_> = (0..APPLICATIONS).map(|i| format!("app_{i}::start()?.len()")).collect();
    format!(
        "{modules}\nfn main() -> Result<(), Box<dyn std::error::Error>> {{\n    println!(\"{{}}\", {});\n    Ok(())\n}}\n",
        starts.join(" + ")
    )
}

/// Seconds.
struct Measures([f64; 4]);

impl Measures {
    const NAMES: [&str; 4] =
        ["cargo check, after a touch", "cargo check, not incremental", "  of it rustc", "  of it expansion"];
}

/// `cargo check` of one crate, of which the dependencies are built.
fn time(workspace: &Workspace, name: &str) -> Result<Measures, Box<dyn Error>> {
    let touch = || {
        let main =
            fs::File::options().append(true).open(workspace.directory.join(name).join("src/main.rs"))?;
        main.set_modified(std::time::SystemTime::now())
    };
    touch()?;
    // Set for all of them: build scripts look at it, and would run anew.
    let bootstrap = ("RUSTC_BOOTSTRAP", "1");
    let (incremental, _) = workspace.cargo(&["check", "-p", name], &[bootstrap])?;
    touch()?;
    let (whole, _) = workspace.cargo(&["check", "-p", name], &[bootstrap, ("CARGO_INCREMENTAL", "0")])?;
    touch()?;
    let passes =
        ["rustc", "-p", name, "--profile", "check", "--", "-Ztime-passes", "-Ztime-passes-format=json"];
    let (_, output) = workspace.cargo(&passes, &[bootstrap, ("CARGO_INCREMENTAL", "0")])?;
    Ok(Measures([incremental, whole, pass(&output, "total")?, pass(&output, "macro_expand_crate")?]))
}

/// The time that a pass of rustc took.
fn pass(output: &str, name: &str) -> Result<f64, Box<dyn Error>> {
    output
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line.strip_prefix("time: ")?).ok())
        .find(|pass| pass["pass"] == name)
        .and_then(|pass| pass["time"].as_f64())
        .ok_or_else(|| format!("rustc does not tell how long `{name}` took:\n{output}").into())
}

/// Seconds that the crate itself takes, and the megabytes of its binary.
fn release(workspace: &Workspace, name: &str) -> Result<[f64; 2], Box<dyn Error>> {
    let bootstrap = ("RUSTC_BOOTSTRAP", "1");
    let build = ["build", "--release", "-p", name];
    workspace.cargo(&build, &[bootstrap])?;
    let binary = workspace.directory.join("target/release").join(name);
    let binary = if cfg!(windows) { binary.with_extension("exe") } else { binary };
    let bytes = fs::metadata(binary)?.len();
    fs::File::options()
        .append(true)
        .open(workspace.directory.join(name).join("src/main.rs"))?
        .set_modified(std::time::SystemTime::now())?;
    let (seconds, _) = workspace.cargo(&build, &[bootstrap])?;
    #[expect(clippy::cast_precision_loss, reason = "megabytes")]
    Ok([seconds, bytes as f64 / 1e6])
}
