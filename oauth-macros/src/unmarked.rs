//! Fields without a mark. What is none of ours is the application's business; a type that plays a role is there to play it, and
//! nothing would use it. Which it is, only the compiler knows.

use proc_macro2::TokenStream;
use quote::{format_ident, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Token, Type};

use crate::item::{Field, Struct};
use crate::krate::{Krate, at, parameters_at};

/// A part that a type can be.
pub(crate) struct Kind {
    /// The words of the error for it.
    noun: &'static str,
    /// The marks for it, of which the first is the name of the constant of `Can`.
    marks: &'static [&'static str],
    /// The words of the remedy before the marks, and after them.
    write: (&'static str, &'static str),
    /// The words after the mark that another field has.
    taken: &'static str,
}

const fn kind(noun: &'static str, marks: &'static [&'static str]) -> Kind {
    Kind { noun, marks, write: ("write ", " above it"), taken: "" }
}

/// A store may play any role, and one is only an example.
const fn store(role: &'static [&'static str]) -> Kind {
    Kind { noun: "this store", marks: role, write: ("write its role above it, such as ", ""), taken: "" }
}

/// The parts of a server.
pub(crate) const OF_A_SERVER: &[Kind] = &[
    kind("this validator", &["validator"]),
    kind("this token generator", &["access_token", "refresh_token", "id_token"]),
    kind("this signer of ID tokens", &["id_token"]),
    kind("this key of pairwise identifiers", &["pairwise_key"]),
    kind("this key of DPoP nonces", &["dpop_nonce_key"]),
    kind("this back channel", &["back_channel"]),
    kind("this fetcher", &["fetcher"]),
];

/// The part that asks people, where a grant does: without one, a mark would be an error.
pub(crate) const OF_AN_AUTHORIZATION_ENDPOINT: &[Kind] = &[kind("this interaction", &["interaction"])];

/// The keys of a token generator, apart from a `SigningKey`: code of the application's own may sign with it. A second ring is meant for
/// rotation, or for several algorithms.
pub(crate) const OF_A_TOKEN_GENERATOR: &[Kind] = &[
    kind("this key of a recipient", &["encryption_key"]),
    Kind {
        taken: ": add the keys of this one to that ring, with `KeyRing::and_publish`",
        ..kind("this ring of keys", &["signing_key"])
    },
];

/// The parts of a resource server.
pub(crate) const OF_A_RESOURCE_SERVER: &[Kind] = &[
    kind("this HTTP client", &["http_client"]),
    kind("these credentials", &["credentials"]),
    kind("this decryption key", &["decryption_key"]),
];

/// The stores of a validator without hooks, which could ask one that plays no role.
pub(crate) const OF_A_VALIDATOR: &[Kind] = &[
    store(&["users"]),
    store(&["sessions"]),
    store(&["consents"]),
    store(&["codes"]),
    store(&["devices"]),
    store(&["pushed_requests"]),
    store(&["replay_ids"]),
    store(&["tokens"]),
    store(&["clients"]),
];

/// The errors, at the types of fields, where `is_of_use` tells whether a mark would be none. What depends on a parameter could be anything.
pub(crate) fn checks(
    item: &Struct,
    krate: &Krate,
    kinds: &[Kind],
    is_of_use: impl Fn(&str) -> bool,
) -> TokenStream {
    let unmarked = item.fields.iter().filter(|field| field.helpers.is_empty());
    let judged = unmarked.filter(|field| !item.mentions_parameter(&field.ty) && !is_none(&field.ty));
    judged.map(|field| check(item, krate, kinds, &is_of_use, field)).collect()
}

/// Tells whether a type is none of ours by its name: a text, which is the issuer most likely, a parameter that was not declared, or what
/// code of the application's own shares.
fn is_none(ty: &Type) -> bool {
    let Type::Path(ty) = ty else { return false };
    ty.path.get_ident().is_some_and(|name| name == "String" || name.to_string().len() == 1)
        || ty.path.segments.last().is_some_and(|segment| segment.ident == "Arc")
}

fn check(
    item: &Struct,
    krate: &Krate,
    kinds: &[Kind],
    is_of_use: &impl Fn(&str) -> bool,
    field: &Field,
) -> TokenStream {
    let (ty, span, name) = (&field.ty, at(field.ty.span()), field.member_name());
    let (private, cfg) = (krate.private(field.ty.span()), &field.cfg);
    let underscore = Token![_](parameters_at(item.ident().span(), [ty]));
    let roles = in_order(item, kinds, &name).into_iter().filter_map(|kind| {
        let constant = format_ident!("{}", kind.marks.first()?.to_uppercase(), span = span);
        let (noun, remedy) = (kind.noun, remedy(item, kind, is_of_use));
        Some(quote_spanned!(span=> (#private::Can::<#ty>::#constant, #noun, #remedy)))
    });
    // The type is written a second time, and whatever is to be said of it is said at the field; a type that plays no role needs no trait.
    quote_spanned! {span=>
        #(#[cfg(#cfg)])*
        #[allow(deprecated, unused_qualifications)]
        const #underscore: () = {
            #[allow(unused_imports)]
            use #private::Cannot as _;
            #private::check_is_marked(#name, &[#(#roles),*])
        };
    }
}

/// The kinds in the order of their likelihood: a field that is called as a mark is meant for it; else what no other field is comes first.
fn in_order<'a>(item: &Struct, kinds: &'a [Kind], name: &str) -> Vec<&'a Kind> {
    let mut kinds: Vec<_> = kinds.iter().collect();
    kinds.sort_by_key(|kind| (!kind.marks.contains(&name), free_marks(item, kind).is_empty()));
    kinds
}

/// The marks that no other field has: each is there once.
fn free_marks(item: &Struct, kind: &Kind) -> Vec<&'static str> {
    kind.marks.iter().copied().filter(|mark| item.lacks(mark)).collect()
}

fn remedy(item: &Struct, kind: &Kind, is_of_use: &impl Fn(&str) -> bool) -> String {
    let (before, after) = kind.write;
    let free: Vec<_> = free_marks(item, kind).into_iter().filter(|mark| is_of_use(mark)).collect();
    let taken: Vec<_> = kind.marks.iter().copied().filter(|mark| !item.lacks(mark)).collect();
    let remedy = match (free.as_slice(), taken.as_slice()) {
        ([], []) => "remove it".to_owned(),
        ([], taken) => format!("remove it, for another field is {}{}", alternatives(taken), kind.taken),
        (free, _) => format!("{before}{}{after}, remove it", alternatives(free)),
    };
    format!("{remedy}, or keep it in an `Arc` for code of your own")
}

fn alternatives(marks: &[&str]) -> String {
    let marks: Vec<_> = marks.iter().map(|mark| format!("`#[{mark}]`")).collect();
    match marks.as_slice() {
        [most @ .., last] if !most.is_empty() => format!("{} or {last}", most.join(", ")),
        marks => marks.concat(),
    }
}
