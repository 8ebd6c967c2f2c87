//! The issuer identifier, which may come from the environment.

use oauth_rules::issuer;
use oauth_rules::parts::{
    rfc8414_section_2_a_server_has_an_issuer, rfc9068_section_4_server_and_tokens_have_one_issuer,
};

use crate::frame::AuthorizationServer;
use crate::token::{Issuer, TokenGenerator};

pub(super) fn check<S: AuthorizationServer>(server: &S, issuer: &str, mistakes: &mut Vec<String>) {
    if issuer.is_empty() {
        mistakes.push(rfc8414_section_2_a_server_has_an_issuer.words.to_owned());
        return;
    }
    mistakes.extend(issuer::check(issuer).err().map(|broken| format!("the issuer `{issuer}` {broken}")));
    let generator = server.access_tokens().issuer().filter(|_| S::AccessTokens::ISSUER != Issuer::Unstated);
    if let Some(other) = generator.filter(|other| *other != issuer) {
        mistakes.push(rfc9068_section_4_server_and_tokens_have_one_issuer.says(&[&issuer, &other]));
    }
}
