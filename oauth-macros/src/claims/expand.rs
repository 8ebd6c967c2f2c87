//! `impl PrivateClaims`.

use proc_macro2::TokenStream;
use quote::quote_spanned;
use syn::spanned::Spanned as _;
use syn::{DeriveInput, Token, Type, WhereClause, WherePredicate, parse_quote, parse_quote_spanned};

use super::model::{ClaimField, ValidatedClaims};
use crate::item::mentions_parameter;
use crate::krate::{Krate, allow_bounds, at};
use crate::literal::string;

pub(super) fn expand(model: &ValidatedClaims<'_>) -> TokenStream {
    let name = &model.input.ident;
    let span = at(name.span());
    let private = model.krate.private(name.span());
    let (impl_generics, ty_generics, _) = model.input.generics.split_for_impl();
    let (where_clause, allow) = (bounds(model), allow_bounds(&model.input.generics));
    // As `parameters_at`, whatever the types: those of fields stand in no `<…>` of ours.
    let impl_token = Token![impl](name.span());
    let names = model.fields.iter().map(|field| string(&field.name));
    let generics = &model.input.generics;
    let required = model
        .fields
        .iter()
        .filter(|field| is_never_null(field.ty) && !mentions_parameter(generics, field.ty));
    let required = required.map(|field| string(&field.name));
    let writes = model.fields.iter().map(|field| {
        let (ident, handle, span) = (field.ident, handle(field, &model.krate), at(field.ty.span()));
        quote_spanned!(span=> #handle.write(&self.#ident, &mut claims)?;)
    });
    let reads = model.fields.iter().map(|field| {
        let (ident, handle, span) = (field.ident, handle(field, &model.krate), at(field.ty.span()));
        quote_spanned!(span=> #ident: #handle.read(claims)?)
    });
    quote_spanned! {span=>
        #[automatically_derived]
        #allow
        #impl_token #impl_generics #private::PrivateClaims for #name #ty_generics #where_clause {
            const NAMES: &'static [&'static str] = &[#(#names),*];
            const REQUIRED: &'static [&'static str] = &[#(#required),*];
            fn to_claims(&self) -> #private::Result<#private::Claims> {
                let mut claims = #private::Claims::new();
                #(#writes)*
                #private::Ok(claims)
            }
            fn from_claims(claims: &#private::Map<#private::String, #private::Value>) -> #private::Result<Self> {
                #private::Ok(Self { #(#reads),* })
            }
        }
    }
}

/// Tells whether a type is certainly not read from null, which stands for a claim that is absent. A name that is not known may be an
/// alias of an `Option`, or a type that serde reads from null.
fn is_never_null(ty: &Type) -> bool {
    const NAMES: [&str; 22] = [
        "String", "bool", "char", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64",
        "i128", "isize", "f32", "f64", "Vec", "HashMap", "BTreeMap", "HashSet", "BTreeSet",
    ];
    match ty {
        Type::Path(path) => {
            path.path.segments.last().is_some_and(|last| NAMES.iter().any(|name| last.ident == name))
        }
        Type::Group(group) => is_never_null(&group.elem),
        Type::Paren(inner) => is_never_null(&inner.elem),
        Type::Array(_) => true,
        _ => false,
    }
}

/// The code that writes and reads a field. The type stands in it once more, so that one which cannot is an error there; and it stands
/// in no `<…>`, where the compiler would have other words for one that does not exist.
fn handle(field: &ClaimField<'_>, krate: &Krate) -> TokenStream {
    let (ty, name) = (field.ty, string(&field.name));
    let private = krate.private(ty.span());
    quote_spanned!(at(ty.span())=> <#ty as #private::ClaimType>::field(#name))
}

/// The struct's own bounds, and those that its fields need where they depend on parameters.
fn bounds(model: &ValidatedClaims<'_>) -> Option<WhereClause> {
    let generics = &model.input.generics;
    let dependent = model.fields.iter().filter(|field| mentions_parameter(generics, field.ty));
    let predicates = dependent.map(|field| -> WherePredicate {
        let (ty, private) = (field.ty, model.krate.private(field.ty.span()));
        parse_quote_spanned!(at(ty.span())=> #ty: #private::ClaimType + #private::Send)
    });
    let mut where_clause = generics.where_clause.clone().unwrap_or_else(|| parse_quote!(where));
    where_clause.predicates.extend(predicates);
    (!where_clause.predicates.is_empty()).then_some(where_clause)
}

/// Beside errors: the type is a struct of claims all the same, so that nothing that uses it is an error too.
pub(super) fn fallback(input: &DeriveInput, krate: &Krate) -> TokenStream {
    let name = &input.ident;
    let span = at(name.span());
    let private = krate.private(name.span());
    let mut generics = input.generics.clone();
    if generics.type_params().next().is_some() {
        let bound: WherePredicate = parse_quote_spanned!(span=> Self: #private::Send);
        generics.make_where_clause().predicates.push(bound);
    }
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    quote_spanned! {span=>
        #[automatically_derived]
        impl #impl_generics #private::PrivateClaims for #name #ty_generics #where_clause {
            const NAMES: &'static [&'static str] = &[];
            fn to_claims(&self) -> #private::Result<#private::Claims> {
                #private::Missing::never()
            }
            fn from_claims(_: &#private::Map<#private::String, #private::Value>) -> #private::Result<Self> {
                #private::Missing::never()
            }
        }
    }
}
