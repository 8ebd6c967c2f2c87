//! The claims of a signed access token, as JSON. Each token is written anew: what each has is written without detours.

use serde::Serialize;
use serde_json::Value;

use oauth_rules::claim::OF_ITS_SERVER;

use crate::claims::StaticClaim;
use crate::error::Result;
use crate::json::Json;
use crate::request::Request;
use crate::scope::ScopeSet;
use crate::time::UnixTime;

/// Room for the usual token.
const USUAL: usize = 512;

/// `aud` of a token.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Audience<'a> {
    One(&'a str),
    Many(&'a [String]),
    Claim(&'a Value),
}

/// The claims, in the order in which they are written.
pub(super) struct AccessTokenClaims<'a> {
    pub(super) iss: &'a str,
    pub(super) exp: UnixTime,
    pub(super) aud: Audience<'a>,
    pub(super) sub: &'a str,
    pub(super) client_id: &'a str,
    pub(super) iat: UnixTime,
    pub(super) jti: &'a str,
    pub(super) scope: Option<&'a ScopeSet>,
    pub(super) auth_time: Option<UnixTime>,
    pub(super) acr: Option<&'a str>,
    pub(super) fixed: &'static [(&'static str, StaticClaim)],
    pub(super) request: &'a Request,
    pub(super) own: Option<&'a Value>,
}

impl AccessTokenClaims<'_> {
    /// # Errors
    ///
    /// `server_error` if a claim does not serialise.
    pub(super) fn to_json(&self) -> Result<Vec<u8>> {
        let mut json = Json::with_room(USUAL);
        json.text(r#"{"iss":"#, self.iss)?;
        json.value(r#","exp":"#, &self.exp)?;
        match &self.aud {
            Audience::One(one) => json.text(r#","aud":"#, one)?,
            several => json.value(r#","aud":"#, several)?,
        }
        json.text(r#","sub":"#, self.sub)?;
        json.text(r#","client_id":"#, self.client_id)?;
        json.value(r#","iat":"#, &self.iat)?;
        json.text(r#","jti":"#, self.jti)?;
        if let Some(scope) = self.scope {
            json.scope(r#","scope":"#, scope);
        }
        if let Some(auth_time) = self.auth_time {
            json.value(r#","auth_time":"#, &auth_time)?;
        }
        // RFC 9470 §6.1: what a resource judges a login by.
        if let Some(acr) = self.acr {
            json.text(r#","acr":"#, acr)?;
        }
        let claims = &self.request.claims;
        for (name, value) in self.fixed.iter().filter(|(name, _)| claims.get(name).is_none()) {
            json.member(name, value)?;
        }
        // `Claims` holds no registered name but `aud`, which is written already. What an earlier version kept may have the other.
        for (name, value) in claims.iter().filter(|(name, _)| !matches!(*name, "aud" | OF_ITS_SERVER)) {
            json.member(name, value)?;
        }
        if let Some(own) = self.own {
            json.member(OF_ITS_SERVER, own)?;
        }
        Ok(json.end())
    }
}
