//! The parts that make an OpenID provider one.

rules! { "authorization_server" {
    /// - refused: `scopes(OpenId)`
    /// - accepted: `scopes("openid"`
    error oidc_core_section_3_1_2_1_openid_is_written_where_the_macro_sees_it = "the scope `openid` makes this server an OpenID provider (OpenID Connect Core §3.1.2.1): write it as the string `\"openid\"` in `scopes(…)`";
    /// - refused: `id_token_lifetime = "10m"`
    /// - accepted: `id_token_lifetime = "5m"`
    error oidc_core_section_3_1_2_1_the_lifetime_of_id_tokens_has_a_provider = "`id_token_lifetime` has no effect, for the server issues no ID tokens: add `\"openid\"` to `scopes(…)`, or remove this";
    /// - refused: `scopes("openid"), issuer = "https://auth.example.com")] struct Unsigned`
    /// - accepted: `#[id_token] id_tokens: IdTokenKeys`
    both oidc_core_section_2_something_signs_the_id_tokens [OpenId] = "nothing signs the ID tokens that `openid` asks for (OpenID Connect Core §2)\nadd `#[id_token] id_tokens: KeyRing` with a key for RS256 (§15.1), or `#[access_token]` with a `#[token_generator(jwt, …)]`, whose keys, RS256 among them, sign both";
    /// - refused: `struct OpaqueIdTokens`
    /// - accepted: `#[id_token] id_tokens: IdTokenKeys`
    error oidc_core_section_2_what_signs_id_tokens_has_keys [OpenId] = "cannot sign ID tokens, which the scope `openid` asks for";
    /// - refused: `#[id_token] more_id_tokens: IdTokenKeys`
    /// - accepted: `#[id_token] id_tokens: IdTokenKeys`
    error one_signer_makes_the_id_tokens = "one signer makes the ID tokens; remove this one";
    /// - refused: `algorithm = "ES256"`
    /// - accepted: `algorithm = "RS256"`
    both oidc_core_section_15_1_id_tokens_can_be_signed_with_rs256 [OpenId] = "no key signs ID tokens with RS256, which every OpenID provider supports and clients expect (OpenID Connect Core §15.1): add `#[id_token] id_tokens: IdTokenKeys` with a key for RS256 beside the other";
    /// - refused: `scopes("profile"), issuer = "https://auth.example.com")] struct NoProvider`
    /// - accepted: `#[id_token] id_tokens: IdTokenKeys`
    both oidc_core_section_3_1_2_1_a_signer_of_id_tokens_needs_openid = "the server issues no ID tokens: add `\"openid\"` to `scopes(…)` (OpenID Connect Core §3.1.2.1), or remove this field";
    /// - refused: `#[pairwise_key] key: PairwiseKey`
    /// - accepted: `#[pairwise_key] pairwise_key: PairwiseKey`
    both oidc_core_section_3_1_2_1_a_field_of_openid_needs_openid = "only an OpenID provider {}: add `\"openid\"` to `scopes(…)` (OpenID Connect Core §3.1.2.1), or remove this field";
    /// - refused: `#[pairwise_key] another: PairwiseKey`
    /// - accepted: `#[pairwise_key] pairwise_key: PairwiseKey`
    error a_field_of_openid_is_marked_once = "the server has one; remove this one";
    /// - refused: `key: SecretString`
    /// - accepted: `#[pairwise_key] pairwise_key: PairwiseKey`
    error oidc_core_section_8_1_pairwise_identifiers_have_a_secret_salt = "is not a key of pairwise identifiers (OpenID Connect Core §8.1)";
    /// - refused: `back_channel: String`
    /// - accepted: `#[back_channel] back_channel: BackChannel`
    error oidc_back_channel_logout_section_2_logouts_are_told_by_a_back_channel = "does not tell clients of logouts";
} }
