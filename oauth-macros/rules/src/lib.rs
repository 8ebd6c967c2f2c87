//! The rules of an authorization server's configuration, of a resource server's, and of what the macros are given: each once,
//! with its name, its section, its words and the code that judges by it.
//!
//! The macros judge literals by them, `oauth-core` judges the values of a run when a server starts, and both say the same. Data
//! in, a verdict out: nothing here knows a token of syntax or a type of the framework.
//!
//! A new rule is an entry of `rules!` in the file of its subject, whose documentation has an example of what is refused and of
//! what is accepted (`cargo xtask rules` makes the manual's page of them), the code that reads it, and a case of `tests/ui`.
#![no_std]
// The name of a rule is the name of its constant.
#![allow(non_upper_case_globals)]

extern crate alloc;

/// Rules of one subject: `error name = "words";`. `error` does not compile; `both` is also checked when something starts that
/// was written by hand; `start` needs a run; `warn` is a warning, of which the decision against it has no need of `allow`. Features in brackets are what a server has where the rule is enforced.
macro_rules! rules {
    ($subject:literal { $($(#[$doc:meta])* $kind:ident $name:ident $([$($feature:ident)*])? = $words:literal;)* }) => {
        $(
            $(#[$doc])*
            pub static $name: $crate::Rule = rules!(@$kind $subject, stringify!($name))
                .words($words)
                .needs(&[$($($crate::Feature::$feature),*)?]);
        )*

        /// The rules of this file.
        pub(crate) static RULES: &[&$crate::Rule] = &[$(&$name),*];
    };
    (@error $subject:literal, $name:expr) => { $crate::Rule::new($crate::RuleKind::CompileTime, $subject, $name) };
    (@both $subject:literal, $name:expr) => { rules!(@error $subject, $name).at_start() };
    (@warn $subject:literal, $name:expr) => { $crate::Rule::new($crate::RuleKind::Warning, $subject, $name) };
    (@start $subject:literal, $name:expr) => { $crate::Rule::new($crate::RuleKind::StartUp, $subject, $name).at_start() };
}

pub mod advice;
pub mod algorithm;
pub mod arguments;
pub mod broken;
pub mod claim;
pub mod decisions;
pub mod dpop;
pub mod encryption;
pub mod endpoint;
pub mod entropy;
pub mod extension_grant;
mod feature;
pub mod grant;
pub mod hook;
mod host;
pub mod http;
pub mod issuer;
pub mod lifetime;
pub mod list;
pub mod number;
pub mod openid;
pub mod origin;
pub mod parts;
pub mod path;
pub mod profile;
mod requests;
pub mod resource;
pub mod resource_indicator;
pub mod response_type;
mod rule;
pub mod scope;
pub mod server;
pub mod start_up;
pub mod step_up;
pub mod strangers;
pub mod text;
pub mod token_generator;
pub mod token_prefix;
pub mod url;
pub mod validator;

/// The rules of every file.
static ALL: &[&[&Rule]] = &[
    arguments::RULES,
    number::RULES,
    token_generator::RULES,
    issuer::RULES,
    lifetime::RULES,
    algorithm::RULES,
    encryption::RULES,
    entropy::RULES,
    token_prefix::RULES,
    validator::RULES,
    hook::RULES,
    claim::RULES,
    scope::RULES,
    server::grants::RULES,
    server::clients::RULES,
    server::scopes::RULES,
    server::values::RULES,
    strangers::RULES,
    parts::RULES,
    openid::RULES,
    dpop::RULES,
    profile::RULES,
    profile::fapi2::RULES,
    endpoint::RULES,
    path::RULES,
    origin::RULES,
    extension_grant::RULES,
    resource::RULES,
    resource_indicator::RULES,
    step_up::RULES,
    url::RULES,
    decisions::RULES,
    advice::ALL,
    start_up::RULES,
];

pub use self::broken::Broken;
pub use self::feature::{Feature, Features};
pub use self::requests::REQUESTS;
pub use self::rule::{Rule, RuleKind, title};
