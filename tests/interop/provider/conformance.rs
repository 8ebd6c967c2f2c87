//! npm @modelcontextprotocol/conformance, whose scenarios for authorization servers run against the provider: its metadata, and a login
//! with PKCE and `resource`. Its other scenarios are for clients, and for MCP servers.
//!
//! It sends no secret where a server has clients without one, so the client that it uses has none: one that registered itself.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Child, Stdio};

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Method};
use oauth_tests::node;
use serde_json::{Value, json};

use crate::support::Example;
use crate::support::browser::{Browser, query_param};
use crate::world::{alice_agrees, start_with};

const TOOLS: &str = "https://tools.example/mcp";

/// A client that registers itself, with this redirect URI: its identifier.
async fn register(browser: &Browser, redirect_uri: &str) -> String {
    let metadata = json!({
        "client_name": "Conformance",
        "redirect_uris": [redirect_uri],
        "grant_types": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_method": "none"
    });
    let headers = HeaderMap::from_iter([(CONTENT_TYPE, "application/json".parse().unwrap())]);
    let answer = browser.send(Method::POST, "/register", headers, metadata.to_string()).await;
    assert_eq!(answer.status.as_u16(), 201, "{}", answer.body);
    answer.json()["client_id"].as_str().unwrap().to_owned()
}

/// Starts the suite; it is killed when dropped.
fn start_suite(provider: &Example, client_id: &str, port: &str) -> Suite {
    let suite = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("interop/node_modules/@modelcontextprotocol/conformance/dist/index.js");
    let mut command = node();
    command
        .arg(suite)
        .args(["authorization", "--url", &provider.origin, "--client-id", client_id])
        .args(["--resource", TOOLS, "--port", port, "--output-dir", "results"])
        .current_dir(provider.directory.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit());
    Suite(command.spawn().unwrap())
}

struct Suite(Child);

impl Drop for Suite {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The status of each check that it has written down, by identifier.
fn results(directory: &Path) -> Vec<(String, String)> {
    let scenarios = fs::read_dir(directory.join("results")).unwrap();
    let mut checks = Vec::new();
    for scenario in scenarios {
        let text = fs::read_to_string(scenario.unwrap().path().join("checks.json")).unwrap();
        let found: Vec<Value> = serde_json::from_str(&text).unwrap();
        let text = |check: &Value, member: &str| check[member].as_str().unwrap().to_owned();
        checks.extend(found.iter().map(|check| (text(check, "id"), text(check, "status"))));
    }
    checks.sort();
    checks
}

#[tokio::test]
async fn the_scenarios_for_authorization_servers_pass() {
    let resource = format!("{TOOLS}=calendar");
    let args = ["--profile", "mcp", "--registration", "--resource", &resource];
    let provider = start_with(&json!([]), &args);
    // The suite wants a port that is free, and listens there itself.
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port().to_string();
    let callback = format!("http://127.0.0.1:{port}/callback");
    let client_id = register(&provider.browser(), &callback).await;
    let mut suite = start_suite(&provider, &client_id, &port);
    let mut output = BufReader::new(suite.0.stdout.take().unwrap());

    let (mut said, mut line) = (String::new(), String::new());
    while !line.starts_with(&provider.origin) {
        said.push_str(&line);
        line.clear();
        assert!(output.read_line(&mut line).unwrap() > 0, "it wants no login: {said}");
    }
    let asked = line.trim_end();
    assert_eq!(query_param(asked, "resource").as_deref(), Some(TOOLS), "{asked}");
    let answer = alice_agrees(&provider, asked, &callback).await;
    let thanks = Browser::new(&*callback).get(&answer).await;
    assert_eq!(thanks.status.as_u16(), 200, "{}", thanks.body);
    output.read_to_string(&mut said).unwrap();

    assert!(suite.0.wait().unwrap().success(), "{said}\nThe provider's log:\n{}", provider.log());
    let expected =
        ["authorization-code-grant", "authorization-server-metadata", "authorization-server-metadata-cimd"];
    assert_eq!(
        results(provider.directory.path()),
        expected.map(|check| (check.to_owned(), "SUCCESS".to_owned())),
        "{said}"
    );
}
