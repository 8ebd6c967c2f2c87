//! Mistakes at the start: each is one clear line, and exit code 1.

use std::fs;
use std::path::Path;

use sqlx::Connection as _;
use sqlx::sqlite::SqliteConnectOptions;

use crate::support::{Example, run};

/// Runs it where it must fail, and returns the line.
fn failure(args: &[&str], directory: &Path) -> String {
    let (code, output, errors) = run("quickstart", args, directory);
    assert_eq!(code, Some(1), "{output}{errors}");
    assert_eq!(output, "");
    let line = errors.strip_suffix('\n').expect("a line");
    assert!(!line.contains('\n'), "more than a line: {errors}");
    assert!(!line.contains("panicked") && !line.contains(" { "), "not for people: {line}");
    line.strip_prefix("quickstart: ").expect("it says who speaks").to_owned()
}

#[test]
fn help_is_not_a_failure() {
    let directory = tempfile::tempdir().unwrap();

    let (code, output, errors) = run("quickstart", &["--help"], directory.path());

    assert_eq!((code, errors.as_str()), (Some(0), ""));
    assert!(output.contains("--port N") && output.contains("--db FILE"), "{output}");
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0, "it must not leave anything behind");
}

#[test]
fn arguments() {
    let directory = tempfile::tempdir().unwrap();
    let fails = |args: &[&str]| failure(args, directory.path());

    assert_eq!(fails(&["--prot", "1"]), "unknown argument `--prot`: try --help");
    assert_eq!(fails(&["--port"]), "--port needs a port");
    assert_eq!(fails(&["--port", "80000"]), "`80000` is not a port: use a number from 0 to 65535");
    assert_eq!(fails(&["--db"]), "--db needs a file");
}

#[test]
fn a_port_in_use() {
    let directory = tempfile::tempdir().unwrap();
    let first = Example::start("quickstart", &["--port", "0"], "Stop it");
    let port = first.origin.rsplit(':').next().unwrap();

    let line = failure(&["--port", port], directory.path());

    assert_eq!(
        line,
        format!(
            "cannot listen on 127.0.0.1:{port}: another program uses this port; stop it, or choose another port"
        )
    );
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0, "it must not touch a database");
}

#[test]
fn a_database_that_is_none() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("notes.txt"), "Dear diary, ".repeat(1000)).unwrap();
    make_private(&directory.path().join("notes.txt"));

    let line = failure(&["--port", "0", "--db", "notes.txt"], directory.path());

    assert_eq!(line, "cannot open the SQLite database `notes.txt`: it is not an SQLite database");
}

#[test]
fn a_corrupt_database() {
    let directory = tempfile::tempdir().unwrap();
    let directory = Example::start_in(directory, "quickstart", &["--port", "0"], "Stop it").stop();
    // The pages after the first, which is intact. What is still in the log would be good.
    let path = directory.path().join("quickstart.db");
    checkpoint(&path);
    let mut bytes = fs::read(&path).unwrap();
    bytes[4096..].fill(0xA5);
    fs::write(&path, bytes).unwrap();

    let line = failure(&["--port", "0"], directory.path());

    assert!(line.starts_with("cannot open the SQLite database `quickstart.db`: "), "{line}");
    assert!(line.contains("corrupt") || line.contains("damaged"), "{line}");
}

#[test]
fn a_locked_database() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("quickstart.db");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let mut other = runtime.block_on(sqlx::SqliteConnection::connect_with(&options)).unwrap();
    runtime.block_on(sqlx::query("BEGIN EXCLUSIVE").execute(&mut other)).unwrap();
    make_private(&path);

    let line = failure(&["--port", "0"], directory.path());

    assert!(line.starts_with("cannot open the SQLite database `quickstart.db`: "), "{line}");
    assert!(line.contains("locked"), "{line}");
}

#[test]
fn a_directory_that_is_not_there() {
    let directory = tempfile::tempdir().unwrap();

    let line = failure(&["--port", "0", "--db", "nowhere/oauth.db"], directory.path());

    assert_eq!(line, "cannot open the SQLite database `nowhere/oauth.db`: its directory does not exist");
}

#[test]
fn a_key_file_that_holds_no_key() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(directory.path().join("quickstart.key.pem"), "not a key").unwrap();
    make_private(&directory.path().join("quickstart.key.pem"));

    let line = failure(&["--port", "0"], directory.path());

    assert!(line.starts_with("cannot use the key file `quickstart.key.pem`: "), "{line}");
    assert!(!line.contains("not a key"), "what is in a key file is not for a log: {line}");
}

/// A file that others can read is warned of.
fn make_private(path: &Path) {
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    #[cfg(not(unix))]
    let _ = path;
}

fn checkpoint(path: &Path) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let options = SqliteConnectOptions::new().filename(path);
        let mut connection = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    });
}
