//! `--resource URI=SCOPE,SCOPE` and `resources.json`: the APIs that clients can ask tokens for (RFC 8707).

use std::path::Path;

use oauth_core::server::Resource;

use crate::members;
use crate::offer::Offer;
use crate::source::{Object, Source};

const MEMBERS: [&str; 2] = ["resource", "scopes"];

/// Declares the resource of an argument.
///
/// # Errors
///
/// The mistake in it.
pub(crate) fn argument(text: &str, offer: &mut Offer) -> Result<(), String> {
    let (uri, scopes) = match text.split_once('=') {
        Some((uri, scopes)) => (uri, Some(scopes.split(',').map(str::to_owned).collect())),
        None => (text, None),
    };
    declare(uri.to_owned(), scopes, offer)
        .map_err(|Mistake { words, .. }| format!("--resource {text}: {words}"))
}

/// Declares the resources of a file.
///
/// # Errors
///
/// Every mistake, one line each.
pub(crate) fn read(path: &Path, offer: &mut Offer) -> Result<(), Vec<String>> {
    let source = Source::read(path).map_err(|mistake| vec![mistake])?;
    let mut mistakes = Vec::new();
    for object in source.objects("resources", &mut mistakes) {
        let unknown = members::check(&object, &MEMBERS, &[], &[]);
        if unknown.is_empty() {
            mistakes.extend(entry(&object, offer).err());
        } else {
            mistakes.extend(unknown);
        }
    }
    if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
}

fn entry(object: &Object<'_>, offer: &mut Offer) -> Result<(), String> {
    let uri: String = object.require("resource", "a string")?;
    let scopes: Option<Vec<String>> = object.get("scopes", "an array of strings, such as [\"mail.read\"]")?;
    declare(uri, scopes, offer)
        .map_err(|Mistake { member, index, words }| object.mistake(Some(member), index, words))
}

/// A mistake and its place.
struct Mistake {
    member: &'static str,
    index: Option<usize>,
    words: String,
}

/// Declares a resource, for as long as the program runs. Without scopes, all are known there.
fn declare(uri: String, scopes: Option<Vec<String>>, offer: &mut Offer) -> Result<(), Mistake> {
    let of_uri = |words| Mistake { member: "resource", index: None, words };
    let uri: &'static str = uri.leak();
    let resource = Resource::new(uri);
    resource.check().map_err(|mistake| of_uri(mistake.to_string()))?;
    if let Some(known) = offer.resource(uri) {
        return Err(of_uri(format!("the resource `{}` is declared twice: keep one", known.uri)));
    }
    let Some(scopes) = scopes else {
        offer.resources.push(resource);
        return Ok(());
    };
    let declared = offer.scope_names();
    if let Some((index, name)) =
        scopes.iter().enumerate().find(|(_, name)| !declared.contains(&name.as_str()))
    {
        let words = format!(
            "the resource `{uri}` knows the scope `{name}`, which the server does not have (RFC 8707 §2.2): it has {}, or those of \
             --scopes",
            declared.join(", ")
        );
        return Err(Mistake { member: "scopes", index: Some(index), words });
    }
    let scopes: Vec<&'static str> = scopes.into_iter().map(|name| &*name.leak()).collect();
    offer.resources.push(resource.scopes(scopes.leak()));
    Ok(())
}
