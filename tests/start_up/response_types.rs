//! Response types need the grants that make them up.

use oauth_core::prelude::*;
use oauth_core::server::{Profile, ServerConfig};
use oauth_tests::Alice;

use super::{assert_refused, by_hand};

const fn config(response_types: &'static [ResponseType]) -> ServerConfig {
    ServerConfig::new(&[]).profile(Profile::OAuth20).response_types(response_types)
}

#[test]
fn a_response_type_is_given_once() {
    by_hand!(
        Twice,
        config: config(&[ResponseType::CODE, ResponseType::NONE, ResponseType::CODE]),
        grants: (AuthorizationCode,),
        interaction: Alice = Alice
    );
    assert_refused(Twice::make(), "the response type `code` is given twice");
}

#[test]
fn rfc6749_section_4_1_the_response_type_code_has_its_grant() {
    by_hand!(Code, config: config(&[ResponseType::CODE]), grants: (Implicit,), interaction: Alice = Alice);
    assert_refused(
        Code::make(),
        "the response type `code` yields a code (RFC 6749 §4.1): add the grant `authorization_code`",
    );
    by_hand!(Nobody, config: config(&[ResponseType::NONE]));
    assert_refused(Nobody::make(), "the response type `none` is one of the authorization endpoint");
}

#[test]
fn rfc6749_section_4_2_the_response_type_token_has_its_grant() {
    by_hand!(Token, config: config(&[ResponseType::TOKEN]), grants: (AuthorizationCode,), interaction: Alice = Alice);
    assert_refused(Token::make(), "the response type `token` puts an access token into a URL");
}

#[test]
fn oidc_core_section_3_2_2_1_the_response_type_id_token_has_its_provider() {
    by_hand!(
        Plain,
        config: config(&[ResponseType::CODE_ID_TOKEN]),
        grants: (AuthorizationCode,),
        interaction: Alice = Alice
    );
    assert_refused(Plain::make(), "the response type `code id_token` yields an ID token");
}
