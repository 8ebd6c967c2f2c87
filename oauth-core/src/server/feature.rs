//! The features that a server has, as its report tells.

use super::{Feature, Report, Rule, RuleKind, exception};
use crate::client::{GrantType, ResponseType, SubjectType};
use crate::frame::{Profile, Route};
use crate::token::TokenFormat;

impl Report {
    /// Tells whether the server has a feature.
    pub fn has(&self, feature: Feature) -> bool {
        let routes = |route| self.endpoints.iter().any(|endpoint| endpoint.route == route);
        let grants = |grant_type: &GrantType| self.grants.contains(&grant_type.as_str());
        let authenticates = |name: &str| self.client_authentication.iter().any(|method| method == name);
        match feature {
            Feature::AuthorizationEndpoint => routes(Route::AUTHORIZATION),
            Feature::TokenEndpoint => routes(Route::TOKEN),
            Feature::AuthorizationCode => {
                grants(&GrantType::AUTHORIZATION_CODE) && self.response_types.contains(&ResponseType::CODE)
            }
            Feature::OptionalPkce => self.pkce_is_optional,
            Feature::Implicit => self.response_types.contains(&ResponseType::TOKEN),
            Feature::RefreshToken => grants(&GrantType::REFRESH_TOKEN),
            Feature::RefreshGrace => {
                grants(&GrantType::REFRESH_TOKEN) && self.lifetimes.refresh_token_grace.as_secs() > 0
            }
            Feature::Resources => !self.resources.is_empty(),
            Feature::ClientCredentials => grants(&GrantType::CLIENT_CREDENTIALS),
            Feature::DeviceCode => routes(Route::DEVICE_AUTHORIZATION),
            Feature::Password => grants(&GrantType::PASSWORD),
            Feature::OpenId => self.is_openid_provider,
            Feature::Userinfo => routes(Route::USERINFO),
            Feature::EndSession => routes(Route::END_SESSION),
            Feature::ClientSecretBasic => authenticates("client_secret_basic"),
            Feature::ClientSecretPost => authenticates("client_secret_post"),
            Feature::ClientAssertions => routes(Route::TOKEN) && authenticates("private_key_jwt"),
            Feature::ClientSecretJwt => authenticates("client_secret_jwt"),
            Feature::ConfidentialClients => self.client_authentication.iter().any(|method| method != "none"),
            Feature::PublicClients => authenticates("none"),
            Feature::Revocation => routes(Route::REVOCATION),
            Feature::Introspection => routes(Route::INTROSPECTION),
            Feature::Jwks => routes(Route::JWKS),
            Feature::SignedAccessTokens => self.access_tokens.is_signed(),
            Feature::ResponseTypeNone => self.response_types.contains(&ResponseType::NONE),
            Feature::Hybrid => self.response_types.iter().any(|asked| asked.is_hybrid()),
            Feature::JwtBearer => grants(&GrantType::JWT_BEARER),
            // RFC 6749 §4.5: its name is an absolute URI.
            Feature::ExtensionGrant => self.grants.iter().any(|grant| {
                grant.contains(':')
                    && ![
                        GrantType::DEVICE_CODE_NAME,
                        GrantType::JWT_BEARER_NAME,
                        GrantType::TOKEN_EXCHANGE_NAME,
                    ]
                    .contains(grant)
            }),
            Feature::TokenExchange => grants(&GrantType::TOKEN_EXCHANGE),
            Feature::Registration => routes(Route::REGISTRATION),
            Feature::InitialAccessTokens => {
                self.registration.is_some_and(|registration| registration.initial_access_token)
            }
            Feature::ClientDocuments => self.takes_client_documents,
            Feature::Pairwise => self.subject_types.contains(&SubjectType::Pairwise),
            Feature::CheckSession => routes(Route::CHECK_SESSION),
            Feature::Fapi2 => self.profile == Profile::Fapi2,
            Feature::Dpop => self.dpop.is_some() && routes(Route::TOKEN),
            Feature::PushedAuthorizationRequests => routes(Route::PUSHED_AUTHORIZATION_REQUEST),
            Feature::AcrValues => !self.acr_values.is_empty(),
            Feature::BackChannelLogout => self.has_back_channel && routes(Route::END_SESSION),
            _ => false,
        }
    }

    /// Tells whether the server has all that a rule is about.
    pub fn enforces(&self, rule: &Rule) -> bool {
        let is_set_aside = self.exceptions.iter().any(|exception| exception.name == rule.name);
        rule.subject != "resource_server"
            && !is_set_aside
            && !self.unknown.iter().any(|unknown| unknown.name == rule.name)
            && self.missing_feature(rule).is_none()
            // What a validator declares is said where it is written.
            && (rule.kind != RuleKind::Warning || exception::is_known(rule.name))
    }

    /// Tells whether nothing tells if advice is followed: what a validator or a generator of the application's own makes may be
    /// anything.
    pub(super) fn is_unknown(&self, rule: &Rule) -> bool {
        let is_about_their_content =
            ["hmac_access_tokens", "long_lived_self_contained_tokens"].contains(&rule.name);
        is_about_their_content && self.access_tokens == TokenFormat::Custom
    }

    /// The first feature that a rule is about and the server lacks.
    pub(crate) fn missing_feature(&self, rule: &Rule) -> Option<Feature> {
        rule.needs.iter().copied().find(|feature| !self.has(*feature))
    }
}
