//! Under the strictest lints, with one's own attributes around ours, in functions and modules, with raw names, and with
//! `cfg` wherever it may stand.
#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    missing_copy_implementations,
    unused,
    unreachable_pub,
    rust_2018_idioms,
    rust_2024_compatibility,
    future_incompatible,
    nonstandard_style,
    let_underscore,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    non_ascii_idents,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unused_import_braces,
    unused_lifetimes,
    unused_qualifications,
    unused_results,
    variant_size_differences,
    absolute_paths_not_starting_with_crate,
    ambiguous_negative_literals,
    macro_use_extern_crate,
    meta_variable_misuse,
    redundant_lifetimes,
    unsafe_op_in_unsafe_fn
)]
#![forbid(unsafe_code)]

use oauth_core::prelude::*;
use oauth_core::store::{ClientStore, TokenStore};

/// Documented, with attributes of other macros before and after ours.
#[derive(Debug)]
#[validator(custom)]
#[derive(Clone)]
#[must_use]
#[cfg_attr(not(any()), allow(clippy::module_name_repetitions))]
#[cfg(not(any()))]
pub struct r#Accounts<#[cfg(not(any()))] S, const N: usize = 2>
where
    S: ClientStore + TokenStore + 'static,
{
    /// Documented.
    #[doc(alias = "store")]
    #[cfg_attr(not(any()), doc = "By an attribute.")]
    #[store]
    r#type: S,
    #[cfg(any())]
    #[codes]
    absent: Absent,
    #[cfg_attr(any(), allow(dead_code))]
    r#match: [u8; N],
}

/// Hooks, in the manner of the user.
#[validator]
#[cfg(not(any()))]
#[allow(clippy::missing_errors_doc)]
impl<S, const N: usize> r#Accounts<S, N>
where
    S: ClientStore + TokenStore + 'static,
{
    #![allow(clippy::needless_return)]

    /// Documented.
    #[cfg_attr(not(any()), inline)]
    #[must_use = "it says whether"]
    pub(crate) async fn r#validate_client_id(&self, r#type: &str, r#match: &mut Request) -> Result<()> {
        return r#match.claims.insert(r#type, self.r#match.len());
    }

    /// Patterns of one's own.
    fn is_within_original_scope(
        &self,
        #[cfg(not(any()))] scopes: &ScopeSet,
        #[allow(unused_mut)] mut original: &ScopeSet,
        _: &mut Request,
    ) -> Result<bool> {
        Ok(scopes.iter().all(|scope| original.contains(scope)))
    }

    /// Documented.
    #[claim("tenant", scope = "mail")]
    #[cfg(not(any()))]
    pub fn r#fn(&self, r#struct: &Request) -> Option<String> {
        r#struct.subject.clone()
    }

    #[cfg(any())]
    #[claim("tenant_of_none")]
    fn absent(&self, _: &Absent) -> Absent {}

    #[cfg(any())]
    #[token_generator]
    fn absent_token(&self, _: &Absent) -> Absent {}

    #[cfg(any())]
    fn rotate_refresh_token(&self, _: &Absent) -> Absent {}

    #[token_generator(refresh)]
    fn r#loop(&self, _: &Request) -> Result<String> {
        Ok(String::new())
    }
}

/// Signs.
#[derive(Debug)]
#[token_generator(jwt, issuer = self.r#type)]
pub struct r#Tokens<K: std::fmt::Debug + Send + Sync> {
    /// The issuer.
    pub r#type: String,
    #[cfg(not(any()))]
    #[signing_key]
    r#use: K,
    #[cfg(any())]
    #[signing_key]
    absent: Absent,
}

/// The same field, by its name without `r#`.
#[token_generator(jwt, issuer = self.place)]
#[derive(Debug)]
pub(crate) struct Plainly {
    r#place: String,
    #[signing_key]
    keys: KeyRing,
}

/// Documented.
#[allow(missing_copy_implementations)]
#[token_generator(opaque)]
#[derive(Debug)]
pub struct r#Random;

/// Seeing it.
#[scope("calendar.read", "See your calendar")]
#[derive(Debug, Clone, Copy)]
pub struct r#Read;

/// A grant.
#[derive(Debug, Clone, Copy)]
#[extension_grant("urn:example:api-key")]
pub struct r#Key;

impl<V: RequestValidator> ExtensionGrant<V> for r#Key {
    async fn approve(_: &V, _: &mut Request) -> Result<GrantApproval> {
        Ok(GrantApproval::of_client())
    }
}

/// Generic and conditional.
#[cfg_attr(not(any()), authorization_server(
    grants(client_credentials, refresh_token, r#Key),
    scopes("mail", r#Read),
    issuer = self.r#type
))]
#[cfg_attr(any(), absent)]
#[derive(Debug)]
pub struct r#Server<V: RequestValidator + std::fmt::Debug, const N: u8>
where
    V: Clone,
{
    /// The issuer.
    pub r#type: String,
    /// Documented.
    #[validator]
    r#trait: V,
    #[cfg(any())]
    #[refresh_token]
    absent: Absent,
    #[refresh_token]
    #[cfg(not(any()))]
    r#as: Random,
}

/// An API.
#[resource_server(issuer = self.r#type, audience = self.r#for, introspection)]
#[derive(Debug)]
pub struct r#Api<const N: usize> {
    r#type: String,
    r#for: String,
    #[cfg(not(any()))]
    #[credentials]
    r#where: Credentials,
    #[cfg(any())]
    #[credentials]
    absent: Absent,
}

mod nested {
    pub(super) mod deeper {
        use oauth_core::prelude::*;

        #[validator]
        #[derive(Debug)]
        pub(in super::super) struct Accounts {
            #[store]
            pub(in super::super) store: MemoryStore,
        }
    }
}

fn in_a_function() -> bool {
    #[scope("local")]
    struct Local;

    #[validator(custom)]
    struct Accounts(#[store] MemoryStore);

    #[validator]
    impl Accounts {
        #[claim("local")]
        fn local(&self, _: &Request) -> bool {
            true
        }
    }

    #[token_generator(jwt, issuer = "https://auth.example.com")]
    struct Tokens(#[signing_key] KeyRing);

    #[authorization_server(grants(client_credentials), scopes(Local))]
    struct Server {
        #[validator]
        accounts: Accounts,
        #[access_token]
        tokens: Tokens,
    }

    #[resource_server(issuer = "https://auth.example.com", audience = "a", jwks, scopes(Local))]
    struct Api;

    let closure = || {
        #[extension_grant("urn:example:local")]
        struct Grant;
        GrantType::extension::<Grant>()
    };
    let keys = SigningKey::generate(Algorithm::ES256).map(KeyRing::from);
    let server = keys.map(|keys| Server { accounts: Accounts(MemoryStore::new()), tokens: Tokens(keys) });
    server.is_ok_and(|server| server.into_service().is_ok())
        && Api.into_resource().is_ok()
        && closure().as_str() == "urn:example:local"
}

fn main() {
    assert!(format!("{:?}", nested::deeper::Accounts { store: MemoryStore::new() }).contains("store"));
    assert!(in_a_function());
    let custom = Accounts { r#type: MemoryStore::new(), r#match: [0; 3] };
    let server = Server::<_, 1> { r#type: "https://auth.example.com".into(), r#trait: custom, r#as: Random };
    assert!(server.into_service().is_ok());
    let keys = || SigningKey::generate(Algorithm::ES256).map(KeyRing::from);
    let tokens = keys().map(|keys| Tokens { r#type: "https://auth.example.com".into(), r#use: keys });
    assert!(tokens.is_ok_and(|tokens| tokens.issuer() == Some("https://auth.example.com")));
    let plainly = keys().map(|keys| Plainly { r#place: "https://a.example.com".into(), keys });
    assert!(plainly.is_ok_and(|tokens| tokens.issuer() == Some("https://a.example.com")));
    let credentials = Credentials::new("a", "b");
    let api = Api::<1> { r#type: "https://auth.example.com".into(), r#for: "a".into(), r#where: credentials };
    assert!(api.into_resource().is_ok());
}
