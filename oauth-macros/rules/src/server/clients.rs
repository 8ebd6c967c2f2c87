//! The clients of a server: how they authenticate, and the origins of their pages.

use super::{At, Mistake, Mistakes, ServerModel};
use crate::strangers::clients_with_documents_may_be_public;
use crate::{origin, profile};

rules! { "authorization_server" {
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
} }

impl ServerModel<'_> {
    pub(super) fn judge_auth_methods(&self, mistakes: &mut Mistakes<'_>) {
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

    pub(super) fn judge_origins(&self, mistakes: &mut Mistakes<'_>) {
        mistakes.repeated(&origin::an_origin_is_given_once, self.allowed_origins, At::Origin);
        for (index, text) in self.allowed_origins.iter().enumerate() {
            if let Err((rule, words)) = origin::check(text) {
                mistakes.0.push(Mistake { rule, at: At::Origin(index), words });
            }
        }
    }
}
