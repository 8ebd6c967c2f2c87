//! FAPI 2.0 Security Profile (Final, February 2025), with clients that sign their assertions and tokens that are bound by DPoP.

use alloc::borrow::ToOwned as _;
use alloc::format;
use alloc::string::String;

use super::ProfileRules;
use crate::server::{At, Mistakes, ServerModel};

/// The algorithms of signatures (§5.4.1): RSA-PSS, ECDSA on P-256 and Ed25519, by both its names.
pub const ALGORITHMS: &[&str] = &["PS256", "ES256", "EdDSA", "Ed25519"];

/// The client authentication methods (§5.3.2.1, no. 6). Those of mutual TLS have no file here; an application may bring one.
pub const AUTH_METHODS: &[&str] = &["private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth"];

rules! { "authorization_server" {
    /// FAPI 2.0 §5.3.2.1, no. 2: authorization servers "shall reject requests using the resource owner password credentials grant".
    ///
    /// - refused: `profile = "fapi2", grants(authorization_code, implicit, password)`
    /// - accepted: `profile = "fapi2"`
    both fapi2_section_5_3_2_1_passwords_are_not_taken [Fapi2] = "{} shows people's passwords to clients, and the profile `fapi2` refuses that (FAPI 2.0 §5.3.2.1): write `{}`";
    /// FAPI 2.0 §5.3.2.2, no. 1: they "shall require the value of response_type described in […] to be code".
    ///
    /// - refused: `profile = "fapi2", grants(authorization_code, implicit, password)`
    /// - accepted: `profile = "fapi2"`
    both fapi2_section_5_3_2_2_access_tokens_stay_out_of_urls [Fapi2] = "{} puts access tokens into URLs, and under the profile `fapi2` nothing but codes goes there (FAPI 2.0 §5.3.2.2): write `{}`";
    /// The same sentence, of response types.
    ///
    /// - refused: `response_types("code", "none")`
    /// - accepted: `profile = "fapi2"`
    both fapi2_section_5_3_2_2_the_response_type_is_code [Fapi2] = "under the profile `fapi2` the one response type is `code` (FAPI 2.0 §5.3.2.2): remove `{}`";
    /// FAPI 2.0 §5.3.2.1, no. 3: they "shall only support confidential clients".
    ///
    /// - refused: `token_endpoint_auth_methods("private_key_jwt", "client_secret_basic", "none")`
    /// - accepted: `profile = "fapi2"`
    both fapi2_section_5_3_2_1_clients_are_confidential [Fapi2] = "`none` lets public clients in, and the profile `fapi2` has none (FAPI 2.0 §5.3.2.1): remove it, and register clients with `Client::private_key_jwt`";
    /// FAPI 2.0 §5.3.2.1, no. 6: they "shall authenticate clients using one of the following methods": mutual TLS, `private_key_jwt`.
    ///
    /// - refused: `token_endpoint_auth_methods("private_key_jwt", "client_secret_basic", "none")`
    /// - accepted: `profile = "fapi2"`
    both fapi2_section_5_3_2_1_clients_authenticate_by_keys [Fapi2] = "`{}` is no way to authenticate under the profile `fapi2`, whose clients prove a key of their own (FAPI 2.0 §5.3.2.1): write `private_key_jwt`";
    /// FAPI 2.0 §5.3.2.1, no. 11: they "shall issue authorization codes with a maximum lifetime of 60 seconds".
    ///
    /// - refused: `code_lifetime = "61s"`
    /// - accepted: `profile = "fapi2"`
    both fapi2_section_5_3_2_1_a_code_lives_a_minute_at_most [Fapi2] = "`code_lifetime = \"{}\"` is too long: under the profile `fapi2` a code lives for a minute at most (FAPI 2.0 §5.3.2.1); write `60s` or less";
    /// FAPI 2.0 §5.3.2.2, no. 12: they "shall issue pushed authorization requests request_uri with expires_in values of less than
    /// 600 seconds".
    ///
    /// - refused: `pushed_authorization_requests(expires_in = "10m")`
    /// - accepted: `profile = "fapi2"`
    both fapi2_section_5_3_2_2_a_pushed_request_lives_less_than_ten_minutes [Fapi2] = "`expires_in = \"{}\"` is too long: under the profile `fapi2` a pushed request is loaded in less than ten minutes (FAPI 2.0 §5.3.2.2); write `60s`";
    /// FAPI 2.0 §5.3.2.1, no. 9: they "shall not use refresh token rotation except in extraordinary circumstances".
    ///
    /// - refused: `refresh_token_grace = "5s"`
    /// - accepted: `profile = "fapi2"`
    both fapi2_section_5_3_2_1_no_token_is_rotated_with_a_grace [Fapi2] = "`refresh_token_grace` is for refresh tokens that rotate, and under the profile `fapi2` they stay as they are (FAPI 2.0 §5.3.2.1): remove it";
    /// The same sentence, of the hook.
    ///
    /// - refused: `fn rotate_refresh_token(&self, _request: &mut Request) -> Result<bool>`
    /// - accepted: `profile = "fapi2"`
    both fapi2_section_5_3_2_1_no_hook_rotates_refresh_tokens [Fapi2] = "the validator overrides `rotate_refresh_token`, and under the profile `fapi2` refresh tokens stay as they are (FAPI 2.0 §5.3.2.1): remove the method";
    /// FAPI 2.0 §5.3.2.2, no. 5: they "shall require PKCE […] with S256 as the code challenge method".
    ///
    /// - refused: `danger_pkce_optional`
    /// - accepted: `profile = "fapi2"`
    both fapi2_section_5_3_2_2_every_request_has_a_challenge [Fapi2] = "under the profile `fapi2` no client goes without PKCE (FAPI 2.0 §5.3.2.2): remove `danger_pkce_optional`";
    /// FAPI 2.0 §5.4.1: "Authorization servers, clients, and resource servers when creating or processing JWTs shall […] use PS256, ES256,
    /// or EdDSA (using the Ed25519 variant) algorithms".
    ///
    /// - refused: `algorithm = "RS256"`
    /// - accepted: `algorithm = "ES256"`
    both fapi2_section_5_4_1_tokens_are_signed_with_ps256_es256_or_ed25519 [Fapi2] = "{} would be signed with {}, and the profile `fapi2` has PS256, ES256 and EdDSA alone (FAPI 2.0 §5.4.1): write `ES256`, and use a key for it";
    /// RFC 7523 §3 and RFC 9449 §11.1: what was used once is known by its `jti`. A start says so of `private_key_jwt`.
    ///
    /// - refused: `struct KeepsNothing`
    /// - accepted: `profile = "fapi2"`
    error fapi2_section_5_3_2_1_assertions_and_proofs_have_a_store [Fapi2] = "under the profile `fapi2` clients send assertions and proofs, whose identifiers need a store, or one could be replayed (RFC 7523 §3, RFC 9449 §11.1): add `#[store] store: SqliteStore` (all roles) or `#[replay_ids] replay_ids: …` to the `#[validator]` struct";
    /// FAPI 2.0 §5.3.2.2, no. 3: they "shall reject authorization requests sent without […]". The macro has no word for less.
    ///
    /// - refused: `config.pushed_authorization_requests = None`
    start fapi2_section_5_3_2_2_requests_are_pushed [Fapi2] = "under the profile `fapi2` every authorization request is pushed (FAPI 2.0 §5.3.2.2): leave `pushed_authorization_requests` as `ServerConfig::profile` sets it, or make it `required()`";
    /// FAPI 2.0 §5.3.2.1, no. 4: they "shall only issue sender-constrained access tokens". The macro has no word for less.
    ///
    /// - refused: `config.dpop = None`
    start fapi2_section_5_3_2_1_tokens_are_bound_to_keys [Fapi2] = "under the profile `fapi2` every access token is bound to a key (FAPI 2.0 §5.3.2.1): leave `dpop` as `ServerConfig::profile` sets it";
} }

/// The profile. What it demands beside these rules is on: pushed requests, proofs of keys, `private_key_jwt`, refresh tokens that stay;
/// and PKCE with S256 and `iss` in every server.
pub static PROFILE: ProfileRules = ProfileRules {
    name: "fapi2",
    variant: "Fapi2",
    title: "FAPI 2.0 Security Profile",
    denies: &[],
    rules: RULES,
};

/// Judges a server that follows the profile, as far as plain data goes.
pub(crate) fn judge<'a>(model: &'a ServerModel<'a>, mistakes: &mut Mistakes<'a>) {
    judge_grants(model, mistakes);
    for (index, name) in model.response_types.iter().enumerate().filter(|(_, name)| **name != "code") {
        let at = At::ResponseType(index);
        mistakes.push(&fapi2_section_5_3_2_2_the_response_type_is_code, at, &[name]);
    }
    for (index, name) in model.auth_methods.iter().enumerate() {
        let at = At::AuthMethod(index);
        if *name == "none" {
            mistakes.push(&fapi2_section_5_3_2_1_clients_are_confidential, at, &[]);
        } else if !AUTH_METHODS.contains(name) {
            mistakes.push(&fapi2_section_5_3_2_1_clients_authenticate_by_keys, at, &[name]);
        }
    }
    for (limits, seconds, written) in model.durations {
        // What is too long for any server is told already.
        let is_possible = limits.check(*seconds, written).is_ok();
        if limits.name == "code_lifetime" && *seconds > 60 && is_possible {
            let at = At::Value(limits.name);
            mistakes.push(&fapi2_section_5_3_2_1_a_code_lives_a_minute_at_most, at, &[written]);
        } else if limits.name == "refresh_token_grace" && *seconds > 0 {
            let at = At::Argument(limits.name);
            mistakes.push(&fapi2_section_5_3_2_1_no_token_is_rotated_with_a_grace, at, &[]);
        }
    }
    if model.arguments.iter().any(|(name, _)| *name == "danger_pkce_optional") {
        let at = At::Argument("danger_pkce_optional");
        mistakes.push(&fapi2_section_5_3_2_2_every_request_has_a_challenge, at, &[]);
    }
    if let Some((600, written)) = &model.pushed_expires_in {
        let at = At::Value("expires_in");
        mistakes.push(&fapi2_section_5_3_2_2_a_pushed_request_lives_less_than_ten_minutes, at, &[written]);
    }
    if model.demands_pushing == Some(false) {
        let at = At::Argument("profile");
        mistakes.push(&fapi2_section_5_3_2_2_requests_are_pushed, at, &[]);
    }
    if model.binds_tokens == Some(false) {
        let at = At::Argument("profile");
        mistakes.push(&fapi2_section_5_3_2_1_tokens_are_bound_to_keys, at, &[]);
    }
}

fn judge_grants<'a>(model: &ServerModel<'a>, mistakes: &mut Mistakes<'a>) {
    let Some(grants) = model.grants else { return };
    let named = |grant: &str| match model.preset {
        Some(preset) => format!("the preset `{preset}` has the grant `{grant}`, which"),
        None => format!("the grant `{grant}`"),
    };
    let instead = match model.preset {
        Some(_) => "preset = \"web_application\"",
        None => "authorization_code",
    };
    if grants.tokens_in_urls {
        let rule = &fapi2_section_5_3_2_2_access_tokens_stay_out_of_urls;
        mistakes.push(rule, At::Grant("implicit"), &[&named("implicit"), &instead]);
    }
    if grants.password {
        let rule = &fapi2_section_5_3_2_1_passwords_are_not_taken;
        mistakes.push(rule, At::Grant("password"), &[&named("password"), &instead]);
    }
}

/// Judges the algorithm that signs something, by its name.
///
/// # Errors
///
/// Words about it.
pub fn check_algorithm(what: &str, algorithm: &str) -> Result<(), String> {
    if ALGORITHMS.contains(&algorithm) {
        return Ok(());
    }
    let rule = &fapi2_section_5_4_1_tokens_are_signed_with_ps256_es256_or_ed25519;
    Err(rule.says(&[&what.to_owned(), &algorithm.to_owned()]))
}

#[cfg(test)]
mod tests {
    use super::check_algorithm;
    use crate::algorithm::KNOWN;

    #[test]
    fn section_5_4_1_three_algorithms_are_left() {
        let left = KNOWN.iter().filter(|name| check_algorithm("access tokens", name).is_ok());
        assert!(left.eq(["PS256", "ES256", "EdDSA"].iter()));
    }
}
