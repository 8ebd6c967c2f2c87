//! The arguments and the fields of a server, one by one.

rules! { "authorization_server" {
    /// - refused: `#[authorization_server(issuer = "https://auth.example.com")]`
    /// - accepted: `grants(client_credentials)`
    error rfc6749_section_4_a_server_has_grants = "the server has no grants, so no one could get a token (RFC 6749 §4): write `#[authorization_server(grants({}))]`";
    /// - refused: `grants()`
    /// - accepted: `grants(client_credentials)`
    error a_list_of_grants_is_not_empty = "`grants()` is empty, so no one could get a token: the grants are {}";
    /// - refused: `client_credential,`
    /// - accepted: `grants(client_credentials)`
    error rfc6749_section_1_3_a_grant_is_a_known_one = "there is no grant `{}`{}\nthe grants are {}, and types with `#[extension_grant(\"urn:…\")]`";
    /// - refused: `client_credentials, client_credentials`
    /// - accepted: `grants(client_credentials)`
    error a_grant_is_given_once = "the grant `{}` is given twice: keep one";
    /// - refused: `preset = "web_aplication"`
    /// - accepted: `preset = "web_application"`
    error a_preset_is_a_known_one = "there is no preset `{}`{}\nthe presets are {}";
    /// - refused: `grants(authorization_code)`
    /// - accepted: `preset = "web_application"`
    error a_preset_is_a_closed_list = "the preset `{}` says which grants there are: remove `grants(…)`, or write `grants({}, …)` without the preset";
    /// - refused: `preset = "openid", profile = "oauth2.0"`
    /// - accepted: `preset = "openid"`
    error oidc_core_section_3_1_2_1_the_preset_openid_has_its_scope = "every OpenID request has the scope `openid` (OpenID Connect Core §3.1.2.1): add it to `scopes(…)`";
    /// - refused: `grants(client_credentials, authorization_code, refresh_token)`
    /// - accepted: `grants(authorization_code, refresh_token, device_code, jwt_bearer)`
    error rfc6749_section_4_1_a_code_has_a_store [AuthorizationCode] = "cannot keep authorization codes";
    /// - refused: `grants(device_code)`
    /// - accepted: `grants(authorization_code, refresh_token, device_code, jwt_bearer)`
    error rfc8628_section_3_2_a_device_code_has_a_store [DeviceCode] = "cannot keep device authorizations";
    /// - refused: `grants(jwt_bearer)`
    /// - accepted: `grants(authorization_code, refresh_token, device_code, jwt_bearer)`
    error rfc7523_section_3_an_assertion_has_a_store_for_its_identifier = "cannot keep the identifiers of used assertions";
    /// - refused: `pages: LoginPages`
    /// - accepted: `pages: LoginPages`
    error login_pages_have_a_store_of_users [AuthorizationEndpoint] = "cannot keep users, which `LoginPages` need";
    /// - refused: `"cod"`
    /// - accepted: `response_types("code", "none")`
    error rfc6749_section_3_1_1_a_response_type_is_a_known_one = "there is no response type `{}`{}\nthe response types are {}";
    /// - refused: `response_types()`
    /// - accepted: `response_types("code", "none")`
    error a_list_of_response_types_is_not_empty = "`response_types()` is empty, so the authorization endpoint would answer nothing: write `response_types({})`, or remove it for all that the grants make up";
    /// - refused: `scopes(Calendar, "calendar")`
    /// - accepted: `scopes("openid", "profile" = "See your name", Calendar`
    error a_type_and_a_string_are_not_one_scope = "the scope `{}` is given twice, once as a type: keep one";
    /// - refused: `scopes(), default_scopes()`
    /// - accepted: `default_scopes("profile")`
    error a_list_of_scopes_is_not_empty = "`scopes()` is empty: name the scopes that clients may ask for (RFC 6749 §3.3), such as `scopes(\"profile\")`, or remove it";
    /// - refused: `Mail = "Read your mail"`
    /// - accepted: `"profile" = "See your name", Calendar`
    error a_scope_type_has_one_description = "the description of a scope type stands in its own `#[scope(…)]`: write `{}` alone";
    /// - refused: `token_endpoint_auth_methods()`
    /// - accepted: `token_endpoint_auth_methods("client_secret_basic"`
    error rfc6749_section_2_3_clients_can_authenticate = "`token_endpoint_auth_methods()` is empty, so no client could authenticate (RFC 6749 §2.3): write `token_endpoint_auth_methods({})`, or remove it for all that the validator can check";
    /// - refused: `"client_secret_basc"`
    /// - accepted: `token_endpoint_auth_methods("client_secret_basic"`
    error rfc7591_section_2_a_client_authentication_method_is_a_known_one = "there is no client authentication method `{}` (RFC 7591 §2){}\nthe methods are {}, the last for public clients";
    /// - refused: `token_endpoint_auth_methods("client_secret_jwt")`
    /// - accepted: `fn get_client_secret(`
    both oidc_core_section_9_secrets_that_sign_are_known = "this method needs the secrets of clients, and stores keep hashes (OpenID Connect Core §9): write `\"private_key_jwt\"`, or a hook `get_client_secret` in a `#[validator] impl` block";
    /// - refused: `registration(path = "/clients")`
    /// - accepted: `registration(initial_access_token, path = "/connect/register", unused_lifetime = "1h", idle_lifetime = "30d")`
    both rfc7591_section_3_registered_clients_have_a_store = "clients that register themselves need a store that can add and remove them (RFC 7591 §3): let the store of the role `clients` be `SqliteStore` or `MemoryStore`, or implement `RegistrationStore` for yours";
    /// - refused: `token_endpoint_auth_methods("client_secret_basic", "private_key_jwt")`
    /// - accepted: `"client_secret_jwt", "private_key_jwt"`
    both rfc7523_section_3_assertions_of_clients_have_a_store_for_their_identifiers = "this method needs a store for the identifiers of used assertions (RFC 7523 §3), or one could be replayed: add `#[store] store: SqliteStore` (all roles) or `#[replay_ids] replay_ids: …` to the `#[validator]` struct";
    /// - refused: `pushed_authorization_requests`
    /// - accepted: `pushed_authorization_requests(required, expires_in = "90s")`
    both rfc9126_section_2_2_a_pushed_request_has_a_store = "pushed authorization requests need a store (RFC 9126 §2.2): add `#[store] store: SqliteStore` (all roles) or `#[pushed_requests] pushed_requests: …` to the `#[validator]` struct";
    /// - refused: `pkce = "optional"`
    /// - accepted: `danger_pkce_optional`
    error rfc9700_section_2_1_1_every_client_uses_pkce [AuthorizationCode] = "there is no `{}`: every client uses PKCE unless told otherwise (RFC 9700 §2.1.1)\nremove this; where confidential clients cannot, write `danger_pkce_optional` and exempt them in the validator's `is_pkce_required`";
    /// - refused: `code_challenge_methods("plain", "S256")`
    /// - accepted: `grants(authorization_code`
    error rfc7636_section_4_2_challenges_are_hashed [AuthorizationCode] = "there is no `{}`: challenges are `S256` and nothing else, for `plain` shows the verifier to whoever sees the request (RFC 9700 §2.1.1)\nremove this; confidential clients that cannot hash may go without, with `danger_pkce_optional`";
    /// - refused: `grants(oauth_core::grant::AuthorizationCode, GrantType::REFRESH_TOKEN)`
    /// - accepted: `grants(client_credentials, grants::Password)`
    error standard_grants_have_names = "standard grants have names: write `{}`; types are extension grants";
    /// - refused: `impl NoValidator {}`
    /// - accepted: `struct Machines {`
    error a_server_is_a_struct = "`#[authorization_server(…)]` is for a struct that holds a validator and token generators, not for `{}`{}";
    /// - refused: `struct NoValidator { accounts: Accounts`
    /// - accepted: `#[validator] accounts: Plain`
    error a_server_has_a_validator = "no field is the validator, which knows clients and tokens: {}";
    /// - refused: `#[validator] others: Accounts`
    /// - accepted: `#[validator] accounts: Plain`
    error one_validator_decides = "one validator decides; remove this one";
    /// - refused: `accounts: Accounts`
    /// - accepted: `#[validator] accounts: Plain`
    error a_validator_decides = "is not a request validator";
    /// - refused: `#[access_token] other_tokens: Opaque`
    /// - accepted: `#[access_token] tokens: AccessTokens`
    error one_generator_makes_the_access_tokens = "one generator makes the access tokens; remove this one";
    /// - refused: `#[access_token] tokens: Opaque`
    /// - accepted: `#[access_token] tokens: AccessTokens`
    both a_field_and_a_method_do_not_both_make_the_access_tokens = "two generators of access tokens: a `#[token_generator]` method of the validator, and this field; remove one";
    /// - refused: `#[access_token] tokens: SelfContained`
    /// - accepted: `#[access_token] tokens: AccessTokens`
    error rfc7009_section_3_the_end_of_a_self_contained_token_is_kept = "cannot tell what is revoked, which self-contained access tokens need";
    /// - refused: `tokens: String`
    /// - accepted: `#[access_token] tokens: AccessTokens`
    error a_token_generator_makes_tokens = "does not generate tokens";
    /// - refused: `#[refresh_token] more_refresh_tokens: Opaque`
    /// - accepted: `#[refresh_token] refresh_tokens: RefreshTokens`
    error one_generator_makes_the_refresh_tokens = "one generator makes the refresh tokens; remove this one";
    /// - refused: `#[refresh_token] refresh_tokens: Opaque`
    /// - accepted: `#[refresh_token] refresh_tokens: RefreshTokens`
    both a_field_and_a_method_do_not_both_make_the_refresh_tokens = "two generators of refresh tokens: a `#[token_generator(refresh)]` method of the validator, and this field; remove one";
    /// - refused: `#[refresh_token] refresh_tokens: Opaque`
    /// - accepted: `#[refresh_token] refresh_tokens: RefreshTokens`
    error rfc6749_section_6_a_generator_of_refresh_tokens_has_their_grant = "no grant issues refresh tokens (RFC 6749 §6): add `refresh_token` to `grants(…)`, or remove this field";
    /// - refused: `#[access_token] #[refresh_token]`
    /// - accepted: `#[refresh_token] refresh_tokens: RefreshTokens`
    error rfc6749_section_1_5_one_field_does_not_make_both_tokens = "this field makes the access tokens, and a refresh token like one would be taken by every API (RFC 6749 §1.5): remove this for the default, which is opaque, or mark a field such as `refresh_tokens: Opaque`";
    /// - refused: `#[refresh_token] refresh_tokens: AccessTokens`
    /// - accepted: `#[refresh_token] refresh_tokens: RefreshTokens`
    both rfc8725_section_3_12_a_refresh_token_is_no_access_token = "this generator makes access tokens (RFC 9068 §2.1), and an API would take a refresh token for one (RFC 8725 §3.12): let `Opaque` or a `#[token_generator(opaque)]` make the refresh tokens";
    /// - refused: `struct NobodyToAsk`
    /// - accepted: `#[interaction] pages: LoginPages`
    error rfc6749_section_3_1_people_are_asked [AuthorizationEndpoint] = "the grant `{}` asks a person to log in and to agree (RFC 6749 §3.1), and no field does that\nadd `#[interaction] pages: LoginPages`, or a type of your own that implements `Interaction`";
    /// - refused: `pages: String`
    /// - accepted: `#[interaction] pages: LoginPages`
    error an_interaction_asks_people [AuthorizationEndpoint] = "cannot ask people to log in and to agree";
    /// - refused: `pages: Proxy`
    /// - accepted: `#[interaction] pages: LoginPages`
    error rfc8628_section_3_3_an_interaction_of_devices_knows_them [DeviceCode] = "cannot ask people about devices";
    /// - refused: `#[interaction] more_pages: LoginPages`
    /// - accepted: `#[interaction] pages: LoginPages`
    error one_interaction_asks_people = "one interaction asks people; remove this one";
    /// - refused: `#[interaction] pages: LoginPages`
    /// - accepted: `#[interaction] pages: LoginPages`
    error an_interaction_has_somebody_to_ask = "no grant asks people: add `authorization_code` to `grants(…)`, or remove this field";
    /// - refused: `#[authorization_server(grants(client_credentials))]`
    /// - accepted: `issuer = "https://auth.example.com"`
    both rfc8414_section_2_a_server_has_an_issuer = "the server has no issuer, which its metadata must name (RFC 8414 §2)\nadd `issuer = \"https://auth.example.com\"`, `issuer = env!(\"…\")` or `issuer = self.field` to `#[authorization_server(…)]`";
    /// - refused: `#[authorization_server(grants(client_credentials))]`
    /// - accepted: `issuer = "https://auth.example.com"`
    error rfc8414_section_2_the_server_or_its_generator_has_an_issuer = "the server has no issuer, and this generator states none either (RFC 8414 §2): add `issuer = \"https://…\"` to `#[authorization_server(…)]`";
    /// - refused: `issuer = "https://auth.example.com")] struct TwoIssuers`
    /// - accepted: `issuer = "https://auth.example.com"`
    both rfc9068_section_4_server_and_tokens_have_one_issuer = "the server and its access token generator name different issuers, `{}` and `{}`, so that every token would be refused (RFC 9068 §4): make them equal, or remove one";
} }
