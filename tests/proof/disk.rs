//! A disk that is full while instances write to it.

use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use oauth_tests::postgres::Postgres;
use tempfile::TempDir;

use crate::ledger::{Broken, Promise};
use crate::spending::Unspent;
use crate::world::{Belief, World};
use crate::{ALONE, CALM, assert_kept, promises};

/// A disk of its own, of so many megabytes of memory.
struct Disk(TempDir);

impl Disk {
    fn of(megabytes: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = format!("size={megabytes}m,mode=1777");
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(folder.path()).status();
        assert!(mounted.unwrap().success(), "`mount` is root's: run this test as root, as `.ci/run` is");
        Self(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn ballast(&self) -> PathBuf {
        self.path().join("ballast")
    }

    /// Takes all the room that is left.
    fn fill(&self) {
        let mut ballast = File::create(self.ballast()).unwrap();
        while ballast.write_all(&[0; 4096]).is_ok() {}
    }

    fn make_room(&self) {
        fs::remove_file(self.ballast()).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Lazily: what is killed at the same time may not have let go yet.
        let _ = Command::new("umount").arg("--lazy").arg(self.path()).status();
    }
}

/// Fills the disk of a store until nothing is answered any more, and makes room again.
async fn fills_up(world: &Arc<World>, disk: &Disk, says: &str, mend: impl FnOnce()) -> Vec<Broken> {
    let broken = world.suffers(async {
        world.answers(CALM).await;
        let unspent = Unspent::of_tokens(world, 20).await;
        disk.fill();
        world.asks_to_come_again(100).await;
        unspent.spend(world).await;
        assert!(
            !world.instances.have_logged(says).is_empty(),
            "it was something else:\n{}",
            world.instances.logs()
        );
        disk.make_room();
        tokio::task::block_in_place(mend);
        world.answers(2 * CALM).await;
    });
    broken.await
}

async fn a_file_fills_up(belief: Belief) -> (Arc<World>, Vec<Broken>) {
    let disk = Disk::of(16);
    let store = format!("sqlite:{}", disk.path().join("oauth.db").display());
    let world = World::of(&store, Default::default(), belief).await;
    let broken = fills_up(&world, &disk, "full", || {}).await;
    (world, broken)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_on_a_full_disk_loses_nothing_and_goes_on_when_there_is_room() {
    let _alone = ALONE.lock().await;
    let (world, broken) = a_file_fills_up(Belief::Nothing).await;
    assert_kept(&world, &broken);
}

/// The same, with callers that are content with a 503.
#[tokio::test(flavor = "multi_thread")]
async fn who_takes_a_503_for_a_revocation_is_found() {
    let _alone = ALONE.lock().await;
    let (_world, broken) = a_file_fills_up(Belief::Done).await;
    assert!(promises(&broken).contains(&Promise::RevocationsHold));
}

/// With its log on the same disk, so that `PostgreSQL` itself may have to be started again. The instances are not.
#[tokio::test(flavor = "multi_thread")]
async fn a_database_on_a_full_disk_loses_nothing_and_goes_on_when_there_is_room() {
    let _alone = ALONE.lock().await;
    let disk = Disk::of(96);
    assert_eq!(fs::metadata(disk.path()).unwrap().permissions().mode() & 0o777, 0o777);
    let mut database = Postgres::start_in(disk.path(), &[]);
    let world = World::start(&database.database(), Default::default()).await;
    let broken = fills_up(&world, &disk, "No space left on device", || database.mend()).await;
    assert_kept(&world, &broken);
}
