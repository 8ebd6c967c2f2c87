//! An `impl` block, its methods' signatures parsed and their bodies left as tokens: a half-written body does not stop
//! completion in it.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt as _};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::{Attribute, Generics, Ident, Meta, Token, Type};

use crate::args::flattened;
use crate::foreign;
use crate::helpers::own_name;

/// The attributes that say what a method is, if no hook.
pub(crate) const HELPERS: [&str; 3] = ["claim", "claims", "token_generator"];

/// `impl<…> Type where … { … }`
pub(super) struct ImplBlock {
    pub(super) attrs: Vec<Attribute>,
    pub(super) impl_token: Token![impl],
    pub(super) generics: Generics,
    /// `Trait for`, where there should be none.
    pub(super) of_trait: Option<TokenStream>,
    pub(super) self_ty: Type,
    pub(super) inner_attrs: Vec<Attribute>,
    pub(super) items: Vec<Item>,
    pub(super) braces: Span,
}

/// An item of the block.
pub(super) enum Item {
    Method(Box<Method>),
    /// An item that cannot be read, such as a method that is being typed.
    Illegible {
        error: syn::Error,
        tokens: TokenStream,
    },
    Other {
        what: &'static str,
        span: Span,
        tokens: TokenStream,
    },
}

pub(super) struct Method {
    /// The attributes of [`HELPERS`].
    pub(super) helpers: Vec<Attribute>,
    /// Attributes that there are not, with what was meant by them.
    pub(super) misnamed: Vec<(Attribute, &'static str)>,
    pub(super) cfg: Vec<Attribute>,
    pub(super) is_async: bool,
    pub(super) ident: Ident,
    pub(super) generics: Generics,
    pub(super) receiver: Receiver,
    pub(super) parameters: Vec<Parameter>,
    /// `(…)`
    pub(super) parentheses: Span,
    pub(super) output: Option<Type>,
    /// The method as it was written, without helper attributes.
    pub(super) tokens: TokenStream,
}

pub(super) enum Receiver {
    None,
    Shared,
    /// `&mut self`, `self`, `self: …`
    Other(TokenStream),
}

pub(super) struct Parameter {
    /// The parameter's name, unless its pattern is another.
    pub(super) name: Option<Ident>,
    pub(super) ty: Type,
}

impl Parse for ImplBlock {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        if let Some(token) = input.parse::<Option<Token![unsafe]>>()? {
            return Err(syn::Error::new_spanned(token, "an `impl` block of hooks is not `unsafe`"));
        }
        let impl_token = input.parse()?;
        let mut generics: Generics = if input.peek(Token![<]) && !input.peek2(Token![::]) {
            input.parse()?
        } else {
            Generics::default()
        };
        let mut self_ty: Type = input.parse()?;
        let mut of_trait = None;
        if let Some(for_token) = input.parse::<Option<Token![for]>>()? {
            let mut tokens = self_ty.into_token_stream();
            for_token.to_tokens(&mut tokens);
            of_trait = Some(tokens);
            self_ty = input.parse()?;
        }
        generics.where_clause = input.parse()?;
        let content;
        let braces = syn::braced!(content in input).span.join();
        let inner_attrs = content.call(Attribute::parse_inner)?;
        let items = parse_items.parse2(flattened(content.parse()?))?;
        Ok(Self { attrs, impl_token, generics, of_trait, self_ty, inner_attrs, items, braces })
    }
}

/// Parses items without the invisible groups in which `macro_rules!` passes bodies and whole methods.
fn parse_items(input: ParseStream<'_>) -> syn::Result<Vec<Item>> {
    let mut items = Vec::new();
    while !input.is_empty() {
        let attrs = input.fork();
        let is_legible = attrs.call(Attribute::parse_outer).is_ok();
        let attrs = if is_legible { input.call(Attribute::parse_outer)? } else { Vec::new() };
        let (mut helpers, attrs): (Vec<_>, Vec<_>) = attrs.into_iter().partition(|attr| {
            own_name(attr.path(), &HELPERS).is_some_and(|name| HELPERS.iter().any(|helper| name == helper))
        });
        helpers.iter_mut().for_each(without_path);
        let header = input.fork();
        let mut tokens = TokenStream::new();
        let is_meant = |attr: &&Attribute| {
            attr.path().get_ident().is_some_and(|name| foreign::method(&name.to_string()).is_some())
        };
        tokens.append_all(attrs.iter().filter(|attr| !is_meant(attr)));
        tokens.extend(item_tokens(input)?);
        let item = parse_item(&header, helpers, attrs, tokens.clone());
        items.push(item.unwrap_or_else(|error| Item::Illegible { error, tokens }));
    }
    Ok(items)
}

/// `#[oauth_core::claim(…)]` is `#[claim(…)]`.
fn without_path(attr: &mut Attribute) {
    let path = match &mut attr.meta {
        Meta::Path(path) => path,
        Meta::List(list) => &mut list.path,
        Meta::NameValue(pair) => &mut pair.path,
    };
    if let Some(last) = path.segments.last().cloned() {
        *path = last.ident.into();
    }
}

/// `tokens` are those of the item without its helper attributes.
fn parse_item(
    header: ParseStream<'_>,
    helpers: Vec<Attribute>,
    attrs: Vec<Attribute>,
    tokens: TokenStream,
) -> syn::Result<Item> {
    let meant =
        |attr: &Attribute| attr.path().get_ident().and_then(|name| foreign::method(&name.to_string()));
    let misnamed = attrs.iter().filter_map(|attr| Some((attr.clone(), meant(attr)?))).collect();
    match parse_header(header)? {
        Header::Method { is_async, ident } => {
            let (generics, receiver, parameters, parentheses, output) = parse_signature(header)?;
            let cfg = attrs.into_iter().filter(|attr| attr.path().is_ident("cfg")).collect();
            Ok(Item::Method(Box::new(Method {
                helpers,
                misnamed,
                cfg,
                is_async,
                ident,
                generics,
                receiver,
                parameters,
                parentheses,
                output,
                tokens,
            })))
        }
        Header::Other { what, span } => Ok(Item::Other { what, span, tokens }),
    }
}

/// The tokens of one item: up to `;` or, where a body may follow, up to its braces. One that is being typed has neither, and ends
/// where the next begins.
fn item_tokens(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut tokens = TokenStream::new();
    let mut is_begun = false;
    let mut is_method = false;
    let mut is_macro = false;
    while !input.is_empty() {
        // `#` and `pub` come first in an item. Within the signature of another method, `fn` has no name: `fn(u8)` is a type.
        let is_first = input.peek(Token![#]) || input.peek(Token![pub]);
        let begins_another = is_first && !tokens.is_empty() || is_begun && begins_method(input);
        if begins_another {
            break;
        }
        let token: TokenTree = input.parse()?;
        let ends = match &token {
            TokenTree::Ident(ident) => {
                is_method |= ident == "fn";
                is_begun |= !MODIFIERS.iter().any(|modifier| ident == modifier);
                false
            }
            TokenTree::Punct(punct) => {
                is_macro |= punct.as_char() == '!' && !is_method;
                punct.as_char() == ';'
            }
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace && (is_method || is_macro),
            TokenTree::Literal(_) => false,
        };
        tokens.append(token);
        if ends {
            break;
        }
    }
    Ok(tokens)
}

/// The words before `fn`.
const MODIFIERS: [&str; 5] = ["pub", "async", "const", "unsafe", "extern"];

/// Tells whether a method begins here, with its name.
fn begins_method(input: ParseStream<'_>) -> bool {
    matches!(parse_header(&input.fork()), Ok(Header::Method { .. }))
}

enum Header {
    Method { is_async: bool, ident: Ident },
    Other { what: &'static str, span: Span },
}

/// Reads up to the name of a method.
fn parse_header(input: ParseStream<'_>) -> syn::Result<Header> {
    input.parse::<syn::Visibility>()?;
    let mut is_async = false;
    loop {
        let span = input.span();
        if input.peek(Token![fn]) {
            input.parse::<Token![fn]>()?;
            return Ok(Header::Method { is_async, ident: input.call(Ident::parse_any)? });
        }
        let is_const = input.peek(Token![const])
            && (input.peek2(Token![fn])
                || input.peek2(Token![async])
                || input.peek2(Token![unsafe])
                || input.peek2(Token![extern]));
        if input.peek(Token![async]) || input.peek(Token![unsafe]) || is_const {
            is_async |= input.peek(Token![async]);
            input.parse::<TokenTree>()?;
        } else if input.peek(Token![extern]) {
            input.parse::<TokenTree>()?;
            input.parse::<Option<syn::LitStr>>()?;
        } else {
            let what = if input.peek(Token![const]) {
                "an associated constant"
            } else if input.peek(Token![type]) {
                "an associated type"
            } else {
                "this"
            };
            return Ok(Header::Other { what, span });
        }
    }
}

type Signature = (Generics, Receiver, Vec<Parameter>, Span, Option<Type>);

/// Reads what follows the name of a method, up to its body.
fn parse_signature(input: ParseStream<'_>) -> syn::Result<Signature> {
    let mut generics: Generics = input.parse()?;
    let content;
    let parentheses = syn::parenthesized!(content in input).span.join();
    let receiver = parse_receiver(&content)?;
    let mut parameters = Vec::new();
    while !content.is_empty() {
        parameters.push(parse_parameter(&content)?);
        if !content.is_empty() {
            content.parse::<Token![,]>()?;
        }
    }
    let output = match input.parse::<Option<Token![->]>>()? {
        Some(_) => Some(input.parse()?),
        None => None,
    };
    generics.where_clause = input.parse()?;
    Ok((generics, receiver, parameters, parentheses, output))
}

fn parse_receiver(input: ParseStream<'_>) -> syn::Result<Receiver> {
    let fork = input.fork();
    fork.call(Attribute::parse_outer)?;
    let mut tokens = TokenStream::new();
    let mut is_shared = false;
    if let Some(and) = fork.parse::<Option<Token![&]>>()? {
        is_shared = true;
        and.to_tokens(&mut tokens);
        if let Some(lifetime) = fork.parse::<Option<syn::Lifetime>>()? {
            lifetime.to_tokens(&mut tokens);
        }
    }
    if let Some(mutability) = fork.parse::<Option<Token![mut]>>()? {
        is_shared = false;
        mutability.to_tokens(&mut tokens);
    }
    let Some(self_token) = fork.parse::<Option<Token![self]>>()? else { return Ok(Receiver::None) };
    self_token.to_tokens(&mut tokens);
    if let Some(colon) = fork.parse::<Option<Token![:]>>()? {
        colon.to_tokens(&mut tokens);
        let ty: Type = fork.parse()?;
        is_shared = matches!(&ty, Type::Reference(reference) if reference.mutability.is_none());
        ty.to_tokens(&mut tokens);
    }
    fork.parse::<Option<Token![,]>>()?;
    syn::parse::discouraged::Speculative::advance_to(input, &fork);
    Ok(if is_shared { Receiver::Shared } else { Receiver::Other(tokens) })
}

/// Of a pattern only a name is read: what counts is the type.
fn parse_parameter(input: ParseStream<'_>) -> syn::Result<Parameter> {
    input.call(Attribute::parse_outer)?;
    let pattern = input.fork();
    pattern.parse::<Option<Token![mut]>>()?;
    let name = pattern.parse().ok();
    while !input.peek(Token![:]) || input.peek(Token![::]) {
        if input.peek(Token![::]) {
            input.parse::<Token![::]>()?;
        } else {
            input.parse::<TokenTree>()?;
        }
    }
    input.parse::<Token![:]>()?;
    Ok(Parameter { name, ty: input.parse()? })
}

impl Method {
    /// Tells whether calling the method gives a future.
    pub(super) fn is_future(&self) -> bool {
        self.is_async || matches!(self.output, Some(Type::ImplTrait(_)))
    }

    /// The method's name without `r#`.
    pub(super) fn name(&self) -> String {
        self.ident.unraw().to_string()
    }

    /// The helper attribute of this name.
    pub(super) fn helper(&self, name: &str) -> Option<&Attribute> {
        self.helpers.iter().find(|attr| attr.path().is_ident(name))
    }
}

/// The arguments of a helper attribute, and where it stands.
pub(super) fn helper_args(attr: &Attribute) -> (TokenStream, Span) {
    let span = attr.path().get_ident().map_or_else(Span::call_site, Ident::span);
    match &attr.meta {
        Meta::List(list) => (list.tokens.clone(), span),
        Meta::Path(_) | Meta::NameValue(_) => (TokenStream::new(), span),
    }
}
