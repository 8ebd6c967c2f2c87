//! The scopes of a server, those of strangers among them, and the resources that know them.

use alloc::format;

use super::{At, Mistake, Mistakes, ServerModel};
use crate::strangers::{
    rfc7591_section_2_scopes_of_strangers_are_declared,
    rfc7591_section_2_strangers_have_scopes_that_were_named,
};
use crate::text::is_equal;
use crate::{Broken, profile, resource_indicator};

rules! { "authorization_server" {
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
    /// OpenID Connect Core §3: "Authentication is performed to log in the End-User or to determine that the End-User is already logged
    /// in". A program is never logged in.
    ///
    /// - refused: `grants(client_credentials), scopes("openid"), issuer`
    /// - accepted: `#[authorization_server(grants(authorization_code), scopes("openid", "profile"))]`
    both oidc_core_section_3_openid_is_asked_for_where_people_log_in = "`openid` asks who has logged in, and no grant here is for people (OpenID Connect Core §3): add the grant `authorization_code`, or remove `openid`";
    /// OpenID Connect Core §3.1.2.1: "OpenID Connect requests MUST contain the "openid" scope value": one that has no scope is none of
    /// them.
    ///
    /// - refused: `default_scopes("openid")`
    /// - accepted: `default_scopes("profile")`
    both oidc_core_section_3_1_2_1_openid_is_no_default = "the default scope `openid` makes an OpenID request of one that does not ask for it (OpenID Connect Core §3.1.2.1): name another default, such as `\"profile\"`; clients that log people in ask for `openid`";
    /// OpenID Connect Core §11: an "offline_access" that nobody asked for cannot have been consented to.
    ///
    /// - refused: `default_scopes("offline_access")`
    /// - accepted: `default_scopes("profile")`
    both oidc_core_section_11_offline_access_is_no_default = "the default scope `offline_access` asks for access while nobody is there, on behalf of clients that did not ask (OpenID Connect Core §11): name another default, such as `\"profile\"`";
} }

impl ServerModel<'_> {
    pub(super) fn judge_scopes(&self, mistakes: &mut Mistakes<'_>) {
        let has_refresh_tokens = self.grants.is_none_or(|grants| grants.refresh_token);
        if self.scopes.contains(&"offline_access") && !has_refresh_tokens {
            let rule = &oidc_core_section_11_offline_access_needs_refresh_tokens;
            mistakes.push(rule, At::Scope("offline_access"), &[]);
        }
        self.judge_openid_scope(mistakes);
        for (index, name) in self.default_scopes.iter().enumerate() {
            if let Err(broken) = check_default(name) {
                mistakes.push(broken.rule, At::DefaultScope(index), &[]);
            }
        }
        let undeclared =
            self.default_scopes.iter().enumerate().filter(|(_, name)| !self.scopes.contains(name));
        for (index, name) in undeclared.filter(|_| self.are_scopes_known) {
            let rule = &rfc6749_section_3_3_default_scopes_are_declared;
            mistakes.push(rule, At::DefaultScope(index), &[name, &": declare it, or remove it"]);
        }
    }

    /// Where the profile has its words, they are better.
    fn judge_openid_scope(&self, mistakes: &mut Mistakes<'_>) {
        let has_words = self.profile.is_some_and(|profile| {
            profile.rules.contains(&&profile::oidc_core_section_3_an_openid_provider_authenticates_people)
        });
        let is_for_programs = self.grants.is_some_and(|grants| !grants.people);
        if self.scopes.contains(&"openid") && is_for_programs && !has_words {
            let rule = &oidc_core_section_3_openid_is_asked_for_where_people_log_in;
            mistakes.push(rule, At::Scope("openid"), &[]);
        }
    }

    pub(super) fn judge_strangers(&self, mistakes: &mut Mistakes<'_>) {
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

    pub(super) fn judge_resources(&self, mistakes: &mut Mistakes<'_>) {
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
}

/// Judges a default scope.
///
/// # Errors
///
/// The rule that it breaks: it has to be asked for.
pub const fn check_default(name: &str) -> Result<(), Broken> {
    if is_equal(name.as_bytes(), b"openid") {
        Err(Broken::new(&oidc_core_section_3_1_2_1_openid_is_no_default))
    } else if is_equal(name.as_bytes(), b"offline_access") {
        Err(Broken::new(&oidc_core_section_11_offline_access_is_no_default))
    } else {
        Ok(())
    }
}
