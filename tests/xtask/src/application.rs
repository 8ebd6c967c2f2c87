//! A crate outside of this workspace, as a user has it, with the versions of this repository.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use xtask::{read, root};

/// A program over `oauth-core`.
pub(crate) struct Application<'a> {
    /// The features of `oauth-core`, each in quotes and with commas between; the default ones are off.
    pub(crate) core: &'a str,
    /// The rest of the manifest, which begins among the dependencies.
    pub(crate) manifest: &'a str,
    /// The program.
    pub(crate) main: &'a str,
}

impl Application<'_> {
    /// Writes the crate into a folder.
    pub(crate) fn write(&self, folder: &Path) -> Option<()> {
        let core = root().join("oauth-core").canonicalize().ok()?;
        let manifest = format!(
            "[package]\nname = \"application\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\noauth-core = {{ path = \"{}\", default-features = false, features = [{}] }}\n{}",
            core.display(),
            self.core,
            self.manifest
        );
        fs::create_dir_all(folder.join("src")).ok()?;
        fs::write(folder.join("Cargo.toml"), manifest).ok()?;
        fs::write(folder.join("Cargo.lock"), read(&root().join("Cargo.lock"))).ok()?;
        fs::copy(root().join("rust-toolchain.toml"), folder.join("rust-toolchain.toml")).ok()?;
        fs::write(folder.join("src/main.rs"), self.main).ok()
    }
}

/// Runs cargo in a folder, which builds into another one. `None`: it failed, and has said why.
pub(crate) fn cargo(folder: &Path, target: &Path, args: &[&str]) -> Option<()> {
    let status = Command::new("cargo")
        .args(args)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        // As cargo builds by itself, whatever this repository or its CI prefers.
        .env_remove("CARGO_INCREMENTAL")
        .env_remove("CARGO_PROFILE_DEV_DEBUG")
        .env_remove("RUSTFLAGS")
        .stdout(Stdio::null())
        .status();
    status.is_ok_and(|status| status.success()).then_some(())
}
