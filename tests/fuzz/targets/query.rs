//! Authorization requests, RFC 6749 §4.1.1: whatever the query, nobody is sent where no client registered.

#![no_main]

use std::sync::LazyLock;

use http::{Request, StatusCode};
use libfuzzer_sys::fuzz_target;
use oauth_fuzz::{REDIRECT_URI, World};

static WORLD: LazyLock<World> = LazyLock::new(World::new);

fuzz_target!(|query: &str| {
    let Some(answer) = WORLD.send(Request::get(format!("/authorize?{query}")), "") else { return };
    let location = answer.header("location");
    match answer.status {
        StatusCode::FOUND | StatusCode::SEE_OTHER => {
            let is_registered = location.starts_with(&format!("{REDIRECT_URI}&"));
            assert!(is_registered || is_login(location), "{query} leads to {location}");
        }
        _ => assert!(location.is_empty(), "{query} leads to {location}"),
    }
    assert_eq!(answer.header("cache-control"), "no-store");
    let html = std::str::from_utf8(&answer.body).unwrap();
    let mut actions = html.split("action=\"").skip(1);
    assert!(
        actions.all(|rest| rest.starts_with(&format!("{REDIRECT_URI}\""))),
        "{query} leads elsewhere: {html}"
    );
    // `response_mode=form_post` has one, and its form.
    assert!(html.matches("<script").count() <= html.matches("action=\"").count(), "{html}");
});

/// Tells whether it is our own login page, which leads back to our own endpoint.
fn is_login(location: &str) -> bool {
    let Some(query) = location.strip_prefix("/login?") else { return false };
    let pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    matches!(&pairs[..], [(name, value)] if name == "return_to" && value.starts_with("/authorize?"))
}
