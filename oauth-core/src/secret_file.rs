//! Files that hold secrets: keys and databases.

use std::path::Path;

/// Says in the log that others on this machine can read or change a file. It is used all the same: containers mount secrets
/// readable by everyone, where there is nobody else.
#[cfg(unix)]
pub(crate) fn warn_if_shared(path: &Path, holds: &str) {
    use std::os::unix::fs::PermissionsExt as _;

    let Ok(metadata) = path.metadata() else { return };
    let mode = metadata.permissions().mode() & 0o777;
    if mode & 0o066 != 0 {
        tracing::warn!(
            target: "oauth_core",
            "other users of this machine can read or change `{}`, which holds {holds} (mode {mode:03o}): chmod 600",
            path.display()
        );
    }
}

/// Elsewhere, permissions are lists, which inherit from the folder.
#[cfg(not(unix))]
pub(crate) fn warn_if_shared(_: &Path, _: &str) {}
