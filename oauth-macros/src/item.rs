//! The struct under an attribute: taken apart, its helper attributes removed, ready to be emitted again.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::{Attribute, Data, DeriveInput, Generics, Ident, Member, Meta, Type};

use crate::args::Attempted;
use crate::diagnostics::Diagnostics;
use crate::dynamic;
use crate::helpers::{Helper, helpers, take_helpers, take_misplaced};
use crate::rules;
use crate::salvage::is_cut_short;

pub(crate) struct Struct {
    /// The item without helper attributes.
    pub(crate) input: DeriveInput,
    pub(crate) fields: Vec<Field>,
    /// Helper attributes that were meant, by misspelt ones: nothing is missing besides.
    attempted: Vec<String>,
}

pub(crate) struct Field {
    pub(crate) member: Member,
    pub(crate) ty: Type,
    pub(crate) helpers: Vec<Helper>,
    /// The predicates of its `#[cfg(…)]` attributes.
    pub(crate) cfg: Vec<TokenStream>,
}

impl Struct {
    /// Takes a struct apart. `owner` is the attribute macro, whose helper attributes are read and removed.
    pub(crate) fn parse(owner: &str, item: TokenStream, diagnostics: &Diagnostics) -> Option<Self> {
        let mut input: DeriveInput = match syn::parse2(item.clone()) {
            Ok(input) => input,
            Err(error) => {
                if !is_cut_short(item, &error) {
                    diagnostics.push(error);
                }
                return None;
            }
        };
        let data = match &mut input.data {
            Data::Struct(data) => data,
            Data::Enum(data) => return not_a_struct(owner, "an enum", data.enum_token.span, diagnostics),
            Data::Union(data) => return not_a_struct(owner, "a union", data.union_token.span, diagnostics),
        };
        // The attributes of fields may be the derive's.
        let has_derive = input.attrs.iter().any(|attr| attr.path().is_ident("derive"));
        let mut attempted = Vec::new();
        take_misplaced(owner, &mut input.attrs, &mut attempted, diagnostics);
        let (name, mut fields) = (input.ident.to_string(), Vec::new());
        for (index, field) in data.fields.iter_mut().enumerate() {
            let mut helpers = take_helpers(owner, field, has_derive, &mut attempted, diagnostics);
            let replaced =
                if helpers.is_empty() { None } else { dynamic::replace(&field.ty, &name, diagnostics) };
            if let Some(ty) = replaced {
                field.ty = ty;
                attempted.extend(helpers.drain(..).map(|helper| helper.name));
            }
            fields.push(Field {
                member: field.ident.clone().map_or_else(|| Member::from(index), Member::Named),
                helpers,
                cfg: cfg_predicates(&field.attrs),
                ty: field.ty.clone(),
            });
        }
        Some(Self { input, fields, attempted })
    }

    /// One of this name, of which nothing else is known.
    pub(crate) fn named(ident: &Ident) -> Option<Self> {
        let input = syn::parse2(quote::quote!(struct #ident;)).ok()?;
        Some(Self { input, fields: Vec::new(), attempted: Vec::new() })
    }

    pub(crate) fn ident(&self) -> &Ident {
        &self.input.ident
    }

    /// Tells whether no field has a helper attribute, and none was meant to have it.
    pub(crate) fn lacks(&self, helper: &str) -> bool {
        self.with_helper(helper).is_empty() && !self.attempted.iter().any(|name| name == helper)
    }

    /// Helper attributes that were written as arguments of the attribute were meant, too.
    pub(crate) fn note(&mut self, attempted: &Attempted) {
        self.attempted.extend(attempted.names().map(str::to_owned));
    }

    /// Tells whether no field has any helper attribute, nor was meant to.
    pub(crate) fn is_unmarked(&self) -> bool {
        self.attempted.is_empty() && self.fields.iter().all(|field| field.helpers.is_empty())
    }

    /// Tells whether the fields of the item have no names.
    pub(crate) fn is_tuple(&self) -> bool {
        self.fields.iter().any(|field| matches!(field.member, Member::Unnamed(_)))
    }

    /// The only field without a helper attribute, if there is one.
    pub(crate) fn only_unmarked(&self) -> Option<&Field> {
        let mut unmarked = self.fields.iter().filter(|field| field.helpers.is_empty());
        unmarked.next().filter(|_| unmarked.next().is_none())
    }

    /// Reports a part whose type is a bare type parameter, or has one: any type could be there.
    pub(crate) fn check_bounded(&self, helper: &str, bound: &str, diagnostics: &Diagnostics) {
        let generics = &self.input.generics;
        for field in self.with_helper(helper) {
            let is_free = |parameter: &&syn::TypeParam| {
                parameter.bounds.is_empty() && mentions(field.ty.to_token_stream(), &[&parameter.ident])
            };
            if let (Some(parameter), None) = (generics.type_params().find(is_free), &generics.where_clause) {
                let name = &parameter.ident;
                let is_bare = matches!(&field.ty, Type::Path(ty) if ty.path.is_ident(name));
                let remedy = if is_bare {
                    format!("write `{name}: {bound} + 'static` in the `<…>` of the struct")
                } else {
                    let ty = field.ty.to_token_stream().to_string().replace(' ', "");
                    format!("write `where {ty}: {bound}` in the head of the struct")
                };
                diagnostics.error_over(&field.ty, format!("`{name}` could be any type: {remedy}"));
            }
        }
    }

    /// Tells whether the item has lifetime parameters, which [`check_owned`](Self::check_owned) reports.
    pub(crate) fn is_borrowed(&self) -> bool {
        self.input.generics.lifetimes().next().is_some()
    }

    /// The fields with a helper attribute of this name.
    pub(crate) fn with_helper(&self, name: &str) -> Vec<&Field> {
        self.fields.iter().filter(|field| field.helper(name).is_some()).collect()
    }

    /// Tells whether the item has type or const parameters: its constants cannot be evaluated before they are
    /// known.
    pub(crate) fn is_generic(&self) -> bool {
        self.input.generics.type_params().next().is_some()
            || self.input.generics.const_params().next().is_some()
    }

    /// Tells whether a type depends on a parameter, or on the struct itself.
    pub(crate) fn mentions_parameter(&self, ty: &Type) -> bool {
        let this = Ident::new("Self", Span::call_site());
        let generics = &self.input.generics;
        let types = generics.type_params().map(|parameter| &parameter.ident);
        let constants = generics.const_params().map(|parameter| &parameter.ident);
        let names: Vec<_> = types.chain(constants).chain([&this]).collect();
        mentions(ty.to_token_stream(), &names)
    }

    /// Reports lifetime parameters: what implements our traits lives as long as the server.
    pub(crate) fn check_owned(&self, noun: &str, write: &str, diagnostics: &Diagnostics) {
        if let Some(parameter) = self.input.generics.lifetimes().next() {
            diagnostics
                .error_over(parameter, rules::validator::a_validator_owns_its_stores.says(&[&noun, &write]));
        }
    }
}

/// Tells whether a type depends on a type parameter.
pub(crate) fn mentions_parameter(generics: &Generics, ty: &Type) -> bool {
    let names: Vec<_> = generics.type_params().map(|parameter| &parameter.ident).collect();
    mentions(ty.to_token_stream(), &names)
}

fn mentions(tokens: TokenStream, names: &[&Ident]) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => names.contains(&&ident),
        TokenTree::Group(group) => mentions(group.stream(), names),
        _ => false,
    })
}

impl Field {
    pub(crate) fn helper(&self, name: &str) -> Option<&Helper> {
        self.helpers.iter().find(|helper| helper.name == name)
    }

    pub(crate) fn member_name(&self) -> String {
        match &self.member {
            Member::Named(ident) => ident.unraw().to_string(),
            Member::Unnamed(index) => index.index.to_string(),
        }
    }
}

/// The predicates of the `#[cfg(…)]` attributes among `attrs`.
pub(crate) fn cfg_predicates(attrs: &[Attribute]) -> Vec<TokenStream> {
    attrs
        .iter()
        .filter_map(|attr| match &attr.meta {
            Meta::List(list) if list.path.is_ident("cfg") => Some(list.tokens.clone()),
            _ => None,
        })
        .collect()
}

fn not_a_struct<T>(owner: &str, what: &str, span: Span, diagnostics: &Diagnostics) -> Option<T> {
    let reason = if helpers(owner).is_empty() {
        "write a `struct …;` for each one"
    } else {
        "its fields say what to work with"
    };
    diagnostics.error(span, rules::validator::a_validator_is_a_struct.says(&[&owner, &what, &reason]));
    None
}
