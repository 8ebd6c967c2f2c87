//! A power cut: what was written and not synced is gone.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::instances::{Instances, Oddity};

/// The disk of `power.c`, made in this folder, of which so many syncs of an instance count; `None`: all.
pub(crate) fn disk(folder: &Path, syncs: Option<u32>) -> Oddity {
    let (source, library) = (folder.join("power.c"), folder.join("power.so"));
    fs::write(&source, include_str!("power.c")).unwrap();
    let compiled =
        Command::new("cc").args(["-shared", "-fPIC", "-O2", "-o"]).arg(&library).arg(&source).status();
    assert!(compiled.unwrap().success(), "`apt-get install build-essential` brings a compiler");
    let mut environment = vec![("LD_PRELOAD".to_owned(), library.display().to_string())];
    environment.extend(syncs.map(|syncs| ("SYNCS".to_owned(), syncs.to_string())));
    Oddity { environment, ..Oddity::default() }
}

/// Cuts the power of all instances, and starts them again on what had been synced of the database.
pub(crate) fn cut(instances: &Instances, database: &Path) {
    for number in 0..instances.len() {
        instances.kill(number);
    }
    // The index of the log is never synced: it is made anew.
    for end in ["", "-wal", "-shm"] {
        let file = with_end(database, end);
        let durable = with_end(&file, ".durable");
        if durable.exists() {
            fs::rename(&durable, &file).unwrap();
        } else if file.exists() {
            fs::remove_file(&file).unwrap();
        }
    }
    for number in 0..instances.len() {
        instances.revive(number);
    }
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}
