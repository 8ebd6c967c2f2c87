//! The requirements of a validator and its hooks.

rules! { "validator" {
    /// - refused: `struct NoTokens { #[clients] clients: MemoryStore, }`
    /// - accepted: `#[clients] clients: MemoryStore, #[tokens] tokens: MemoryStore,`
    error every_server_keeps_clients_and_tokens = "no field of `{}` plays the role `{}`, which every server needs\nadd `#[{}] {}: SqliteStore`, or mark one store with `#[store]` to play all remaining roles";
    /// - refused: `#[codes] first: MemoryStore, #[codes] second: MemoryStore,`
    /// - accepted: `#[sessions] #[consents] browser: MemoryStore,`
    error one_store_plays_a_role = "one store plays a role, or single use could not be atomic; remove one of them";
    /// - refused: `#[store] first: MemoryStore, #[store] second: MemoryStore,`
    /// - accepted: `#[store] everything: MemoryStore, #[sessions]`
    error one_store_plays_the_roles_that_are_left = "give this one the roles it plays instead, such as `#[codes]` or `#[sessions]`";
    /// - refused: `#[codes] codes: Directory,`
    /// - accepted: `#[store] store: Few, #[tokens] tokens: MemoryStore,`
    error a_role_is_played_by_a_store_of_its_kind = "`{}` cannot keep authorization codes";
    /// - refused: `#[session]`
    /// - accepted: `#[sessions]`
    error a_field_attribute_has_a_known_name = "there is no `#[{}]`: did you mean `#[{}]`?\nfields of `#[{}]` structs take {}";
    /// - refused: `#[signing_key] key: SigningKey,`
    /// - accepted: `#[store]`
    error a_field_attribute_belongs_to_its_macro = "`#[{}]` belongs to a field of `#[{}]` structs; fields of `#[{}]` structs take {}";
    /// - refused: `#[users(all)]`
    /// - accepted: `#[users]`
    error a_field_attribute_has_no_arguments = "`#[{}]` takes no arguments: write it alone; the field's value is given where the struct is made";
    /// - refused: `#[cfg_attr(test, store)]`
    /// - accepted: `#[cfg(not(any()))] #[store]`
    error a_field_attribute_does_not_depend_on_a_condition = "`#[{}]` cannot depend on `#[cfg_attr(…)]`, which is read later: write `#[cfg(…)] #[{}]` on a field of its own";
    /// - refused: `#[refresh_token] refresh_tokens: Opaque, tokens: AccessTokens,`
    /// - accepted: `keys: KeyRing, archive: MemoryStore,`
    error a_field_that_plays_a_role_is_marked = "nothing uses {}, for the field `{}` has no mark: {}";
    /// - refused: `struct Borrowed<'a> {`
    /// - accepted: `users: Arc<T>,`
    error a_validator_owns_its_stores = "{} lives as long as the program and cannot borrow: {}";
    /// - refused: `enum Enumeration {`
    /// - accepted: `struct Tuple(`
    error a_validator_is_a_struct = "`#[{}]` is for a struct, not {}: {}";
    /// - refused: `#[validator] fn function() {}`
    /// - accepted: `#[validator] impl Accounts {`
    error a_validator_is_a_struct_and_a_block_of_hooks = "`#[validator]` is for a struct that holds stores, or for an `impl` block of hooks, not for `{}`{}";
    /// - refused: `#[validator] struct Accounts {`
    /// - accepted: `#[validator(custom)] pub struct Accounts {`
    error hooks_are_never_ignored = "`{}` has hooks, but its struct does not ask for them";
    /// - refused: `#[validator] struct Accounts<S:`
    /// - accepted: `#[validator(custom)] struct Custom<S:`
    error hooks_of_a_generic_struct_are_never_ignored = "`{}` has hooks, but its struct does not ask for them";
    /// - refused: `#[validator(custom)] struct Accounts {`
    /// - accepted: `#[validator] struct Machines {`
    error custom_announces_a_block = "`{}` has no hooks, and `custom` says that it has";
    /// - refused: `#[validator(custom)] impl Misplaced {`
    /// - accepted: `#[validator] impl Accounts {`
    error custom_stands_on_the_struct = "`custom` belongs on the struct: write `#[validator(custom)]` there and `#[validator]` here";
    /// - refused: `impl RequestValidator for ByHand {`
    /// - accepted: `#[validator] impl Accounts {`
    error a_block_implements_no_trait = "`#[validator]` writes the `impl` of `RequestValidator` itself: write `impl {} { … }` with the hooks that differ from their defaults\nto implement the trait by hand, remove `#[validator]` from this block";
    /// - refused: `impl Empty {}`
    /// - accepted: `#[validator] impl Accounts {`
    error a_block_has_a_hook = "this block has no hooks: add one, such as `fn validate_client_id`, or remove the block and `custom` from the struct";
    /// - refused: `#[validator] impl Accounts { fn pre_token(`
    /// - accepted: `#[validator] impl Accounts {`
    error the_hooks_of_a_type_are_one_block = "`{}` has a block of hooks above: put these hooks into it; methods that are no hooks stand in an `impl` block without `#[validator]`";
    /// - refused: `const LIMIT: usize = 3;`
    /// - accepted: `async fn validate_client_id(`
    error a_block_has_methods_only = "{} is no hook: put it into an `impl` block of its own, without `#[validator]`";
    /// - refused: `#[claim("both")] #[token_generator(refresh)]`
    /// - accepted: `#[token_generator(refresh)]`
    error a_method_is_a_hook_or_a_claim_or_a_generator = "a method is {} or {}, not both: remove one attribute";
    /// - refused: `#[claim("once")] #[claim("twice")]`
    /// - accepted: `#[claim("client")]`
    error a_method_is_one_claim = "this attribute is here twice: keep one";
    /// - refused: `fn validate_cleint_id(`
    /// - accepted: `async fn validate_client_id(`
    error a_hook_has_a_known_name = "there is no hook `{}`: {}\nthe hooks are {}";
    /// - refused: `fn validate_code(`
    /// - accepted: `fn redeem_authorization_code(`
    error rfc6749_section_4_1_2_codes_are_redeemed_in_one_step = "`redeem_authorization_code` replaces it, one atomic step once all is checked that `peek_authorization_code` returns (RFC 6749 §4.1.2)";
    /// - refused: `fn rotate_refresh_token(_: &mut Request)`
    /// - accepted: `fn rotate_refresh_token(&self, _request: &mut Request)`
    error a_hook_takes_self = "`{}` takes `&self`\n{}";
    /// - refused: `fn validate_scopes(self,`
    /// - accepted: `fn is_pkce_required(&self, client: &Client, _request: &Request)`
    error a_hook_shares_its_validator = "`{}` takes `&self`: requests are served at the same time, from one validator; what changes is in an atomic or a `Mutex`\n{}";
    /// - refused: `fn validate_client_id(&self, _: &str) -> Result<()>`
    /// - accepted: `async fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()>`
    error a_hook_has_the_arguments_of_its_name = "`{}` takes {} argument{} after `&self`, not {}\n{}";
    /// - refused: `_client_id: String`
    /// - accepted: `client_id: &str, request: &mut Request`
    error an_argument_of_a_hook_has_its_type = "`{}` is `{}` here, not `{}`\n{}";
    /// - refused: `_: &mut Request) {}`
    /// - accepted: `-> oauth_core::Result<()>`
    error a_hook_returns_something = "`{}` returns nothing{}\n{}";
    /// - refused: `_request: &mut Request) -> bool`
    /// - accepted: `_request: &Request) -> Result<bool>`
    error a_hook_returns_its_type = "`{}` returns `{}`, not `{}`{}\nwrite `{}`, or `async fn`";
    /// - refused: `request.scopes = Some(ScopeSet::new());`
    /// - accepted: `request.claims = Claims::new();`
    error a_hook_reads_what_was_validated = "`{}.{}` was validated, and a hook only reads it: {}\nhooks that take `&mut Request` set its `claims`, `extra_credentials` and `extensions`";
    /// - refused: `fn is_otp_required(&self, user: &User, _: &mut Request) -> Result<bool> { Ok(user.subject == "1") }`
    /// - accepted: `fn is_otp_required(&self, user: &User, _request: &mut Request) -> Result<bool>`
    error a_second_step_is_asked_for_and_checked = "`{}` is nothing without `{}`: one hook asks for a one-time code, the other one checks it\nadd `{}`, or `async fn`";
    /// - refused: `fn is_pkce_required<T>(`
    /// - accepted: `fn subject_length<'a>(`
    error a_hook_is_not_generic = "`{}` is called by the framework, which has no type to choose\n{}";
    /// - refused: `#[token_generator] fn second(`
    /// - accepted: `#[token_generator] fn any_name(`
    error rfc6749_section_5_1_one_method_makes_the_access_tokens = "a method makes {} tokens already: {}";
    /// - refused: `#[token_generator(jwt, issuer = "https://auth.example.com")]`
    /// - accepted: `#[token_generator(refresh)]`
    error a_method_that_makes_tokens_has_no_format = "`{}` is a format of a `#[token_generator]` struct; this method makes the token itself: remove it";
} }
