//! Scopes, RFC 6749 §3.3.

use oauth_core::prelude::*;
use oauth_core::server::ServerConfig;
use oauth_tests::Alice;

use super::{assert_accepted, assert_refused, by_hand};

#[test]
fn rfc6749_section_3_3_a_scope_is_a_scope_token() {
    by_hand!(Blank, config: ServerConfig::new(&[Scope::new("a b")]));
    assert_refused(Blank::make(), "the scope `a b` has a space");
    by_hand!(Empty, config: ServerConfig::new(&[Scope::new("")]));
    assert_refused(Empty::make(), "the scope `` is empty");
}

#[test]
fn a_scope_is_declared_once() {
    const JOBS: Scope = Scope::new("jobs");
    by_hand!(Twice, config: ServerConfig::new(&[JOBS, JOBS, JOBS]));
    assert_refused(Twice::make(), "the scope `jobs` is given twice");
}

#[test]
fn rfc6749_section_3_3_default_scopes_are_declared() {
    by_hand!(Other, config: ServerConfig::new(&[Scope::new("jobs")]).default_scopes(&["jobs", "job"]));
    assert_refused(Other::make(), "the default scope `job` is not among `scopes(…)`");
}

#[test]
fn oidc_core_section_11_offline_access_needs_refresh_tokens() {
    const CONFIG: ServerConfig = ServerConfig::new(&[Scope::new("offline_access")]);
    by_hand!(Without, config: CONFIG, grants: (AuthorizationCode,), interaction: Alice = Alice);
    assert_refused(Without::make(), "add the grant `refresh_token`");
    by_hand!(With, config: CONFIG, grants: (AuthorizationCode, RefreshToken), interaction: Alice = Alice);
    assert_accepted(With::make());
}

#[test]
fn scopes_that_are_asked_for_are_no_default() {
    const CONFIG: ServerConfig = ServerConfig::new(&[Scope::new("offline_access"), Scope::new("profile")]);
    by_hand!(
        Offline,
        config: CONFIG.default_scopes(&["profile", "offline_access"]),
        grants: (AuthorizationCode, RefreshToken),
        interaction: Alice = Alice
    );
    assert_refused(
        Offline::make(),
        "the default scope `offline_access` asks for access while nobody is there",
    );
    by_hand!(
        Profile,
        config: CONFIG.default_scopes(&["profile"]),
        grants: (AuthorizationCode, RefreshToken),
        interaction: Alice = Alice
    );
    assert_accepted(Profile::make());
}

#[scope("twins.read", "See your twins")]
struct See;

#[scope("twins.read", "Read and delete your twins")]
struct Everything;

/// A handler of the second would open to tokens of people who were shown the first.
#[test]
fn two_scope_types_of_one_string_with_different_words() {
    by_hand!(Either, config: ServerConfig::new(&[See::SCOPE]));
    assert_refused(Either::make(), "::scopes::Everything` (\"Read and delete your twins\")");
    by_hand!(Other, config: ServerConfig::new(&[Everything::SCOPE]));
    assert_refused(Other::make(), "::scopes::See` (\"See your twins\")");
    // What the server does not declare, it does not say.
    by_hand!(Neither);
    assert_accepted(Neither::make());
}
