//! Resources written by hand, which no macro checks: what it would refuse is refused at start, each mistake once.

use std::time::Duration;

use oauth_core::http::{HttpError, HttpsClient};
use oauth_core::prelude::*;
use oauth_core::resource::Validation;

const CONFIG: ResourceConfig = ResourceConfig::new().audience("https://api.example.com");

/// The mistakes of a resource by hand.
macro_rules! mistakes {
    (
        $config:expr
        $(, issuer: $issuer:literal)?
        $(, audience: $audience:literal)?
        $(, credentials: $credentials:expr)?
    ) => {{
        struct ByHand;
        impl ResourceServer for ByHand {
            type HttpClient = HttpsClient;
            const ISSUER: Issuer = Issuer::Literal(mistakes!(@or [$($issuer)?] "https://auth.example.com"));
            const CONFIG: ResourceConfig = $config;
            fn http_client(&self) -> std::result::Result<HttpsClient, HttpError> {
                HttpsClient::new()
            }
            $(fn audience(&self) -> Option<&str> {
                Some($audience)
            })?
            $(fn credentials(&self) -> Option<Credentials> {
                Some($credentials)
            })?
        }
        match ByHand.into_resource() {
            Ok(_) => Vec::new(),
            Err(error) => error.mistakes().map(str::to_owned).collect(),
        }
    }};
    (@or [] $default:literal) => { $default };
    (@or [$given:literal] $default:literal) => { $given };
}

#[track_caller]
fn assert_refused(mistakes: &[String], words: &str) {
    assert_eq!(mistakes.len(), 1, "{words}: {mistakes:#?}");
    assert!(mistakes[0].contains(words) && !mistakes[0].contains('\n'), "{words}: {mistakes:#?}");
}

#[track_caller]
fn assert_accepted(mistakes: &[String]) {
    assert!(mistakes.is_empty(), "{mistakes:#?}");
}

#[test]
fn rfc9068_section_4_a_resource_trusts_an_issuer() {
    assert_accepted(&mistakes!(CONFIG));
    assert_refused(&mistakes!(CONFIG, issuer: ""), "the issuer `` is empty");
    assert_refused(&mistakes!(CONFIG, issuer: "http://auth.example.com"), "http off loopback");
}

#[test]
fn rfc9068_section_4_a_resource_has_an_audience() {
    assert_refused(&mistakes!(ResourceConfig::new()), "the resource server has no audience");
    assert_refused(&mistakes!(ResourceConfig::new().audience(" ")), "the audience is empty");
}

#[test]
fn rfc9700_section_2_3_a_resource_names_its_audience_or_takes_any() {
    assert_refused(&mistakes!(CONFIG.danger_any_audience()), "and `danger_any_audience` takes every other");
}

#[test]
fn rfc9068_section_4_another_servers_tokens_are_not_for_everybody() {
    const ANY: ResourceConfig = ResourceConfig::new().danger_any_audience();
    assert_refused(
        &mistakes!(ANY, audience: "https://api.example.com"),
        "is for a resource beside its server",
    );
}

#[test]
fn rfc9068_section_4_an_expired_token_stays_expired() {
    assert_refused(
        &mistakes!(CONFIG.leeway(Duration::from_secs(301))),
        "`leeway = \"5m1s\"` is too long: an expired token would work on",
    );
    assert_accepted(&mistakes!(CONFIG.leeway(Duration::from_mins(5))));
}

#[test]
fn rfc7662_section_4_a_revoked_token_stays_revoked() {
    let long = mistakes!(CONFIG.introspection_cache(Duration::from_secs(301)));
    assert_refused(&long, "a revoked token would work on");
    assert_accepted(&mistakes!(CONFIG.introspection_cache(Duration::from_mins(5))));
}

#[test]
fn what_an_api_remembers_is_bounded() {
    assert_refused(
        &mistakes!(CONFIG.verification_cache(1_000_001)),
        "`verification_cache = 1000001` is too many",
    );
    assert_accepted(&mistakes!(CONFIG.verification_cache(1_000_000)));
    assert_accepted(&mistakes!(CONFIG.verification_cache(0)));
}

#[test]
fn rfc8725_section_3_1_an_algorithm_signs() {
    assert_refused(&mistakes!(CONFIG.algorithms(&[])), "`algorithms()` is empty");
}

#[test]
fn rfc9068_section_2_1_no_secret_is_shared_with_the_issuer() {
    let shared = mistakes!(CONFIG.algorithms(&[Algorithm::ES256, Algorithm::HS512]));
    assert_refused(&shared, "needs the issuer's secret");
}

#[test]
fn rfc7662_section_2_1_introspection_has_credentials() {
    const ASKING: ResourceConfig = CONFIG.validation(Validation::Introspection(None));
    assert_refused(&mistakes!(ASKING), "the introspection endpoint authenticates its callers");
    assert_accepted(&mistakes!(ASKING, credentials: Credentials::new("api", "a secret of the API's own")));
}

/// Checks that what stops the resource early is told with the rest.
#[test]
fn every_mistake_is_told_at_once() {
    const ASKING: ResourceConfig =
        CONFIG.validation(Validation::Introspection(None)).leeway(Duration::from_secs(301));
    assert_eq!(mistakes!(ASKING).len(), 2);
}

#[test]
fn rfc8414_section_2_the_issuer_is_asked_over_tls() {
    const fn keys(uri: &'static str) -> ResourceConfig {
        CONFIG.validation(Validation::Jwks(Some(uri)))
    }
    assert_refused(&mistakes!(keys("http://auth.example.com/keys")), "is http off loopback");
    assert_refused(&mistakes!(keys("auth.example.com/keys")), "is not an https URL");
    assert_refused(&mistakes!(keys("https://auth.example.com/keys#1")), "a fragment, which is never sent");
    assert_refused(&mistakes!(keys("https://auth.example.com/the keys")), "percent-encode them");
    assert_accepted(&mistakes!(keys("https://auth.example.com/keys?tenant=%20a")));
    assert_accepted(&mistakes!(keys("https://auth.example.com?tenant=1")));
    assert_accepted(&mistakes!(keys("http://127.0.0.1:9000/keys")));
}

#[test]
fn a_withdrawn_key_is_forgotten() {
    assert_refused(&mistakes!(CONFIG.jwks_max_age(Duration::ZERO)), "`jwks_max_age`");
    assert_refused(
        &mistakes!(CONFIG.jwks_max_age(Duration::from_secs(86_401))),
        "`jwks_max_age = \"1d1s\"` is too long",
    );
    assert_accepted(&mistakes!(CONFIG.jwks_max_age(Duration::from_hours(24))));
}

#[test]
fn a_new_key_is_found() {
    assert_refused(&mistakes!(CONFIG.jwks_refresh_interval(Duration::ZERO)), "`jwks_refresh_interval`");
    assert_refused(
        &mistakes!(CONFIG.jwks_refresh_interval(Duration::from_secs(3601))),
        "`jwks_refresh_interval = \"1h1s\"` is too long",
    );
    assert_accepted(&mistakes!(CONFIG.jwks_refresh_interval(Duration::from_hours(1))));
}

#[test]
fn rfc9728_section_1_2_a_resource_identifier_is_an_https_url() {
    assert_refused(&mistakes!(CONFIG.resource("http://api.example.com")), "the resource identifier");
    assert_refused(&mistakes!(CONFIG.resource("https://api.example.com#v1")), "the resource identifier");
    assert_accepted(&mistakes!(CONFIG.resource("https://api.example.com/v1")));
}
