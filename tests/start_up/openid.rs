//! OpenID providers.

use oauth_core::openid::{BackChannel, PairwiseKey};
use oauth_core::prelude::*;
use oauth_core::server::{Profile, ServerConfig};
use oauth_tests::Alice;

use super::{assert_accepted, assert_refused, by_hand};

const OPENID: ServerConfig = ServerConfig::new(&[Scope::new("openid")]);

fn signed(algorithm: Algorithm) -> KeyRing {
    KeyRing::new(SigningKey::generate(algorithm).unwrap())
}

#[test]
fn oidc_core_section_2_something_signs_the_id_tokens() {
    by_hand!(Unsigned, config: OPENID, grants: (AuthorizationCode,), interaction: Alice = Alice);
    assert_refused(Unsigned::make(), "nothing signs the ID tokens that `openid` asks for");
    by_hand!(
        Signed,
        config: OPENID,
        grants: (AuthorizationCode,),
        ids: KeyRing = signed(Algorithm::RS256),
        interaction: Alice = Alice
    );
    assert_accepted(Signed::make());
}

#[test]
fn oidc_core_section_3_1_2_1_a_signer_of_id_tokens_needs_openid() {
    by_hand!(Unasked, grants: (AuthorizationCode,), ids: KeyRing = signed(Algorithm::RS256), interaction: Alice = Alice);
    assert_refused(Unasked::make(), "the server issues no ID tokens: add `\"openid\"`");
}

#[test]
fn oidc_core_section_3_1_2_1_the_profile_openid_has_its_scope() {
    by_hand!(
        Named,
        config: ServerConfig::new(&[]).profile(Profile::OpenId),
        grants: (AuthorizationCode,),
        interaction: Alice = Alice
    );
    assert_refused(Named::make(), "every OpenID request has the scope `openid`");
}

#[test]
fn oidc_core_section_3_an_openid_provider_authenticates_people() {
    by_hand!(Nobody, config: OPENID.profile(Profile::OpenId), ids: KeyRing = signed(Algorithm::RS256));
    assert_refused(Nobody::make(), "no grant here uses it: add `authorization_code`");
}

#[test]
fn oidc_core_section_3_openid_is_asked_for_where_people_log_in() {
    by_hand!(Machines, config: OPENID, ids: KeyRing = signed(Algorithm::RS256));
    assert_refused(Machines::make(), "`openid` asks who has logged in, and no grant here is for people");
    by_hand!(
        Televisions,
        config: OPENID,
        grants: (DeviceCode,),
        ids: KeyRing = signed(Algorithm::RS256),
        interaction: LoginPages = LoginPages::new()
    );
    assert_accepted(Televisions::make());
}

#[test]
fn oidc_core_section_3_1_2_1_openid_is_no_default() {
    by_hand!(
        Default,
        config: OPENID.default_scopes(&["openid"]),
        grants: (AuthorizationCode,),
        ids: KeyRing = signed(Algorithm::RS256),
        interaction: Alice = Alice
    );
    assert_refused(
        Default::make(),
        "the default scope `openid` makes an OpenID request of one that does not ask for it",
    );
}

#[test]
fn oidc_core_section_10_1_id_tokens_are_signed_with_public_keys() {
    let secret = SigningKey::hmac([7; 32], Algorithm::HS256).unwrap();
    by_hand!(
        Signed,
        config: OPENID,
        grants: (AuthorizationCode,),
        ids: KeyRing = signed(Algorithm::ES256),
        interaction: Alice = Alice
    );
    assert_refused(
        Signed { ids: KeyRing::new(secret), ..Signed::make() },
        "ID tokens would be signed with HS256",
    );
}

#[test]
fn oidc_core_section_15_1_id_tokens_can_be_signed_with_rs256() {
    by_hand!(
        Curves,
        config: OPENID,
        grants: (AuthorizationCode,),
        ids: KeyRing = signed(Algorithm::ES256),
        interaction: Alice = Alice
    );
    assert_refused(Curves::make(), "no key signs ID tokens with RS256");
}

#[test]
fn oidc_core_section_3_1_2_1_a_field_of_openid_needs_openid() {
    use std::sync::LazyLock;

    static KEY: LazyLock<PairwiseKey> = LazyLock::new(|| PairwiseKey::new([7; 32]).unwrap());
    by_hand!(Pairwise, also: {
        fn pairwise_key(&self) -> Option<&PairwiseKey> {
            Some(&KEY)
        }
    });
    assert_refused(Pairwise::make(), "only an OpenID provider gives clients pairwise identifiers");
}

#[test]
fn logouts_are_told_to_openid_clients() {
    use std::sync::LazyLock;

    static CHANNEL: LazyLock<BackChannel> = LazyLock::new(|| BackChannel::https().unwrap());
    by_hand!(Telling, also: {
        fn back_channel(&self) -> Option<&BackChannel> {
            Some(&CHANNEL)
        }
    });
    assert_refused(Telling::make(), "only an OpenID provider tells clients of logouts");
}
