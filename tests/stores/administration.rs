//! The acts of an operator over every store.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_core::admin::{
    Admin, AdminError, Finding, Imported, OneStore, Severity, TokenKind, line_of, read_line,
};
use oauth_core::client::Introspects;
use oauth_core::clock::Clock;
use oauth_core::event::{Event, EventKind, Observer};
use oauth_core::keys::{Keks, KeyPolicy, StoredKeys};
use oauth_core::limits::{LimitKey, Policy};
use oauth_core::prelude::*;
use oauth_core::store::{AuditStore, AuditTable, Authorization, FamilyId, SecondStep, Session};
use serde_json::{Value, json};

use crate::support::{
    EveryRole, GRANTED_AT, access_token, access_token_of, after, hash, now, over_every_store, refresh_token,
    save_access, save_all, save_refresh, scopes, session,
};

over_every_store!(
    clients_are_created_changed_and_deleted,
    a_secret_is_rotated_and_the_old_one_counts_for_a_while,
    exported_clients_are_the_same_where_they_are_imported,
    users_are_created_changed_and_deleted,
    a_new_password_signs_out_everywhere,
    sessions_end_with_their_tokens,
    a_consent_that_is_withdrawn_ends_what_was_granted,
    each_revocation_ends_what_it_names_and_no_more,
    a_token_tells_what_it_stands_for,
    the_doctor_finds_nothing_wrong_with_a_new_store,
);

mod swept {
    use super::the_janitor_leaves_nothing_that_has_expired;
    use crate::support::over_stores_that_sweep;

    over_stores_that_sweep!(the_janitor_leaves_nothing_that_has_expired);
}

#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<String>>>);

impl Observer for Seen {
    fn on(&self, event: &Event<'_>) {
        self.0.lock().unwrap().push(event.kind.as_str().to_owned());
    }
}

impl Seen {
    /// The events since the last time.
    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

/// Over a store, at the moment at which tests take place.
fn admin<S: EveryRole>(store: &S) -> (Admin<OneStore<S>>, Seen) {
    let seen = Seen::default();
    (Admin::of_store(store.clone()).clock(Clock::manual_at(now())).observer(seen.clone()), seen)
}

fn client(id: &str) -> Client {
    Client::public(id).redirect_uri("https://app.example/cb").build().unwrap()
}

async fn clients_are_created_changed_and_deleted<S: EveryRole>(store: S) {
    let (admin, seen) = admin(&store);
    admin.create_client(client("calendar")).await.unwrap();
    assert_eq!(seen.take(), ["client.created"]);
    let twice = admin.create_client(client("calendar")).await.unwrap_err();
    assert!(matches!(twice, AdminError::Exists(_)), "{twice}");
    assert_eq!(twice.to_string(), "there is a client `calendar` already");

    let calendar = Client::clone(&*admin.client("calendar").await.unwrap());
    let changed = calendar.into_builder().client_name("Calendar").redirect_uri("https://b.example/cb");
    admin.update_client(changed.build().unwrap()).await.unwrap();
    let kept = store.client("calendar").await.unwrap().unwrap();
    assert_eq!((kept.display_name(), kept.redirect_uris.len()), ("Calendar", 2));
    assert_eq!(kept.grant_types, client("calendar").grant_types, "what is not changed stays");
    assert_eq!(seen.take(), ["client.updated"]);

    let missing = admin.update_client(client("nobody")).await.unwrap_err();
    assert_eq!(missing.to_string(), "there is no client `nobody`");
    assert!(admin.delete_client("nobody").await.is_err());
    assert_eq!(seen.take(), [""; 0], "nothing was done");

    save_access(&store, access_token_of("a", Authorization::new("calendar", GRANTED_AT), after(now(), 60)))
        .await;
    admin.delete_client("calendar").await.unwrap();
    assert!(store.client("calendar").await.unwrap().is_none());
    assert_eq!(store.access_token(&hash("a"), now()).await.unwrap(), None);
    assert_eq!(seen.take(), ["client.deleted"]);
    assert!(admin.clients(None, 10).await.unwrap().items.is_empty());
}

async fn a_secret_is_rotated_and_the_old_one_counts_for_a_while<S: EveryRole>(store: S) {
    let (admin, seen) = admin(&store);
    let first = ClientSecret::generate();
    let web = Client::confidential("web", &first).redirect_uri("https://web.example/cb").build().unwrap();
    admin.create_client(web).await.unwrap();
    admin.create_client(client("public")).await.unwrap();
    seen.take();

    let second = admin.rotate_secret("web", Duration::from_hours(1)).await.unwrap();
    assert_eq!(seen.take(), ["client.secret_rotated"]);
    let web = store.client("web").await.unwrap().unwrap();
    assert!(web.secret_hash.as_ref().unwrap().verify(second.expose()));
    let previous = web.previous_secret.as_ref().unwrap();
    assert!(previous.secret_hash.verify(first.expose()));
    assert_eq!(previous.expires_at, after(now(), 3600));

    admin.rotate_secret("web", Duration::ZERO).await.unwrap();
    assert!(store.client("web").await.unwrap().unwrap().previous_secret.is_none(), "it leaked");
    let none = admin.rotate_secret("public", Duration::ZERO).await.unwrap_err();
    assert_eq!(none.to_string(), "client `public` authenticates by `none` and has no secret to rotate");
}

async fn exported_clients_are_the_same_where_they_are_imported<S: EveryRole>(store: S) {
    let (admin, _) = admin(&store);
    let secret = ClientSecret::generate();
    let web = Client::confidential("web", &secret)
        .redirect_uri("https://web.example/cb")
        .scope("a b")
        .first_party()
        .introspects("https://api.example")
        .origin("https://web.example")
        .build()
        .unwrap();
    admin.create_client(web).await.unwrap();
    let line = line_of(&admin.client("web").await.unwrap()).unwrap();
    assert!(!line.contains(secret.expose()) && !line.contains('\n'));

    admin.delete_client("web").await.unwrap();
    assert_eq!(admin.import_client(read_line(&line).unwrap()).await.unwrap(), Imported::Created);
    assert_eq!(admin.import_client(read_line(&line).unwrap()).await.unwrap(), Imported::Updated);
    let kept = admin.client("web").await.unwrap();
    assert_eq!(line_of(&kept).unwrap(), line);
    assert!(kept.secret_hash.as_ref().unwrap().verify(secret.expose()));
}

async fn users_are_created_changed_and_deleted<S: EveryRole>(store: S) {
    let (admin, seen) = admin(&store);
    admin.create_user(User::new("1", "alice")).await.unwrap();
    for taken in [User::new("1", "bob"), User::new("2", "alice")] {
        assert!(matches!(admin.create_user(taken).await.unwrap_err(), AdminError::Exists(_)));
    }
    assert_eq!(admin.user("alice").await.unwrap(), admin.user("1").await.unwrap());
    admin.update_user(User::new("1", "alicia")).await.unwrap();
    assert_eq!(seen.take(), ["user.created", "user.updated"]);
    assert_eq!(admin.users(None, 10).await.unwrap().items, [User::new("1", "alicia")]);

    store.save_session(hash("s"), session("1", after(now(), 60))).await.unwrap();
    admin.delete_user("1").await.unwrap();
    assert_eq!(seen.take(), ["session.ended", "user.deleted"]);
    assert_eq!(store.session(&hash("s"), now()).await.unwrap(), None);
    assert!(matches!(admin.delete_user("1").await.unwrap_err(), AdminError::NotFound(_)));
}

async fn a_new_password_signs_out_everywhere<S: EveryRole>(store: S) {
    let (admin, seen) = admin(&store);
    admin.create_user(User::new("user-1", "alice")).await.unwrap();
    store.save_session(hash("s"), session("user-1", after(now(), 60))).await.unwrap();
    save_refresh(&store, refresh_token("r", FamilyId::random(), after(now(), 60))).await;
    seen.take();

    admin.set_password("user-1", "correct horse battery staple").await.unwrap();
    assert_eq!(seen.take(), ["session.ended", "user.updated"]);
    assert!(store.user("user-1").await.unwrap().unwrap().password_hash.is_some());
    assert_eq!(store.session(&hash("s"), now()).await.unwrap(), None);
    assert_eq!(store.refresh_token(&hash("r"), now()).await.unwrap(), None);
    assert!(matches!(admin.set_password("user-1", "").await.unwrap_err(), AdminError::Invalid(_)));
    assert!(matches!(admin.set_password("nobody", "x").await.unwrap_err(), AdminError::NotFound(_)));
}

async fn sessions_end_with_their_tokens<S: EveryRole>(store: S) {
    let (admin, seen) = admin(&store);
    let end = after(now(), 60);
    for id in ["a", "b", "c"] {
        let session = Session { sid: format!("sid of {id}"), ..session("user-1", end) };
        store.save_session(hash(id), session).await.unwrap();
        let mut authorization = Authorization::new("calendar", GRANTED_AT);
        authorization.subject = Some("user-1".to_owned());
        authorization.session = Some(FamilyId::of_session(&format!("sid of {id}")));
        save_access(&store, access_token_of(id, authorization, end)).await;
    }
    assert_eq!(admin.sessions("user-1", None, 10).await.unwrap().items.len(), 3);
    admin.end_session(&hash("a")).await.unwrap();
    assert_eq!(seen.take(), ["session.ended"]);
    assert_eq!(store.access_token(&hash("a"), now()).await.unwrap(), None);
    assert!(store.access_token(&hash("b"), now()).await.unwrap().is_some());
    assert!(matches!(admin.end_session(&hash("a")).await.unwrap_err(), AdminError::NotFound(_)));

    let awaited = Session { second_step: SecondStep::Awaited, ..session("user-1", end) };
    store.save_session(hash("awaited"), awaited.clone()).await.unwrap();
    assert_eq!(admin.end_session(&hash("awaited")).await.unwrap(), awaited);
    assert!(seen.take().is_empty(), "that was no session");
    store.save_session(hash("awaited"), awaited).await.unwrap();
    assert_eq!(admin.sessions("user-1", None, 10).await.unwrap().items.len(), 2, "nobody is logged in there");
    let newer = Session { second_step: SecondStep::Unknown, ..session("user-1", end) };
    store.save_session(hash("newer"), newer).await.unwrap();
    assert_eq!(admin.sign_out_everywhere("user-1").await.unwrap(), 3, "one of a newer version as well");
    assert_eq!(seen.take(), ["session.ended", "session.ended", "session.ended", "subject.revoked"]);
    for id in ["awaited", "newer"] {
        assert_eq!(store.session(&hash(id), now()).await.unwrap(), None);
    }
    assert_eq!(store.access_token(&hash("b"), now()).await.unwrap(), None);
    assert!(admin.sessions("user-1", None, 10).await.unwrap().items.is_empty());
}

async fn a_consent_that_is_withdrawn_ends_what_was_granted<S: EveryRole>(store: S) {
    let (admin, seen) = admin(&store);
    for client in ["calendar", "mail"] {
        store.save_consent("user-1", client, scopes("a")).await.unwrap();
    }
    save_refresh(&store, refresh_token("r", FamilyId::random(), after(now(), 60))).await;
    assert_eq!(admin.grants("user-1", None, 10).await.unwrap().items.len(), 1);

    assert!(admin.withdraw_consent("user-1", "calendar").await.unwrap());
    assert_eq!(seen.take(), ["grant.revoked", "consent.withdrawn"]);
    assert!(admin.grants("user-1", None, 10).await.unwrap().items.is_empty());
    let left = admin.consents("user-1", None, 10).await.unwrap().items;
    assert_eq!(left.iter().map(|consent| consent.client_id.as_str()).collect::<Vec<_>>(), ["mail"]);
    assert!(!admin.withdraw_consent("user-1", "calendar").await.unwrap());
}

async fn each_revocation_ends_what_it_names_and_no_more<S: EveryRole>(store: S) {
    let (admin, seen) = admin(&store);
    let of = |subject: &str, client: &str| {
        let mut authorization = Authorization::new(client, GRANTED_AT);
        authorization.subject = Some(subject.to_owned());
        authorization.family = Some(FamilyId::of_session(&format!("{subject} {client}")));
        authorization
    };
    for subject in ["a", "b", "c"] {
        for client in ["x", "y", "z"] {
            save_access(
                &store,
                access_token_of(&format!("{subject}{client}"), of(subject, client), after(now(), 60)),
            )
            .await;
        }
    }
    let alive = async || {
        let mut alive = Vec::new();
        for subject in ["a", "b", "c"] {
            for client in ["x", "y", "z"] {
                let name = format!("{subject}{client}");
                if store.access_token(&hash(&name), now()).await.unwrap().is_some() {
                    alive.push(name);
                }
            }
        }
        alive.join(" ")
    };
    admin.revoke_subject("a").await.unwrap();
    assert_eq!(alive().await, "bx by bz cx cy cz");
    admin.revoke_client("x").await.unwrap();
    assert_eq!(alive().await, "by bz cy cz");
    admin.revoke_grant("b", "y").await.unwrap();
    assert_eq!(alive().await, "bz cy cz");
    admin.revoke_family(FamilyId::of_session("c y")).await.unwrap();
    assert_eq!(alive().await, "bz cz");
    assert!(admin.revoke_token("bz").await.unwrap());
    assert_eq!(alive().await, "cz");
    let told = ["subject", "client_tokens", "grant", "family", "token"].map(|what| format!("{what}.revoked"));
    assert_eq!(seen.take(), told);

    let family = FamilyId::random();
    save_refresh(&store, refresh_token("r", family, after(now(), 60))).await;
    save_access(&store, access_token("of the family", Some(family), after(now(), 60))).await;
    assert!(admin.revoke_token("r").await.unwrap());
    assert_eq!(store.access_token(&hash("of the family"), now()).await.unwrap(), None);
    assert!(matches!(admin.revoke_token("unknown").await.unwrap_err(), AdminError::NotFound(_)));
    for no_jti in ["signed.by.somebody", &signed(&json!({ "sub": "user-1" })), &signed(&json!(["jti"]))] {
        assert!(matches!(admin.revoke_token(no_jti).await.unwrap_err(), AdminError::NotFound(_)));
    }
    let signed = signed(&json!({ "jti": "of somebody" }));
    let redacted = signed.replace("c2lnbmVk", "***");
    for signed in [signed, redacted] {
        assert!(!admin.revoke_token(&signed).await.unwrap(), "nothing is known of it");
    }
}

/// An access token that somebody signed.
fn signed(claims: &Value) -> String {
    let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
    format!("{}.{}.c2lnbmVk", part(&json!({ "alg": "ES256", "typ": "at+jwt" })), part(claims))
}

async fn a_token_tells_what_it_stands_for<S: EveryRole>(store: S) {
    let (admin, seen) = admin(&store);
    let family = FamilyId::random();
    save_access(&store, access_token("a", Some(family), after(now(), 60))).await;
    save_refresh(&store, refresh_token("r", family, after(now(), 60))).await;
    let access = admin.introspect("a").await.unwrap();
    assert_eq!((access.kind, access.client_id.as_str()), (TokenKind::AccessToken, "calendar"));
    assert_eq!((access.subject.as_deref(), access.family), (Some("user-1"), Some(family)));
    assert_eq!((access.scope, access.expires_at), (scopes("profile"), after(now(), 60)));
    assert_eq!(admin.introspect("r").await.unwrap().kind, TokenKind::RefreshToken);
    assert_eq!(seen.take(), ["token.introspected"; 2]);
    assert!(matches!(admin.introspect("unknown").await.unwrap_err(), AdminError::NotFound(_)));
}

async fn the_janitor_leaves_nothing_that_has_expired<S: EveryRole>(store: S) {
    for number in 0..3 {
        save_all(&store, &format!("{number}"), after(now(), 600)).await;
    }
    let later = Admin::of_store(store.clone()).clock(Clock::manual_at(after(now(), 700)));
    let mut steps = Vec::new();
    let removed = later.janitor(|so_far| steps.push(so_far)).await.unwrap();
    assert!(removed >= 30 && steps == [removed], "{steps:?}");
    assert_eq!(later.janitor(|_| ()).await.unwrap(), 0);
    assert_eq!(store.session(&hash("0"), now()).await.unwrap(), None);
}

async fn the_doctor_finds_nothing_wrong_with_a_new_store<S: EveryRole>(store: S) {
    let admin = Admin::of_store(store.clone());
    let findings = admin.doctor().await.unwrap();
    assert_eq!(faults(&findings), [""; 0], "{findings:#?}");
    assert!(findings.iter().any(|finding| finding.subject == "store"), "{findings:#?}");
}

/// A store that keeps who must hear of the end of a session leaves that to the servers that run over it.
#[tokio::test]
async fn clients_of_a_session_that_an_operator_ends_are_to_be_told() {
    use oauth_core::store::{LogoutStore as _, SessionStore as _};

    let (_folder, store) = crate::support::sqlite().await;
    let (admin, _) = admin(&store);
    for id in ["a", "b"] {
        let session = Session { sid: format!("sid of {id}"), ..session("user-1", after(now(), 60)) };
        store.save_session(hash(id), session).await.unwrap();
    }
    admin.end_session(&hash("a")).await.unwrap();
    let due = store.due_logouts(now(), after(now(), 30), 10).await.unwrap();
    assert_eq!(due.iter().map(|notice| notice.client_id.as_str()).collect::<Vec<_>>(), ["calendar"]);
    admin.sign_out_everywhere("user-1").await.unwrap();
    assert_eq!(store.due_logouts(now(), after(now(), 30), 10).await.unwrap().len(), 1);
}

/// What the databases of the tests do without, for speed.
const UNSAFE: [&str; 3] = ["fsync", "full_page_writes", "appendonly"];

fn faults(findings: &[Finding]) -> Vec<&str> {
    let faults = findings.iter().filter(|finding| finding.severity > Severity::Fine);
    faults.map(|finding| finding.subject).filter(|subject| !UNSAFE.contains(subject)).collect()
}

#[tokio::test]
async fn the_doctor_finds_a_backlog() {
    let (_folder, store) = crate::support::sqlite().await;
    save_all(&store, "dead", after(now(), 60)).await;
    let later = Admin::of_store(store.clone()).clock(Clock::manual_at(after(now(), 7200)));
    let findings = later.doctor().await.unwrap();
    let backlog = findings.iter().find(|finding| finding.subject == "backlog").unwrap();
    assert_eq!(backlog.severity, Severity::Warning, "{findings:#?}");
    assert!(backlog.text.contains("run `janitor`"), "{findings:#?}");
}

/// Attempts that are forgotten and events that nobody keeps any more are a backlog as well, by the second at which they ended.
async fn the_doctor_counts_limits_and_events<S: EveryRole + AuditStore>(store: &S) {
    let began = Duration::from_secs(now().as_secs());
    let (rule, key) = (Policy::at_once(3, Duration::from_secs(7)), LimitKey::of("login", ["alice"]));
    let _ = store.begin(&key, &rule, began).await.unwrap();
    let table = AuditTable::new(store.clone()).retention(Duration::from_secs(9));
    table.record(&Event::new(EventKind::TokenIssued, now())).await.unwrap();
    let backlog = async |seconds| {
        let mut backlog = store.examine(after(now(), seconds)).await.unwrap().backlog;
        backlog.sort_by_key(|of| of.kind);
        backlog.into_iter().map(|of| (of.kind, of.entries, of.oldest.unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(backlog(6).await, []);
    assert_eq!(backlog(7).await, [("oauth_limits", 1, after(now(), 7))]);
    let both = [("oauth_events", 1, after(now(), 9)), ("oauth_limits", 1, after(now(), 7))];
    assert_eq!(backlog(9).await, both);
    assert_eq!(store.sweep(after(now(), 9), 100).await.unwrap(), 2);
    assert_eq!(backlog(9).await, []);
}

#[tokio::test]
async fn the_doctor_counts_limits_and_events_of_sqlite() {
    let (_folder, store) = crate::support::sqlite().await;
    the_doctor_counts_limits_and_events(&store).await;
}

#[cfg(feature = "interop")]
#[tokio::test]
async fn the_doctor_counts_limits_and_events_of_postgres() {
    the_doctor_counts_limits_and_events(&crate::support::postgres().await).await;
}

/// What a server should have made, and what a KEK does not open.
#[tokio::test]
async fn the_doctor_looks_at_shared_keys() {
    let (store, began) = (MemoryStore::new(), Clock::manual());
    let keks = |bytes: &str| Keks::parse(&format!("a:{bytes}=")).unwrap();
    let (right, wrong) = ("A".repeat(43), format!("{}B{}", "A".repeat(20), "A".repeat(22)));
    let doctor = async |clock: &Clock, kek: Option<&str>| {
        let kek = kek.map(keks);
        let admin = Admin::of_store(store.clone()).clock(clock.clone());
        let findings = admin.doctor_of_keys(kek.as_ref()).await.unwrap();
        findings.into_iter().map(|finding| (finding.severity, finding.text)).collect::<Vec<_>>()
    };
    assert_eq!(doctor(&began, None).await, [], "one process has this memory");
    let policy = KeyPolicy::new([Algorithm::ES256]).clock(began.clone());
    StoredKeys::open(store.clone(), keks(&right), policy).await.unwrap();
    let fine = |text: &str| vec![(Severity::Fine, text.to_owned())];
    assert_eq!(doctor(&began, None).await, fine("the keys are renewed in time"));
    assert_eq!(doctor(&began, Some(&right)).await, fine("the keys are renewed in time, and open"));
    let fault = doctor(&began, Some(&wrong)).await;
    assert!(
        matches!(&fault[..], [(Severity::Fault, text)] if text.contains("the KEK `a` does not open")),
        "{fault:?}"
    );
    began.advance(Duration::from_hours(90 * 24 + 2));
    let late = doctor(&began, Some(&right)).await;
    assert!(
        matches!(&late[..], [(Severity::Warning, text)] if text.contains("no server has made it")),
        "{late:?}"
    );
}

#[cfg(feature = "interop")]
#[tokio::test]
async fn the_doctor_warns_of_a_shared_store_without_keys() {
    let admin = Admin::of_store(crate::support::postgres().await);
    let findings = admin.doctor_of_keys(None).await.unwrap();
    assert_eq!(findings.len(), 1);
    assert_eq!((findings[0].subject, findings[0].severity), ("keys", Severity::Warning));
    assert!(findings[0].text.contains("`KeyRing::load_or_generate`"), "{findings:?}");
}

#[cfg(feature = "interop")]
#[tokio::test]
async fn the_doctor_finds_a_clock_that_is_off_and_a_commit_that_waits_for_nothing() {
    use oauth_core::store::PostgresStore;

    let options: sqlx::postgres::PgConnectOptions = oauth_tests::postgres::database().parse().unwrap();
    let pool = sqlx::PgPool::connect_with(options.options([("synchronous_commit", "off")])).await.unwrap();
    let admin = Admin::of_store(PostgresStore::from_pool(pool).await.unwrap()).clock(Clock::manual_at(now()));
    let findings = admin.doctor().await.unwrap();
    assert_eq!(faults(&findings), ["clock", "synchronous_commit"], "{findings:#?}");
}

#[test]
fn a_line_of_another_server_is_a_client() {
    let line = r#"{"client_id": "web", "client_secret": "a-secret-of-some-length", "client_id_issued_at": 1,
        "redirect_uris": ["https://web.example/cb"], "scope": "profile", "origins": ["https://web.example"]}"#;
    let client = read_line(line).unwrap();
    assert!(client.secret_hash.unwrap().verify("a-secret-of-some-length"));
    assert_eq!(client.origins, ["https://web.example"]);
    for (line, mistake) in [
        ("", "it is no JSON"),
        ("[]", "it is no JSON object"),
        (r#"{"redirect_uris": []}"#, "it has no client_id"),
        (r#"{"client_id": "x", "redirect_uri": "https://x.example"}"#, "`redirect_uri` is not known"),
        (r#"{"client_id": "x", "redirect_uris": ["https://x.example/cb"]}"#, "needs a client_secret"),
        (
            r#"{"client_id": "x", "token_endpoint_auth_method": "none", "redirect_uris": ["http://x.example/cb"]}"#,
            "https",
        ),
    ] {
        let error = read_line(line).unwrap_err().to_string();
        assert!(error.contains(mistake), "{line}: {error}");
        assert!(!error.contains('\n'), "{error}");
    }
}

#[test]
fn a_line_without_a_word_about_introspection_gives_none() {
    let api =
        Client::resource_server("api", &ClientSecret::generate(), "https://api.example").build().unwrap();
    let mut line: Value = serde_json::from_str(&line_of(&api).unwrap()).unwrap();
    let members = line.as_object_mut().unwrap();
    members.remove("introspects").unwrap();
    assert_eq!(read_line(&json!(members).to_string()).unwrap().introspects, Introspects::Nothing);
    members.insert("introspect".to_owned(), json!("none"));
    let error = read_line(&json!(members).to_string()).unwrap_err().to_string();
    assert_eq!(error, "the member `introspect` is not known");
}
