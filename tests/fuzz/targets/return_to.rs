//! `return_to` of the pages, RFC 9700 §4.11.2: it leads to an authorization request of ours, or nowhere.

#![no_main]

use std::sync::LazyLock;

use http::{Request, StatusCode};
use libfuzzer_sys::fuzz_target;
use oauth_fuzz::World;

static WORLD: LazyLock<World> = LazyLock::new(World::new);

fuzz_target!(|input: &str| {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("return_to", input).finish();
    let done = WORLD.post("/logout", query.clone()).unwrap();
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    let expected = if is_ours(input) { input } else { "/logout" };
    assert_eq!(done.header("location"), expected, "{input:?}");
    let page = WORLD.send(Request::get(format!("/login?{query}")), "").unwrap();
    assert_eq!(page.status, StatusCode::OK);
    let html = std::str::from_utf8(&page.body).unwrap();
    assert_eq!(html.contains("name=\"return_to\""), is_ours(input), "{input:?}");
    assert_eq!(html.matches("<form").count(), 1, "{input:?} ends an attribute");
});

/// The path of the authorization endpoint, with a query of RFC 3986 §3.4, or what browsers leave as it is in one. Without the grant of
/// devices, their page is none of ours.
fn is_ours(input: &str) -> bool {
    let query = input.strip_prefix("/authorize?");
    query.is_some_and(|query| {
        query.bytes().all(|byte| matches!(byte, 0x21..=0x7E) && !b"\"#<>\\".contains(&byte))
    })
}
