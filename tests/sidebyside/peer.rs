//! The oauthlib server: a Python process.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Stdio};

use oauth_core::prelude::{Client, GrantType};
use oauth_tests::{python, secret};
use serde_json::{Value, json};

use crate::ours::{RESPONSE_TYPES, SUBJECT, clients, usernames};

/// A running oauthlib server. It ends when dropped, and by itself when this process ends.
pub(crate) struct Peer {
    pub(crate) port: u16,
    process: Child,
    _stdin: ChildStdin,
}

impl Peer {
    pub(crate) fn start() -> Self {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("sidebyside/oauthlib_server.py");
        let mut command = python();
        let command = command.arg(program).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().expect("Python starts");
        let mut stdin = process.stdin.take().unwrap();
        writeln!(stdin, "{}", config()).unwrap();
        let mut port = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut port).unwrap();
        let port = port.trim().parse().expect("the oauthlib server did not start: its message is above");
        Self { port, process, _stdin: stdin }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // Both fail only if it has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The clients and users of our side.
fn config() -> Value {
    let clients: Vec<Value> = clients().iter().map(client).collect();
    let user = |name| json!({ "username": name, "password": secret(), "sub": name });
    let users: Vec<Value> = usernames().map(user).collect();
    json!({ "clients": clients, "users": users, "subject": SUBJECT })
}

fn client(client: &Client) -> Value {
    let scopes: Vec<&str> = client.scope.iter().collect();
    let grant_types: Vec<&str> = client.grant_types.iter().map(GrantType::as_str).collect();
    let response_types = RESPONSE_TYPES.into_iter().filter(|asked| client.may_ask_for(*asked));
    json!({
        "client_id": client.client_id,
        "public": client.is_public(),
        "method": client.token_endpoint_auth_method,
        "secret": secret(),
        "redirect_uris": client.redirect_uris,
        "scopes": scopes,
        "default_scopes": scopes,
        "grant_types": grant_types,
        "response_types": response_types.collect::<Vec<_>>(),
    })
}
