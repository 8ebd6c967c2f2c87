//! `issuer = "…"`, `issuer = env!("…")`, `issuer = self.field`.

mod misread;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;

use crate::args::{Arg, Text};
use crate::diagnostics::{Diagnostics, list, nearest};
use crate::item::Field;
use crate::krate::{Krate, at};
use crate::literal::string;
use crate::rules;

const EXAMPLE: &str = "\"https://auth.example.com\"";

/// The origin of an issuer.
pub(crate) enum Issuer {
    /// Checked here.
    Literal(Text),
    /// Checked by the compiler, which evaluates it with this function.
    Constant { value: TokenStream, check: &'static str },
    /// Checked by `into_router`. Holds what follows `self.`.
    Field { path: TokenStream, span: Span },
}

impl Issuer {
    /// The server's own.
    pub(crate) fn parse(arg: &Arg, fields: &[Field], diagnostics: &Diagnostics) -> Option<Self> {
        Self::parse_as(arg, fields, false, diagnostics)
    }

    /// Another server's: it is as its owner says, and may end with `/` (RFC 8414 §3.1).
    pub(crate) fn parse_foreign(arg: &Arg, fields: &[Field], diagnostics: &Diagnostics) -> Option<Self> {
        Self::parse_as(arg, fields, true, diagnostics)
    }

    fn parse_as(arg: &Arg, fields: &[Field], is_foreign: bool, diagnostics: &Diagnostics) -> Option<Self> {
        let value = arg.assigned(EXAMPLE, diagnostics)?.clone();
        let mut tokens = value.clone().into_iter();
        match (tokens.next(), tokens.next(), tokens.next()) {
            (Some(TokenTree::Ident(this)), dot, field) if this == "self" => {
                let is_dot = matches!(&dot, Some(TokenTree::Punct(punct)) if punct.as_char() == '.');
                let Some(field) = field.filter(|_| is_dot) else {
                    check_names_a_field(this.span(), diagnostics);
                    return None;
                };
                check_field(&field, fields, diagnostics)?;
                if let Ok(expr) = syn::parse2(value.clone())
                    && let Some(words) = misread::words(&expr)
                {
                    diagnostics.error_over(value, words);
                    return None;
                }
                let span = value.span();
                Some(Self::Field { path: std::iter::once(field).chain(tokens).collect(), span })
            }
            (Some(_), None, None) if matches!(arg.single_token(), Some(TokenTree::Literal(_))) => {
                let text = arg.text(EXAMPLE, diagnostics)?;
                let check = if is_foreign { rules::issuer::check_foreign } else { rules::issuer::check };
                if let Err(reason) = check(&text.value) {
                    diagnostics.error(text.span, format!("the issuer `{}` {reason}", text.value));
                    return None;
                }
                Some(Self::Literal(text))
            }
            (Some(TokenTree::Ident(name)), None, None)
                if fields.iter().any(|field| name == field.member_name()) =>
            {
                diagnostics.error_over(
                    value,
                    format!("the issuer is in a field of the struct: write `issuer = self.{name}`"),
                );
                None
            }
            _ if value.to_string().contains("env :: var") => {
                diagnostics.error_over(value, misread::ENVIRONMENT);
                None
            }
            (Some(_), ..) => {
                match syn::parse2(value.clone()) {
                    Ok(expr) => {
                        if let Some(words) = misread::words(&expr) {
                            diagnostics.error_over(value, words);
                            return None;
                        }
                    }
                    // The compiler reads what we do not: blocks, such as those of `match`, and arrays.
                    Err(_) if has_groups_of_its_own(&value) => {}
                    Err(error) => return diagnostics.ok(Err(error)),
                }
                let check = if is_foreign { "checked_foreign_issuer" } else { "checked_issuer" };
                Some(Self::Constant { value, check })
            }
            (None, ..) => None,
        }
    }

    fn span(&self) -> Span {
        match self {
            Self::Literal(text) => text.span,
            Self::Constant { value, .. } => value.span(),
            Self::Field { span, .. } => *span,
        }
    }

    /// An expression of the run-time `Issuer`.
    pub(crate) fn tokens(&self, krate: &Krate) -> TokenStream {
        let private = krate.private(self.span());
        match self {
            Self::Literal(text) => {
                let literal = string(text);
                quote_spanned!(at(text.span)=> #private::Issuer::Literal(#literal))
            }
            Self::Constant { value, check } => {
                let span = at(value.span());
                let argument = quote!(#value);
                let check = Ident::new(check, span);
                quote_spanned!(span=> #private::#check(#argument))
            }
            Self::Field { span, .. } => quote_spanned!(at(*span)=> #private::Issuer::Field),
        }
    }

    /// The method `issuer` that reads the field.
    pub(crate) fn method(&self, krate: &Krate) -> Option<TokenStream> {
        let Self::Field { path, span } = self else { return None };
        let private = krate.private(*span);
        let span = at(*span);
        // The user's `self` is not ours: hygiene would tell them apart.
        let this = Ident::new("self", span);
        let field = quote_spanned!(span=> &#this.#path);
        Some(quote_spanned! {span=>
            fn issuer(&#this) -> #private::Option<&str> {
                #private::Some(#private::issuer_text(#field))
            }
        })
    }
}

/// Tells whether there are braces or brackets somewhere.
fn has_groups_of_its_own(value: &TokenStream) -> bool {
    value.clone().into_iter().any(|token| match token {
        TokenTree::Group(group) => {
            matches!(group.delimiter(), Delimiter::Brace | Delimiter::Bracket)
                || has_groups_of_its_own(&group.stream())
        }
        _ => false,
    })
}

/// `self` is the whole struct, which is no issuer.
fn check_names_a_field(this: Span, diagnostics: &Diagnostics) {
    diagnostics.error(this, rules::token_generator::the_issuer_of_a_field_names_the_field.words);
}

/// Tells whether `self.field` names a field.
pub(crate) fn check_field(field: &TokenTree, fields: &[Field], diagnostics: &Diagnostics) -> Option<()> {
    let name = field.to_string();
    // `self.0.1` arrives as one literal.
    let first = name.split('.').next().unwrap_or_default().trim_start_matches("r#");
    if fields.iter().any(|known| known.member_name() == first) {
        return Some(());
    }
    let names: Vec<_> = fields.iter().map(Field::member_name).collect();
    let names = || names.iter().map(String::as_str);
    let hint = match nearest(first, names()) {
        Some(meant) => format!("did you mean `self.{meant}`?"),
        None => format!("its fields are {}; add `{first}: String`, for example", list(names())),
    };
    diagnostics.error(
        field.span(),
        rules::token_generator::an_issuer_is_in_a_field_that_exists.says(&[&first, &hint]),
    );
    None
}
