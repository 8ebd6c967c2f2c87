//! The endpoints of the framework, in one list.

use super::{
    authorization, check_session, end_session, introspection, jwks, metadata, pushed_authorization,
    registration, revocation, token, userinfo,
};
use crate::frame::{AuthorizationServer, ListedEndpoint};

impl<S: AuthorizationServer> ListedEndpoint<S> {
    /// The endpoints of the framework, in the order of the metadata; grants bring others. The metadata itself
    /// is at well-known paths.
    pub(crate) const BUILT_IN: &'static [Self] = &[
        Self::of::<authorization::AuthorizationEndpoint>(),
        Self::of::<token::TokenEndpoint>(),
        Self::of::<revocation::RevocationEndpoint>(),
        Self::of::<introspection::IntrospectionEndpoint>(),
        Self::of::<registration::RegistrationEndpoint>(),
        Self::of::<userinfo::UserinfoEndpoint>(),
        Self::of::<end_session::EndSessionEndpoint>(),
        Self::of::<check_session::CheckSessionEndpoint>(),
        Self::of::<jwks::JwksEndpoint>(),
        Self::of::<pushed_authorization::PushedAuthorizationEndpoint>(),
    ];
    pub(crate) const METADATA: Self = Self::of::<metadata::MetadataEndpoint>();
}
