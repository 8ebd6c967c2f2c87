//! `#[extension_grant("urn:…")]`: a type that stands for a grant of the application's own.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned as _;

use crate::args::{Arg, Args, Text};
use crate::diagnostics::Diagnostics;
use crate::item::Struct;
use crate::krate::{Krate, at};
use crate::literal::string;
use crate::misplaced::{keyword_of_no_type, remedy};
use crate::rules;
use crate::salvage::{salvage, self_type};

const EXAMPLE: &str = "#[extension_grant(\"urn:example:grant-type:api-key\")]";

/// Beside errors, a struct is what it was meant to be, so that nothing that uses it is an error too.
pub(crate) fn stand_in(input: &Struct, krate: &Krate) -> TokenStream {
    implement(input, None, krate)
}

pub(crate) fn expand(args: TokenStream, item: &TokenStream) -> TokenStream {
    let diagnostics = Diagnostics::new();
    if let Some(keyword) = keyword_of_no_type(item) {
        reject_keyword(&keyword, &diagnostics);
        let krate = Krate::of(args);
        let of_its_type = self_type(item).map(|ty| implement_for(&ty, ty.span(), None, &krate));
        let errors = diagnostics.into_tokens();
        return quote!(#item #of_its_type #errors);
    }
    let Some(mut input) = Struct::parse("extension_grant", item.clone(), &diagnostics) else {
        let krate = Krate::of(args);
        return salvage(item, diagnostics, |input| implement(input, None, &krate));
    };
    let mut args = Args::parse(args, &diagnostics);
    let krate = Krate::take(&mut args, &diagnostics);
    check_item(&input, &diagnostics);
    let grant_type = check_args(args, &input, &diagnostics);
    let impls = implement(&input, grant_type.filter(|_| !diagnostics.has_errors()).as_ref(), &krate);
    // It is named and never made.
    input.input.attrs.push(syn::parse_quote!(#[allow(dead_code)]));
    let (errors, input) = (diagnostics.into_tokens(), &input.input);
    quote!(#input #impls #errors)
}

/// A grant is a type, for `grants(…)` to name.
fn reject_keyword(keyword: &str, diagnostics: &Diagnostics) {
    diagnostics.error(
        Span::call_site(),
        rules::extension_grant::an_extension_grant_is_a_struct
            .says(&[&keyword, &remedy("extension_grant", keyword)]),
    );
}

/// It stands for one grant, and holds nothing.
fn check_item(item: &Struct, diagnostics: &Diagnostics) {
    reject_parameters(item, diagnostics);
    reject_fields(item, diagnostics);
}

/// RFC 6749 §4.5: one name is one grant.
fn reject_parameters(item: &Struct, diagnostics: &Diagnostics) {
    if !item.input.generics.params.is_empty() {
        let name = item.ident();
        diagnostics.error_over(
            &item.input.generics,
            rules::extension_grant::rfc6749_section_4_5_an_extension_grant_has_no_parameters.says(&[&name]),
        );
    }
}

/// It is never made, so that nobody could fill a field.
fn reject_fields(item: &Struct, diagnostics: &Diagnostics) {
    if let Some(field) = item.fields.first() {
        let name = item.ident();
        diagnostics
            .error_over(&field.ty, rules::extension_grant::an_extension_grant_holds_nothing.says(&[&name]));
    }
}

/// The URI, and nothing else.
fn check_args(args: Args, item: &Struct, diagnostics: &Diagnostics) -> Option<Text> {
    let is_legible = args.is_legible();
    let mut args = args.into_iter();
    let Some(arg) = args.next() else {
        if is_legible {
            require_name(item, diagnostics);
        }
        return None;
    };
    arg.bare(diagnostics);
    for extra in args {
        reject_extra(&extra, diagnostics);
    }
    if !is_string(&arg, diagnostics) {
        return None;
    }
    if let Err(words) = rules::extension_grant::check(&arg.name) {
        diagnostics.error(arg.span, words);
        return None;
    }
    Some(Text { value: arg.name, span: arg.span })
}

/// RFC 6749 §4.5: a request says which grant it means.
fn require_name(item: &Struct, diagnostics: &Diagnostics) {
    diagnostics.error_over(
        item.ident(),
        rules::extension_grant::rfc6749_section_4_5_an_extension_grant_has_a_name.says(&[&EXAMPLE]),
    );
}

fn reject_extra(arg: &Arg, diagnostics: &Diagnostics) {
    diagnostics.error(
        arg.span,
        rules::extension_grant::rfc6749_section_4_5_an_extension_grant_has_one_name.says(&[&EXAMPLE]),
    );
}

fn is_string(arg: &Arg, diagnostics: &Diagnostics) -> bool {
    if !arg.is_string {
        diagnostics.error(
            arg.span,
            rules::extension_grant::the_name_of_an_extension_grant_is_a_string.says(&[&EXAMPLE]),
        );
    }
    arg.is_string
}

/// Beside errors, the struct is a grant all the same, so that nothing that uses it is an error too.
fn implement(item: &Struct, grant_type: Option<&Text>, krate: &Krate) -> TokenStream {
    if item.is_borrowed() || item.is_generic() {
        return TokenStream::new();
    }
    implement_for(item.ident(), item.ident().span(), grant_type, krate)
}

fn implement_for(name: &impl ToTokens, span: Span, grant_type: Option<&Text>, krate: &Krate) -> TokenStream {
    let (span, private) = (at(span), krate.private(span));
    let registration = grant_type.is_some().then(|| {
        quote_spanned! {span=>
            #private::inventory::submit! {
                #private::RegisteredExtensionGrant(<#name as #private::ExtensionGrantType>::GRANT_TYPE)
            }
        }
    });
    let grant_type = grant_type.map_or_else(|| quote!("urn:x-oauth:missing"), string);
    quote_spanned! {span=>
        #[automatically_derived]
        impl #private::ExtensionGrantType for #name {
            const GRANT_TYPE: &'static str = #grant_type;
        }
        #registration
    }
}
