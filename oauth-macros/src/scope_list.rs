//! `scopes(…)`: strings, and types with `#[scope]`.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;

use crate::args::{Arg, Args, Text, Value};
use crate::chunks::{bare_url, chunks, surplus, unquoted};
use crate::diagnostics::Diagnostics;
use crate::krate::{Krate, at};
use crate::literal::string;
use crate::rules;

/// One scope of a list.
pub(crate) enum Scope {
    Text {
        name: Text,
        description: Option<Text>,
    },
    /// A type that is a scope, which the compiler checks.
    Type(Box<syn::Type>),
}

impl Scope {
    /// The scope token, where it is known here.
    pub(crate) fn name(&self) -> Option<&Text> {
        match self {
            Self::Text { name, .. } => Some(name),
            Self::Type(_) => None,
        }
    }

    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Text { name, .. } => name.span,
            Self::Type(ty) => ty.span(),
        }
    }

    /// An expression of the run-time `Scope`.
    pub(crate) fn tokens(&self, krate: &Krate) -> TokenStream {
        let (private, span) = (krate.private(self.span()), at(self.span()));
        match self {
            Self::Text { name, description: Some(description) } => {
                let (name, description) = (string(name), string(description));
                quote_spanned!(span=> #private::Scope::described(#name, #description))
            }
            Self::Text { name, description: None } => {
                let name = string(name);
                quote_spanned!(span=> #private::Scope::new(#name))
            }
            Self::Type(ty) => quote_spanned!(span=> <#ty as #private::ScopeType>::SCOPE),
        }
    }

    /// An expression of its token.
    pub(crate) fn name_tokens(&self, krate: &Krate) -> TokenStream {
        match self {
            Self::Text { name, .. } => string(name),
            Self::Type(_) => {
                let (scope, span) = (self.tokens(krate), at(self.span()));
                quote_spanned!(span=> #scope.name)
            }
        }
    }
}

/// Tells whether the names of all are known here.
pub(crate) fn are_known(scopes: &[Scope]) -> bool {
    scopes.iter().all(|scope| scope.name().is_some())
}

/// The string of this name, if it is in the list.
pub(crate) fn find<'a>(scopes: &'a [Scope], name: &str) -> Option<&'a Text> {
    scopes.iter().filter_map(Scope::name).find(|known| known.value == name)
}

/// Reads a list of scopes; a name that stands twice is an error. Descriptions belong to strings only, where `described`
/// allows them.
pub(crate) fn parse(arg: &Arg, example: &str, described: bool, diagnostics: &Diagnostics) -> Vec<Scope> {
    let Value::List(group) = &arg.value else {
        arg.list(example, diagnostics);
        return Vec::new();
    };
    let mut scopes: Vec<Scope> = Vec::new();
    for chunk in chunks(group.stream(), "a scope", diagnostics) {
        if let Some(list) = surplus(&chunk.clone().into_iter().collect::<Vec<_>>()) {
            diagnostics.error_over(
                list,
                format!("scopes stand in the list one by one: write `{}({example})`", arg.name),
            );
            scopes.extend(within(list, arg, example, described));
            continue;
        }
        let scope = match path_to_type(&chunk) {
            Some(ty) => {
                refuse_constant(&ty, "the string itself, such as `\"{}\"`, or ", diagnostics);
                Some(Scope::Type(Box::new(ty)))
            }
            None if is_malformed(&chunk, diagnostics) => None,
            None => Args::parse(chunk, diagnostics)
                .into_iter()
                .next()
                .and_then(|arg| scope_text(&arg, described, diagnostics)),
        };
        if let Some(scope) = scope
            && check_once(&scope, &scopes, diagnostics)
        {
            scopes.push(scope);
        }
    }
    scopes
}

/// The scopes of a list within the list, as far as they are ones: what names them elsewhere is no mistake of its own.
fn within(list: &Group, arg: &Arg, example: &str, described: bool) -> Vec<Scope> {
    let unheard = Diagnostics::new();
    let scopes =
        parse(&Arg { value: Value::List(list.clone()), ..arg.clone() }, example, described, &unheard);
    unheard.into_tokens();
    scopes
}

/// Reports what is no argument, and how it is written.
fn is_malformed(chunk: &TokenStream, diagnostics: &Diagnostics) -> bool {
    let tokens: Vec<_> = chunk.clone().into_iter().collect();
    let is = |token: &TokenTree, expected: char| matches!(token, TokenTree::Punct(punct) if punct.as_char() == expected);
    let message = match tokens.as_slice() {
        // `Args` says what is wrong with it.
        tokens if bare_url(tokens).is_some() => return false,
        [TokenTree::Literal(scope), colon, ..] if is(colon, ':') => {
            format!("the description of a scope follows `=`: write `{scope} = \"…\"`")
        }
        [TokenTree::Literal(scope), equals, more, ..] if is(equals, '=') && is(more, '>') => {
            format!("the description of a scope follows `=`: write `{scope} = \"…\"`")
        }
        _ => match unquoted(&tokens) {
            Some(scope) => format!("a scope is a string: write `\"{scope}\"`"),
            None => return false,
        },
    };
    diagnostics.error_over(chunk, message);
    true
}

/// Reads a list of scopes that are types.
pub(crate) fn parse_types(arg: &Arg, diagnostics: &Diagnostics) -> Vec<Scope> {
    let Value::List(group) = &arg.value else {
        arg.list("CalendarRead", diagnostics);
        return Vec::new();
    };
    let mut scopes = Vec::new();
    for chunk in chunks(group.stream(), "a scope", diagnostics) {
        if let Some(scope) = check_is_type(chunk, diagnostics)
            && check_once(&scope, &scopes, diagnostics)
        {
            scopes.push(scope);
        }
    }
    scopes
}

/// RFC 6750 §3.1: `insufficient_scope` tells a client which scope to ask for. A handler names it by its type, and so must the
/// list that clients read beforehand (RFC 9728 §2).
fn check_is_type(chunk: TokenStream, diagnostics: &Diagnostics) -> Option<Scope> {
    if let Some(ty) = path_to_type(&chunk) {
        refuse_constant(&ty, "", diagnostics);
        return Some(Scope::Type(Box::new(ty)));
    }
    let arg = Args::parse(chunk, diagnostics).into_iter().next()?;
    let (name, ty) = (&arg.name, type_name(&arg.name));
    diagnostics.error(
        arg.span,
        rules::resource::rfc6750_section_3_1_the_scopes_of_a_resource_are_types_that_handlers_ask_for
            .says(&[&name, &name, &ty, &ty]),
    );
    None
}

/// `calendar.read` as `CalendarRead`.
pub(crate) fn type_name(scope: &str) -> String {
    let words = scope.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name: String = words
        .filter_map(|word| {
            let (first, rest) = word.split_at_checked(1)?;
            Some(first.to_ascii_uppercase() + rest)
        })
        .collect();
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) { name } else { format!("Scope{name}") }
}

/// RFC 6749 §3.3: scopes are a set.
fn check_once(scope: &Scope, scopes: &[Scope], diagnostics: &Diagnostics) -> bool {
    let is_repeated = scopes.iter().any(|known| is_same(known, scope));
    if is_repeated {
        diagnostics.error(scope.span(), rules::scope::a_scope_is_declared_once.says(&[&shown(scope)]));
    }
    !is_repeated
}

/// The scope as the user wrote it.
pub(crate) fn shown(scope: &Scope) -> String {
    match scope {
        Scope::Text { name, .. } => name.value.clone(),
        Scope::Type(ty) => ty.to_token_stream().to_string().replace(' ', ""),
    }
}

/// Tells whether two scopes are known to be the same here; that a string names the scope of a type, the
/// compiler finds.
pub(crate) fn is_same(a: &Scope, b: &Scope) -> bool {
    match (a, b) {
        (Scope::Text { name: a, .. }, Scope::Text { name: b, .. }) => a.value == b.value,
        (Scope::Type(_), Scope::Type(_)) => shown(a) == shown(b),
        _ => false,
    }
}

/// A path to a type. A single name in lower case is a string whose quotes were forgotten.
pub(crate) fn path_to_type(chunk: &TokenStream) -> Option<syn::Type> {
    let ty: syn::Type = syn::parse2(chunk.clone()).ok()?;
    let mut inner = &ty;
    while let syn::Type::Group(group) = inner {
        inner = &group.elem;
    }
    let syn::Type::Path(path) = inner else { return None };
    let is_lower_case =
        |ident: &syn::Ident| ident.unraw().to_string().starts_with(|c: char| !c.is_uppercase());
    match path.path.get_ident() {
        Some(only) if path.qself.is_none() && is_lower_case(only) => None,
        _ => Some(ty),
    }
}

/// Refuses what is called as constants are: words in capitals, with `_` between them. One word may well be a type.
/// `text` is what may be written besides a type, with `{}` for the scope.
fn refuse_constant(ty: &syn::Type, text: &str, diagnostics: &Diagnostics) {
    let syn::Type::Path(path) = ty else { return };
    let name = path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
    let is_it = name.trim_matches('_').contains('_')
        && name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
    if is_it {
        let (scope, ty_name) =
            (name.to_ascii_lowercase().replace('_', "."), type_name(&name.to_ascii_lowercase()));
        let text = text.replace("{}", &scope);
        diagnostics.error_over(
            ty,
            format!(
                "`{name}` is named as a constant, which is not known yet where the list is read: write {text}a type, \
                 `#[scope(\"{scope}\")] struct {ty_name};`"
            ),
        );
    }
}

fn scope_text(arg: &Arg, described: bool, diagnostics: &Diagnostics) -> Option<Scope> {
    let description = match &arg.value {
        Value::None => None,
        Value::Assigned(_) if !arg.is_string && arg.name.starts_with(char::is_uppercase) => {
            reject_description_of_type(arg, diagnostics);
            return None;
        }
        Value::Assigned(_) if described => arg.text("\"See your calendar\"", diagnostics),
        Value::Assigned(_) | Value::List(_) => {
            arg.bare(diagnostics);
            None
        }
    };
    if let Some(empty) = description.as_ref() {
        check_description(empty, diagnostics);
    }
    Some(Scope::Text { name: scope_name(arg, diagnostics)?, description })
}

/// A type has one description, wherever it is declared.
fn reject_description_of_type(arg: &Arg, diagnostics: &Diagnostics) {
    let name = &arg.name;
    diagnostics.error(arg.span, rules::parts::a_scope_type_has_one_description.says(&[&name]));
}

/// A description is for a person.
pub(crate) fn check_description(description: &Text, diagnostics: &Diagnostics) {
    if description.value.trim().is_empty() {
        diagnostics.error(description.span, rules::scope::a_description_says_something.words);
    }
}

/// A scope token as a string.
pub(crate) fn scope_name(arg: &Arg, diagnostics: &Diagnostics) -> Option<Text> {
    let name = &arg.name;
    if !arg.is_string {
        diagnostics.error(arg.span, rules::scope::a_scope_is_a_string_or_a_type.says(&[&name]));
        return None;
    }
    if let Err(words) = rules::scope::check(name) {
        diagnostics.error(arg.span, words);
        return None;
    }
    Some(Text { value: name.clone(), span: arg.span })
}
