//! Chromium, driven through chromedriver. Each test has its own of both, with an empty profile.

use std::process::Stdio;
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// The wishes of a test for its browser.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Wish {
    pub(crate) without_javascript: bool,
    pub(crate) phone: bool,
    pub(crate) dark: bool,
}

/// Runs `walk` in a new browser and ends the browser afterwards, also if the walk failed.
pub(crate) async fn browse<F>(wish: Wish, walk: impl FnOnce(Client) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let profile = tempfile::tempdir().unwrap();
    let (mut driver, port) = start().await;
    let client = ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities(wish, profile.path().to_str().unwrap()))
        .connect(&format!("http://127.0.0.1:{port}"))
        .await;
    let client = match client {
        Ok(client) => client,
        Err(cause) => {
            driver.kill().await.unwrap();
            panic!("chromedriver runs, but starts no browser (is `chromium` installed?): {cause}");
        }
    };
    let walked = tokio::spawn(walk(client.clone())).await;
    let closed = client.close().await;
    driver.kill().await.unwrap();
    if let Err(failed) = walked {
        std::panic::resume_unwind(failed.into_panic());
    }
    closed.unwrap();
}

/// The times that a driver may end before it has started: the port that it finds free on IPv4 has to be free on IPv6 as well, and
/// another one may take it meanwhile.
const STARTS: usize = 5;

/// Starts chromedriver at a port that it finds free.
async fn start() -> (Child, u16) {
    for _ in 0..STARTS {
        if let Some(started) = try_to_start().await {
            return started;
        }
    }
    panic!("`chromedriver` ends before it has started");
}

async fn try_to_start() -> Option<(Child, u16)> {
    let mut driver = Command::new("chromedriver")
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("`chromedriver` does not start: these tests need it (Debian: apt install chromium-driver)");
    let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        if let Some((_, port)) = line.split_once("started successfully on port ") {
            let port = port.trim_end_matches('.').parse().unwrap();
            // It goes on writing: read, so that it never has to wait for us.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Some((driver, port));
        }
    }
    None
}

fn capabilities(wish: Wish, profile: &str) -> serde_json::Map<String, Value> {
    let mut args = vec![
        "--headless=new".to_owned(),
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        "--disable-quic".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--window-size=1280,800".to_owned(),
        format!("--user-data-dir={profile}"),
    ];
    if wish.dark {
        args.push("--blink-settings=preferredColorScheme=0".to_owned());
    }
    let mut options = json!({ "args": args });
    if wish.without_javascript {
        options["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
    }
    if wish.phone {
        let metrics = json!({ "width": 390, "height": 844, "pixelRatio": 2.0, "touch": true });
        options["mobileEmulation"] = json!({ "deviceMetrics": metrics });
    }
    let capabilities = json!({ "browserName": "chrome", "goog:chromeOptions": options });
    capabilities.as_object().unwrap().clone()
}

/// The text of an element that is (or comes to be) on the page.
pub(crate) async fn text(client: &Client, css: &str) -> String {
    client.wait().for_element(Locator::Css(css)).await.unwrap().text().await.unwrap()
}

/// Clicks what leads to another page.
pub(crate) async fn click(client: &Client, css: &str) {
    let element = client.wait().for_element(Locator::Css(css)).await.unwrap();
    leave(client, async { element.click().await.unwrap() }).await;
}

/// Does what leads to another page, and waits until this one is gone: its elements must not be taken for the next one's.
pub(crate) async fn leave(client: &Client, action: impl Future<Output = ()>) {
    let page = client.find(Locator::Css("html")).await.unwrap();
    action.await;
    let deadline = Instant::now() + Duration::from_mins(1);
    while page.tag_name().await.is_ok() {
        assert!(Instant::now() < deadline, "no other page came");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Fills in the login form and sends it.
pub(crate) async fn log_in(client: &Client, username: &str, password: &str) {
    let field = client.wait().for_element(Locator::Id("username")).await.unwrap();
    field.clear().await.unwrap();
    field.send_keys(username).await.unwrap();
    client.find(Locator::Id("password")).await.unwrap().send_keys(password).await.unwrap();
    click(client, "button[type=submit]").await;
}
