//! Pages of an application's own that browsers keep, or that others frame, are caught.

use http::HeaderValue;
use oauth_core::interaction::{Context, Decision, page};
use oauth_core::prelude::*;

use crate::op::Op;
use crate::outcomes::{assert_caught, assert_says, failures};

/// It asks whoever it does not know, on a page of its own with this header.
#[derive(Debug)]
struct Asking(&'static str, &'static str);

impl<V: Sync> Interaction<V> for Asking {
    async fn decide(
        &self,
        _: &Context<'_, V>,
        _: &AuthorizationRequest,
        request: &Request,
    ) -> Result<Decision> {
        if request.headers().contains_key("x-known") {
            return Ok(Decision::approve("alice"));
        }
        let mut response = page("<p>Who are you?</p>");
        response.headers_mut().insert(self.0, HeaderValue::from_static(self.1));
        Ok(Decision::Respond(response))
    }
}

async fn failing(
    name: &'static str,
    value: &'static str,
) -> std::collections::BTreeMap<&'static str, oauth_core::conformance::Failure> {
    failures(async |fixture| {
        fixture.approve(|request| {
            request.headers_mut().insert("x-known", HeaderValue::from_static("yes"));
        });
        Ok(Op::new(fixture, MemoryStore::default(), Asking(name, value)))
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_browsers_keep_is_caught() {
    let failures = failing("cache-control", "private, max-age=60").await;
    let rule = "no_cache_keeps_a_page";
    assert_caught(&failures, &[rule]);
    assert_says(&failures[rule], &["Cache-Control: no-store", "a page of your own"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_others_frame_is_caught() {
    let failures = failing("content-security-policy", "frame-ancestors https://other.example").await;
    // Old browsers know the other header.
    assert!(!failures.contains_key("rfc6749_section_10_13_pages_are_not_framed"), "{failures:#?}");
    let failures = failing("x-frame-options", "").await;
    assert_caught(&failures, &["rfc9700_section_4_16_pages_say_so_to_old_and_new_browsers"]);
}

/// Whatever else it says, it has what a page needs.
#[tokio::test(flavor = "multi_thread")]
async fn a_page_with_headers_of_its_own_is_none_the_worse() {
    let failures = failing("content-language", "de").await;
    assert!(!failures.keys().any(|rule| rule.contains("page")), "{failures:#?}");
}
