//! `provider admin`: acts as rows of the audit table, and `events tail`.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use oauth_core::event::{Event, EventKind, Observer as _};
use oauth_core::prelude::*;
use oauth_core::time::UnixTime;
use serde_json::Value;
use sqlx::sqlite::SqliteConnectOptions;
use tempfile::TempDir;

use crate::support::{Following, run_fed, run_with};

const STORE: &str = "sqlite:oauth.db";

/// Runs `provider admin` over a store in a folder; what it says, of a run that succeeds.
fn ok(folder: &TempDir, args: &[&str]) -> String {
    let ran = run(folder, args, &[]);
    assert_eq!((ran.0, ran.2.as_str()), (0, ""), "{args:?}: {ran:?}");
    ran.1
}

fn run(folder: &TempDir, args: &[&str], environment: &[(&str, &str)]) -> (i32, String, String) {
    let args = [&["admin", "--store", STORE], args].concat();
    let (code, output, errors) = run_with("provider", &args, folder.path(), environment);
    (code.unwrap(), output, errors)
}

fn rows(folder: &TempDir, args: &[&str]) -> Vec<Value> {
    let output = ok(folder, &[&["events", "tail", "-n", "100", "--json"], args].concat());
    output.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The rows of the last run: those of a trace that none of these has.
fn last(folder: &TempDir, before: &[Value]) -> Vec<Value> {
    let mut rows = rows(folder, &[]);
    rows.retain(|row| before.iter().all(|known| known["trace"] != row["trace"]));
    rows
}

fn kinds(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["event"].as_str().unwrap()).collect()
}

async fn store(folder: &TempDir) -> SqliteStore {
    SqliteStore::open(folder.path().join("oauth.db")).await.unwrap()
}

fn event(kind: EventKind, time: UnixTime) -> Event<'static> {
    Event::new(kind, time)
}

fn ago(seconds: u64) -> UnixTime {
    UnixTime::from_secs(UnixTime::now().as_secs() - seconds)
}

#[tokio::test]
async fn an_act_is_kept_before_it_is_done_with_who_asked_for_it_and_what_came_of_it() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(ok(&folder, &["events", "tail"]), "no such event is kept\n");
    ok(&folder, &["client", "create", "backup", "--scope", "jobs", "--actor", "Anna of operations"]);
    let created = rows(&folder, &[]);
    assert_eq!(kinds(&created), ["admin.requested", "client.created"]);
    for row in &created {
        assert_eq!((&row["actor"], &row["client_id"]), (&"Anna of operations".into(), &"backup".into()));
        assert_eq!(row["instance"], "provider admin");
        assert_eq!(row["trace"], created[0]["trace"], "one run is one trace");
    }
    assert_eq!(created[0]["reason"], "client create backup --scope jobs");

    let (code, ..) = run(&folder, &["client", "delete", "bakcup"], &[("OAUTH_ACTOR", "bob")]);
    assert_eq!(code, 3);
    let failed = last(&folder, &created);
    assert_eq!(kinds(&failed), ["admin.requested", "admin.failed"]);
    assert!(failed.iter().all(|row| row["actor"] == "bob"), "{failed:?}");
    assert_eq!(failed[1]["reason"], "there is no client `bakcup`");

    // Who says nothing is who they are to the operating system.
    let before = rows(&folder, &[]);
    ok(&folder, &["client", "rotate-secret", "backup"]);
    let rotated = last(&folder, &before);
    assert_eq!(kinds(&rotated), ["admin.requested", "client.secret_rotated"]);
    let whoami = std::process::Command::new("id").arg("-un").output().unwrap();
    assert_eq!(rotated[0]["actor"], String::from_utf8(whoami.stdout).unwrap().trim());

    let before = rows(&folder, &[]);
    for look in [&["client", "list"][..], &["doctor"], &["client", "show", "backup"], &["migrate"]] {
        ok(&folder, look);
    }
    assert_eq!(rows(&folder, &[]), before, "to look is no act");
    let exported = ok(&folder, &["client", "export"]);
    assert_eq!(kinds(&last(&folder, &before)), ["admin.requested"], "hashes of secrets went out");
    let args = ["admin", "--store", STORE, "client", "import", "-", "--actor", ""];
    let (code, _, errors) = run_fed("provider", &args, folder.path(), &exported);
    assert_eq!((code, errors.contains("--actor")), (Some(2), true), "{errors}");
}

#[tokio::test]
async fn nothing_is_done_that_the_audit_table_cannot_keep() {
    let folder = tempfile::tempdir().unwrap();
    ok(&folder, &["client", "create", "kept", "--grant-type", "client_credentials"]);
    let file = SqliteConnectOptions::new().filename(folder.path().join("oauth.db"));
    let pool = sqlx::SqlitePool::connect_with(file).await.unwrap();
    let refuse = async |when: &'static str| {
        sqlx::query(sqlx::AssertSqlSafe(format!(
            "CREATE TRIGGER stop BEFORE INSERT ON oauth_events {when} BEGIN SELECT RAISE(ABORT, 'no more'); END"
        )))
        .execute(&pool)
        .await
        .unwrap();
    };
    refuse("").await;
    for act in [
        &["client", "create", "other", "--grant-type", "client_credentials"][..],
        &["client", "rotate-secret", "kept"],
        &["client", "delete", "kept"],
        &["revoke", "--client", "kept"],
        &["janitor"],
    ] {
        let (code, output, errors) = run(&folder, act, &[]);
        assert_eq!((code, output.as_str(), errors.lines().count()), (1, "", 1), "{act:?}: {errors}");
        assert!(
            errors.starts_with("provider admin: nothing was done, for the audit table cannot keep"),
            "{errors}"
        );
    }
    let store = store(&folder).await;
    let kept = store.client("kept").await.unwrap().unwrap();
    assert!(kept.previous_secret.is_none() && store.client("other").await.unwrap().is_none());
    // Whoever looks is not kept from it.
    ok(&folder, &["client", "list"]);

    let before = rows(&folder, &[]);
    // Gone between the two: what was done is said to be.
    sqlx::query("DROP TRIGGER stop").execute(&pool).await.unwrap();
    refuse("WHEN new.record LIKE '%client.deleted%'").await;
    let (code, _, errors) = run(&folder, &["client", "delete", "kept"], &[]);
    assert_eq!((code, errors.lines().count()), (1, 1), "{errors}");
    assert!(
        errors.contains("it was done, and the audit table has no more than that it was asked for"),
        "{errors}"
    );
    assert!(store.client("kept").await.unwrap().is_none());
    assert_eq!(kinds(&last(&folder, &before)), ["admin.requested"]);
}

#[tokio::test]
async fn a_misspelt_name_is_told_and_nothing_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder).await;
    store.save_user(User::new("1", "alice")).await.unwrap();
    let unknown = |args: &[&str]| {
        let (code, output, errors) = run(&folder, args, &[]);
        assert_eq!((code, output.as_str()), (3, ""), "{args:?}: {errors}");
        errors
    };
    let said = unknown(&["session", "end-all", "alcie"]);
    assert!(said.contains("nothing is known of `alcie`") && said.contains("`revoke --subject`"), "{said}");
    // Whoever sees the log is told once.
    let log = [("RUST_LOG", "warn,oauth_core::audit=info")];
    let (_, _, errors) = run(&folder, &["session", "end-all", "alcie"], &log);
    assert_eq!(
        (errors.matches("nothing is known").count(), errors.contains("admin.failed")),
        (1, true),
        "{errors}"
    );
    assert_eq!(
        rows(&folder, &["--kind", "admin.failed"])
            .iter()
            .filter(|row| row["reason"].as_str().unwrap().contains("nothing is known"))
            .count(),
        2
    );
    unknown(&["consent", "withdraw", "alcie", "calendar"]);
    assert_eq!(
        unknown(&["consent", "withdraw", "alice", "calender"]),
        "provider admin: there is no client `calender`\n"
    );
    assert!(!kinds(&rows(&folder, &[])).contains(&"subject.revoked"));
    assert!(ok(&folder, &["session", "end-all", "alice"]).starts_with("signed 1 out everywhere: 0 sessions"));

    // Subjects are the application's: it is done, and said that nothing is known here.
    let said = ok(&folder, &["revoke", "--subject", "alcie"]);
    assert_eq!(
        said,
        "revoked what alcie granted until now, though this store has no user, session or consent of alcie\n"
    );
    let json: Value =
        serde_json::from_str(&ok(&folder, &["revoke", "--subject", "alice", "--json"])).unwrap();
    assert_eq!(json, serde_json::json!({ "revoked": "subject", "sub": "1", "is_known": true }));
    let said = ok(&folder, &["revoke", "--subject", "alcie", "--client", "calender"]);
    assert!(
        said.contains("though this store has no user, session or consent of alcie, and no client calender"),
        "{said}"
    );
    assert_eq!(kinds(&rows(&folder, &["--kind", "subject", "--kind", "grant"])).len(), 4);
}

#[tokio::test]
async fn the_last_events_are_shown_in_their_order_and_filtered() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder).await;
    store.save_user(User::new("1", "alice")).await.unwrap();
    let table = store.audit();
    for number in 0..2500_u64 {
        let kind = if number % 1000 == 0 { EventKind::LoginFailed } else { EventKind::TokenIssued };
        let client = if number % 2 == 0 { "web" } else { "mail" };
        table.on(&event(kind, ago(5000 - number)).subject("1").client_id(client));
    }
    table.on(&event(EventKind::LoginSucceeded, ago(1)).subject("2"));
    table.flush().await.unwrap();

    let shown = ok(&folder, &["events", "tail"]);
    let lines: Vec<_> = shown.lines().collect();
    assert_eq!(lines.len(), 10);
    assert!(lines.is_sorted() && lines[9].ends_with("Z  login.succeeded  sub=2"), "{shown}");
    assert!(lines[8].contains("token.issued  client_id=mail  sub=1"), "{shown}");
    let (code, output, errors) = run(&folder, &["events", "tail", "-n", "0"], &[]);
    assert_eq!((code, output.as_str()), (2, ""), "{errors}");
    assert!(errors.starts_with("provider admin: `-n 0` shows nothing: "), "{errors}");

    // Further back than one page.
    assert_eq!(kinds(&rows(&folder, &["--kind", "login.failed"])), ["login.failed"; 3]);
    assert_eq!(kinds(&rows(&folder, &["--kind", "login"])).len(), 4);
    let alice = rows(&folder, &["--subject", "alice", "--client", "web"]);
    assert_eq!(alice.len(), 100);
    assert!(alice.iter().all(|row| row["subject"] == "1" && row["client_id"] == "web"));
    assert!(alice.is_sorted_by_key(|row| row["time"].as_u64()));
    let (code, _, errors) = run(&folder, &["events", "tail", "--kind", "logins"], &[]);
    assert_eq!(
        (code, errors.contains("`logins` is no kind of event: there are admin, ")),
        (2, true),
        "{errors}"
    );
}

/// Each once, whichever instance wrote it and however late.
#[tokio::test]
async fn who_follows_the_table_misses_nothing_and_sees_nothing_twice() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder).await;
    let tables = [store.audit(), store.audit(), store.audit()];
    // Of the last minutes, so that the look back meets what was there before.
    for second in 0..100 {
        tables[0].on(&event(EventKind::TokenIssued, ago(100 - second)));
    }
    tables[0].flush().await.unwrap();
    let args = ["admin", "--store", STORE, "events", "tail", "--follow", "--json", "-n", "3"];
    let mut following = Following::start("provider", &args, folder.path());
    let time = |row: &Value| row["time"].as_u64().unwrap();
    let first: Vec<Value> = (0..3).map(|_| following.json()).collect();
    assert!(
        first.is_sorted_by_key(time) && first.iter().all(|row| row["event"] == "token.issued"),
        "{first:?}"
    );

    let mut expected = BTreeSet::new();
    for number in 0..60_u64 {
        // By clocks that are right, 45 seconds behind, and 45 ahead; and those behind are the last to be written.
        let instance = usize::try_from(number % 3).unwrap();
        let clock = [UnixTime::now(), ago(45), UnixTime::now() + Duration::from_secs(45)][instance];
        let name = format!("client-{number}");
        tables[instance].on(&event(EventKind::TokenIssued, clock).client_id(&name));
        expected.insert(name);
    }
    for table in [&tables[2], &tables[0], &tables[1]] {
        table.flush().await.unwrap();
    }
    let mut seen = BTreeSet::new();
    let started = Instant::now();
    while seen.len() < expected.len() {
        let row = following.json();
        let name = row["client_id"].as_str().unwrap_or_else(|| panic!("{row} was there before")).to_owned();
        assert!(seen.insert(name), "{row} came twice");
        assert!(started.elapsed() < Duration::from_mins(2), "{:?}", expected.difference(&seen));
    }
    assert_eq!(seen, expected);
    // What an act of an operator tells comes as well.
    ok(&folder, &["client", "create", "backup", "--grant-type", "client_credentials"]);
    assert_eq!(following.json()["event"], "admin.requested");
    assert_eq!(following.json()["event"], "client.created");
}
