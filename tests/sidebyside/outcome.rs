//! An answer, as far as a client can tell.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::wire::Reply;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Success,
    /// The introspected token is not active.
    Inactive,
    Error(String),
    /// An error page: its text is for people.
    Refused,
    /// There is no such endpoint.
    NotFound,
    /// An exception out of oauthlib.
    Crash(String),
}

/// The place of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Page,
    Query,
    Fragment,
    Json,
    Nothing,
}

#[derive(Debug, Clone)]
pub(crate) struct Outcome {
    pub(crate) kind: Kind,
    pub(crate) place: Place,
    pub(crate) status: u16,
    /// The members of the JSON object, or of the redirect.
    pub(crate) members: BTreeMap<String, String>,
    /// The redirect URI without its parameters.
    pub(crate) target: String,
}

impl Outcome {
    pub(crate) fn of(reply: &Reply) -> Self {
        let location = reply.header("location");
        let (place, target, members) = if !location.is_empty() {
            let (rest, fragment) = location.split_once('#').unzip();
            let (rest, query) = rest.unwrap_or(location).split_once('?').unzip();
            let place = if fragment.is_some() { Place::Fragment } else { Place::Query };
            let target = rest.unwrap_or(location.split(['?', '#']).next().unwrap_or_default());
            let parameters = [query, fragment].into_iter().flatten().collect::<Vec<_>>().join("&");
            (place, target, form_urlencoded::parse(parameters.as_bytes()).into_owned().collect())
        } else if reply.header("content-type").starts_with("application/json") {
            (Place::Json, "", members(&reply.body))
        } else if reply.body.is_empty() {
            (Place::Nothing, "", BTreeMap::new())
        } else {
            (Place::Page, "", BTreeMap::new())
        };
        let kind = match (members.get("crash"), members.get("error")) {
            (Some(exception), _) => Kind::Crash(exception.clone()),
            (_, Some(error)) => Kind::Error(error.clone()),
            _ if reply.status == 404 => Kind::NotFound,
            _ if reply.status >= 400 => Kind::Refused,
            _ if members.get("active").is_some_and(|active| active == "false") => Kind::Inactive,
            _ => Kind::Success,
        };
        Self { kind, place, status: reply.status, members, target: target.to_owned() }
    }

    pub(crate) fn error(&self) -> Option<&str> {
        match &self.kind {
            Kind::Error(code) => Some(code),
            _ => None,
        }
    }
}

fn members(json: &str) -> BTreeMap<String, String> {
    let json: serde_json::Map<String, Value> = serde_json::from_str(json).unwrap();
    let text = |value: Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    json.into_iter().map(|(name, value)| (name, text(value))).collect()
}

/// One thing in which two answers differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Difference {
    /// Success, or the error code.
    Kind,
    Place,
    Status,
    Target,
    /// A member that one side has and the other lacks.
    OnlyOauthlib(String),
    OnlyOurs(String),
    /// A member that both sides have, with another value.
    Value(String),
}

/// Members whose value is the same on both sides. Codes and tokens are each side's own, and so are times and descriptions.
const COMPARED: [&str; 8] =
    ["state", "scope", "token_type", "expires_in", "interval", "active", "client_id", "sub"];

/// All differences. Where one succeeds and the other fails, or with another error, the rest says nothing more.
pub(crate) fn differences(oauthlib: &Outcome, ours: &Outcome) -> Vec<Difference> {
    match (&oauthlib.kind, &ours.kind) {
        (Kind::NotFound, Kind::NotFound) => return Vec::new(),
        (one, other) if one != other => return vec![Difference::Kind],
        _ => {}
    }
    let mut found = Vec::new();
    let mut note = |differs: bool, difference: Difference| found.extend(differs.then_some(difference));
    note(oauthlib.place != ours.place, Difference::Place);
    note(oauthlib.status != ours.status, Difference::Status);
    note(oauthlib.target != ours.target, Difference::Target);
    for name in oauthlib.members.keys().filter(|name| !ours.members.contains_key(*name)) {
        note(true, Difference::OnlyOauthlib(name.clone()));
    }
    for (name, value) in &ours.members {
        match oauthlib.members.get(name) {
            None => note(true, Difference::OnlyOurs(name.clone())),
            Some(other) if COMPARED.contains(&name.as_str()) => {
                note(sorted(name, value) != sorted(name, other), Difference::Value(name.clone()));
            }
            Some(_) => {}
        }
    }
    found
}

/// RFC 6749 §3.3: the order of scopes does not matter.
fn sorted<'a>(name: &str, value: &'a str) -> Vec<&'a str> {
    let mut words = if name == "scope" { value.split(' ').collect() } else { vec![value] };
    words.sort_unstable();
    words
}
