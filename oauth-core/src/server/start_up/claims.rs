//! The claims that a validator declares.

use oauth_rules::claim::{self, reserved_by};
use oauth_rules::resource_indicator::rfc8707_section_2_resources_say_whom_a_token_is_for;

use crate::claims::{
    ClaimDeclaration, ClaimDestination, is_made_for_access_tokens, of_id_tokens, repeated, reserved,
};
use crate::frame::{AuthorizationServer, ServerConfig};
use crate::openid::IdTokenSigner;
use crate::token::TokenGenerator as _;
use crate::validator::RequestValidator;

pub(super) fn check<S: AuthorizationServer>(server: &S, config: &ServerConfig, mistakes: &mut Vec<String>) {
    let claims = S::Validator::CLAIMS;
    let (once, of_the_protocol) = (
        &claim::rfc7519_section_4_a_claim_is_declared_once,
        &claim::oidc_core_section_2_a_method_declares_no_claim_of_the_protocol,
    );
    mistakes.extend(repeated(claims).map(|name| once.says(&[&name])));
    mistakes.extend(reserved(claims).map(|name| format!("the claim `{name}` {}", reserved_by(name))));
    mistakes.extend(of_id_tokens(claims).map(|name| of_the_protocol.says(&[&name])));
    let is_static_or_made = &claim::rfc7519_section_4_a_claim_is_static_or_made_for_each_request;
    let fixed = server.access_tokens().static_claims().iter().map(|(name, _)| name);
    let twice = fixed.filter(|name| is_made_for_access_tokens(name, claims));
    mistakes.extend(twice.map(|name| is_static_or_made.says(&[name])));
    if !config.resources.is_empty() && claims.iter().any(|claim| claim.names.contains(&"aud")) {
        mistakes.push(rfc8707_section_2_resources_say_whom_a_token_is_for.words.to_owned());
    }
    let declares = |name: &str| config.scopes.iter().any(|scope| scope.name == name);
    for claim in claims {
        let names = claim.names.join("`, `");
        if let Some(scope) = claim.scope.filter(|scope| !declares(scope)) {
            mistakes.push(claim::a_claim_has_a_scope_that_the_server_declares.says(&[&names, &scope]));
        }
        if !S::IdTokens::IS_OPENID_PROVIDER && goes_to_clients_alone(claim) {
            let rule = &claim::oidc_core_section_3_1_2_1_a_claim_for_clients_has_an_openid_provider;
            mistakes.push(rule.says(&[&names]));
        }
    }
}

fn goes_to_clients_alone(claim: &ClaimDeclaration) -> bool {
    !claim.to.is_empty() && !claim.to.contains(&ClaimDestination::AccessToken)
}
