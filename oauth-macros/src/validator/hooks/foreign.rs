//! Methods that do the same in other frameworks: Authlib, Spring Authorization Server, node-oidc-provider, node-oauth2-server, fosite
//! and IdentityServer.

use crate::rules;

/// Finding a client is no decision.
const CLIENTS: &str = "clients are in the store, whose `ClientStore::client` finds them: mark its field with `#[store]` or `#[clients]`, or write an `impl ClientStore` for a store of your own";
const PEOPLE: &str = "`validate_user` checks a name and a password. People are in the store, whose `UserStore` finds them: mark its field with `#[store]` or `#[users]`";
const CODE: &str = "`peek_authorization_code` looks at a code, and `redeem_authorization_code` uses it up";
const CLAIMS: &str = "claims are declared by methods: write `#[claim(\"tenant\")] fn tenant(&self, request: &Request) -> …`, with `to(id_token, userinfo)` for what the client is told";
const RESOURCES: &str = "`get_token_resources` chooses for which APIs a token is; which there are, `resources(…)` of the server says";
const DEVICES: &str = "device codes are in the store: mark its field with `#[store]` or `#[devices]`, and add the grant `device_code`";
const LIFETIMES: &str = "how long a token lives is said where it is made: write `expires_in = \"15m\"` in `#[token_generator(…)]`; and `code_lifetime`, `refresh_token_lifetime` and the like at the server";
const GRANTS: &str = "what somebody agreed to is in the store: mark its field with `#[store]` or `#[consents]`; `validate_silent_authorization` decides whether that is enough";
const PAGES: &str = "pages are the interaction's: `LoginPages` has texts and a theme, and an `impl Interaction` is for pages of your own";

/// The foreign hooks that take a code out of use.
const USED_UP: [&str; 3] =
    ["delete_authorization_code", "revoke_authorization_code", "invalidate_authorize_code_session"];

/// Methods, and what replaces them.
const METHODS: [(&[&str], &str); 36] = [
    (
        &[
            "query_client",
            "check_client",
            "find_by_client_id",
            "load_client_by_client_id",
            "find_by_id",
            "get_client",
            "find_client_by_id",
        ],
        CLIENTS,
    ),
    (
        &[
            "authenticate_user",
            "load_user_by_username",
            "get_user",
            "find_by_subject",
            "find_by_username",
            "validate_credentials",
        ],
        PEOPLE,
    ),
    (
        &[
            "query_authorization_code",
            "parse_authorization_code",
            "get_authorization_code",
            "get_authorize_code_session",
        ],
        CODE,
    ),
    (
        &[
            "check_client_secret",
            "check_endpoint_auth_method",
            "check_token_endpoint_auth_method",
            "authenticate_client_secret",
        ],
        "`authenticate_client` checks who a client is, its secret among others",
    ),
    (&["check_redirect_uri"], "`validate_redirect_uri` replaces it"),
    (&["check_response_type"], "`validate_response_type` replaces it"),
    (&["check_grant_type"], "`validate_grant_type` replaces it"),
    (
        &["get_allowed_scope", "validate_requested_scope", "verify_scope"],
        "`validate_scopes` refuses what a client may not ask for",
    ),
    (
        &["authenticate_refresh_token", "query_refresh_token", "get_refresh_token"],
        "`validate_refresh_token` replaces it",
    ),
    (
        &["revoke_old_credential"],
        "`rotate_refresh_token` decides whether a refresh token is replaced; the store then revokes it in the same step",
    ),
    (
        &["authenticate_token", "query_token", "get_access_token"],
        "`validate_bearer_token` is asked about every access token",
    ),
    (&["introspection", "introspect"], "`introspect_token` replaces it"),
    (
        &["generate_user_info", "generate_userinfo"],
        "`get_userinfo_claims` replaces it, and `#[claim(\"…\", to(userinfo))]` declares one of them",
    ),
    (
        &["generate_token", "create_access_token", "generate_id_token"],
        "tokens are made by the type of the field `#[access_token]`, with `#[token_generator(jwt, …)]`, or by a method of this block with `#[token_generator]`",
    ),
    (
        &["exists_nonce", "validate_nonce"],
        "the nonce is the client's to check (OpenID Connect Core §3.1.3.7): the code keeps it, and the ID token has it; remove this",
    ),
    (
        &["get_jwt_config", "get_jwks", "resolve_public_key"],
        "keys are loaded when the program starts: mark a field of the token generator with `#[signing_key] keys: KeyRing`; those of a client are registered with it",
    ),
    (&["save_device_credential", "query_device_credential", "query_user_grant", "should_slow_down"], DEVICES),
    (&["get_consented_scopes", "load_existing_grant"], GRANTS),
    (
        &["find_by_token"],
        "`validate_bearer_token` is asked about access tokens, `validate_refresh_token` about refresh tokens, and `peek_authorization_code` about codes",
    ),
    (
        &["customize", "enhance", "customize_token"],
        "`token_modifier` adds members to a token response, and `#[claim(\"…\")]` a claim to a token",
    ),
    (
        &["find_account"],
        "`validate_user` checks a name and a password, and `get_userinfo_claims` says what the client is told of somebody; people are in the store, `#[store]` or `#[users]`",
    ),
    (&["extra_token_claims", "claims", "get_profile_data"], CLAIMS),
    (
        &["issue_refresh_token"],
        "refresh tokens come with the grant `refresh_token` of the server, to clients that registered it; `rotate_refresh_token` decides whether one is replaced",
    ),
    (&["client_based_cors", "client_based_c_o_r_s"], "`is_origin_allowed` replaces it"),
    (&["get_resource_server_info", "default_resource", "use_granted_resource"], RESOURCES),
    (
        &["pairwise_identifier"],
        "pairwise identifiers are made with a key: mark a field of the server with `#[pairwise_key] key: PairwiseKey`",
    ),
    (
        &["extra_client_metadata"],
        "`allow_client` is asked about clients that come by themselves, with what they say of themselves",
    ),
    (
        &[
            "process_login_hint",
            "post_logout_success_source",
            "logout_source",
            "render_error",
            "interaction_url",
        ],
        PAGES,
    ),
    (&["ttl", "token_ttl"], LIFETIMES),
    (
        &["assert_jwt_client_auth_claims_and_header"],
        "`authenticate_client` checks who a client is, by its assertion among others",
    ),
    (
        &["get_user_from_client"],
        "with client credentials a client speaks for itself, and no user is asked for (RFC 6749 §4.4): remove this",
    ),
    (
        &["generate_authorization_code"],
        "codes are random, and `save_authorization_code` keeps them; `code_modifier` adds to the answer",
    ),
    (&["create_authorize_code_session"], "`save_authorization_code` replaces it"),
    (
        &["create_access_token_session", "create_refresh_token_session"],
        "`save_bearer_token` gets both tokens",
    ),
    (
        &["client_assertion_j_w_t_valid", "set_client_assertion_j_w_t"],
        "identifiers of assertions are in the store: mark its field with `#[store]` or `#[replay_ids]`",
    ),
    (
        &["is_active"],
        "`validate_silent_login` decides whether a session still counts, and `validate_refresh_token` whether a refresh token does; a user who is deleted is signed out everywhere",
    ),
];

/// The replacement of a method that is called so elsewhere.
pub(super) fn replaced(name: &str) -> Option<&'static str> {
    let name = snake_case(name);
    let name = name.trim_end_matches("_async");
    if USED_UP.contains(&name) {
        return Some(rules::validator::rfc6749_section_4_1_2_codes_are_redeemed_in_one_step.words);
    }
    METHODS.iter().find(|(names, _)| names.contains(&name)).map(|(_, words)| *words)
}

/// `findAccount` as `find_account`.
pub(super) fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_ascii_uppercase() && !snake.is_empty() && !snake.ends_with('_') {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::super::table::hooks;
    use super::*;

    #[test]
    fn names_are_found_in_either_case() {
        for name in
            ["findAccount", "find_account", "FindClientByIdAsync", "loadUserByUsername", "clientBasedCORS"]
        {
            assert!(replaced(name).is_some(), "{name}");
        }
        assert_eq!(replaced("audience"), None);
    }

    #[test]
    fn no_name_means_two_things() {
        let names: Vec<_> = METHODS.iter().flat_map(|(names, _)| *names).chain(&USED_UP).collect();
        for (index, name) in names.iter().enumerate() {
            assert!(!names[..index].contains(name), "{name}");
        }
    }

    /// A hook is known by its name before it is looked up here.
    #[test]
    fn no_hook_is_another_frameworks() {
        for hook in hooks() {
            assert_eq!(replaced(hook.name), None, "{}", hook.name);
        }
    }
}
