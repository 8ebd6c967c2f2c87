//! The FAPI 2.0 Security Profile, as far as types and keys go: plain data is judged with the other parts of a server.

use oauth_rules::profile::fapi2::{
    AUTH_METHODS, check_algorithm, fapi2_section_5_3_2_1_clients_authenticate_by_keys,
    fapi2_section_5_3_2_1_no_hook_rotates_refresh_tokens,
};

use crate::client::ClientAuthMethod;
use crate::frame::AuthorizationServer;
use crate::jose::Jwk;
use crate::openid::IdTokenSigner as _;
use crate::token::TokenGenerator as _;
use crate::validator::RequestValidator;

pub(super) fn check<S: AuthorizationServer>(
    server: &S,
    outside: &[ClientAuthMethod],
    mistakes: &mut Vec<String>,
) {
    if !S::CONFIG.profile.is_fapi2() {
        return;
    }
    if S::Validator::DECIDES_ROTATION {
        mistakes.push(fapi2_section_5_3_2_1_no_hook_rotates_refresh_tokens.words.to_owned());
    }
    let others = outside.iter().filter(|method| !AUTH_METHODS.contains(&method.as_str()));
    let rule = &fapi2_section_5_3_2_1_clients_authenticate_by_keys;
    mistakes.extend(others.map(|method| rule.says(&[&method.as_str().escape_debug()])));
    // Keys that are published and sign no more count, too: what they signed is believed.
    let of_access_tokens = server.access_tokens().tokens().algorithms();
    let of_id_tokens = algorithms(&server.id_tokens().jwks());
    let of_id_tokens = of_id_tokens.iter().filter(|algorithm| !of_access_tokens.contains(algorithm));
    // A key that names no algorithm may be for any.
    let check =
        |what, algorithm: &Option<String>| check_algorithm(what, algorithm.as_deref().unwrap_or("any"));
    let judged = of_access_tokens.iter().map(|algorithm| check("access tokens", algorithm));
    let judged = judged.chain(of_id_tokens.map(|algorithm| check("ID tokens", algorithm)));
    mistakes.extend(judged.filter_map(Result::err));
}

/// Each once.
fn algorithms(keys: &[Jwk]) -> Vec<Option<String>> {
    let mut algorithms: Vec<_> = keys.iter().map(|key| key.alg().map(str::to_owned)).collect();
    algorithms.sort();
    algorithms.dedup();
    algorithms
}
