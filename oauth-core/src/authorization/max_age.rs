//! `max_age`: how long ago the person may have logged in (OIDC Core §3.1.2.1).

use std::time::Duration;

use super::{Flow, hints};
use crate::error::{Error, Result};
use crate::frame::AuthorizationServer;
use crate::request::AuthorizationRequest;

/// The time to come back from a login that `max_age` asked for.
const WAY_BACK: Duration = Duration::from_secs(10);

pub(super) fn check<S: AuthorizationServer>(flow: &Flow<'_, S>) -> Result<Option<Duration>> {
    let seconds = flow.parameters.get("max_age").map(str::parse).transpose();
    let seconds = seconds.map_err(|_| Error::invalid_request("max_age is not a number of seconds"))?;
    Ok(seconds.map(Duration::from_secs))
}

/// Checks the age of the login once somebody has agreed. §3.1.2.1: "If the elapsed time is greater than this
/// value, the OP MUST attempt to actively re-authenticate the End-User."
pub(super) fn check_login<S: AuthorizationServer>(
    flow: &Flow<'_, S>,
    authorization: &AuthorizationRequest,
) -> Result<()> {
    let now = flow.server.now();
    let (max_age, auth_time) = (authorization.openid.max_age, flow.request.auth_time);
    // A login for this very request is as recent as can be, however long the person thought about it.
    if authorization.loaded_at.zip(auth_time).is_some_and(|(loaded_at, auth_time)| auth_time >= loaded_at) {
        return Ok(());
    }
    if max_age.zip(auth_time).is_some_and(|(max_age, auth_time)| now > auth_time + max_age + WAY_BACK) {
        return Err(hints::login_required("the login is older than max_age"));
    }
    Ok(())
}
