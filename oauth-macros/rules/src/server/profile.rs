//! The profile of a server, and what it is besides: an OpenID provider, one that asks for logins of a class, one that binds tokens.

use alloc::format;
use alloc::string::String;

use super::{At, Grants, Mistake, Mistakes, ServerModel};
use crate::profile::{self, ProfileRules};
use crate::{Rule, dpop, openid, step_up};

impl ServerModel<'_> {
    pub(super) fn judge_acr_values(&self, mistakes: &mut Mistakes<'_>) {
        mistakes.repeated(&step_up::an_acr_is_given_once, self.acr_values, At::AcrValue);
        for (index, acr) in self.acr_values.iter().enumerate() {
            if let Err((rule, words)) = step_up::check(acr) {
                mistakes.0.push(Mistake { rule, at: At::AcrValue(index), words });
            }
        }
    }

    pub(super) fn judge_openid<'a>(&'a self, mistakes: &mut Mistakes<'a>) {
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

    pub(super) fn judge_dpop(&self, mistakes: &mut Mistakes<'_>) {
        let lacking = match self.dpop {
            _ if !self.has_nonce_key => return,
            None => "the server binds no tokens: add `dpop` to `#[authorization_server(…)]`",
            Some("off") => "none are handed out: write `dpop(nonces = \"healing\")`",
            Some(_) => return,
        };
        let rule = &dpop::rfc9449_section_8_a_key_of_nonces_makes_some;
        mistakes.push(rule, At::Field("dpop_nonce_key"), &[&lacking]);
    }

    pub(super) fn follows(&self, profile: &ProfileRules) -> bool {
        self.profile.is_some_and(|own| own == profile)
    }

    pub(super) fn judge_profile<'a>(&'a self, mistakes: &mut Mistakes<'a>) {
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
