//! The attributes of fields that say what a field is, such as `#[store]`: read, and removed.

use proc_macro2::{Ident, Span, TokenTree};
use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::{Attribute, Meta, Path, Type};

use crate::diagnostics::{Diagnostics, list, nearest};
use crate::{foreign, manifest, rules};

/// Helper attributes of each macro, to tell where a misplaced one belongs.
pub(crate) const HELPERS: [(&str, &[&str]); 4] = [
    (
        "validator",
        &[
            "store",
            "clients",
            "tokens",
            "codes",
            "users",
            "sessions",
            "consents",
            "devices",
            "pushed_requests",
            "replay_ids",
        ],
    ),
    ("token_generator", &["signing_key", "encryption_key"]),
    (
        "authorization_server",
        &[
            "validator",
            "access_token",
            "refresh_token",
            "id_token",
            "pairwise_key",
            "dpop_nonce_key",
            "back_channel",
            "fetcher",
            "interaction",
        ],
    ),
    ("resource_server", &["http_client", "credentials", "decryption_key"]),
];

/// The helper attributes of a macro.
pub(crate) fn helpers(owner: &str) -> &'static [&'static str] {
    HELPERS.iter().find(|(name, _)| *name == owner).map_or(&[], |(_, helpers)| helpers)
}

/// A helper attribute such as `#[store]`.
pub(crate) struct Helper {
    pub(crate) name: String,
    pub(crate) span: Span,
}

/// The name of an attribute that may be ours: a name by itself, or one of `known` after the name of this crate.
pub(crate) fn own_name<'a>(path: &'a Path, known: &[&str]) -> Option<&'a Ident> {
    let (first, last) = (path.segments.first()?, path.segments.last()?);
    if path.segments.len() == 1 {
        return path.get_ident();
    }
    let is_known = known.contains(&last.ident.to_string().as_str());
    (is_known && is_our_crate(&first.ident)).then_some(&last.ident)
}

/// Tells whether a path that begins so leads into the run-time crate.
pub(crate) fn is_our_crate(first: &Ident) -> bool {
    first == "oauth_core" || manifest::other_name().is_some_and(|name| first == &name)
}

/// Removes the helper attributes that stand on the struct, where nothing reads them.
pub(crate) fn take_misplaced(
    owner: &str,
    attrs: &mut Vec<Attribute>,
    attempted: &mut Vec<String>,
    diagnostics: &Diagnostics,
) {
    let own = helpers(owner);
    if has_helpers_of_a_derive(attrs) {
        return;
    }
    attrs.retain(|attr| {
        let name = own_name(attr.path(), own).map(|ident| ident.unraw().to_string());
        let Some(name) = name.filter(|name| own.contains(&name.as_str())) else { return true };
        diagnostics.error_over(
            attr.path(),
            format!("`#[{name}]` marks a field: write it above the field, in the struct"),
        );
        attempted.push(name);
        false
    });
}

/// Tells whether an attribute may be that of a derive which is not the language's, or serde's.
fn has_helpers_of_a_derive(attrs: &[Attribute]) -> bool {
    const PLAIN: [&str; 11] = [
        "Clone",
        "Copy",
        "Debug",
        "Default",
        "Deserialize",
        "Eq",
        "Hash",
        "Ord",
        "PartialEq",
        "PartialOrd",
        "Serialize",
    ];
    attrs.iter().filter(|attr| attr.path().is_ident("derive")).any(|derive| {
        let Meta::List(list) = &derive.meta else { return true };
        list.tokens.clone().into_iter().any(
            |token| matches!(token, TokenTree::Ident(name) if name.to_string().starts_with(char::is_uppercase) && !PLAIN.iter().any(|plain| name == plain)),
        )
    })
}

/// The helper attribute in a `#[cfg_attr(…, store)]`.
fn conditional_helper(attr: &Attribute, own: &[&str]) -> Option<Ident> {
    let Meta::List(list) = &attr.meta else { return None };
    if !list.path.is_ident("cfg_attr") {
        return None;
    }
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
    let tokens: Vec<_> = list.tokens.clone().into_iter().collect();
    let attributes = tokens.split(is_comma).skip(1);
    attributes.filter_map(|attribute| attribute.first()).find_map(|first| match first {
        TokenTree::Ident(name) if own.contains(&name.to_string().as_str()) => Some(name.clone()),
        _ => None,
    })
}

/// Removes the helper attributes of `owner`, and those that are near misses or another macro's, which are errors.
pub(crate) fn take_helpers(
    owner: &str,
    field: &mut syn::Field,
    has_derive: bool,
    attempted: &mut Vec<String>,
    diagnostics: &Diagnostics,
) -> Vec<Helper> {
    let own = helpers(owner);
    let mut found = Vec::new();
    let foreign = |owner, name: &str| if has_derive { None } else { foreign::helper(owner, name) };
    let ty = &field.ty;
    field.attrs.retain(|attr| {
        let Some(ident) = own_name(attr.path(), own) else { return true };
        let name = ident.unraw().to_string();
        if let Some(helper) = conditional_helper(attr, own) {
            attempted.push(helper.to_string());
            check_unconditional(&helper, diagnostics);
        } else if own.contains(&name.as_str()) {
            check_bare(attr, &name, ty, diagnostics);
            found.push(Helper { name, span: ident.span() });
        } else if let (Some((other, _)), None) = (
            HELPERS.iter().find(|(_, helpers)| helpers.contains(&name.as_str())),
            foreign::helper(owner, &name),
        ) {
            check_owner(ident, owner, other, diagnostics);
        } else if owner == "validator" && !has_derive && is_of_a_method(&name) {
            check_is_on_a_method(ident, diagnostics);
        } else if let Some(meant) = near_miss(&name, own).or_else(|| foreign(owner, &name)) {
            attempted.push(meant.to_owned());
            check_spelling(ident, owner, meant, diagnostics);
        } else {
            return true;
        }
        false
    });
    found
}

/// Attributes are expanded from the outside: what a `#[cfg_attr(…)]` holds is read after this macro has run.
fn check_unconditional(helper: &Ident, diagnostics: &Diagnostics) {
    diagnostics.error(
        helper.span(),
        rules::validator::a_field_attribute_does_not_depend_on_a_condition.says(&[&helper, &helper]),
    );
}

/// A field plays a part, or it does not.
fn check_bare(attr: &Attribute, name: &str, ty: &Type, diagnostics: &Diagnostics) {
    if matches!(attr.meta, Meta::Path(_)) {
        return;
    }
    let message = rules::validator::a_field_attribute_has_no_arguments.says(&[&name]);
    let of_its_struct = |attribute: &str, ty: &str| {
        format!(
            "`#[{name}]` takes no arguments: write `#[{attribute}]` above `struct {ty}`, and `#[{name}]` alone above the field of that type"
        )
    };
    let ty = ty.to_token_stream().to_string().replace(' ', "");
    let is_ours = ["KeyRing", "SigningKey", "String", "Opaque"].contains(&ty.as_str());
    let message = match (name, &attr.meta) {
        ("access_token", Meta::List(list)) => of_its_struct(
            &format!("token_generator({})", list.tokens),
            if is_ours { "AccessTokens" } else { &ty },
        ),
        ("refresh_token", Meta::List(list)) => of_its_struct(
            &format!("token_generator({})", list.tokens),
            if is_ours { "RefreshTokens" } else { &ty },
        ),
        ("validator", Meta::List(list)) if list.tokens.to_string() == "custom" => {
            of_its_struct("validator(custom)", &ty)
        }
        _ => message,
    };
    diagnostics.error_over(&attr.meta, message);
}

/// Refuses a helper of another macro, which would be ignored here.
fn check_owner(helper: &Ident, owner: &str, other: &str, diagnostics: &Diagnostics) {
    let own = list(helpers(owner).iter().copied());
    diagnostics.error(
        helper.span(),
        rules::validator::a_field_attribute_belongs_to_its_macro.says(&[&helper, &other, &owner, &own]),
    );
}

/// Tells whether an attribute marks a method of a `#[validator] impl`.
fn is_of_a_method(name: &str) -> bool {
    ["claim", "claims"].contains(&name)
}

/// A claim is made for each token, and a field has one value for all of them.
fn check_is_on_a_method(helper: &Ident, diagnostics: &Diagnostics) {
    diagnostics.error(
        helper.span(),
        format!(
            "`#[{helper}]` marks a method, which returns the value: write it above one in a `#[validator] impl`, and \
             `#[validator(custom)]` above this struct"
        ),
    );
}

/// The compiler would only say that the attribute is unknown.
fn check_spelling(helper: &Ident, owner: &str, meant: &str, diagnostics: &Diagnostics) {
    let own = list(helpers(owner).iter().copied());
    diagnostics.error(
        helper.span(),
        rules::validator::a_field_attribute_has_a_known_name.says(&[&helper, &meant, &owner, &own]),
    );
}

/// Stricter than for arguments: the attribute may well be another macro's.
fn near_miss<'a>(name: &str, own: &[&'a str]) -> Option<&'a str> {
    const BUILT_IN: [&str; 8] = ["doc", "cfg", "cfg_attr", "allow", "warn", "deny", "expect", "serde"];
    if BUILT_IN.contains(&name) {
        return None;
    }
    let meant = nearest(name, own.iter().copied())?;
    (strsim::damerau_levenshtein(name, meant) <= 2).then_some(meant)
}
