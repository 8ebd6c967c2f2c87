//! OIDC Session Management: how a client notices, in the browser alone, that somebody logged in or out.

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use http::HeaderValue;

use crate::client::{Client, origin};
use crate::secret::TokenHash;

/// The cookie whose value stands for who is logged in at the browser: the "OP browser state" of §3.2, which the page of
/// [`check_session`](crate::server::Endpoints::check_session) reads. An interaction sets it, readable by scripts, to what
/// [`Approval::browser_state`](crate::interaction::Approval::browser_state) says, and removes it with the session.
pub fn browser_state_cookie(issuer: &str) -> String {
    cookie_name(issuer, "browser-state")
}

/// The name of a cookie. Browsers keep one jar a host, whatever the port (RFC 6265 §8.5), so names differ by issuer.
/// `__Host-` keeps other subdomains from setting it (RFC 6265bis §4.1.3.2); browsers want TLS for that.
pub(crate) fn cookie_name(issuer: &str, purpose: &str) -> String {
    let hash = TokenHash::of(issuer);
    let hash = URL_SAFE_NO_PAD.encode(hash.as_bytes().first_chunk::<6>().unwrap_or(&[0; 6]));
    format!("{}{purpose}-{hash}", if issuer.starts_with("https://") { "__Host-" } else { "" })
}

/// `session_state` of an authorization response. §2: "a salted cryptographic hash of Client ID, origin URL, and OP browser
/// state", where the origin is that of the response. `None` where the redirect URI has no origin: an application there has
/// no frames.
pub(crate) fn session_state(client: &Client, redirect_uri: &str, browser_state: &str) -> Option<String> {
    let origin = origin(redirect_uri)?;
    let salt = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 12]>());
    let text = format!("{} {origin} {browser_state} {salt}", client.client_id);
    let hash = digest::digest(&digest::SHA256, text.as_bytes());
    Some(format!("{}.{salt}", URL_SAFE_NO_PAD.encode(hash)))
}

/// The page of `check_session_iframe` (§3.2), and its policy: nothing runs but its own script. Any client may frame it; it
/// tells whether a `session_state` holds, and that only to the origin that the state was made for.
#[derive(Debug, Clone)]
pub(crate) struct CheckSession {
    pub(crate) html: Bytes,
    pub(crate) policy: HeaderValue,
}

impl CheckSession {
    pub(crate) fn new(issuer: &str) -> Self {
        let script = SCRIPT.replace("COOKIE", &browser_state_cookie(issuer));
        let hash = STANDARD.encode(digest::digest(&digest::SHA256, script.as_bytes()));
        let policy =
            format!("default-src 'none'; script-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'");
        Self {
            html: format!("<!doctype html>\n<meta charset=\"utf-8\">\n<title>Session</title>\n<script>{script}</script>\n")
                .into(),
            policy: HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'")),
        }
    }
}

/// §3.1: the message is "Client ID + " " + Session State", and the answer `unchanged`, `changed` or, where it is malformed,
/// `error`.
const SCRIPT: &str = r#"
"use strict";
const cookie = "COOKIE=";
async function judge(message, origin) {
  const space = message.lastIndexOf(" "), dot = message.lastIndexOf(".");
  if (space < 1 || dot < space + 2) return "error";
  const [client, hash, salt] = [message.slice(0, space), message.slice(space + 1, dot), message.slice(dot + 1)];
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(cookie));
  const state = found ? found.slice(cookie.length) : "";
  const text = new TextEncoder().encode([client, origin, state, salt].join(" "));
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", text));
  const actual = btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return actual === hash ? "unchanged" : "changed";
}
addEventListener("message", async (event) => {
  if (typeof event.data !== "string" || !event.source || event.origin === "null") return;
  event.source.postMessage(await judge(event.data, event.origin), event.origin);
});
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_salted_and_for_one_origin() {
        let client = Client::public("notes").redirect_uri("https://notes.example/cb").build().unwrap();
        let state = |uri: &str| session_state(&client, uri, "state").unwrap();
        let (one, two) = (state("https://notes.example/cb"), state("https://notes.example/cb"));
        assert_ne!(one, two);
        let (hash, salt) = one.split_once('.').unwrap();
        let text = format!("notes https://notes.example state {salt}");
        assert_eq!(hash, URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, text.as_bytes())));
        assert_eq!(session_state(&client, "com.example.app:/cb", "state"), None);
    }
}
