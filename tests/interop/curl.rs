//! `curl` as a client.

use std::collections::BTreeMap;

use serde_json::Value;
use tokio::process::Command;

use crate::browser::Form;
use crate::world::World;

/// The text that curl showed.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) status: u16,
    /// The headers by lower-case name; a repeated header's values are joined by commas.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Output {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|cause| panic!("{cause} in {self:?}"))
    }

    /// RFC 6749 §5.1, §5.2: JSON that no cache may keep.
    pub(crate) fn assert_uncached_json(&self) {
        assert_eq!(self.header("content-type"), "application/json", "{self:?}");
        assert_eq!(self.header("cache-control"), "no-store", "{self:?}");
        assert_eq!(self.header("pragma"), "no-cache", "{self:?}");
    }
}

/// Runs `curl -i` with these arguments.
pub(crate) async fn curl(args: &[&str]) -> Output {
    // `--globoff`: brackets in a URL are no pattern. `Expect:` is what curl sends ahead of large bodies.
    let fixed =
        ["--silent", "--show-error", "--include", "--globoff", "--max-time", "30", "--header", "Expect:"];
    let ran = Command::new("curl").args(fixed).args(args).kill_on_drop(true).output().await;
    let ran = ran.expect("curl is installed: these tests need it");
    assert!(ran.status.success(), "curl {args:?}: {}", String::from_utf8_lossy(&ran.stderr));
    let text = String::from_utf8(ran.stdout).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok());
    let mut headers = BTreeMap::<String, String>::new();
    for line in lines {
        let (name, value) = line.split_once(':').unwrap();
        let known = headers.entry(name.to_ascii_lowercase()).or_default();
        if !known.is_empty() {
            known.push_str(", ");
        }
        known.push_str(value.trim());
    }
    Output { status: status.expect("a status line"), headers, body: body.to_owned() }
}

impl World {
    /// `-u web:secret`
    pub(crate) fn web(&self) -> String {
        format!("web:{}", self.secret.expose())
    }

    /// POSTs a form as `web`.
    pub(crate) async fn curl_as_web(&self, path: &str, form: &[&str]) -> Output {
        let (credentials, url) = (self.web(), self.url(path));
        let mut args = vec!["--user", credentials.as_str()];
        args.extend(form.iter().flat_map(|pair| ["--data-urlencode", pair]));
        args.push(&url);
        curl(&args).await
    }

    /// Alice logs in and agrees, with curl's own cookie jar: the redirect to the client.
    pub(crate) async fn curl_alice_agrees(&self, authorization_url: &str) -> Output {
        let jar = self.directory.path().join("cookies");
        let jar = jar.to_str().unwrap();
        let get = async |url: &str| curl(&["--cookie", jar, "--cookie-jar", jar, url]).await;
        let send = async |page: &Output, fields: &[&str]| {
            let form = Form::find(&page.body);
            let url = self.url(&form.action);
            let hidden: Vec<_> = form.hidden.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let mut args = vec!["--cookie", jar, "--cookie-jar", jar];
            args.extend(hidden.iter().flat_map(|pair| ["--data-urlencode", pair.as_str()]));
            args.extend(fields.iter().flat_map(|pair| ["--data-urlencode", *pair]));
            args.push(&url);
            curl(&args).await
        };
        let to_login = get(authorization_url).await;
        let login = get(&self.url(to_login.header("location"))).await;
        let password = format!("password={}", self.secret.expose());
        let logged_in = send(&login, &["username=alice", &password]).await;
        assert_eq!(logged_in.status, 303, "{logged_in:?}");
        let consent = get(&self.url(logged_in.header("location"))).await;
        send(&consent, &["decision=allow"]).await
    }
}
