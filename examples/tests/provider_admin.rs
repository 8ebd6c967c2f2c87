//! `provider admin`: each command, through the program, over an SQLite file.

use std::path::Path;
use std::time::Duration;

use oauth_core::claims::TokenClaims;
use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::store::{
    AccessToken, Authorization, ConsentStore as _, FamilyId, RefreshToken as RefreshRecord, Session,
    SessionStore as _, TokenStore as _,
};
use oauth_core::time::UnixTime;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::provider::sample;
use crate::support::{Example, run_fed};

/// A folder with a store, which the program opens as often as it is run.
struct Folder(TempDir);

/// How a run ended.
#[derive(Debug)]
struct Ran {
    code: i32,
    output: String,
    errors: String,
}

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    async fn store(&self) -> SqliteStore {
        SqliteStore::open(self.path().join("oauth.db")).await.unwrap()
    }

    fn run(&self, args: &[&str]) -> Ran {
        self.run_with(args, "")
    }

    fn run_with(&self, args: &[&str], input: &str) -> Ran {
        let args = [&["admin", "--store", "sqlite:oauth.db"], args].concat();
        let (code, output, errors) = run_fed("provider", &args, self.path(), input);
        Ran { code: code.unwrap(), output, errors }
    }

    /// Runs what is to succeed; what it says.
    fn ok(&self, args: &[&str]) -> String {
        self.ok_with(args, "")
    }

    fn ok_with(&self, args: &[&str], input: &str) -> String {
        let ran = self.run_with(args, input);
        assert_eq!((ran.code, ran.errors.as_str()), (0, ""), "{args:?}: {ran:?}");
        ran.output
    }

    /// The values that it writes with `--json`.
    fn json(&self, args: &[&str]) -> Vec<Value> {
        let output = self.ok(&[args, &["--json"]].concat());
        output.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The one line of a run that fails with this code.
    fn fails(&self, code: i32, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!((ran.code, ran.output.as_str()), (code, ""), "{args:?}: {ran:?}");
        let line = ran.errors.strip_suffix('\n').unwrap();
        assert!(!line.contains('\n'), "{args:?}: {line}");
        line.strip_prefix("provider admin: ").unwrap_or_else(|| panic!("{line}")).to_owned()
    }
}

fn secret_in(output: &str) -> &str {
    output.lines().find_map(|line| line.strip_prefix("client_secret: ")).unwrap()
}

fn now() -> UnixTime {
    UnixTime::now()
}

fn soon() -> UnixTime {
    now() + Duration::from_hours(1)
}

fn granted(client: &str) -> std::sync::Arc<Authorization> {
    let mut authorization = Authorization::new(client, now());
    authorization.subject = Some("subject-of-alice".to_owned());
    authorization.scopes = ScopeSet::parse("profile").unwrap();
    authorization.family = Some(FamilyId::of_session(client));
    authorization.into()
}

/// What Alice has: a session, and of each of two clients a consent, an access token and a refresh token.
async fn fill(store: &SqliteStore) {
    store.save_user(User::new("subject-of-alice", "alice")).await.unwrap();
    let session = Session {
        subject: "subject-of-alice".to_owned(),
        auth_time: now(),
        expires_at: soon(),
        sid: "sid".to_owned(),
        clients: vec!["calendar".to_owned()],
        second_step: oauth_core::store::SecondStep::None,
    };
    store.save_session(TokenHash::of("browser"), session).await.unwrap();
    for client in ["calendar", "mail"] {
        let authorization = granted(client);
        store.save_consent("subject-of-alice", client, authorization.scopes.clone()).await.unwrap();
        let access = AccessToken {
            hash: TokenHash::of(&format!("access of {client}")),
            authorization: authorization.clone(),
            scopes: authorization.scopes.clone(),
            claims: TokenClaims::default(),
            issued_at: now(),
            expires_at: soon(),
        };
        let refresh = RefreshRecord {
            hash: TokenHash::of(&format!("refresh of {client}")),
            authorization,
            issued_at: now(),
            expires_at: soon(),
            is_rotated: false,
        };
        let _ = store.save_tokens(Some(access), Some(refresh), now()).await.unwrap();
    }
}

async fn is_alive(store: &SqliteStore, client: &str) -> bool {
    let token = store.access_token(&TokenHash::of(&format!("access of {client}")), now()).await.unwrap();
    token.is_some()
}

#[tokio::test]
async fn clients_are_administered() {
    let folder = Folder::new();
    assert_eq!(folder.ok(&["client", "list"]), "there are no clients\n");
    assert_eq!(folder.json(&["client", "list"]), Vec::<Value>::new());

    let create =
        ["client", "create", "web", "--redirect-uri", "https://web.example/cb", "--scope", "profile"];
    let created = folder.ok(&create);
    let secret = secret_in(&created).to_owned();
    let store = folder.store().await;
    let web = store.client("web").await.unwrap().unwrap();
    assert!(web.secret_hash.as_ref().unwrap().verify(&secret));
    assert_eq!(
        web.grant_types.iter().map(|grant| grant.as_str().to_owned()).collect::<Vec<_>>(),
        ["authorization_code", "refresh_token"]
    );
    assert_eq!(folder.fails(3, &create), "there is a client `web` already");

    let spa =
        ["client", "create", "spa", "--auth-method", "none", "--redirect-uri", "https://spa.example/cb"];
    let created = folder.ok(&[&spa[..], &["--origin", "https://spa.example", "--json"]].concat());
    assert_eq!(serde_json::from_str::<Value>(&created).unwrap(), json!({ "created": "spa" }));

    let listed = folder.json(&["client", "list"]);
    assert_eq!(listed.iter().map(|client| &client["client_id"]).collect::<Vec<_>>(), ["spa", "web"]);
    let shown = folder.ok(&["client", "show", "web"]);
    assert!(shown.contains("scope: profile") && !shown.contains("sha256"), "{shown}");
    assert_eq!(folder.fails(3, &["client", "show", "nobody"]), "there is no client `nobody`");

    folder.ok(&["client", "update", "web", "--scope", "profile email", "--client-name", "Web"]);
    folder.ok_with(
        &["client", "update", "web", "--metadata", "-"],
        r#"{"client_name": null, "client_uri": "https://web.example"}"#,
    );
    let web = store.client("web").await.unwrap().unwrap();
    assert_eq!((web.scope.to_string(), web.client_name.is_none()), ("profile email".to_owned(), true));
    assert!(web.secret_hash.as_ref().unwrap().verify(&secret), "what is not named stays");
    let wrong = folder.fails(2, &["client", "update", "web", "--redirect-uri", "http://web.example/cb"]);
    assert!(wrong.contains("http"), "{wrong}");
    assert!(folder.fails(2, &["client", "update", "web"]).starts_with("nothing to change"));

    let rotated = folder.ok(&["client", "rotate-secret", "web", "--keep-old", "1h"]);
    assert!(rotated.contains("the old one counts until 20"), "{rotated}");
    let web = store.client("web").await.unwrap().unwrap();
    assert!(web.secret_hash.as_ref().unwrap().verify(secret_in(&rotated)));
    assert!(web.previous_secret.as_ref().unwrap().secret_hash.verify(&secret));
    folder.ok(&["client", "rotate-secret", "web", "--keep-old", "0"]);
    assert!(store.client("web").await.unwrap().unwrap().previous_secret.is_none());
    assert!(folder.fails(2, &["client", "rotate-secret", "spa"]).contains("has no secret to rotate"));
    assert!(folder.fails(2, &["client", "rotate-secret", "web", "--keep-old", "1y"]).contains("such as 24h"));

    folder.ok(&["client", "delete", "spa"]);
    assert_eq!(folder.fails(3, &["client", "delete", "spa"]), "there is no client `spa`");
}

#[tokio::test]
async fn clients_are_exported_and_imported() {
    let (from, to) = (Folder::new(), Folder::new());
    let secret = secret_in(&from.ok(&["client", "create", "backup", "--scope", "jobs"])).to_owned();
    from.ok(&[
        "client",
        "create",
        "spa",
        "--auth-method",
        "none",
        "--redirect-uri",
        "https://spa.example/cb",
    ]);
    let exported = from.ok(&["client", "export"]);
    assert_eq!(exported.lines().count(), 2);
    assert!(!exported.contains(&secret), "only its hash");

    let import = ["client", "import", "-"];
    let dry = to.ok_with(&["client", "import", "-", "--dry-run"], &exported);
    assert_eq!(dry, "2 clients can be imported; nothing was changed\n");
    assert_eq!(to.ok(&["client", "list"]), "there are no clients\n");
    assert_eq!(to.ok_with(&import, &exported), "2 created, 0 replaced\n");
    assert_eq!(to.ok_with(&import, &exported), "0 created, 2 replaced\n");
    assert_eq!(to.ok(&["client", "export"]), exported);
    let backup = to.store().await.client("backup").await.unwrap().unwrap();
    assert!(backup.secret_hash.as_ref().unwrap().verify(&secret), "it goes on authenticating");

    let wrong = to.run_with(
        &import,
        "{\"client_id\": \"ok\", \"token_endpoint_auth_method\": \"none\", \"grant_types\": []}\n{}\nx\n",
    );
    assert_eq!(wrong.code, 2, "{wrong:?}");
    for part in
        ["-:2: it has no client_id", "-:3: it is no JSON", "nothing was imported: 2 of the lines are wrong"]
    {
        assert!(wrong.errors.contains(part), "{wrong:?}");
    }
    assert_eq!(to.fails(3, &["client", "show", "ok"]), "there is no client `ok`");
}

#[tokio::test]
async fn introspection_that_is_taken_away_is_gone() {
    let folder = Folder::new();
    folder.ok(&[
        "client",
        "create",
        "api",
        "--introspects",
        "https://api.example",
        "--grant-type",
        "client_credentials",
    ]);
    folder.ok_with(&["client", "update", "api", "--metadata", "-"], "{\"introspects\": null}");
    let api = folder.store().await.client("api").await.unwrap().unwrap();
    assert_eq!(api.introspects, oauth_core::client::Introspects::Nothing);
    let misspelt = folder.ok(&["revoke", "--client", "apy"]);
    assert_eq!(misspelt, "revoked what was granted to apy until now, though this store has no client apy\n");
}

#[tokio::test]
async fn users_are_administered() {
    let folder = Folder::new();
    assert_eq!(folder.ok(&["user", "list"]), "there are no users\n");
    let claims = ["--claim", "email=anna@example.com", "--claim-json", "email_verified=true"];
    let create = [&["user", "create", "anna", "--subject", "1"], &claims[..]].concat();
    folder.ok_with(&create, "correct horse battery staple\n");
    assert_eq!(folder.run_with(&create, "x").errors, "provider admin: there is a user `1` already\n");
    let store = folder.store().await;
    let anna = store.user("1").await.unwrap().unwrap();
    assert_eq!(anna.claims["email_verified"], true);
    let hash = anna.password_hash.unwrap();
    let again = User::new("1", "anna").with_password("correct horse battery staple").unwrap();
    assert!(hash.starts_with("$argon2id$") && again.password_hash.unwrap() != hash, "with a salt");

    let shown = folder.ok(&["user", "show", "anna"]);
    assert!(shown.contains("claims.email: \"anna@example.com\"") && !shown.contains("argon2"), "{shown}");
    folder.ok(&["user", "create", "bob", "--no-password"]);
    assert_eq!(folder.json(&["user", "list"]).len(), 2);
    assert!(folder.fails(2, &["user", "create", "carol"]).contains("is read from the standard input"));

    fill(&store).await;
    folder.ok_with(&["user", "set-password", "subject-of-alice"], "another one");
    assert!(store.session(&TokenHash::of("browser"), now()).await.unwrap().is_none(), "signed out");
    assert!(!is_alive(&store, "calendar").await);
    folder.ok(&["user", "delete", "bob"]);
    assert_eq!(folder.fails(3, &["user", "delete", "bob"]), "there is no user `bob`");
}

#[tokio::test]
async fn sessions_consents_and_grants_are_administered() {
    let folder = Folder::new();
    let store = folder.store().await;
    fill(&store).await;
    let sessions = folder.json(&["session", "list", "alice"]);
    assert_eq!((sessions.len(), &sessions[0]["sub"]), (1, &json!("subject-of-alice")));
    assert_eq!(sessions[0]["second_step"], "none");
    let id = sessions[0]["session"].as_str().unwrap();
    let listed = folder.ok(&["session", "list", "alice"]);
    assert!(listed.starts_with(id) && listed.contains("  second step none  "), "{listed}");
    folder.ok(&["session", "end", id]);
    assert_eq!(folder.fails(3, &["session", "end", id]), "there is no such session");
    assert!(folder.fails(2, &["session", "end", "x"]).contains("is no session"));
    assert_eq!(folder.ok(&["session", "list", "alice"]), "subject-of-alice has no session\n");

    let of = |values: &[Value]| values.iter().map(|value| value["client_id"].clone()).collect::<Vec<_>>();
    assert_eq!(of(&folder.json(&["consent", "list", "alice"])), ["calendar", "mail"]);
    assert_eq!(folder.json(&["grant", "list", "alice"]).len(), 2);
    folder.ok(&["consent", "withdraw", "alice", "mail"]);
    assert_eq!(of(&folder.json(&["consent", "list", "alice"])), ["calendar"]);
    assert_eq!(of(&folder.json(&["grant", "list", "alice"])), ["calendar"]);
    assert!(!is_alive(&store, "mail").await && is_alive(&store, "calendar").await);

    assert!(folder.ok(&["session", "end-all", "alice"]).starts_with("signed subject-of-alice out"));
    assert_eq!(
        folder.ok(&["grant", "list", "alice"]),
        "no client has a refresh token for subject-of-alice\n"
    );
    assert!(!is_alive(&store, "calendar").await);
    assert_eq!(folder.ok(&["consent", "list", "nobody"]), "nobody agreed to nothing that is remembered\n");
}

#[tokio::test]
async fn tokens_are_introspected_and_revoked() {
    let folder = Folder::new();
    let store = folder.store().await;
    fill(&store).await;
    let told = folder.ok_with(&["introspect"], "access of mail\n");
    assert!(told.starts_with("kind: access token\nclient_id: mail\nsub: subject-of-alice\n"), "{told}");
    let unknown = folder.run_with(&["introspect"], "unknown");
    assert_eq!((unknown.code, unknown.output.as_str()), (3, ""));
    assert!(!unknown.errors.contains("unknown"), "a token is not told: {unknown:?}");

    folder.ok_with(&["revoke", "--token"], "access of mail");
    assert!(!is_alive(&store, "mail").await && is_alive(&store, "calendar").await);
    let family = FamilyId::of_session("mail").to_string();
    folder.ok(&["revoke", "--family", &family]);
    assert_eq!(folder.json(&["grant", "list", "alice"]).len(), 1);
    assert!(folder.fails(2, &["revoke", "--family", "x"]).contains("is no family"));
    folder.ok(&["revoke", "--subject", "alice", "--client", "mail"]);
    assert!(is_alive(&store, "calendar").await);
    folder.ok(&["revoke", "--client", "mail"]);
    assert!(is_alive(&store, "calendar").await);
    folder.ok(&["revoke", "--subject", "alice"]);
    assert!(!is_alive(&store, "calendar").await);
    assert!(folder.fails(2, &["revoke"]).contains("required"));
}

#[tokio::test]
async fn a_store_is_swept_examined_and_migrated() {
    let folder = Folder::new();
    assert!(folder.ok(&["migrate"]).starts_with("the tables are those of migration "));
    let store = folder.store().await;
    fill(&store).await;
    let healthy = folder.json(&["doctor"]);
    assert!(healthy.iter().all(|finding| finding["severity"] == "fine"), "{healthy:#?}");
    // What has expired goes with the next writes, too: either way nothing is left.
    let past = UnixTime::from_secs(now().as_secs() - 3600);
    let session = Session {
        subject: "bob".to_owned(),
        auth_time: past,
        expires_at: past,
        sid: "other".to_owned(),
        clients: Vec::new(),
        second_step: oauth_core::store::SecondStep::None,
    };
    store.save_session(TokenHash::of("old"), session).await.unwrap();
    let swept = folder.json(&["janitor"]);
    assert!(swept[0]["removed"].is_u64(), "{swept:?}");
    assert_eq!(folder.json(&["janitor"]), [json!({ "removed": 0 })]);
    assert!(folder.ok(&["doctor"]).contains("fine: nothing has expired and is there still"));
}

#[test]
fn help_teaches_and_mistakes_are_one_line() {
    let folder = Folder::new();
    let (code, help, _) = run_fed("provider", &["admin", "--help"], folder.path(), "");
    assert_eq!(code, Some(0));
    for part in ["client create calendar --redirect-uri", "Exit codes: 0 done", "doctor", "--json"] {
        assert!(help.contains(part), "no {part} in {help}");
    }
    let commands = [
        &["client", "create"][..],
        &["client", "update"],
        &["client", "rotate-secret"],
        &["client", "import"],
        &["client", "export"],
        &["user", "create"],
        &["key", "import"],
        &["events", "tail"],
        &["introspect"],
        &["revoke"],
        &["janitor"],
        &["doctor"],
        &["migrate"],
    ];
    for command in commands {
        let help = folder.ok(&[command, &["--help"]].concat());
        assert!(help.lines().count() > 5, "{command:?}: {help}");
    }
    assert!(folder.fails(2, &["client", "destroy"]).contains("'destroy'"));
    assert!(folder.fails(2, &["client", "show"]).contains("<CLIENT>"));
    let no_store = run_fed("provider", &["admin", "client", "list"], folder.path(), "");
    assert_eq!(no_store.0, Some(2));
    assert!(no_store.2.contains("--store is missing"), "{no_store:?}");
    let memory = run_fed("provider", &["admin", "--store", "memory", "client", "list"], folder.path(), "");
    assert_eq!(memory.0, Some(2));
    assert!(memory.2.contains("the memory of a provider is its own"), "{memory:?}");
    let broken =
        run_fed("provider", &["admin", "--store", "sqlite:no/such/folder", "doctor"], folder.path(), "");
    assert_eq!(broken.0, Some(1));
    assert_eq!(broken.2.lines().count(), 1, "{broken:?}");
}

/// What an operator adds while a provider runs, it serves.
#[tokio::test]
async fn a_running_provider_serves_who_is_added() {
    let (clients, users) = (sample("clients.json"), sample("users.json"));
    let args = [
        "--listen",
        "127.0.0.1:0",
        "--clients",
        clients.to_str().unwrap(),
        "--users",
        users.to_str().unwrap(),
        "--store",
        "sqlite:oauth.db",
    ];
    let example = Example::start("provider", &args, "provider: serving");
    let admin = |args: &[&str]| {
        let args = [&["admin", "--store", "sqlite:oauth.db"], args].concat();
        let (code, output, errors) = run_fed("provider", &args, example.directory.path(), "");
        assert_eq!((code, errors.as_str()), (Some(0), ""), "{output}");
        output
    };
    let created = admin(&["client", "create", "backup", "--scope", "profile"]);
    let browser = example.browser();
    let grant = [("grant_type", "client_credentials")];
    let token = browser.post_as(("backup", secret_in(&created)), "/token", &grant).await;
    assert_eq!(token.status, 200, "{token:?}");
    admin(&["client", "delete", "backup"]);
    let refused = browser.post_as(("backup", secret_in(&created)), "/token", &grant).await;
    assert_eq!(refused.status, 401, "{refused:?}");
}
