//! The same server where clients may register themselves (`--registration`): one that is written by hand, for what a server
//! offers is known when it is compiled.

use oauth_core::openid::{BackChannel, PairwiseKey};
use oauth_core::prelude::*;
use oauth_core::server::{RegistrationConfig, ServerConfig};

use crate::server::{AuthServer, Store};

/// [`AuthServer`], with open registration (RFC 7591, RFC 7592).
pub(crate) struct Registering<S: Store>(pub(crate) AuthServer<S>);

impl<S: Store> AuthorizationServer for Registering<S> {
    type Validator = <AuthServer<S> as AuthorizationServer>::Validator;
    type AccessTokens = <AuthServer<S> as AuthorizationServer>::AccessTokens;
    type RefreshTokens = <AuthServer<S> as AuthorizationServer>::RefreshTokens;
    type IdTokens = <AuthServer<S> as AuthorizationServer>::IdTokens;
    type Interaction = <AuthServer<S> as AuthorizationServer>::Interaction;
    type Grants = <AuthServer<S> as AuthorizationServer>::Grants;
    const ISSUER: Issuer = AuthServer::<S>::ISSUER;
    /// What a stranger may ask people for is named: all else is for the clients of the file. Clients that refresh ask for
    /// `offline_access` by themselves where a server has it, as the MCP SDK for Python does.
    const CONFIG: ServerConfig = AuthServer::<S>::CONFIG
        .registration(RegistrationConfig::OPEN)
        .unverified_scopes(&["openid", "profile", "email", "offline_access", "calendar"]);

    fn validator(&self) -> &Self::Validator {
        self.0.validator()
    }
    fn access_tokens(&self) -> &Self::AccessTokens {
        self.0.access_tokens()
    }
    fn refresh_tokens(&self) -> &Self::RefreshTokens {
        self.0.refresh_tokens()
    }
    fn id_tokens(&self) -> &Self::IdTokens {
        self.0.id_tokens()
    }
    fn interaction(&self) -> &Self::Interaction {
        self.0.interaction()
    }
    fn pairwise_key(&self) -> Option<&PairwiseKey> {
        self.0.pairwise_key()
    }
    fn back_channel(&self) -> Option<&BackChannel> {
        self.0.back_channel()
    }
    fn issuer(&self) -> Option<&str> {
        self.0.issuer()
    }
}
