//! The checks of what makes an OpenID provider one: its keys, which only a run knows.

use oauth_rules::openid::oidc_core_section_15_1_id_tokens_can_be_signed_with_rs256;
use oauth_rules::start_up::oidc_core_section_10_1_id_tokens_are_signed_with_public_keys;

use crate::frame::AuthorizationServer;
use crate::jose::Algorithm;
use crate::openid::IdTokenSigner;
use crate::openid::signer::algorithms;

pub(super) fn check<S: AuthorizationServer>(server: &S, mistakes: &mut Vec<String>) {
    let algorithms = algorithms(server.id_tokens());
    if let Some(secret) = algorithms.iter().find(|algorithm| algorithm.is_symmetric()) {
        let rule = &oidc_core_section_10_1_id_tokens_are_signed_with_public_keys;
        mistakes.push(rule.says(&[&format!("{secret:?}")]));
    } else if S::IdTokens::IS_OPENID_PROVIDER
        && !algorithms.contains(&Algorithm::RS256)
        // FAPI 2.0 §5.4.1 forbids it.
        && !S::CONFIG.profile.is_fapi2()
    {
        let rule = &oidc_core_section_15_1_id_tokens_can_be_signed_with_rs256;
        let beside =
            algorithms.first().map_or_else(String::new, |other| format!(", beside the one for {other:?}"));
        mistakes.push(format!("{}{beside}", rule.words));
    }
}

/// The fields that only an OpenID provider reads, and what such a provider does with them.
pub(super) fn fields<S: AuthorizationServer>(server: &S) -> Vec<(&'static str, &'static str)> {
    let pairwise = server.pairwise_key().map(|_| ("pairwise_key", "gives clients pairwise identifiers"));
    #[cfg(feature = "http-client")]
    let back_channel = server.back_channel().map(|_| ("back_channel", "tells clients of logouts"));
    #[cfg(not(feature = "http-client"))]
    let back_channel = None;
    pairwise.into_iter().chain(back_channel).collect()
}
