//! Keys in files.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::{Algorithm, InvalidKey, SigningKey};
use crate::secret::SecretString;
use crate::secret_file::warn_if_shared;

/// A private key is small; something large is the wrong file.
const LARGEST: u64 = 64 * 1024;

pub(super) fn read(path: &Path) -> Result<SigningKey, InvalidKey> {
    let bytes = fs::metadata(path)
        .and_then(|metadata| {
            if metadata.len() > LARGEST {
                return Err(std::io::Error::new(ErrorKind::FileTooLarge, "it is far too large for a key"));
            }
            fs::read(path)
        })
        .map(zeroize::Zeroizing::new)
        .map_err(|cause| unusable(path, &cause))?;
    warn_if_shared(path, "a private key");
    SigningKey::from_pem(&*bytes).map_err(|cause| unusable(path, &cause))
}

pub(super) fn load_or_generate(path: &Path, algorithm: Algorithm) -> Result<SigningKey, InvalidKey> {
    if !path.try_exists().map_err(|cause| unusable(path, &cause))? {
        let pem = SigningKey::generate(algorithm)?.to_pkcs8_pem().map_err(|cause| unusable(path, &cause))?;
        create(path, &pem).map_err(|cause| unusable(path, &cause))?;
    }
    // Whoever wrote it: another process may have been faster.
    let key = read(path)?.with_algorithm(algorithm).map_err(|cause| unusable(path, &cause))?;
    Ok(key.made_here())
}

/// Writes a file that appears whole or not at all, and never replaces one that is there.
fn create(path: &Path, contents: &SecretString) -> std::io::Result<()> {
    let temporary = Temporary(sibling(path));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&temporary.0)?;
    file.write_all(contents.expose().as_bytes())?;
    file.sync_all()?;
    // A hard link, unlike a rename, fails if the name is taken.
    match fs::hard_link(&temporary.0, path) {
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists => Ok(()),
        // Some file systems have no links.
        Err(_) if !path.exists() => fs::rename(&temporary.0, path),
        other => other,
    }
}

/// A name in the same directory, so that it is on the same file system.
fn sibling(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{:016x}.new", rand::random::<u64>()));
    path.with_file_name(name)
}

/// Removed when done, whatever happened.
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        // It may have been renamed.
        let _ = fs::remove_file(&self.0);
    }
}

fn unusable(path: &Path, cause: &dyn std::fmt::Display) -> InvalidKey {
    InvalidKey::new(format!("cannot use the key file `{}`: {cause}", path.display()))
}
