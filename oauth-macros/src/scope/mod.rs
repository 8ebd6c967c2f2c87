//! `#[scope("…")]`: a scope that is a type.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote, quote_spanned};

use crate::args::{Arg, Args, Text, Value};
use crate::chunks::unquoted;
use crate::diagnostics::Diagnostics;
use crate::item::Struct;
use crate::krate::{Krate, at};
use crate::misplaced::{leading_keyword, remedy};
use crate::rules;
use crate::salvage::salvage;
use crate::scope_list::{Scope, check_description, scope_name, type_name};

const EXAMPLE: &str = "#[scope(\"calendar.read\", \"See your calendar\")]";

/// Beside errors, a struct is what it was meant to be, so that nothing that uses it is an error too.
pub(crate) fn stand_in(input: &Struct, krate: &Krate) -> TokenStream {
    implement(input, None, krate)
}

pub(crate) fn expand(args: TokenStream, item: &TokenStream) -> TokenStream {
    let diagnostics = Diagnostics::new();
    if let Some(keyword) = leading_keyword(item).filter(|keyword| keyword != "struct") {
        check_is_struct(&keyword, &args, &diagnostics);
        let krate = Krate::of(args);
        let item = &without_inner_scopes(item);
        return salvage(item, diagnostics, |input| implement(input, None, &krate));
    }
    let Some(mut input) = Struct::parse("scope", item.clone(), &diagnostics) else {
        let krate = Krate::of(args);
        return salvage(item, diagnostics, |input| implement(input, None, &krate));
    };
    let args = args_of(args, &diagnostics);
    let mut args = Args::parse(args, &diagnostics);
    let krate = Krate::take(&mut args, &diagnostics);
    check_item(&input, &diagnostics);
    let scope = check_args(args, &input, &diagnostics);
    let impls = implement(&input, scope.as_ref().filter(|_| !diagnostics.has_errors()), &krate);
    // It is named and never made.
    input.input.attrs.push(syn::parse_quote!(#[allow(dead_code)]));
    let (errors, input) = (diagnostics.into_tokens(), &input.input);
    quote!(#input #impls #errors)
}

/// The arguments; a scope whose quotes were forgotten is an error, and a string.
fn args_of(args: TokenStream, diagnostics: &Diagnostics) -> TokenStream {
    let name: Vec<_> = args
        .clone()
        .into_iter()
        .take_while(|token| !matches!(token, TokenTree::Punct(punct) if punct.as_char() == ','))
        .collect();
    let Some(scope) = unquoted(&name) else { return args };
    diagnostics.error_over(
        TokenStream::from_iter(name),
        format!("a scope is a string: write `#[scope(\"{scope}\")]`"),
    );
    scope.to_token_stream()
}

/// The item without the `#[scope(…)]` of its variants, of which the compiler would say that none may stand there.
fn without_inner_scopes(item: &TokenStream) -> TokenStream {
    let is_scope = |tokens: TokenStream| matches!(tokens.into_iter().next(), Some(TokenTree::Ident(name)) if name == "scope");
    let strip = |body: Group| {
        let mut kept = Vec::new();
        for token in body.stream() {
            let is_after_a_hash =
                matches!(kept.last(), Some(TokenTree::Punct(hash)) if hash.as_char() == '#');
            match &token {
                TokenTree::Group(attribute) if is_after_a_hash && is_scope(attribute.stream()) => {
                    kept.pop();
                }
                _ => kept.push(token),
            }
        }
        let mut stripped = Group::new(body.delimiter(), TokenStream::from_iter(kept));
        stripped.set_span(body.span());
        stripped
    };
    let tokens = item.clone().into_iter().map(|token| match token {
        TokenTree::Group(body) if body.delimiter() == Delimiter::Brace => strip(body).into(),
        token => token,
    });
    tokens.collect()
}

/// A scope is a type, for handlers to name.
fn check_is_struct(keyword: &str, args: &TokenStream, diagnostics: &Diagnostics) {
    let text = args.clone().into_iter().find_map(|token| syn::parse2::<syn::LitStr>(token.into()).ok());
    let scope = text.map(|text| text.value()).filter(|scope| rules::scope::check(scope).is_ok());
    let scope = scope.unwrap_or_else(|| "calendar.read".to_owned());
    let ty = type_name(&scope);
    let remedy = match keyword {
        "enum" => ": write one struct for each scope".to_owned(),
        "const" | "static" | "type" => format!(": write `#[scope(\"{scope}\")] struct {ty};` in its place"),
        "fn" => format!(
            ": write `#[scope(\"{scope}\")] struct {ty};` beside it, and take `Bearer<{ty}>` as an argument here"
        ),
        keyword => remedy("scope", keyword).to_owned(),
    };
    diagnostics.error(Span::call_site(), rules::scope::a_scope_type_is_a_struct.says(&[&keyword, &remedy]));
}

/// It stands for one scope, and holds nothing.
fn check_item(item: &Struct, diagnostics: &Diagnostics) {
    check_no_parameters(item, diagnostics);
    check_no_fields(item, diagnostics);
}

/// RFC 6749 §3.3: a scope token is one word, and not a family of them.
fn check_no_parameters(item: &Struct, diagnostics: &Diagnostics) {
    if !item.input.generics.params.is_empty() {
        diagnostics.error_over(
            &item.input.generics,
            rules::scope::rfc6749_section_3_3_a_scope_type_has_no_parameters.says(&[&item.ident()]),
        );
    }
}

/// Refuses fields: what a value would hold is lost, for there is none.
fn check_no_fields(item: &Struct, diagnostics: &Diagnostics) {
    if let Some(field) = item.fields.first() {
        diagnostics.error_over(&field.ty, rules::scope::a_scope_type_holds_nothing.says(&[&item.ident()]));
    }
}

/// The scope, then its description.
fn check_args(args: Args, item: &Struct, diagnostics: &Diagnostics) -> Option<Scope> {
    let is_legible = args.is_legible();
    let mut args = args.into_iter();
    let Some(name) = args.next() else {
        if is_legible {
            check_given(item, diagnostics);
        }
        return None;
    };
    check_description_follows(&name, diagnostics)?;
    check_is_text(&name, diagnostics)?;
    name.bare(diagnostics);
    let description = args.next().and_then(|arg| check_second(arg, diagnostics));
    for extra in args {
        check_one_scope(&extra, diagnostics);
    }
    Some(Scope::Text { name: scope_name(&name, diagnostics)?, description })
}

/// RFC 6749 §3.3: the type is for people, the word is for the wire.
fn check_given(item: &Struct, diagnostics: &Diagnostics) {
    diagnostics.error_over(
        item.ident(),
        rules::scope::rfc6749_section_3_3_a_scope_type_has_a_scope.says(&[&EXAMPLE]),
    );
}

/// Refuses a description as in `scopes("a" = "description")`, which is a list of several.
fn check_description_follows(name: &Arg, diagnostics: &Diagnostics) -> Option<()> {
    if let (Value::Assigned(_), true) = (&name.value, name.is_string) {
        let message = rules::scope::a_description_follows_its_scope.says(&[&EXAMPLE]);
        diagnostics.error(name.span, message);
        return None;
    }
    if !name.is_string && !matches!(name.value, Value::None) {
        diagnostics.error(name.span, format!("the scope is a string, and stands alone: write `{EXAMPLE}`"));
        return None;
    }
    Some(())
}

/// RFC 6749 §3.3: a scope is a word on the wire; its type is what stands below.
fn check_is_text(name: &Arg, diagnostics: &Diagnostics) -> Option<()> {
    if !name.is_string {
        diagnostics.error(name.span, rules::scope::the_scope_of_a_type_is_a_string.says(&[&name.name]));
    }
    name.is_string.then_some(())
}

/// The description.
fn check_second(arg: Arg, diagnostics: &Diagnostics) -> Option<Text> {
    if arg.is_string {
        arg.bare(diagnostics);
    } else {
        let message = rules::scope::a_description_has_no_name.says(&[&EXAMPLE]);
        diagnostics.error(arg.span, message);
        return None;
    }
    arg.bare(diagnostics);
    let text = Text { value: arg.name, span: arg.span };
    check_description(&text, diagnostics);
    Some(text)
}

/// RFC 6749 §3.3: one type for two words would let one pass for the other.
fn check_one_scope(extra: &Arg, diagnostics: &Diagnostics) {
    diagnostics.error(extra.span, rules::scope::rfc6749_section_3_3_a_scope_type_has_one_scope.words);
}

/// Beside errors, the struct is a scope all the same, so that nothing that uses it is an error too.
fn implement(item: &Struct, scope: Option<&Scope>, krate: &Krate) -> TokenStream {
    let span = at(item.ident().span());
    let private = krate.private(item.ident().span());
    let name = item.ident();
    let (impl_generics, ty_generics, where_clause) = item.input.generics.split_for_impl();
    if item.is_borrowed() || item.is_generic() {
        return TokenStream::new();
    }
    let registration = scope.is_some().then(|| {
        quote_spanned! {span=>
            #private::inventory::submit! {
                #private::RegisteredScope::new(
                    <#name as #private::ScopeType>::SCOPE,
                    ::core::concat!(::core::module_path!(), "::", ::core::stringify!(#name)),
                )
            }
        }
    });
    let scope = if let Some(scope) = scope {
        scope.tokens(krate)
    } else {
        quote_spanned!(span=> #private::Scope::new(""))
    };
    quote_spanned! {span=>
        #[automatically_derived]
        impl #impl_generics #private::ScopeType for #name #ty_generics #where_clause {
            const SCOPE: #private::Scope = #scope;
        }
        #registration
    }
}
