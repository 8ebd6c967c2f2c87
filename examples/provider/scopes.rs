//! `scopes.json`: what clients can ask people for.

use std::collections::HashMap;
use std::path::Path;

use oauth_core::prelude::*;

use crate::members;
use crate::offer::Offer;
use crate::source::{Object, Source};

const MEMBERS: [&str; 3] = ["name", "description", "strangers"];

/// The scopes without a file. Clients that refresh ask for `offline_access` by themselves where a server has it, as the MCP SDK for
/// Python does: so strangers may have it.
const USUAL: &str = include_str!("scopes.json");

/// Gives the offer the scopes of the file; without one, those that are usual.
///
/// # Errors
///
/// Every mistake, one line each.
pub(crate) fn read(path: Option<&Path>, offer: &mut Offer) -> std::result::Result<(), Vec<String>> {
    let source = match path {
        Some(path) => Source::read(path).map_err(|mistake| vec![mistake])?,
        None => Source::of("scopes.json", USUAL),
    };
    let mut mistakes = Vec::new();
    let mut lines = HashMap::new();
    for object in source.objects("scopes", &mut mistakes) {
        let object = object.called("scope", "name");
        let unknown = members::check(&object, &MEMBERS, &[], &[]);
        if !unknown.is_empty() {
            mistakes.extend(unknown);
            continue;
        }
        match Entry::read(&object) {
            Ok(entry) if entry.name == "openid" && !offer.metadata.is_openid_provider => {
                if path.is_some() {
                    tracing::warn!(target: "provider", line = object.line(), "{}: {}", source.name(), no_id_tokens(offer));
                }
            }
            Ok(entry) => match lines.insert(entry.name.clone(), object.line()) {
                Some(line) => {
                    let message = format!("this is the scope of line {line} already");
                    mistakes.push(object.mistake(Some("name"), None, message));
                }
                None => entry.declare(offer),
            },
            Err(mistake) => mistakes.push(mistake),
        }
    }
    if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
}

/// OpenID Connect Core §3.1.2.1. The same files are for every profile.
pub(crate) fn no_id_tokens(offer: &Offer) -> String {
    format!("the scope `openid` has no effect: the profile `{}` issues no ID tokens", offer.profile)
}

struct Entry {
    name: String,
    description: Option<String>,
    is_for_strangers: bool,
}

impl Entry {
    fn read(object: &Object<'_>) -> std::result::Result<Self, String> {
        let name: String = object.require("name", "a string")?;
        if !ScopeSet::parse(&name).is_ok_and(|scopes| scopes.len() == 1) || name.contains(' ') {
            let message = "this must be one word of ASCII characters, without `\"` and `\\` (RFC 6749 §3.3), such as \"mail.read\"";
            return Err(object.mistake(Some("name"), None, message));
        }
        let description: Option<String> =
            object.get("description", "a string: what people are told that they allow")?;
        if description.as_ref().is_some_and(|text| text.trim().is_empty()) {
            let message = "this must tell people what they allow, such as \"Read your mail\"; without it, they are told the name";
            return Err(object.mistake(Some("description"), None, message));
        }
        let is_for_strangers: Option<bool> = object.get("strangers", "true or false")?;
        Ok(Self { name, description, is_for_strangers: is_for_strangers == Some(true) })
    }

    /// Declares it, for as long as the program runs.
    fn declare(self, offer: &mut Offer) {
        let name: &'static str = self.name.leak();
        offer.scopes.push(match self.description {
            Some(text) => Scope::described(name, text.leak()),
            None => Scope::new(name),
        });
        offer.unverified_scopes.extend(self.is_for_strangers.then_some(name));
    }
}
