//! The requirements of a resource server.

use crate::lifetime::{DAY, Limits};

rules! { "resource_server" {
    /// - refused: `#[resource_server] struct Nothing;`
    /// - accepted: `issuer = "https://auth.example.com"`
    both rfc9068_section_4_a_resource_trusts_an_issuer = "the resource server trusts no issuer (RFC 9068 §4): add `issuer = \"https://auth.example.com\"`, `issuer = env!(\"…\")` or `issuer = self.field`";
    /// - refused: `#[resource_server(issuer = "https://auth.example.com", jwks)]`
    /// - accepted: `audience = "https://calendar.example.com"`
    error rfc9068_section_4_a_resource_has_an_audience = "the resource server has no audience, so that a token for any other API would do here (RFC 9068 §4)\nadd `audience = {}` or `audience = self.field`: what the issuer writes into `aud`";
    /// - refused: `audience = " "`
    /// - accepted: `audience = "calendar"`
    both rfc9068_section_4_the_audience_of_a_resource_is_named = "the audience is empty: name what the issuer writes into `aud` for this API (RFC 9068 §4)";
    /// RFC 9700 §2.3: a resource refuses tokens that are not meant for it, and no token of the server beside it would be.
    ///
    /// - refused: `ResourceConfig::new().audience("https://api.example.com/")`
    start rfc9700_section_2_3_a_server_issues_tokens_for_the_resource_beside_it = "no token of this server is for the audience `{}` of the resource beside it (RFC 9700 §2.3): its tokens are for {}; write that, or leave `audience` out, or name the audience at the server (`audience` of its token generator, `resources(…)`); where your store or code of your own says `aud`, write `.own_tokens()` behind the `ResourceConfig`";
    /// - refused: `audience: u8,`
    /// - accepted: `audience: &'static str,`
    error the_field_of_the_audience_is_a_text = "the type `{}` does not hold an audience";
    /// - refused: `realm = "\"quoted\""`
    /// - accepted: `realm = "the calendar"`
    error rfc9110_section_11_5_a_realm_is_printable_ascii = "the realm has the character {}: use printable ASCII without `\"` and `\\` (RFC 9110 §11.5)";
    /// - refused: `scopes(Calendar, Calendar, "calendar.read", mail,`
    /// - accepted: `scopes(CalendarRead, self::More)`
    error rfc6750_section_3_1_the_scopes_of_a_resource_are_types_that_handlers_ask_for = "`{}` is no type with `#[scope]`, so that no handler could ask for it (RFC 6750 §3.1): declare `#[scope(\"{}\")] struct {};`, and write `{}`";
    /// - refused: `mod misplaced {}`
    /// - accepted: `pub struct Calendar;`
    error a_resource_server_is_a_struct = "`#[resource_server(…)]` is for a struct that stands for the API, not for `{}`{}";
    /// - refused: `#[resource_server(issuer = "https://auth.example.com", audience = "a")]`
    /// - accepted: `audience = "https://calendar.example.com", jwks)`
    error rfc6749_section_7_tokens_are_validated = "nothing says how tokens are validated: add `jwks`, for signed tokens (RFC 9068 §4), or `introspection`, for any (RFC 7662)";
    /// - refused: `jwks, introspection)`
    /// - accepted: `introspection, introspection_cache = "5m"`
    error tokens_are_validated_in_one_way = "a resource server validates in one way: keep `jwks`, for signed tokens (RFC 9068), or `introspection`, for any (RFC 7662)";
    /// - refused: `jwks, introspection_cache = "10s")`
    /// - accepted: `introspection_cache = "5m"`
    error an_argument_has_an_effect = "`{}` has no effect without `{}`: remove it";
    /// - refused: `algorithms()`
    /// - accepted: `algorithms("ES256", "EdDSA")`
    both rfc8725_section_3_1_an_algorithm_signs = "`algorithms()` is empty, so that no token is valid (RFC 8725 §3.1): name those that the issuer signs with";
    /// - refused: `"HS256"`
    /// - accepted: `algorithms("ES256", "EdDSA")`
    both rfc9068_section_2_1_no_secret_is_shared_with_the_issuer = "`{}` needs the issuer's secret, with which this server could write tokens of its own (RFC 9068 §2.1): write `ES256`, for example, or use `introspection`";
    /// - refused: `algorithms("ES256", "ES256"`
    /// - accepted: `algorithms("ES256", "EdDSA")`
    error an_algorithm_is_given_once = "the algorithm `{}` is given twice: keep one";
    /// - refused: `leeway = "6m"`
    /// - accepted: `leeway = "5m"`
    both rfc9068_section_4_an_expired_token_stays_expired = "an expired token would work on for as long, and RFC 9068 §4 allows \"no more than a few minutes\"; write five (`5m`) at most";
    /// - refused: `introspection_cache = "10m"`
    /// - accepted: `introspection_cache = "5m"`
    both rfc7662_section_4_a_revoked_token_stays_revoked = "a revoked token would work on for as long (RFC 7662 §4); write five minutes (`5m`) at most";
    /// - refused: `jwks_max_age = "2d"`
    /// - accepted: `jwks_max_age = "1h"`
    both a_withdrawn_key_is_forgotten = "a key that the issuer withdraws would work on for as long; write a day (`1d`) at most";
    /// - refused: `jwks_refresh_interval = "2h"`
    /// - accepted: `jwks_refresh_interval = "30s"`
    both a_new_key_is_found = "a new key would be unknown for as long; write an hour (`1h`) at most";
    /// The memory of an API is bounded: who has many tokens would fill it.
    ///
    /// - refused: `verification_cache = 10_000_000`
    /// - accepted: `verification_cache = 0`
    both what_an_api_remembers_is_bounded = "`verification_cache = {}` is too many: a signed token that is remembered takes 2 kB; write 1000000 (2 GB) at most, the default is 10000";
    /// - refused: `struct NoCredentials;`
    /// - accepted: `#[credentials] credentials: Credentials,`
    both rfc7662_section_2_1_introspection_has_credentials = "the introspection endpoint authenticates its callers (RFC 7662 §2.1), and no field has the credentials: add `#[credentials] credentials: Credentials`";
    /// - refused: `#[credentials] second: Credentials,`
    /// - accepted: `#[credentials] credentials: Credentials,`
    error rfc7662_section_2_1_introspection_has_one_client = "one client asks the issuer; remove this one";
    /// - refused: `struct Needless { #[credentials]`
    /// - accepted: `pub struct Calendar;`
    error rfc7517_section_5_keys_are_public = "keys are public (RFC 7517 §5), nobody asks for credentials: remove this field, or validate by `introspection`";
    /// - refused: `credentials: (String, String),`
    /// - accepted: `#[credentials] Credentials`
    error rfc7662_section_2_1_credentials_are_credentials = "is not the credentials of a resource server";
    /// - refused: `#[decryption_key] second: DecryptionKey,`
    /// - accepted: `#[decryption_key] key: DecryptionKey,`
    error rfc9068_section_4_tokens_are_encrypted_to_one_key = "tokens are encrypted to one key; remove this one";
    /// - refused: `struct NothingToDecrypt {`
    /// - accepted: `#[decryption_key] key: DecryptionKey,`
    error rfc7662_section_2_1_introspection_decrypts_nothing = "the issuer reads the tokens itself (RFC 7662 §2.1), and nothing is decrypted here: remove this field, or validate by `jwks`";
    /// - refused: `key: SigningKey,`
    /// - accepted: `#[decryption_key] key: DecryptionKey,`
    error rfc9068_section_4_a_decryption_key_decrypts = "cannot decrypt tokens";
    /// - refused: `#[http_client] another: HttpsClient,`
    /// - accepted: `#[http_client] client: C,`
    error one_client_sends_the_requests = "one client sends the requests; remove this one";
    /// RFC 9728 §2: `dpop_bound_access_tokens_required` is a boolean.
    ///
    /// - refused: `dpop = "optional"`
    /// - accepted: `audience = "https://calendar.example.com", jwks, dpop = "required"`
    error rfc9728_section_2_a_resource_requires_bound_tokens_or_takes_others_too = "`dpop = \"{}\"` says nothing: tokens that are bound to a key are taken in any case (RFC 9449 §7)\nwrite `dpop = \"required\"` to take no others (RFC 9728 §2), or remove this";
    /// RFC 9449 §4.3: a proof names the URL that it is for, and what tells another apart is the resource's own.
    ///
    /// - refused: `audience = "calendar", jwks, dpop = "required"`
    /// - accepted: `audience = "https://calendar.example.com", jwks, dpop = "required"`
    both rfc9449_section_4_3_a_resource_that_requires_proofs_can_check_them = "the resource takes only tokens that are bound to a key, and cannot check a proof (RFC 9449 §4.3): give it `resource = \"https://api.example.com\"`, whose origin proofs name; one beside its server needs `dpop` there";
    /// RFC 9700 §2.3: a resource verifies that the token "was meant to be used for that particular resource server", or it does
    /// not.
    ///
    /// - refused: `CONFIG.danger_any_audience()`
    start rfc9700_section_2_3_a_resource_names_its_audience_or_takes_any = "the resource names its audience, and `danger_any_audience` takes every other (RFC 9700 §2.3): remove one of them";
    /// RFC 9068 §4: what another server issues is for many.
    ///
    /// - refused: `ResourceConfig::new().danger_any_audience()`
    start rfc9068_section_4_another_servers_tokens_are_not_for_everybody = "`danger_any_audience` is for a resource beside its server: another server's tokens are for many (RFC 9068 §4); remove it";
} }

/// The durations of a resource server, each an argument of `#[resource_server]` and a setter of its constants.
pub static DURATIONS: &[Limits] = &[
    Limits::new("leeway", "60s", 300, &rfc9068_section_4_an_expired_token_stays_expired).zero(None),
    Limits::new("introspection_cache", "30s", 300, &rfc7662_section_4_a_revoked_token_stays_revoked)
        .zero(None)
        .of("introspection"),
    Limits::new("jwks_max_age", "5m", DAY, &a_withdrawn_key_is_forgotten).of("jwks"),
    Limits::new("jwks_refresh_interval", "10s", 3600, &a_new_key_is_found).of("jwks"),
];
