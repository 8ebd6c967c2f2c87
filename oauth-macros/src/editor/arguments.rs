//! The arguments of attributes, as far as they can be completed.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

use crate::chunks::chunks;
use crate::diagnostics::Diagnostics;

/// The lists whose words have a module.
const LISTS: [&str; 8] =
    ["grants", "endpoints", "registration", "pushed_authorization_requests", "dpop", "to", "allow", "deny"];

/// The lists of types.
const TYPES: [&str; 4] = ["scopes", "default_scopes", "unverified_scopes", "resources"];

/// The arguments that may be expressions.
const VALUES: [&str; 2] = ["issuer", "audience"];

/// The words of each module.
const KNOWN: &str = include_str!("../snapshots/words.txt");

/// A place that can be completed.
#[derive(Default)]
pub(super) struct Arguments {
    /// Words, by the module that has the known ones.
    pub(super) words: Vec<(String, Vec<Ident>)>,
    pub(super) values: Vec<TokenStream>,
    pub(super) types: Vec<TokenStream>,
}

impl Arguments {
    /// Those of an attribute.
    pub(super) fn of(module: &str, args: TokenStream) -> Self {
        let mut arguments = Self::default();
        arguments.read(module, args);
        arguments
    }

    /// Adds the arguments in a list.
    pub(super) fn read(&mut self, module: &str, list: TokenStream) {
        let is_grant = |part: &TokenStream| module == "grants" && is_type(part);
        let (grants, parts): (Vec<_>, Vec<_>) = parts(list).into_iter().partition(is_grant);
        self.types.extend(grants);
        self.add(module, parts.iter().filter_map(name));
        for part in parts {
            self.follow(part);
        }
    }

    /// Adds words, unless they are known: an editor that is asked about one of those has nothing to say.
    pub(super) fn add(&mut self, module: &str, words: impl Iterator<Item = Ident>) {
        let known = KNOWN.lines().filter_map(|line| line.split_once(": ")).find(|(name, _)| *name == module);
        let is_known =
            |word: &str| known.is_some_and(|(_, words)| words.split(' ').any(|known| known == word));
        // A keyword is no name of a module's.
        let is_name = |word: &str| syn::parse_str::<Ident>(word).is_ok();
        let words = words.filter(|word| {
            let word = word.to_string();
            !is_known(&word) && is_name(&word)
        });
        self.words.push((module.to_owned(), words.collect()));
    }

    /// Adds what follows the name of an argument.
    fn follow(&mut self, part: TokenStream) {
        let Some(name) = name(&part).map(|name| name.to_string()) else { return };
        let mut tokens = part.into_iter().skip(1);
        match tokens.next() {
            Some(TokenTree::Group(list)) if list.delimiter() == Delimiter::Parenthesis => {
                if LISTS.contains(&name.as_str()) {
                    self.read(&name, list.stream());
                } else if TYPES.contains(&name.as_str()) {
                    let is_text = |part: &TokenStream| {
                        matches!(part.clone().into_iter().next(), Some(TokenTree::Literal(_)))
                    };
                    self.types.extend(parts(list.stream()).into_iter().filter(|part| !is_text(part)));
                }
            }
            Some(TokenTree::Punct(equals)) if equals.as_char() == '=' && VALUES.contains(&name.as_str()) => {
                self.values.push(tokens.collect());
            }
            _ => {}
        }
    }
}

/// The name that an argument begins with.
fn name(part: &TokenStream) -> Option<Ident> {
    match part.clone().into_iter().next() {
        Some(TokenTree::Ident(name)) => Some(name),
        _ => None,
    }
}

/// Tells whether a grant is a type of the user's.
fn is_type(part: &TokenStream) -> bool {
    let is_path =
        matches!(part.clone().into_iter().nth(1), Some(TokenTree::Punct(colon)) if colon.as_char() == ':');
    is_path || name(part).is_some_and(|name| name.to_string().starts_with(char::is_uppercase))
}

/// The parts of a list: what is wrong with it is said elsewhere.
fn parts(list: TokenStream) -> Vec<TokenStream> {
    let unheard = Diagnostics::new();
    let parts = chunks(list, "an argument", &unheard);
    unheard.into_tokens();
    parts
}
