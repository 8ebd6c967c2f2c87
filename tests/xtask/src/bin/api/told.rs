//! The changelog, which has what users notice with the change itself.

use std::process::Command;

use xtask::root;

/// Tells whether the changelog has changed where a snapshot has, since this branch left `main`. On `main` itself that is what is not
/// committed yet.
pub(crate) fn is_told(folders: &[&str]) -> bool {
    let base = |main| git(&["merge-base", "HEAD", main]);
    let Some(base) = base("origin/main").or_else(|| base("main")) else {
        println!("there is no `main` to compare with: CHANGELOG.md is not looked at");
        return true;
    };
    let has_changed = |file: &str| git(&["diff", "--quiet", base.trim(), "--", file]).is_none();
    let mut changed =
        folders.iter().map(|folder| format!("{folder}/api.txt")).filter(|file| has_changed(file));
    match changed.next() {
        Some(file) if !has_changed("CHANGELOG.md") => {
            println!(
                "{file} is another than on `main`, and CHANGELOG.md is the same: tell users what has changed"
            );
            false
        }
        _ => true,
    }
}

/// What git prints, if it succeeds.
fn git(args: &[&str]) -> Option<String> {
    let output = Command::new("git").args(args).current_dir(root()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
