//! `#[step_up(acr = "…", max_age = …)]`: a login that handlers require, as a type.

use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};

use crate::args::{Arg, Args, Text};
use crate::diagnostics::Diagnostics;
use crate::item::Struct;
use crate::krate::{Krate, at};
use crate::literal::string;
use crate::misplaced::{leading_keyword, remedy};
use crate::rules;
use crate::salvage::salvage;

const EXAMPLE: &str = "#[step_up(acr = \"urn:example:mfa\", max_age = 300)]";
const EXAMPLE_OF_VALUES: &str = "\"urn:example:mfa\"";

/// The login of a type.
#[derive(Default)]
struct Login {
    acr_values: Vec<Text>,
    max_age: Option<Literal>,
}

pub(crate) fn expand(args: TokenStream, item: &TokenStream) -> TokenStream {
    let diagnostics = Diagnostics::new();
    if let Some(keyword) = leading_keyword(item).filter(|keyword| keyword != "struct") {
        let name = if keyword == "enum" || keyword == "union" { item_name(item) } else { "Mfa".to_owned() };
        let words = rules::step_up::a_step_up_is_a_struct_that_holds_nothing.says(&[&name]);
        diagnostics.error(proc_macro2::Span::call_site(), words + remedy("step_up", &keyword));
        let krate = Krate::of(args);
        return salvage(item, diagnostics, |input| implement(input, &Login::default(), &krate));
    }
    let Some(mut input) = Struct::parse("step_up", item.clone(), &diagnostics) else {
        let krate = Krate::of(args);
        return salvage(item, diagnostics, |input| implement(input, &Login::default(), &krate));
    };
    let mut args = Args::parse(args, &diagnostics);
    let krate = Krate::take(&mut args, &diagnostics);
    check_item(&input, &diagnostics);
    let login = check_args(args, &input, &diagnostics);
    let implementation = implement(&input, &login, &krate);
    // It is named and never made.
    input.input.attrs.push(syn::parse_quote!(#[allow(dead_code)]));
    let (errors, input) = (diagnostics.into_tokens(), &input.input);
    quote!(#input #implementation #errors)
}

/// The word after the keyword.
fn item_name(item: &TokenStream) -> String {
    let mut words = item.clone().into_iter().skip_while(
        |token| !matches!(token, proc_macro2::TokenTree::Ident(word) if word == "enum" || word == "union"),
    );
    words.nth(1).map_or_else(|| "Mfa".to_owned(), |name| name.to_string())
}

/// It stands for a login, and holds nothing.
fn check_item(item: &Struct, diagnostics: &Diagnostics) {
    let words = rules::step_up::a_step_up_is_a_struct_that_holds_nothing.says(&[&item.ident()]);
    if !item.input.generics.params.is_empty() {
        diagnostics.error_over(&item.input.generics, words);
    } else if let Some(field) = item.fields.first() {
        diagnostics.error_over(&field.ty, words);
    }
}

fn check_args(mut args: Args, item: &Struct, diagnostics: &Diagnostics) -> Login {
    let is_empty = args.is_empty();
    let (acr, values) = (args.take("acr", diagnostics), args.take("acr_values", diagnostics));
    let max_age = args.take("max_age", diagnostics);
    let is_nothing = is_empty && args.is_legible();
    args.finish("#[step_up]", &["acr", "acr_values", "max_age", "crate"], diagnostics);
    if is_nothing {
        diagnostics.error_over(
            item.ident(),
            rules::step_up::rfc9470_section_3_a_step_up_asks_for_something.says(&[&EXAMPLE]),
        );
    }
    if let (Some(acr), Some(_)) = (&acr, &values) {
        diagnostics.error(acr.span, rules::step_up::the_acr_values_of_a_step_up_stand_together.words);
    }
    let acr_values = match (values, acr) {
        (Some(values), _) => acr_values(&values, diagnostics),
        (None, Some(acr)) => acr.text(EXAMPLE_OF_VALUES, diagnostics).into_iter().collect(),
        (None, None) => Vec::new(),
    };
    check_acr_values(&acr_values, diagnostics);
    Login { acr_values, max_age: max_age.and_then(|arg| check_max_age(&arg, diagnostics)) }
}

/// The strings of `acr_values("…", "…")`, not judged yet.
pub(crate) fn acr_values(arg: &Arg, diagnostics: &Diagnostics) -> Vec<Text> {
    let Some(args) = arg.list(EXAMPLE_OF_VALUES, diagnostics) else { return Vec::new() };
    if args.is_empty() {
        reject_empty(arg, diagnostics);
    }
    let mut values = Vec::new();
    for arg in args {
        arg.bare(diagnostics);
        if arg.is_string {
            values.push(Text { value: arg.name, span: arg.span });
        } else {
            diagnostics.error(arg.span, format!("an acr is a string: write `\"{}\"`", arg.name));
        }
    }
    values
}

fn reject_empty(arg: &Arg, diagnostics: &Diagnostics) {
    let words = rules::step_up::a_list_of_acr_values_is_not_empty.says(&[&EXAMPLE_OF_VALUES]);
    diagnostics.error(arg.span, words);
}

fn check_acr_values(values: &[Text], diagnostics: &Diagnostics) {
    for (index, acr) in values.iter().enumerate() {
        if values.iter().take(index).any(|earlier| earlier.value == acr.value) {
            diagnostics.error(acr.span, rules::step_up::an_acr_is_given_once.says(&[&acr.value]));
        } else if let Err((_, words)) = rules::step_up::check(&acr.value) {
            diagnostics.error(acr.span, words);
        }
    }
}

/// In seconds, as the challenge has it (RFC 9470 §3).
fn check_max_age(arg: &Arg, diagnostics: &Diagnostics) -> Option<Literal> {
    let (seconds, span) = arg.integer(&rules::number::MAX_AGE, diagnostics)?;
    if let Err(words) = rules::step_up::check_max_age(seconds) {
        diagnostics.error(span, words);
        return None;
    }
    let mut literal = Literal::u64_suffixed(seconds);
    literal.set_span(at(span));
    Some(literal)
}

/// Beside errors, the struct is a requirement all the same, so that nothing that uses it is an error too.
fn implement(item: &Struct, login: &Login, krate: &Krate) -> TokenStream {
    if item.is_borrowed() || item.is_generic() {
        return TokenStream::new();
    }
    let (span, name) = (at(item.ident().span()), item.ident());
    let private = krate.private(item.ident().span());
    let valid = login.acr_values.iter().filter(|acr| rules::step_up::check(&acr.value).is_ok()).map(string);
    let max_age = login.max_age.iter();
    quote_spanned! {span=>
        #[automatically_derived]
        impl #private::RequiredAuthentication for #name {
            const REQUIREMENTS: #private::AuthenticationRequirements =
                #private::AuthenticationRequirements::NONE
                    .acr_values(&[#(#valid),*])
                    #(.max_age(#private::Duration::from_secs(#max_age)))*;
        }
    }
}
