//! The rules of `#[validator]`.

use super::{Rule, RuleKind};

const fn error(name: &'static str) -> Rule {
    Rule::new(RuleKind::CompileTime, "validator", name)
}

/// Each with the function that enforces it, a mistake that it refuses, and what it accepts.
pub(super) const RULES: &[Rule] = &[
    // Stores.
    error("every_server_keeps_clients_and_tokens")
        .enforced_by("oauth-macros/src/validator/store_roles/check.rs", "check_required")
        .refuses(
            "validator/roles",
            "struct NoTokens {
    #[clients]
    clients: MemoryStore,
}",
            "plays the role `tokens`, which every server needs",
        )
        .accepts(
            "validator/structs",
            "#[clients]
    clients: MemoryStore,
    #[tokens]
    tokens: MemoryStore,",
        ),
    error("one_store_plays_a_role")
        .enforced_by("oauth-macros/src/validator/store_roles/check.rs", "check_one_field")
        .refuses(
            "validator/roles",
            "#[codes]
    first: MemoryStore,
    #[codes]
    second: MemoryStore,",
            "one store plays a role, or single use could not be atomic",
        )
        .accepts(
            "validator/structs",
            "#[sessions]
    #[consents]
    browser: MemoryStore,",
        ),
    error("one_store_plays_the_roles_that_are_left")
        .enforced_by("oauth-macros/src/validator/store_roles/check.rs", "check_one_store")
        .refuses(
            "validator/roles",
            "#[store]
    first: MemoryStore,
    #[store]
    second: MemoryStore,",
            "there is a `#[store]` field already",
        )
        .accepts(
            "validator/structs",
            "#[store]
    everything: MemoryStore,
    #[sessions]",
        ),
    error("a_role_is_played_by_a_store_of_its_kind")
        .enforced_by("oauth-macros/src/validator/store_roles/cast.rs", "require_store")
        .refuses(
            "validator/not_a_store",
            "#[codes]
    codes: Directory,",
            "`Directory` cannot keep authorization codes",
        )
        .accepts(
            "validator/structs",
            "#[store]
    store: Few,
    #[tokens]
    tokens: MemoryStore,",
        ),
    // Fields and structs.
    error("a_field_attribute_has_a_known_name")
        .enforced_by("oauth-macros/src/item.rs", "check_spelling")
        .refuses("validator/roles", "#[session]", "there is no `#[session]`: did you mean `#[sessions]`?")
        .accepts("validator/structs", "#[sessions]"),
    error("a_field_attribute_belongs_to_its_macro")
        .enforced_by("oauth-macros/src/item.rs", "check_owner")
        .refuses(
            "validator/roles",
            "#[signing_key]
    key: SigningKey,",
            "`#[signing_key]` belongs to a field of `#[token_generator]` structs",
        )
        .accepts("validator/structs", "#[store]"),
    error("a_field_attribute_has_no_arguments")
        .enforced_by("oauth-macros/src/item.rs", "check_bare")
        .refuses("validator/roles", "#[users(all)]", "`#[users]` takes no arguments")
        .accepts("validator/structs", "#[users]"),
    error("a_field_attribute_does_not_depend_on_a_condition")
        .enforced_by("oauth-macros/src/item.rs", "check_unconditional")
        .refuses(
            "validator/roles",
            "#[cfg_attr(test, store)]",
            "`#[store]` cannot depend on `#[cfg_attr(…)]`",
        )
        .accepts(
            "validator/structs",
            "#[cfg(not(any()))]
    #[store]",
        ),
    error("a_validator_owns_its_stores")
        .enforced_by("oauth-macros/src/item.rs", "check_owned")
        .refuses("validator/roles", "struct Borrowed<'a> {", "cannot borrow: own the value")
        .accepts("validator/structs", "users: Arc<T>,"),
    error("a_validator_is_a_struct")
        .enforced_by("oauth-macros/src/item.rs", "not_a_struct")
        .refuses("validator/roles", "enum Enumeration {", "`#[validator]` is for a struct, not an enum")
        .accepts("validator/structs", "struct Tuple("),
    error("a_validator_is_a_struct_and_a_block_of_hooks")
        .enforced_by("oauth-macros/src/validator/mod.rs", "misplaced")
        .refuses(
            "validator/roles",
            "#[validator]
fn function() {}",
            "or for an `impl` block of hooks, not for `fn`",
        )
        .accepts(
            "validator/hooks",
            "#[validator]
impl Accounts {",
        ),
    // The block of hooks.
    error("hooks_are_never_ignored")
        .enforced_by("oauth-macros/src/validator/hooks/expand.rs", "custom_bound")
        .refuses(
            "validator/impl_without_custom",
            "#[validator]
struct Accounts {",
            "has hooks, but its struct does not ask for them",
        )
        .accepts(
            "validator/hooks",
            "#[validator(custom)]
pub struct Accounts {",
        ),
    error("hooks_of_a_generic_struct_are_never_ignored")
        .enforced_by("oauth-core/src/__private.rs", "require_custom")
        .refuses(
            "validator/generic_impl_without_custom",
            "#[validator]
struct Accounts<S:",
            "has hooks, but its struct does not ask for them",
        )
        .accepts(
            "validator/structs",
            "#[validator(custom)]
struct Custom<S:",
        ),
    error("custom_announces_a_block")
        .enforced_by("oauth-macros/src/validator/store_roles/expand.rs", "custom_check")
        .refuses(
            "validator/custom_without_impl",
            "#[validator(custom)]
struct Accounts {",
            "`Accounts` has no hooks, and `custom` says that it has",
        )
        .accepts(
            "validator/structs",
            "#[validator]
struct Machines {",
        ),
    error("custom_stands_on_the_struct")
        .enforced_by("oauth-macros/src/validator/hooks/attr.rs", "check_custom_is_on_the_struct")
        .refuses(
            "validator/arguments",
            "#[validator(custom)]
impl Misplaced {",
            "`custom` belongs on the struct",
        )
        .accepts(
            "validator/hooks",
            "#[validator]
impl Accounts {",
        ),
    error("a_block_implements_no_trait")
        .enforced_by("oauth-macros/src/validator/hooks/check.rs", "check_inherent")
        .refuses(
            "validator/hooks",
            "impl RequestValidator for ByHand {",
            "writes the `impl` of `RequestValidator` itself",
        )
        .accepts(
            "validator/hooks",
            "#[validator]
impl Accounts {",
        ),
    error("a_block_has_a_hook")
        .enforced_by("oauth-macros/src/validator/hooks/check.rs", "check_not_empty")
        .refuses("validator/hooks", "impl Empty {}", "this block has no hooks")
        .accepts(
            "validator/hooks",
            "#[validator]
impl Accounts {",
        ),
    error("a_block_has_methods_only")
        .enforced_by("oauth-macros/src/validator/hooks/check.rs", "check_is_method")
        .refuses("validator/hooks", "const LIMIT: usize = 3;", "an associated constant is no hook")
        .accepts("validator/hooks", "async fn validate_client_id("),
    error("a_method_is_a_hook_or_a_claim_or_a_generator")
        .enforced_by("oauth-macros/src/validator/hooks/check.rs", "check_one_part")
        .refuses(
            "validator/claims",
            r#"#[claim("both")]
    #[token_generator(refresh)]"#,
            "a method is one claim or a token generator, not both",
        )
        .accepts("validator/hooks", "#[token_generator(refresh)]"),
    error("a_method_is_one_claim")
        .enforced_by("oauth-macros/src/validator/hooks/check.rs", "check_attribute_once")
        .refuses(
            "validator/claims",
            r#"#[claim("once")]
    #[claim("twice")]"#,
            "this attribute is here twice: keep one",
        )
        .accepts("validator/hooks", r#"#[claim("client")]"#),
    // Names of hooks.
    error("a_hook_has_a_known_name")
        .enforced_by("oauth-macros/src/validator/hooks/names.rs", "check_known")
        .refuses("validator/hooks", "fn validate_cleint_id(", "did you mean `validate_client_id`?")
        .accepts("validator/hooks", "async fn validate_client_id("),
    error("rfc6749_section_4_1_2_codes_are_redeemed_in_one_step")
        .enforced_by("oauth-macros/src/validator/hooks/names.rs", "replaced")
        .refuses("validator/hooks", "fn validate_code(", "one atomic step that returns all there is to check")
        .accepts("validator/every_hook", "fn redeem_authorization_code("),
    // Signatures of hooks.
    error("a_hook_takes_self")
        .enforced_by("oauth-macros/src/validator/hooks/signature.rs", "check_receiver")
        .refuses(
            "validator/hooks",
            "fn rotate_refresh_token(_: &mut Request)",
            "`rotate_refresh_token` takes `&self`",
        )
        .accepts("validator/hooks", "fn rotate_refresh_token(&self, _request: &mut Request)"),
    error("a_hook_shares_its_validator")
        .enforced_by("oauth-macros/src/validator/hooks/signature.rs", "check_shared")
        .refuses(
            "validator/hooks",
            "fn validate_scopes(self,",
            "takes `&self`: requests are served at the same time, from one validator",
        )
        .accepts("validator/hooks", "fn is_pkce_required(&self, client: &Client, _request: &Request)"),
    error("a_hook_has_the_arguments_of_its_name")
        .enforced_by("oauth-macros/src/validator/hooks/signature.rs", "check_arity")
        .refuses(
            "validator/hooks",
            "fn validate_client_id(&self, _: &str) -> Result<()>",
            "`validate_client_id` takes 2 arguments after `&self`, not 1",
        )
        .accepts(
            "validator/hooks",
            "async fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()>",
        ),
    error("an_argument_of_a_hook_has_its_type")
        .enforced_by("oauth-macros/src/validator/hooks/signature.rs", "check_parameter_types")
        .refuses("validator/types", "_client_id: String", "`client_id` is `&str` here, not `String`")
        .accepts("validator/hooks", "client_id: &str, request: &mut Request"),
    error("a_hook_returns_something")
        .enforced_by("oauth-macros/src/validator/hooks/signature.rs", "check_output")
        .refuses("validator/hooks", "_: &mut Request) {}", "`revoke_token` returns nothing")
        .accepts("validator/hooks", "-> oauth_core::Result<()>"),
    error("a_hook_returns_its_type")
        .enforced_by("oauth-macros/src/validator/hooks/signature.rs", "check_output_type")
        .refuses(
            "validator/types",
            "_request: &mut Request) -> bool",
            "`is_pkce_required` returns `Result<bool>`, not `bool`",
        )
        .accepts("validator/hooks", "_request: &Request) -> Result<bool>"),
    error("a_hook_is_not_generic")
        .enforced_by("oauth-macros/src/validator/hooks/signature.rs", "check_not_generic")
        .refuses(
            "validator/hooks",
            "fn is_pkce_required<T>(",
            "is called by the framework, which has no type to choose",
        )
        .accepts("validator/hooks", "fn subject_length<'a>("),
    // Methods that make tokens.
    error("rfc6749_section_5_1_one_method_makes_the_access_tokens")
        .enforced_by("oauth-macros/src/validator/hooks/generators.rs", "check_one_generator")
        .refuses(
            "validator/claims",
            "#[token_generator]
    fn second(",
            "a method makes access tokens already",
        )
        .accepts(
            "validator/hooks",
            "#[token_generator]
    fn any_name(",
        ),
    error("a_method_that_makes_tokens_has_no_format")
        .enforced_by("oauth-macros/src/validator/hooks/generators.rs", "check_no_format")
        .refuses(
            "validator/claims",
            r#"#[token_generator(jwt, issuer = "https://auth.example.com")]"#,
            "is a format of a `#[token_generator]` struct",
        )
        .accepts("validator/hooks", "#[token_generator(refresh)]"),
];
