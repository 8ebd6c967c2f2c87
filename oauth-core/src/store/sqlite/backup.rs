//! A copy of a database that is in use.

use std::fs::{File, OpenOptions, remove_file};
use std::io;
use std::path::{Path, PathBuf};

use super::{SqliteStore, failed};
use crate::store::{Result, StoreError};

const DOING: &str = "back up the database";

impl SqliteStore {
    /// Copies the database into a new file, as it is at one moment, while requests go on being answered. What others keep in the
    /// database is copied, too. The copy has no free space, is on the disk when this returns, and can be opened as it is.
    ///
    /// Whoever can read it can read what this database says of people, so it is readable by its owner only. To restore, stop all
    /// instances, put it in the place of the database, and remove the files beside that which end in `-wal` and `-shm`: with tokens
    /// and codes of then, what was revoked or redeemed since is as it was. End what people granted meanwhile, if that matters, by
    /// [`revoke_client`](crate::server::RunningServer::revoke_client) for each client.
    ///
    /// # Errors
    ///
    /// If there is such a file already, or the disk is full: nothing is left behind then.
    pub async fn back_up(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = std::path::absolute(path).map_err(|cause| StoreError::new(DOING, cause))?;
        let name =
            path.to_str().ok_or_else(|| StoreError::new(DOING, "the name of the copy is not UTF-8"))?;
        create(&path).map_err(|cause| {
            StoreError::new(DOING, format!("the copy cannot be made at `{}`: {cause}", path.display()))
        })?;
        let unfinished = Unfinished(Some(path.clone()));
        sqlx::query("VACUUM INTO ?1").bind(name).execute(&self.reader).await.map_err(failed(DOING))?;
        let synced = tokio::task::spawn_blocking(move || sync(&path)).await;
        synced
            .map_err(|cause| StoreError::new(DOING, cause))?
            .map_err(|cause| StoreError::new(DOING, cause))?;
        unfinished.finished();
        Ok(())
    }
}

/// Makes an empty file of the owner's, which `SQLite` then fills.
fn create(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// Waits until the file and its name are on the disk.
fn sync(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.sync_all()?;
    // A name is its directory's. Not every system can sync one.
    #[cfg(unix)]
    if let Some(directory) = path.parent() {
        File::open(directory)?.sync_all()?;
    }
    Ok(())
}

/// Removes a copy that was not finished.
struct Unfinished(Option<PathBuf>);

impl Unfinished {
    fn finished(mut self) {
        self.0 = None;
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // It may be gone.
            let _ = remove_file(path);
        }
    }
}
