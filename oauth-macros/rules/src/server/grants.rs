//! The grants of a server, its response types, and the arguments that only some grants read.

use super::{At, Grants, Mistakes, ServerModel};
use crate::response_type::has;
use crate::{Rule, openid};

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
} }

pub(super) fn judge_grants(grants: Grants, mistakes: &mut Mistakes<'_>) {
    if grants.refresh_token && !grants.issue_refresh_tokens {
        let rule = &rfc6749_section_4_4_3_refresh_tokens_have_a_grant_that_issues_them;
        mistakes.push(rule, At::Grant("refresh_token"), &[]);
    }
}

impl ServerModel<'_> {
    pub(super) fn judge_arguments<'a>(&'a self, mistakes: &mut Mistakes<'a>) {
        for (name, of) in self.arguments {
            if *of == "openid" && !self.is_openid {
                let rule = &openid::oidc_core_section_3_1_2_1_the_lifetime_of_id_tokens_has_a_provider;
                mistakes.push(rule, At::Argument(name), &[]);
            } else if self.grants.is_some_and(|grants| !grants.has(of)) {
                mistakes.push(&an_argument_has_its_grant, At::Argument(name), &[name, of]);
            }
        }
    }

    /// Grants with a mistake are not there: nothing is judged by them.
    pub(super) fn judge_response_types(&self, mistakes: &mut Mistakes<'_>) {
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
