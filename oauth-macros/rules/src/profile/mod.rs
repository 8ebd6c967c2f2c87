//! The specification that a server follows, as a set of rules over the same model. A further profile is a
//! file here, its line in [`ALL`] and a variant of the run-time `Profile`.

pub mod fapi2;
pub mod mcp;
pub mod oauth2_0;
pub mod oauth2_1;
pub mod openid;

use crate::Rule;

rules! { "authorization_server" {
    /// RFC 9700 §2.1.2: "clients SHOULD NOT use the implicit grant (response type "token") or other response types issuing access
    /// tokens in the authorization response".
    ///
    /// - refused: `grants(implicit, password)`
    /// - accepted: `profile = "oauth2.0"`
    both rfc9700_section_2_1_2_access_tokens_stay_out_of_urls = "puts access tokens into URLs, where logs and histories keep them, and is gone from OAuth 2.1 (RFC 9700 §2.1.2)";
    /// RFC 9700 §2.4: "The resource owner password credentials grant […] MUST NOT be used."
    ///
    /// - refused: `grants(authorization_code, password, refresh_token)`
    /// - accepted: `profile = "oauth2.0"`
    both rfc9700_section_2_4_passwords_are_not_for_clients = "shows people's passwords to clients and must not be used (RFC 9700 §2.4)";
    /// OpenID Connect Core §3: "Authentication can follow one of three paths", each of which begins at the authorization
    /// endpoint.
    ///
    /// - refused: `profile = "openid", grants(password)`
    /// - accepted: `profile = "openid"`
    both oidc_core_section_3_an_openid_provider_authenticates_people = "an OpenID provider authenticates people at the authorization endpoint (OpenID Connect Core §3), and no grant here uses it: add `authorization_code`";
    /// OpenID Connect Core §3.1.2.1: "OpenID Connect requests MUST contain the "openid" scope value."
    ///
    /// - refused: `profile = "openid"`
    /// - accepted: `scopes("openid", "profile" = "See your name", Calendar, Offline)`
    both oidc_core_section_3_1_2_1_the_profile_openid_has_its_scope = "every OpenID request has the scope `openid` (OpenID Connect Core §3.1.2.1): add it to `scopes(…)`";
    /// MCP authorization, 2026-07-28: its clients are applications of people, which use the authorization code grant.
    ///
    /// - refused: `profile = "mcp", grants(client_credentials)`
    /// - accepted: `profile = "mcp"`
    both rfc6749_section_4_1_clients_of_mcp_come_with_a_code = "clients of MCP send people to the authorization endpoint (RFC 6749 §4.1), and no grant here uses it: add `authorization_code`";
    /// RFC 8707 §2, as MCP authorization has it: clients "MUST" send `resource`, "the canonical URI of the MCP server".
    ///
    /// - refused: `profile = "mcp", grants(client_credentials)`
    /// - accepted: `profile = "mcp"`
    both rfc8707_section_2_a_server_of_mcp_declares_its_resources = "clients of MCP name the server that they want a token for (RFC 8707 §2): add `resources(\"https://mcp.example.com\")`";
    /// - refused: `profile = "oauth2"`
    /// - accepted: `profile = "openid"`
    error a_profile_is_a_known_one = "there is no profile `{}`{}\nthe profiles are {}";
} }

/// A specification that a server follows.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProfileRules {
    /// The value of the argument.
    pub name: &'static str,
    /// The variant of the run-time `Profile`.
    pub variant: &'static str,
    /// The title of the specification.
    pub title: &'static str,
    /// The documents and rules that it denies, as `deny(…)` takes them.
    pub denies: &'static [&'static str],
    /// The rules that it demands beyond those of every server.
    pub rules: &'static [&'static Rule],
}

/// Every profile.
pub const ALL: &[&ProfileRules] =
    &[&oauth2_1::PROFILE, &oauth2_0::PROFILE, &openid::PROFILE, &mcp::PROFILE, &fapi2::PROFILE];

/// The profile of a server that names none.
pub const DEFAULT: &ProfileRules = &oauth2_1::PROFILE;

impl ProfileRules {
    /// The profile of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        ALL.iter().copied().find(|profile| profile.name == name)
    }

    /// Tells whether the profile demands a rule.
    pub fn demands(&self, rule: &Rule) -> bool {
        self.rules.contains(&rule)
    }
}
