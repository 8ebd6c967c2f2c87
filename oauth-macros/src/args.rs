//! The arguments of an attribute, split at commas before anything is understood: a mistake in one leaves the others
//! legible, so that all mistakes are reported at once.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::Lit;
use syn::ext::IdentExt as _;

use crate::chunks::{bare_url, chunks, forgotten_comma, reject_surplus, surplus, unquoted};
use crate::diagnostics::{Diagnostics, did_you_mean, list, nearest};
use crate::helpers::helpers;
use crate::rules::number::Number;
use crate::{foreign, rules};

/// One argument: `name`, `name = …`, `name(…)`, or the same with a string for a name.
#[derive(Clone)]
pub(crate) struct Arg {
    /// The name, without `r#`; or the text of the string.
    pub(crate) name: String,
    pub(crate) span: Span,
    pub(crate) is_string: bool,
    pub(crate) value: Value,
}

/// The part that follows the name.
#[derive(Clone)]
pub(crate) enum Value {
    None,
    Assigned(TokenStream),
    List(Group),
}

/// A string literal of the user's.
#[derive(Clone)]
pub(crate) struct Text {
    pub(crate) value: String,
    pub(crate) span: Span,
}

pub(crate) struct Args {
    args: Vec<Arg>,
    attempted: Attempted,
}

/// Arguments that were meant by ones with a mistake: nothing is missing besides.
#[derive(Default)]
pub(crate) struct Attempted {
    names: Vec<String>,
    /// True if a part of the list is not known at all.
    is_cut: bool,
}

impl Attempted {
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.is_cut || self.names.iter().any(|attempted| attempted == name)
    }

    pub(crate) fn is_empty(&self) -> bool {
        !self.is_cut && self.names.is_empty()
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The hint that stands in for an argument of another framework, or one that is the name of a field's
    /// attribute.
    fn what_was_meant(&mut self, attribute: &str, name: &str) -> Option<String> {
        let owner = attribute.trim_start_matches("#[").trim_end_matches(']');
        if helpers(owner).contains(&name) {
            self.names.push(name.to_owned());
            return Some(format!("it marks a field; write `#[{name}]` above the field, in the struct"));
        }
        let foreign = foreign::argument(attribute, name)?;
        self.names.push(foreign.meant.to_owned());
        Some(foreign.hint.to_owned())
    }
}

impl Args {
    pub(crate) fn parse(tokens: TokenStream, diagnostics: &Diagnostics) -> Self {
        let mut args = Self { args: Vec::new(), attempted: Attempted::default() };
        args.read(tokens, diagnostics);
        args
    }

    fn read(&mut self, tokens: TokenStream, diagnostics: &Diagnostics) {
        for chunk in chunks(tokens, "an argument", diagnostics) {
            let chunk: Vec<_> = chunk.into_iter().collect();
            if let Some(group) = surplus(&chunk) {
                reject_surplus(group, diagnostics);
                self.read(group.stream(), diagnostics);
            } else {
                self.read_chunk(&chunk, diagnostics);
            }
        }
    }

    /// Reads an argument, and those after it whose comma was forgotten.
    fn read_chunk(&mut self, chunk: &[TokenTree], diagnostics: &Diagnostics) {
        let value = if chunk.get(1).is_some_and(is_equals) { chunk.get(2..) } else { Some(chunk) };
        if let Some(scheme) = value.and_then(bare_url) {
            let write = if chunk.len() == value.map_or(0, <[_]>::len) {
                format!("`\"{scheme}://…\"`")
            } else {
                format!("`{} = \"{scheme}://…\"`", chunk[0])
            };
            diagnostics.error(
                scheme.span(),
                format!(
                    "a URL is a string: write {write}; without quotes, the rest of the line is a comment"
                ),
            );
            // The comment may have had anything in it.
            self.attempted.is_cut = true;
            if let Some(rest @ [_, ..]) = value.and_then(|value| value.get(2..)) {
                self.read_chunk(rest, diagnostics);
            }
            return;
        }
        if let (Some(TokenTree::Ident(urn)), Some(text)) = (chunk.first(), unquoted(chunk))
            && urn == "urn"
        {
            diagnostics.error(urn.span(), format!("a URN is a string: write `\"{text}\"`"));
            self.attempted.names.push(text);
            return;
        }
        let Some((argument, rest)) = forgotten_comma(chunk).map(|at| chunk.split_at(at)) else {
            self.args.extend(parse_arg(chunk.to_vec(), &mut self.attempted, diagnostics));
            return;
        };
        let (first, next) = (&chunk[0], &rest[0]);
        diagnostics.error(
            next.span(),
            match argument {
                [_] => format!("a comma is missing between `{first}` and `{next}`"),
                _ => format!("a comma is missing before `{next}`"),
            },
        );
        self.args.extend(parse_arg(argument.to_vec(), &mut self.attempted, diagnostics));
        self.attempted.names.extend([first.to_string(), next.to_string()]);
        // One that is being typed is no mistake of its own.
        if let [_, _, ..] = rest {
            let unheard = Diagnostics::new();
            self.read_chunk(rest, &unheard);
            unheard.into_tokens();
        }
    }

    /// Takes the argument `name`; a second one is an error.
    pub(crate) fn take(&mut self, name: &str, diagnostics: &Diagnostics) -> Option<Arg> {
        let is_it = |arg: &Arg| !arg.is_string && arg.name == name;
        let first = self.args.iter().position(is_it).map(|index| self.args.remove(index))?;
        self.args.retain(|arg| {
            let repeated = is_it(arg);
            if repeated {
                diagnostics.error(arg.span, rules::arguments::an_argument_is_given_once.says(&[&name]));
            }
            !repeated
        });
        Some(first)
    }

    /// Takes every argument `name`, in their order.
    pub(crate) fn take_all(&mut self, name: &str) -> Vec<Arg> {
        self.args.extract_if(.., |arg| !arg.is_string && arg.name == name).collect()
    }

    /// Takes the first argument, if it is one that `is_it` accepts.
    pub(crate) fn take_first(&mut self, is_it: impl Fn(&Arg) -> bool) -> Option<Arg> {
        if self.args.first().is_some_and(is_it) { Some(self.args.remove(0)) } else { None }
    }

    /// Reports what nobody took. What was meant by it, or by what could not be read, is the result.
    pub(crate) fn finish(mut self, attribute: &str, known: &[&str], diagnostics: &Diagnostics) -> Attempted {
        for arg in self.args {
            let name = &arg.name;
            if let Some(hint) = self.attempted.what_was_meant(attribute, name) {
                diagnostics.error(arg.span, format!("`{attribute}` has no argument `{name}`: {hint}"));
                continue;
            }
            let meant = did_you_mean(name, known.iter().copied());
            let takes = list(known.iter().copied());
            diagnostics.error(
                arg.span,
                rules::arguments::an_argument_has_a_known_name.says(&[&attribute, &name, &meant, &takes]),
            );
            self.attempted.names.extend(nearest(name, known.iter().copied()).map(str::to_owned));
            // One that is being typed can become any that begins so.
            let begun = known.iter().filter(|known| known.starts_with(name.as_str()));
            self.attempted.names.extend(begun.map(|known| (*known).to_owned()));
        }
        self.attempted
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.args.is_empty() && self.attempted.is_empty()
    }

    /// Tells whether one of the names means the argument `meant` by another name.
    pub(crate) fn mean(&self, attribute: &str, meant: &str) -> bool {
        let is_it =
            |arg: &Arg| foreign::argument(attribute, &arg.name).is_some_and(|foreign| foreign.meant == meant);
        self.args.iter().any(is_it)
    }

    /// Tells whether all arguments could be read.
    pub(crate) fn is_legible(&self) -> bool {
        self.attempted.is_empty()
    }
}

impl IntoIterator for Args {
    type Item = Arg;
    type IntoIter = std::vec::IntoIter<Arg>;

    fn into_iter(self) -> Self::IntoIter {
        self.args.into_iter()
    }
}

fn parse_arg(chunk: Vec<TokenTree>, attempted: &mut Attempted, diagnostics: &Diagnostics) -> Option<Arg> {
    let mut tokens = chunk.into_iter();
    let first = peel(tokens.next()?);
    let span = first.span();
    let (name, is_string) = match &first {
        TokenTree::Ident(ident) => (ident.unraw().to_string(), false),
        TokenTree::Literal(literal) => {
            let text: syn::Result<syn::LitStr> = syn::parse2(literal.clone().into_token_stream());
            let Ok(text) = text else {
                diagnostics.error(span, format!("expected the name of an argument, not `{literal}`"));
                return None;
            };
            (text.value(), true)
        }
        other => {
            diagnostics.error(span, format!("expected the name of an argument, not `{other}`"));
            return None;
        }
    };
    let value = match tokens.next() {
        None => Value::None,
        Some(TokenTree::Punct(punct)) if punct.as_char() == '=' => {
            let value = ungrouped(tokens.by_ref().collect());
            if value.is_empty() {
                diagnostics.error(span, format!("`{name} =` has no value"));
                attempted.names.push(name);
                return None;
            }
            Value::Assigned(value)
        }
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => Value::List(group),
        Some(other) => {
            diagnostics.error(other.span(), unexpected(&first, &name, &other));
            attempted.names.push(name);
            return None;
        }
    };
    // What follows a value is its part, and what follows a list is none of it.
    if let Some(extra) = tokens.next() {
        diagnostics.error(extra.span(), format!("expected a comma after `{first}(…)`, and not `{extra}`"));
        attempted.names.push(name.clone());
    }
    Some(Arg { name, span, is_string, value })
}

/// The mistake in what follows a name.
fn unexpected(first: &TokenTree, name: &str, other: &TokenTree) -> String {
    match other {
        TokenTree::Ident(_) | TokenTree::Literal(_) => {
            format!("a comma is missing between `{first}` and `{other}`")
        }
        TokenTree::Punct(colon) if colon.as_char() == ':' => {
            format!("a value follows `=`: write `{first} = …`")
        }
        TokenTree::Punct(hyphen) if hyphen.as_char() == '-' => {
            format!("names have `_` and no `-`: write `{name}_…`")
        }
        TokenTree::Group(_) => format!("a list stands in parentheses: write `{first}(…)`"),
        TokenTree::Punct(_) => {
            format!(
                "unexpected `{other}` after `{first}`: write `{first}`, `{first} = …` or `{first}(…)`, and a comma between arguments"
            )
        }
    }
}

fn is_equals(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == '=')
}

/// A token out of the invisible group in which `macro_rules!` passes `$x:literal` and the like.
fn peel(token: TokenTree) -> TokenTree {
    let mut tokens = ungrouped(token.clone().into()).into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(only), None) => only,
        _ => token,
    }
}

/// Tokens out of an invisible group that holds all of them.
pub(crate) fn ungrouped(tokens: TokenStream) -> TokenStream {
    let mut iter = tokens.clone().into_iter();
    match (iter.next(), iter.next()) {
        (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::None => {
            ungrouped(group.stream())
        }
        _ => tokens,
    }
}

/// Tokens without the invisible groups among them.
pub(crate) fn flattened(tokens: TokenStream) -> TokenStream {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => flattened(group.stream()),
            token => token.into(),
        })
        .collect()
}

impl Arg {
    /// The name as it was written.
    fn written(&self) -> String {
        if self.is_string { format!("\"{}\"", self.name) } else { self.name.clone() }
    }

    /// The value as a token, if it is a single one, out of any invisible group.
    pub(crate) fn single_token(&self) -> Option<TokenTree> {
        let Value::Assigned(value) = &self.value else { return None };
        let mut tokens = value.clone().into_iter();
        match (tokens.next(), tokens.next()) {
            (Some(only), None) => Some(peel(only)),
            _ => None,
        }
    }

    /// The value's tokens, or an error that shows how it is written.
    pub(crate) fn assigned(&self, example: &str, diagnostics: &Diagnostics) -> Option<&TokenStream> {
        if let Value::Assigned(value) = &self.value {
            return Some(value);
        }
        let name = self.written();
        diagnostics.error(
            self.span,
            rules::arguments::an_argument_with_a_value_has_one.says(&[&name, &name, &example]),
        );
        None
    }

    /// The value as a string literal.
    pub(crate) fn text(&self, example: &str, diagnostics: &Diagnostics) -> Option<Text> {
        let value = self.assigned(example, diagnostics)?;
        let literal: Option<syn::LitStr> =
            self.single_token().and_then(|token| syn::parse2(token.into_token_stream()).ok());
        if let Some(literal) = literal {
            Some(Text { value: literal.value(), span: literal.span() })
        } else {
            let (name, remedy) = (self.written(), self.as_text(example));
            diagnostics.error_over(
                value,
                rules::arguments::an_argument_of_text_is_a_string_literal.says(&[&name, &remedy]),
            );
            None
        }
    }

    /// The text to write for a value that is no string: what it says, if that is known, or else the example.
    fn as_text(&self, example: &str) -> String {
        let (name, text) = (self.written(), example.trim_matches('"'));
        match self.single_token() {
            Some(TokenTree::Ident(ident)) if is_word(text) && ident != "true" && ident != "false" => {
                format!(": write `{name} = \"{}\"`", ident.unraw())
            }
            Some(TokenTree::Literal(number)) if rules::lifetime::parse(text).is_ok() => {
                let number = number.to_string();
                if is_number(&number) {
                    format!(" with a unit: write `{name} = \"{number}s\"` or `{name} = \"{number}m\"`")
                } else if rules::lifetime::parse(&number).is_ok() {
                    format!(": write `{name} = \"{number}\"`")
                } else {
                    format!(": write `{name} = {example}`")
                }
            }
            _ => format!(": write `{name} = {example}`"),
        }
    }

    /// The value as a literal of a whole number.
    pub(crate) fn integer(&self, number: &Number, diagnostics: &Diagnostics) -> Option<(u64, Span)> {
        let value = self.assigned(&number.example.to_string(), diagnostics)?;
        let literal: Option<syn::Lit> =
            self.single_token().and_then(|token| syn::parse2(token.into_token_stream()).ok());
        let words = match &literal {
            Some(Lit::Int(literal)) if literal.suffix().is_empty() => match literal.base10_parse() {
                Ok(parsed) => return Some((parsed, literal.span())),
                Err(_) => number.refuse(""),
            },
            // The compiler does not allow one in an attribute of its own, either.
            Some(Lit::Int(literal)) => number.refuse_suffix(&literal.to_string()),
            Some(Lit::Float(literal)) if literal.suffix().is_empty() => number.refuse(&literal.to_string()),
            Some(Lit::Float(literal)) => number.refuse_suffix(&literal.to_string()),
            Some(Lit::Str(text)) => number.refuse(&text.value()),
            _ => number.refuse(&value.to_string()),
        };
        diagnostics.error_over(value, words);
        None
    }

    /// The contents of `name(…)`.
    pub(crate) fn list(&self, example: &str, diagnostics: &Diagnostics) -> Option<Args> {
        if let Value::List(group) = &self.value {
            return Some(Args::parse(group.stream(), diagnostics));
        }
        diagnostics.error(
            self.span,
            rules::arguments::an_argument_of_several_is_a_list.says(&[&self.name, &self.name, &example]),
        );
        None
    }

    /// Reports a value where only the name belongs.
    pub(crate) fn bare(&self, diagnostics: &Diagnostics) {
        let value = match &self.value {
            Value::None => return,
            Value::Assigned(value) => value.clone(),
            Value::List(group) => group.to_token_stream(),
        };
        let remedy =
            if self.is_string { format!("`{}`", self.written()) } else { "the name alone".to_owned() };
        diagnostics.error_over(
            value,
            rules::arguments::an_argument_that_is_a_flag_has_no_value.says(&[&self.name, &remedy]),
        );
    }
}

/// Tells whether an example stands for a name, such as `ES256`, and not for a URL or a sentence.
fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+' | '.'))
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
