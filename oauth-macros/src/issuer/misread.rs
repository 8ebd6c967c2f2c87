//! Expressions that are no issuer: what is made by a run is not there while this compiles.

use quote::ToTokens as _;
use syn::{Expr, ExprMacro, Member, UnOp};

use crate::rules::token_generator::the_issuer_of_a_field_names_the_field;

pub(super) const ENVIRONMENT: &str = "the program's environment is read when it starts, and not while it compiles: write `issuer = self.issuer`, with a field `issuer: String`; or `issuer = env!(\"…\")`, for the environment of the build";

/// The words about an expression, if it is certain that the compiler would not take it.
pub(super) fn words(expr: &Expr) -> Option<String> {
    let (root, methods) = root(expr);
    match root {
        Expr::Path(path) if path.path.is_ident("self") => of_self(expr),
        Expr::Macro(of) if is_format(of) => Some(
            "`format!` makes a text when the program runs, and this is read while it compiles: write `issuer = self.issuer`, with a \
             field `issuer: String` that the program fills; `concat!(\"https://\", \"auth.example.com\")` puts literals together"
                .to_owned(),
        ),
        Expr::Macro(of) if is_named(of, "option_env") => {
            let is_unwrapped = methods.last().is_some_and(|name| name == "unwrap" || name == "expect");
            (!is_unwrapped).then(|| of_option(of))
        }
        Expr::Call(call) => match path_of(&call.func).as_str() {
            "String::from" | "Cow::from" | "Cow::Borrowed" => {
                let text = call.args.first().map(|text| text.to_token_stream().to_string())?;
                Some(made("String::from(…)", &text))
            }
            "var" | "env::var" | "dotenvy::var" | "dotenv::var" => Some(ENVIRONMENT.to_owned()),
            _ => None,
        },
        _ => of_methods(expr),
    }
}

/// The innermost expression, and the methods that are called on it, the last first.
fn root(expr: &Expr) -> (&Expr, Vec<String>) {
    let (mut expr, mut methods) = (expr, Vec::new());
    loop {
        expr = match expr {
            Expr::MethodCall(call) => {
                methods.push(call.method.to_string());
                &call.receiver
            }
            Expr::Field(field) => &field.base,
            Expr::Index(index) => &index.expr,
            other => match peeled(other) {
                Some(inner) => inner,
                None => return (expr, methods),
            },
        };
    }
}

/// The expression in parentheses, or behind `&` and `*`.
fn peeled(expr: &Expr) -> Option<&Expr> {
    match expr {
        Expr::Reference(reference) => Some(&reference.expr),
        Expr::Paren(paren) => Some(&paren.expr),
        Expr::Group(group) => Some(&group.expr),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => Some(&unary.expr),
        _ => None,
    }
}

/// The words about what is made of a field: the field itself is read, and a reference to something that is made of it would outlive that.
fn of_self(expr: &Expr) -> Option<String> {
    let mut inner = expr;
    while let Some(peeled) = peeled(inner) {
        inner = peeled;
    }
    if let Some(field) = field_of_self(inner) {
        let is_plain = peeled(expr).is_none();
        return (!is_plain)
            .then(|| format!("the issuer is read from the field itself: write `issuer = {field}`"));
    }
    let Expr::MethodCall(call) = inner else {
        // `self.issuers[0]` is one of several.
        if matches!(inner, Expr::Path(_)) {
            return Some(the_issuer_of_a_field_names_the_field.words.to_owned());
        }
        let is_plain = peeled(expr).is_none();
        let place = inner.to_token_stream().to_string();
        return (!is_plain)
            .then(|| format!("the issuer is read from the field itself: write `issuer = {place}`"));
    };
    let instead = match field_of_self(&call.receiver) {
        Some(field) if CONVERSIONS.contains(&call.method.to_string().as_str()) => {
            format!("write `issuer = {field}`")
        }
        _ => "write `issuer = self.issuer`, with a field `issuer: String` that the program fills".to_owned(),
    };
    Some(format!("the issuer is read from a field, and `.{}(…)` makes another: {instead}", call.method))
}

/// Methods that make the same text again.
const CONVERSIONS: [&str; 9] =
    ["clone", "as_str", "as_ref", "to_string", "to_owned", "into", "deref", "borrow", "trim"];

/// `self.field`, or a field of it.
fn field_of_self(expr: &Expr) -> Option<String> {
    let Expr::Field(field) = expr else { return None };
    let base = match &*field.base {
        Expr::Path(path) if path.path.is_ident("self") => "self".to_owned(),
        base => field_of_self(base)?,
    };
    match &field.member {
        Member::Named(name) => Some(format!("{base}.{name}")),
        Member::Unnamed(index) => Some(format!("{base}.{}", index.index)),
    }
}

/// Where there is a default, `match` has it: it can be evaluated.
fn of_option(of: &ExprMacro) -> String {
    let name = of.mac.tokens.to_string();
    format!(
        "`option_env!` is nothing where the variable is not set: write `issuer = match option_env!({name}) {{ Some(issuer) => issuer, \
         None => \"https://auth.example.com\" }}`, or `issuer = env!({name})` where each build has it"
    )
}

/// Methods of traits, which no constant can call.
fn of_methods(expr: &Expr) -> Option<String> {
    let mut inner = expr;
    while let Some(peeled) = peeled(inner) {
        inner = peeled;
    }
    let Expr::MethodCall(call) = inner else { return None };
    let method = call.method.to_string();
    let is_of_a_trait = ["to_string", "to_owned", "into"].contains(&method.as_str());
    let text = call.receiver.to_token_stream().to_string();
    is_of_a_trait.then(|| made(&format!(".{method}()"), &text))
}

fn made(how: &str, text: &str) -> String {
    format!(
        "`{how}` makes a text when the program runs, and this is read while it compiles: write `issuer = {text}`"
    )
}

/// A macro of this name elsewhere may make a constant.
fn is_format(of: &ExprMacro) -> bool {
    let path: Vec<_> = of.mac.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    matches!(
        path.iter().map(String::as_str).collect::<Vec<_>>().as_slice(),
        ["format"] | ["std" | "alloc", "format"]
    )
}

fn is_named(of: &ExprMacro, name: &str) -> bool {
    of.mac.path.segments.last().is_some_and(|segment| segment.ident == name)
}

/// The last two words of a path.
fn path_of(expr: &Expr) -> String {
    let Expr::Path(path) = expr else { return String::new() };
    let words: Vec<_> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    words.iter().skip(words.len().saturating_sub(2)).map(String::as_str).collect::<Vec<_>>().join("::")
}
