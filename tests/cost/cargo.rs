//! Cargo, in a workspace that was made for the benchmark.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Instant;

pub(crate) struct Workspace {
    pub(crate) directory: PathBuf,
}

impl Workspace {
    /// Creates a crate whose packages have the versions of this repository's lock file.
    pub(crate) fn create(directory: &Path, manifest: &str) -> Result<Self, Box<dyn Error>> {
        fs::create_dir_all(directory)?;
        fs::write(directory.join("Cargo.toml"), manifest)?;
        fs::copy(repository().join("Cargo.lock"), directory.join("Cargo.lock"))?;
        Ok(Self { directory: directory.to_owned() })
    }

    /// Adds a package of the given sources.
    pub(crate) fn package(
        &self,
        name: &str,
        dependencies: &str,
        files: &[(&str, String)],
    ) -> Result<(), Box<dyn Error>> {
        let package = self.directory.join(name);
        fs::create_dir_all(package.join("src"))?;
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n"
        );
        fs::write(package.join("Cargo.toml"), manifest)?;
        for (path, text) in files {
            fs::write(package.join("src").join(path), text)?;
        }
        Ok(())
    }

    /// Runs cargo; how many seconds that took, and what it printed. Offline: everything is here already, or this benchmark
    /// would not have been built.
    pub(crate) fn cargo(
        &self,
        arguments: &[&str],
        environment: &[(&str, &str)],
    ) -> Result<(f64, String), Box<dyn Error>> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.arg("--offline").args(arguments).current_dir(&self.directory);
        // What the outer cargo says of itself and of the toolchain is not for the inner one.
        for (name, _) in std::env::vars_os() {
            let is_cargos = name
                .to_str()
                .is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_PROFILE"));
            if is_cargos {
                command.env_remove(name);
            }
        }
        command.env_remove("CARGO_TARGET_DIR").env_remove("CARGO_ENCODED_RUSTFLAGS").env_remove("RUSTFLAGS");
        command.envs(environment.iter().copied());
        let start = Instant::now();
        let Output { status, stderr, .. } = command.output()?;
        let seconds = start.elapsed().as_secs_f64();
        let text = String::from_utf8_lossy(&stderr).into_owned();
        if status.success() {
            Ok((seconds, text))
        } else {
            Err(format!("cargo {arguments:?}:\n{text}").into())
        }
    }
}

/// The place of the crates to measure.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A dependency on a crate of the repository.
pub(crate) fn dependency(name: &str, features: &[&str]) -> String {
    let path = repository().join(name).display().to_string();
    format!("{name} = {{ path = {path:?}, default-features = false, features = {features:?} }}")
}
