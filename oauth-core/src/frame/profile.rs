//! The specification that a server follows.

use crate::jose::{Algorithm, FAPI2_ALGORITHMS};

/// The choice of what a server may offer, as a specification has it. `profile = "…"` of
/// `#[authorization_server]`, which checks the same rules while it compiles; `into_router` checks them of a
/// server written by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Profile {
    /// `"oauth2.1"`, the default: OAuth 2.0 as RFC 9700 wants it. No access tokens in URLs, no passwords for clients.
    #[default]
    OAuth21,
    /// `"oauth2.0"`: RFC 6749 with every grant it defines, for clients that cannot change; of an OpenID provider, every flow.
    OAuth20,
    /// `"openid"`: an OpenID provider that follows OAuth 2.1. The implicit and hybrid flows of OpenID Connect Core §3.2 and
    /// §3.3 put access tokens into URLs too: they need `"oauth2.0"`.
    OpenId,
    /// `"mcp"`: an authorization server of MCP, which follows OAuth 2.1: clients come by the URL of their metadata document (where the
    /// feature `http-client` is on), and tokens are for declared [resources](crate::server::Resource).
    Mcp,
    /// `"fapi2"`: the FAPI 2.0 Security Profile. Authorization requests are pushed, clients authenticate with `private_key_jwt` by
    /// assertions for the issuer alone, every access token is bound to a key by DPoP, refresh tokens stay as they are, and PS256, ES256
    /// and EdDSA are the algorithms of all that is signed. Any validator keeps the identifiers of assertions and proofs, and what is
    /// pushed: roles [`replay_ids`](crate::store::ReplayStore) and [`pushed_requests`](crate::store::PushedRequestStore).
    Fapi2,
}

impl Profile {
    /// The rules that it demands.
    pub(crate) const fn rules(self) -> &'static oauth_rules::profile::ProfileRules {
        match self {
            Self::OAuth21 => &oauth_rules::profile::oauth2_1::PROFILE,
            Self::OAuth20 => &oauth_rules::profile::oauth2_0::PROFILE,
            Self::OpenId => &oauth_rules::profile::openid::PROFILE,
            Self::Mcp => &oauth_rules::profile::mcp::PROFILE,
            Self::Fapi2 => &oauth_rules::profile::fapi2::PROFILE,
        }
    }

    /// Tells whether it is the FAPI 2.0 Security Profile.
    pub(crate) const fn is_fapi2(self) -> bool {
        matches!(self, Self::Fapi2)
    }

    /// The algorithms of signatures that it allows (FAPI 2.0 §5.4.1); `None`: each part has its own.
    pub(crate) const fn algorithms(self) -> Option<&'static [Algorithm]> {
        if self.is_fapi2() { Some(FAPI2_ALGORITHMS) } else { None }
    }
}
