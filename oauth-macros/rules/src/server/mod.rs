//! A server as plain data, and the rules that its parts must keep together. The macros make it of attributes, and the start of a
//! server of its constants: what the one cannot know, the other judges, in the same words.

pub mod clients;
pub mod grants;
mod profile;
pub mod scopes;
pub mod values;

use alloc::string::String;
use alloc::vec::Vec;

use self::grants::judge_grants;
use crate::lifetime::Limits;
use crate::profile::ProfileRules;
use crate::strangers::Strangers;
use crate::{Rule, grant, list, path, scope, start_up};

/// A mistake of a server: the rule that it breaks, in which part, and in words.
#[derive(Debug)]
#[non_exhaustive]
pub struct Mistake<'a> {
    /// The rule.
    pub rule: &'static Rule,
    /// The part to which the words belong.
    pub at: At<'a>,
    /// The words.
    pub words: String,
}

/// A part of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum At<'a> {
    /// A standard grant, by its name.
    Grant(&'static str),
    /// A response type, by its place in the list.
    ResponseType(usize),
    /// A client authentication method, by its place in the list.
    AuthMethod(usize),
    /// An origin, by its place in the list.
    Origin(usize),
    /// A class of logins, by its place in the list.
    AcrValue(usize),
    /// A resource, by its place in the list.
    Resource(usize),
    /// A scope, by its name.
    Scope(&'a str),
    /// A default scope, by its place in the list.
    DefaultScope(usize),
    /// An argument, by its name.
    Argument(&'a str),
    /// The value of one.
    Value(&'a str),
    /// A field, by its mark.
    Field(&'a str),
}

/// A server, as far as its rules go. What is not known is not judged.
#[derive(Debug, Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is another question")]
pub struct ServerModel<'a> {
    /// The specification it follows.
    pub profile: Option<&'static ProfileRules>,
    /// The preset that its grants come from.
    pub preset: Option<&'a str>,
    /// The grants.
    pub grants: Option<Grants>,
    /// The response types that were given.
    pub response_types: &'a [&'a str],
    /// True if these response types are all, and at least one.
    pub are_response_types_known: bool,
    /// The scopes whose names are known.
    pub scopes: &'a [&'a str],
    /// True if the names of all scopes are known.
    pub are_scopes_known: bool,
    /// The default scopes.
    pub default_scopes: &'a [&'a str],
    /// The resources whose URIs are known.
    pub resources: &'a [Resource<'a>],
    /// The authentication methods of clients, where they were given.
    pub auth_methods: &'a [&'a str],
    /// True if these methods are all, and at least one.
    pub are_auth_methods_known: bool,
    /// True if the introspection endpoint is there.
    pub has_introspection: bool,
    /// Origins of the server's own.
    pub allowed_origins: &'a [&'a str],
    /// The classes of logins that it can ask for.
    pub acr_values: &'a [&'a str],
    /// True if the server issues ID tokens, or may have been meant to.
    pub is_openid: bool,
    /// True if something signs ID tokens.
    pub signs_id_tokens: Option<bool>,
    /// The fields that only an OpenID provider reads: their marks, and what such a provider does with them.
    pub openid_fields: &'a [(&'a str, &'a str)],
    /// The arguments that have no effect without something else, and what that is.
    pub arguments: &'a [(&'a str, &'a str)],
    /// The durations that were given, in seconds and as they are written.
    pub durations: &'a [(&'static Limits, u64, String)],
    /// The choice of nonces, where tokens are bound to keys.
    pub dpop: Option<&'a str>,
    /// True if some tokens are bound to keys; `None`: a profile sees to it.
    pub binds_tokens: Option<bool>,
    /// True if every authorization request must be pushed; `None`: a profile sees to it.
    pub demands_pushing: Option<bool>,
    /// The time until a pushed request must have been loaded, where it was given, in seconds and as it is written.
    pub pushed_expires_in: Option<(u64, String)>,
    /// True if there is a key of nonces.
    pub has_nonce_key: bool,
    /// True if there are resources, known or not.
    pub has_resources: bool,
    /// True if client identifiers may be URLs of metadata documents.
    pub has_client_documents: bool,
    /// The clients that come by themselves.
    pub strangers: Strangers<'a>,
    /// True if no duration has a mistake that is told already.
    pub are_durations_legible: bool,
    /// The lifetime of an access token in seconds, where it is known.
    pub access_token_lifetime: Option<u64>,
    /// The largest body it reads.
    pub body_limit: Option<u64>,
}

/// A resource of a server, as far as its rules go.
#[derive(Debug, Clone, Default)]
pub struct Resource<'a> {
    /// Its place in the list.
    pub index: usize,
    /// The URI.
    pub uri: &'a str,
    /// The scopes that it knows, as far as their names are known.
    pub scopes: Vec<&'a str>,
}

/// The grants of a server, as far as its rules go.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is another question")]
pub struct Grants {
    /// `authorization_code`, or another that yields codes.
    pub codes: bool,
    /// `implicit`, or another that puts access tokens into URLs.
    pub tokens_in_urls: bool,
    /// `client_credentials`.
    pub client_credentials: bool,
    /// `password`.
    pub password: bool,
    /// `device_code`.
    pub device_code: bool,
    /// `refresh_token`.
    pub refresh_token: bool,
    /// True if a grant begins at the authorization endpoint.
    pub authorization_endpoint: bool,
    /// True if a grant may issue refresh tokens.
    pub issue_refresh_tokens: bool,
    /// True if a grant may be for a person, and not only for programs.
    pub people: bool,
}

impl Grants {
    /// A summary of standard grants, and of whether there are others, which are asked for at the token
    /// endpoint.
    pub fn of<'a>(standard: impl IntoIterator<Item = &'a grant::StandardGrant>, has_others: bool) -> Self {
        let mut grants = Self { issue_refresh_tokens: has_others, people: has_others, ..Self::default() };
        for grant in standard {
            grants.codes |= grant.name == "authorization_code";
            grants.tokens_in_urls |= grant.name == "implicit";
            grants.client_credentials |= grant.name == "client_credentials";
            grants.password |= grant.name == "password";
            grants.device_code |= grant.name == "device_code";
            grants.refresh_token |= grant.name == "refresh_token";
            grants.authorization_endpoint |= grant.uses_authorization_endpoint;
            grants.issue_refresh_tokens |= grant.issues_refresh_tokens;
            grants.people |= !matches!(grant.name, "client_credentials" | "refresh_token");
        }
        grants
    }

    fn has(self, name: &str) -> bool {
        match name {
            "authorization_code" => self.codes,
            "device_code" => self.device_code,
            "refresh_token" => self.refresh_token,
            _ => true,
        }
    }
}

impl ServerModel<'_> {
    /// Everything that is wrong with it.
    pub fn mistakes(&self) -> Vec<Mistake<'_>> {
        let mut mistakes = Mistakes(Vec::new());
        if let Some(grants) = self.grants {
            judge_grants(grants, &mut mistakes);
        }
        self.judge_arguments(&mut mistakes);
        self.judge_scopes(&mut mistakes);
        self.judge_strangers(&mut mistakes);
        self.judge_resources(&mut mistakes);
        self.judge_response_types(&mut mistakes);
        self.judge_values(&mut mistakes);
        self.judge_auth_methods(&mut mistakes);
        self.judge_origins(&mut mistakes);
        self.judge_acr_values(&mut mistakes);
        self.judge_openid(&mut mistakes);
        self.judge_dpop(&mut mistakes);
        self.judge_profile(&mut mistakes);
        mistakes.0
    }
}

/// The mistakes that were found.
pub(crate) struct Mistakes<'a>(Vec<Mistake<'a>>);

impl<'a> Mistakes<'a> {
    pub(crate) fn push(&mut self, rule: &'static Rule, at: At<'a>, found: &[&dyn core::fmt::Display]) {
        self.0.push(Mistake { rule, at, words: rule.says(found) });
    }

    /// The entries that a list has twice.
    fn repeated(&mut self, rule: &'static Rule, names: &[&str], at: fn(usize) -> At<'a>) {
        for index in list::repeated(names) {
            let name = names.get(index).copied().unwrap_or_default();
            self.push(rule, at(index), &[&name]);
        }
    }
}

/// The scopes, the paths and the metadata members of a server by hand. The macros judge each where it is written.
pub fn judge_names(scopes: &[&str], paths: &[&str], members: &[&str]) -> Vec<String> {
    let malformed =
        scopes.iter().map(|name| scope::check(name)).chain(paths.iter().map(|text| path::check(text)));
    let twice = [
        (&scope::a_scope_is_declared_once, scopes),
        (&path::each_endpoint_has_its_own_path, paths),
        (&start_up::rfc8414_section_2_a_member_of_the_metadata_has_one_url, members),
    ];
    let twice = twice.into_iter().flat_map(|(rule, names)| {
        list::repeated(names)
            .filter_map(|index| names.get(index))
            .map(|name| rule.says(&[name]))
            .collect::<Vec<_>>()
    });
    malformed.filter_map(Result::err).chain(twice).collect()
}
