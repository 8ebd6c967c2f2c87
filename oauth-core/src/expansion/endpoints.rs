//! The paths of endpoints.

use crate::frame::Endpoints;

/// The paths of `endpoints(…)`.
#[allow(clippy::too_many_arguments)]
pub const fn endpoints(
    authorization: &'static str,
    token: &'static str,
    revocation: Option<&'static str>,
    introspection: Option<&'static str>,
    jwks: &'static str,
    device_authorization: &'static str,
    userinfo: Option<&'static str>,
    end_session: Option<&'static str>,
    check_session: Option<&'static str>,
    pushed_authorization_request: &'static str,
) -> Endpoints {
    Endpoints {
        authorization,
        token,
        revocation,
        introspection,
        jwks,
        device_authorization,
        userinfo,
        end_session,
        check_session,
        pushed_authorization_request,
    }
}
