//! Grants, and what a profile says of them.

use std::time::Duration;

use oauth_core::grant::{Extension, ExtensionGrantType, Grant};
use oauth_core::prelude::*;
use oauth_core::server::{Profile, ServerConfig};
use oauth_tests::Alice;

use super::{assert_accepted, assert_refused, by_hand};

const OAUTH20: ServerConfig = ServerConfig::new(&[]).profile(Profile::OAuth20);

#[test]
fn rfc9700_section_2_4_passwords_are_not_for_clients() {
    by_hand!(Strict, grants: (Password,));
    assert_refused(Strict::make(), "RFC 9700 §2.4");
    by_hand!(Lenient, config: OAUTH20, grants: (Password,));
    assert_accepted(Lenient::make());
}

#[test]
fn rfc9700_section_2_1_2_access_tokens_stay_out_of_urls() {
    by_hand!(Strict, grants: (Implicit,), interaction: Alice = Alice);
    assert_refused(Strict::make(), "RFC 9700 §2.1.2");
    by_hand!(Lenient, config: OAUTH20, grants: (Implicit,), interaction: Alice = Alice);
    assert_accepted(Lenient::make());
}

/// A grant of which the token endpoint knows the name alone.
macro_rules! extension {
    ($name:ident, $grant_type:literal) => {
        struct $name;
        impl ExtensionGrantType for $name {
            const GRANT_TYPE: &'static str = $grant_type;
        }
        impl<V: Sync> ExtensionGrant<V> for $name {
            async fn approve(_: &V, _: &mut Request) -> Result<GrantApproval> {
                Ok(GrantApproval::of_user("alice"))
            }
        }
    };
}

extension!(Keys, "urn:example:grant-type:key");
extension!(SameKeys, "urn:example:grant-type:key");
extension!(Relative, "api_key");
extension!(Fragment, "https://example.com/grant#key");

#[test]
fn rfc6749_section_4_5_each_grant_has_its_own_name() {
    by_hand!(Twice, grants: (Extension<Keys>, Extension<SameKeys>));
    assert_refused(
        Twice::make(),
        "two of the grants have the same `grant_type`, `urn:example:grant-type:key`",
    );
    by_hand!(Once, grants: (Extension<Keys>, ClientCredentials));
    assert_accepted(Once::make());
}

#[test]
fn rfc6749_section_4_5_the_name_is_an_absolute_uri() {
    by_hand!(Name, grants: (Extension<Relative>,));
    assert_refused(Name::make(), "the grant type `api_key` is not an absolute URI");
    by_hand!(Anchored, grants: (Extension<Fragment>,));
    assert_refused(Anchored::make(), "has a fragment");
}

#[test]
fn rfc6749_section_4_4_3_refresh_tokens_have_a_grant_that_issues_them() {
    by_hand!(Clients, grants: (ClientCredentials, RefreshToken));
    assert_refused(Clients::make(), "no grant here issues refresh tokens");
    // A grant of the application's own may.
    by_hand!(Own, grants: (Extension<Keys>, RefreshToken));
    assert_accepted(Own::make());

    struct Nameless;
    impl<S: AuthorizationServer> Grant<S> for Nameless {
        const GRANT_TYPE: Option<&'static str> = None;
    }
    by_hand!(Unknown, grants: (Nameless, RefreshToken));
    assert_accepted(Unknown::make());
}

#[test]
fn an_interaction_is_checked() {
    const NEVER: Duration = Duration::from_millis(999);
    by_hand!(
        Pages,
        grants: (AuthorizationCode, DeviceCode),
        interaction: LoginPages = LoginPages::new().session_lifetime(NEVER)
    );
    assert_refused(Pages::make(), "the session lifetime of `LoginPages` is zero");
    by_hand!(Devices, grants: (DeviceCode,), interaction: LoginPages = LoginPages::new().session_lifetime(NEVER));
    assert_refused(Devices::make(), "the session lifetime of `LoginPages` is zero");
    by_hand!(Default, grants: (AuthorizationCode, DeviceCode), interaction: LoginPages = LoginPages::new());
    assert_accepted(Default::make());
}

#[test]
fn rfc9470_section_5_a_class_of_logins_can_be_reached() {
    const CONFIG: ServerConfig = ServerConfig::new(&[]).acr_values(&["urn:example:password"]);
    by_hand!(
        Nothing, config: CONFIG, grants: (AuthorizationCode,), interaction: LoginPages = LoginPages::new()
    );
    let words = "those of the interaction are of no class: each request for one would be refused";
    assert_refused(Nothing::make(), words);
    by_hand!(
        Another, config: CONFIG, grants: (AuthorizationCode,),
        interaction: LoginPages = LoginPages::new().acr("urn:example:pin")
    );
    assert_refused(Another::make(), "are of `urn:example:pin`: ");
    by_hand!(
        Reached, config: ServerConfig::new(&[]).acr_values(&["urn:example:mfa", "urn:example:password"]),
        grants: (AuthorizationCode,), interaction: LoginPages = LoginPages::new().acr("urn:example:password")
    );
    assert_accepted(Reached::make());
}
