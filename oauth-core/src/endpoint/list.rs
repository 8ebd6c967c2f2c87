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
        Self::with_path::<authorization::AuthorizationEndpoint>(),
        Self::with_path::<token::TokenEndpoint>(),
        Self::with_path::<revocation::RevocationEndpoint>(),
        Self::with_path::<introspection::IntrospectionEndpoint>(),
        Self::with_path::<registration::RegistrationEndpoint>(),
        Self::with_path::<userinfo::UserinfoEndpoint>(),
        Self::with_path::<end_session::EndSessionEndpoint>(),
        Self::with_path::<check_session::CheckSessionEndpoint>(),
        // Where there are keys, which is known at the start.
        Self::of::<jwks::JwksEndpoint>(),
        Self::with_path::<pushed_authorization::PushedAuthorizationEndpoint>(),
    ];
    pub(crate) const METADATA: Self = Self::of::<metadata::MetadataEndpoint>();
}
