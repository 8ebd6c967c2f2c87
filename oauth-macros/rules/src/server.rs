//! A server as plain data, and the rules that its parts must keep together. The macros make it of attributes, and the start of a
//! server of its constants: what the one cannot know, the other judges, in the same words.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::lifetime::Limits;
use crate::profile::{self, ProfileRules};
use crate::response_type::has;
use crate::strangers::{
    Strangers, clients_with_documents_may_be_public, rfc7591_section_2_scopes_of_strangers_are_declared,
    rfc7591_section_2_strangers_have_scopes_that_were_named,
};
use crate::{Rule, dpop, grant, list, openid, origin, path, resource_indicator, scope, start_up, step_up};

rules! { "authorization_server" {
    /// RFC 6749 §6 uses a refresh token, and §4.4.3 gives none with client credentials: another grant must issue it.
    ///
    /// - refused: `grants(client_credentials, refresh_token)`
    /// - accepted: `grants(authorization_code, refresh_token, device_code, jwt_bearer)`
    both rfc6749_section_4_4_3_refresh_tokens_have_a_grant_that_issues_them = "no grant here issues refresh tokens, and `client_credentials` must not (RFC 6749 §4.4.3): add `authorization_code`, or remove `refresh_token`";
    /// An argument of a grant that is not here would be read by nobody.
    ///
    /// - refused: `code_lifetime = "60s"`
    /// - accepted: `code_lifetime = "30s"`
    both an_argument_has_its_grant = "`{}` has no effect without the grant `{}`: add the grant, or remove this";
    /// - refused: `"code", code`
    /// - accepted: `response_types("code", "none")`
    both a_response_type_is_given_once = "the response type `{}` is given twice: keep one";
    /// RFC 6749 §4.1: `code` begins the authorization code grant.
    ///
    /// - refused: `response_types("code", "none")`
    /// - accepted: `response_types("code", "none")`
    both rfc6749_section_4_1_the_response_type_code_has_its_grant = "the response type `{}` yields a code (RFC 6749 §4.1): add the grant `authorization_code`, or remove this";
    /// RFC 6749 §4.2: `token` begins the implicit grant.
    ///
    /// - refused: `"code token"`
    /// - accepted: `response_types("code", "token")`
    both rfc6749_section_4_2_the_response_type_token_has_its_grant = "the response type `{}` puts an access token into a URL (RFC 6749 §4.2): remove this, or add the grant `implicit` and `profile = \"oauth2.0\"`";
    /// RFC 6749 §3.1.1.
    ///
    /// - refused: `response_types("code", "none")`
    /// - accepted: `response_types("code", "none")`
    both rfc6749_section_3_1_1_the_response_type_none_has_its_endpoint = "the response type `{}` is one of the authorization endpoint (RFC 6749 §3.1.1), which no grant here uses: add `authorization_code`, or remove this";
    /// OpenID Connect Core §3.2.2.1.
    ///
    /// - refused: `"id_token code"`
    /// - accepted: `response_types("code", "id_token code", "none")`
    both oidc_core_section_3_2_2_1_the_response_type_id_token_has_its_provider = "the response type `{}` yields an ID token (OpenID Connect Core §3.2.2.1): add `\"openid\"` to `scopes(…)`, or remove this";
    /// RFC 6749 §4.1.1: `response_type` "MUST be set to "code"", or to one with it: else nobody gets a code.
    ///
    /// - refused: `response_types("none")`
    /// - accepted: `response_types("code", "none")`
    both rfc6749_section_4_1_1_the_grant_authorization_code_has_a_response_type = "no response type of `response_types(…)` yields a code, so that nobody can use the grant `authorization_code` (RFC 6749 §4.1.1): add `\"code\"` there, or remove the grant";
    /// RFC 6749 §4.2.1: `response_type` "MUST be set to "token"", or to one with it or with `id_token`: else nothing comes back.
    ///
    /// - refused: `response_types("code")`
    /// - accepted: `response_types("code", "token")`
    both rfc6749_section_4_2_1_the_grant_implicit_has_a_response_type = "no response type of `response_types(…)` yields a token, so that nobody can use the grant `implicit` (RFC 6749 §4.2.1): add `\"token\"` there, or remove the grant";
    /// - refused: `"private_key_jwt", "private_key_jwt"`
    /// - accepted: `"client_secret_jwt", "private_key_jwt"`
    both a_client_authentication_method_is_given_once = "the client authentication method `{}` is given twice: keep one";
    /// RFC 6749 §4.4: "The client credentials grant type MUST only be used by confidential clients."
    ///
    /// - refused: `token_endpoint_auth_methods("none")`
    /// - accepted: `grants(client_credentials)`
    both rfc6749_section_4_4_clients_that_get_tokens_for_themselves_authenticate = "the grant `client_credentials` is for clients that authenticate (RFC 6749 §4.4), and with `none` alone nobody does: add `\"client_secret_basic\"` or `\"private_key_jwt\"`, or remove the grant";
    /// RFC 7662 §2.1: "the endpoint MUST also require some form of authorization to access this endpoint".
    ///
    /// - refused: `token_endpoint_auth_methods("none")`
    /// - accepted: `endpoints(introspection = off)`
    both rfc7662_section_2_1_who_introspects_authenticates = "the introspection endpoint answers only those who authenticate (RFC 7662 §2.1), and with `none` alone nobody does: add `endpoints(introspection = off)`, or another method here";
    /// RFC 6749 §3.3: without `scope`, "the authorization server MUST either process the request using a pre-defined default value
    /// or fail the request": a default that nobody may ask for is none.
    ///
    /// - refused: `default_scopes("profil"`
    /// - accepted: `default_scopes("profile")`
    both rfc6749_section_3_3_default_scopes_are_declared = "the default scope `{}` is not among `scopes(…)` (RFC 6749 §3.3){}";
    /// OpenID Connect Core §11: it "requests that an OAuth 2.0 Refresh Token be issued".
    ///
    /// - refused: `scopes("offline_access")`
    /// - accepted: `scopes("profile", "offline_access")`
    both oidc_core_section_11_offline_access_needs_refresh_tokens = "`offline_access` asks for a refresh token (OpenID Connect Core §11): add the grant `refresh_token`, or remove it";
    /// RFC 6749 §3.2: the parameters of a token request are in its body.
    ///
    /// - refused: `body_limit = 0`
    /// - accepted: `body_limit = 16384`
    both a_server_reads_bodies = "`body_limit` is zero: no token request would be read; the default is 65536 bytes";
} }

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
    /// The largest body it reads.
    pub body_limit: Option<usize>,
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
}

impl Grants {
    /// A summary of standard grants, and of whether there are others, which are asked for at the token
    /// endpoint.
    pub fn of<'a>(standard: impl IntoIterator<Item = &'a grant::StandardGrant>, has_others: bool) -> Self {
        let mut grants = Self { issue_refresh_tokens: has_others, ..Self::default() };
        for grant in standard {
            grants.codes |= grant.name == "authorization_code";
            grants.tokens_in_urls |= grant.name == "implicit";
            grants.client_credentials |= grant.name == "client_credentials";
            grants.password |= grant.name == "password";
            grants.device_code |= grant.name == "device_code";
            grants.refresh_token |= grant.name == "refresh_token";
            grants.authorization_endpoint |= grant.uses_authorization_endpoint;
            grants.issue_refresh_tokens |= grant.issues_refresh_tokens;
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

    fn judge_arguments<'a>(&'a self, mistakes: &mut Mistakes<'a>) {
        for (name, of) in self.arguments {
            if *of == "openid" && !self.is_openid {
                let rule = &openid::oidc_core_section_3_1_2_1_the_lifetime_of_id_tokens_has_a_provider;
                mistakes.push(rule, At::Argument(name), &[]);
            } else if self.grants.is_some_and(|grants| !grants.has(of)) {
                mistakes.push(&an_argument_has_its_grant, At::Argument(name), &[name, of]);
            }
        }
    }

    fn judge_scopes(&self, mistakes: &mut Mistakes<'_>) {
        let has_refresh_tokens = self.grants.is_none_or(|grants| grants.refresh_token);
        if self.scopes.contains(&"offline_access") && !has_refresh_tokens {
            let rule = &oidc_core_section_11_offline_access_needs_refresh_tokens;
            mistakes.push(rule, At::Scope("offline_access"), &[]);
        }
        let undeclared =
            self.default_scopes.iter().enumerate().filter(|(_, name)| !self.scopes.contains(name));
        for (index, name) in undeclared.filter(|_| self.are_scopes_known) {
            let rule = &rfc6749_section_3_3_default_scopes_are_declared;
            mistakes.push(rule, At::DefaultScope(index), &[name, &": declare it, or remove it"]);
        }
    }

    fn judge_strangers(&self, mistakes: &mut Mistakes<'_>) {
        let named = self.strangers.scopes.into_iter().flatten();
        let undeclared = named.filter(|name| !self.scopes.contains(name));
        for name in undeclared.filter(|_| self.are_scopes_known) {
            let rule = &rfc7591_section_2_scopes_of_strangers_are_declared;
            mistakes.push(rule, At::Argument("unverified_scopes"), &[name, &": declare it, or remove it"]);
        }
        // Without the grant that begins with a person, they get nothing.
        if let Some((way, words)) = self.strangers.unbounded()
            && self.grants.is_none_or(|grants| grants.codes)
        {
            let rule = &rfc7591_section_2_strangers_have_scopes_that_were_named;
            mistakes.0.push(Mistake { rule, at: At::Argument(way), words });
        }
    }

    fn judge_resources(&self, mistakes: &mut Mistakes<'_>) {
        for (position, resource) in self.resources.iter().enumerate() {
            let (at, uri) = (At::Resource(resource.index), resource.uri);
            if let Err(broken) = resource_indicator::check(uri) {
                let words = format!("the resource `{}` {broken}", uri.escape_debug());
                mistakes.0.push(Mistake { rule: broken.rule, at, words });
                continue;
            }
            let mut earlier = self.resources.iter().take(position);
            if earlier.any(|earlier| resource_indicator::is_same(earlier.uri, uri)) {
                let rule = &resource_indicator::rfc8707_section_2_a_resource_is_declared_once;
                mistakes.push(rule, at, &[&uri]);
            }
            let mut undeclared = resource.scopes.iter().filter(|name| !self.scopes.contains(name));
            if let Some(name) = undeclared.next().filter(|_| self.are_scopes_known) {
                let rule = &resource_indicator::rfc8707_section_2_2_the_scopes_of_a_resource_are_declared;
                mistakes.push(rule, at, &[&uri, name]);
            }
        }
    }

    /// Grants with a mistake are not there: nothing is judged by them.
    fn judge_response_types(&self, mistakes: &mut Mistakes<'_>) {
        let earlier = mistakes.0.len();
        mistakes.repeated(&a_response_type_is_given_once, self.response_types, At::ResponseType);
        for (index, name) in self.response_types.iter().enumerate() {
            let at = At::ResponseType(index);
            if let Some(rule) = self.grants.and_then(|grants| lacks_a_grant(name, grants)) {
                mistakes.push(rule, at, &[name]);
            }
            if has(name, "id_token") && !self.is_openid && self.signs_id_tokens != Some(true) {
                let rule = &oidc_core_section_3_2_2_1_the_response_type_id_token_has_its_provider;
                mistakes.push(rule, at, &[name]);
            }
        }
        // With another response type, the grant may be served.
        let are_right = self.are_response_types_known && mistakes.0.len() == earlier;
        let Some(grants) = self.grants.filter(|_| are_right) else { return };
        let is_served =
            |words: &[&str]| self.response_types.iter().any(|name| words.iter().any(|word| has(name, word)));
        if grants.codes && !is_served(&["code"]) {
            let rule = &rfc6749_section_4_1_1_the_grant_authorization_code_has_a_response_type;
            mistakes.push(rule, At::Grant("authorization_code"), &[]);
        }
        if grants.tokens_in_urls && !is_served(&["token", "id_token"]) {
            let rule = &rfc6749_section_4_2_1_the_grant_implicit_has_a_response_type;
            mistakes.push(rule, At::Grant("implicit"), &[]);
        }
    }

    fn judge_values(&self, mistakes: &mut Mistakes<'_>) {
        for (limits, seconds, written) in self.durations {
            if let Err((rule, words)) = limits.check(*seconds, written) {
                mistakes.0.push(Mistake { rule, at: At::Value(limits.name), words });
            }
        }
        if self.body_limit == Some(0) {
            mistakes.push(&a_server_reads_bodies, At::Value("body_limit"), &[]);
        }
    }

    fn judge_auth_methods(&self, mistakes: &mut Mistakes<'_>) {
        mistakes.repeated(&a_client_authentication_method_is_given_once, self.auth_methods, At::AuthMethod);
        let lacks_public = self.are_auth_methods_known && !self.auth_methods.contains(&"none");
        if self.has_client_documents && lacks_public && !self.follows(&profile::fapi2::PROFILE) {
            let at = At::Argument("client_id_metadata_documents");
            mistakes.push(&clients_with_documents_may_be_public, at, &[]);
        }
        let nobody_authenticates =
            self.are_auth_methods_known && self.auth_methods.iter().all(|name| *name == "none");
        if !nobody_authenticates {
            return;
        }
        let rule = if self.grants.is_some_and(|grants| grants.client_credentials) {
            &rfc6749_section_4_4_clients_that_get_tokens_for_themselves_authenticate
        } else if self.has_introspection {
            &rfc7662_section_2_1_who_introspects_authenticates
        } else {
            return;
        };
        mistakes.push(rule, At::AuthMethod(0), &[]);
    }

    fn judge_origins(&self, mistakes: &mut Mistakes<'_>) {
        mistakes.repeated(&origin::an_origin_is_given_once, self.allowed_origins, At::Origin);
        for (index, text) in self.allowed_origins.iter().enumerate() {
            if let Err((rule, words)) = origin::check(text) {
                mistakes.0.push(Mistake { rule, at: At::Origin(index), words });
            }
        }
    }

    fn judge_acr_values(&self, mistakes: &mut Mistakes<'_>) {
        mistakes.repeated(&step_up::an_acr_is_given_once, self.acr_values, At::AcrValue);
        for (index, acr) in self.acr_values.iter().enumerate() {
            if let Err((rule, words)) = step_up::check(acr) {
                mistakes.0.push(Mistake { rule, at: At::AcrValue(index), words });
            }
        }
    }

    fn judge_openid<'a>(&'a self, mistakes: &mut Mistakes<'a>) {
        if self.scopes.contains(&"openid") && self.signs_id_tokens == Some(false) {
            mistakes.push(
                &openid::oidc_core_section_2_something_signs_the_id_tokens,
                At::Scope("openid"),
                &[],
            );
        }
        if self.is_openid {
            return;
        }
        if self.signs_id_tokens == Some(true) {
            let rule = &openid::oidc_core_section_3_1_2_1_a_signer_of_id_tokens_needs_openid;
            mistakes.push(rule, At::Field("id_token"), &[]);
        }
        for (mark, does) in self.openid_fields {
            let rule = &openid::oidc_core_section_3_1_2_1_a_field_of_openid_needs_openid;
            mistakes.push(rule, At::Field(mark), &[does]);
        }
    }

    fn judge_dpop(&self, mistakes: &mut Mistakes<'_>) {
        let lacking = match self.dpop {
            _ if !self.has_nonce_key => return,
            None => "the server binds no tokens: add `dpop` to `#[authorization_server(…)]`",
            Some("off") => "none are handed out: write `dpop(nonces = \"healing\")`",
            Some(_) => return,
        };
        let rule = &dpop::rfc9449_section_8_a_key_of_nonces_makes_some;
        mistakes.push(rule, At::Field("dpop_nonce_key"), &[&lacking]);
    }

    fn follows(&self, profile: &ProfileRules) -> bool {
        self.profile.is_some_and(|own| own == profile)
    }

    fn judge_profile<'a>(&'a self, mistakes: &mut Mistakes<'a>) {
        let Some(profile) = self.profile else { return };
        if self.follows(&profile::fapi2::PROFILE) {
            profile::fapi2::judge(self, mistakes);
        }
        for rule in profile.rules {
            let broken = match self.grants {
                _ if *rule == &profile::oidc_core_section_3_1_2_1_the_profile_openid_has_its_scope => {
                    let is_meant = self.is_openid || self.signs_id_tokens == Some(true);
                    (!is_meant).then_some(At::Argument("profile"))
                }
                _ if *rule == &profile::rfc8707_section_2_a_server_of_mcp_declares_its_resources => {
                    (!self.has_resources).then_some(At::Argument("profile"))
                }
                Some(grants) => breaks(rule, grants),
                None => None,
            };
            match broken {
                Some(At::Grant(grant)) => {
                    let words = self.refused(grant, rule);
                    mistakes.0.push(Mistake { rule, at: At::Grant(grant), words });
                }
                Some(at) => mistakes.push(rule, at, &[]),
                None => {}
            }
        }
    }

    fn refused(&self, grant: &str, rule: &Rule) -> String {
        let (reason, instead) = (rule.words, "for clients that cannot change, add `profile = \"oauth2.0\"`");
        match self.preset {
            Some(preset) => format!(
                "the preset `{preset}` has the grant `{grant}`, which {reason}\nwrite `preset = \"web_application\"`; {instead}"
            ),
            None => format!("the grant `{grant}` {reason}\nwrite `authorization_code`; {instead}"),
        }
    }
}

fn judge_grants(grants: Grants, mistakes: &mut Mistakes<'_>) {
    if grants.refresh_token && !grants.issue_refresh_tokens {
        let rule = &rfc6749_section_4_4_3_refresh_tokens_have_a_grant_that_issues_them;
        mistakes.push(rule, At::Grant("refresh_token"), &[]);
    }
}

/// The part in which grants break a rule of a profile.
fn breaks(rule: &Rule, grants: Grants) -> Option<At<'static>> {
    if rule == &profile::rfc9700_section_2_1_2_access_tokens_stay_out_of_urls {
        return grants.tokens_in_urls.then_some(At::Grant("implicit"));
    }
    if rule == &profile::rfc9700_section_2_4_passwords_are_not_for_clients {
        return grants.password.then_some(At::Grant("password"));
    }
    if rule == &profile::oidc_core_section_3_an_openid_provider_authenticates_people {
        return (!grants.authorization_endpoint).then_some(At::Argument("profile"));
    }
    if rule == &profile::rfc6749_section_4_1_clients_of_mcp_come_with_a_code {
        return (!grants.codes).then_some(At::Argument("profile"));
    }
    None
}

/// The rule that a response type breaks for want of a grant.
fn lacks_a_grant(name: &str, grants: Grants) -> Option<&'static Rule> {
    if has(name, "code") && !grants.codes {
        Some(&rfc6749_section_4_1_the_response_type_code_has_its_grant)
    } else if has(name, "token") && !grants.tokens_in_urls {
        Some(&rfc6749_section_4_2_the_response_type_token_has_its_grant)
    } else if !grants.authorization_endpoint {
        Some(&rfc6749_section_3_1_1_the_response_type_none_has_its_endpoint)
    } else {
        None
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
