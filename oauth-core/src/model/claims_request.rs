//! The `claims` parameter, OIDC Core §5.5.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::claims::ClaimDestination;
use crate::error::{Error, Result};

/// The claims that a client asks for by name, and where it wants them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct ClaimsRequest {
    /// The claims asked for from the userinfo endpoint.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub userinfo: BTreeMap<String, ClaimRequest>,
    /// The claims asked for in the ID token.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub id_token: BTreeMap<String, ClaimRequest>,
}

/// The degree to which a client wants a claim, OIDC Core §5.5.1.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct ClaimRequest {
    /// True if what the person asked for works badly without it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub essential: bool,
    /// The values that will do; empty: any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Value>,
}

impl ClaimsRequest {
    /// The most bytes that it is read from.
    pub const LENGTH_LIMIT: usize = 4096;
    /// The most claims that it may name for one place.
    pub const LIMIT: usize = 64;
    /// The depth to which its values may be nested.
    pub const DEPTH_LIMIT: usize = 8;

    /// Reads the JSON of the parameter. Members that are not understood are ignored (§5.5).
    ///
    /// # Errors
    ///
    /// `invalid_request` if it is no such JSON, or beyond the limits.
    pub fn parse(json: &str) -> Result<Self> {
        if json.len() > Self::LENGTH_LIMIT {
            return Err(Error::invalid_request("claims is too long"));
        }
        let malformed = || Error::invalid_request("claims is not a JSON object of requested claims");
        let request: Value = serde_json::from_str(json).map_err(|_| malformed())?;
        if !is_shallow(&request, Self::DEPTH_LIMIT) {
            return Err(Error::invalid_request("claims is nested too deeply"));
        }
        let Value::Object(mut members) = request else { return Err(malformed()) };
        let mut take = |name: &str| match members.remove(name) {
            None | Some(Value::Null) => Ok(BTreeMap::new()),
            Some(Value::Object(claims)) => read(claims),
            Some(_) => Err(malformed()),
        };
        Ok(Self { userinfo: take("userinfo")?, id_token: take("id_token")? })
    }

    /// Tells whether the request asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.userinfo.is_empty() && self.id_token.is_empty()
    }

    /// Tells whether the request asks for this claim there.
    pub fn asks_for(&self, destination: ClaimDestination, name: &str) -> bool {
        match destination {
            ClaimDestination::IdToken => self.id_token.contains_key(name),
            ClaimDestination::Userinfo => self.userinfo.contains_key(name),
            ClaimDestination::AccessToken => false,
        }
    }

    /// The subject that the client insists on: §5.5.1, "the `sub` Claim […] with a specific value".
    pub(crate) fn subjects(&self) -> impl Iterator<Item = &ClaimRequest> {
        [&self.id_token, &self.userinfo].into_iter().filter_map(|claims| claims.get("sub"))
    }
}

impl ClaimRequest {
    /// Tells whether this value will do.
    pub fn accepts(&self, value: &Value) -> bool {
        self.values.is_empty() || self.values.contains(value)
    }
}

fn read(claims: Map<String, Value>) -> Result<BTreeMap<String, ClaimRequest>> {
    if claims.len() > ClaimsRequest::LIMIT {
        return Err(Error::invalid_request("claims names too many claims"));
    }
    claims.into_iter().map(|(name, request)| Ok((name, read_one(request)?))).collect()
}

/// §5.5.1: null, or an object of `essential`, `value` and `values`.
fn read_one(request: Value) -> Result<ClaimRequest> {
    let malformed =
        || Error::invalid_request("a claim in claims is neither null nor an object of its members");
    let mut members = match request {
        Value::Null => return Ok(ClaimRequest::default()),
        Value::Object(members) => members,
        _ => return Err(malformed()),
    };
    let essential = match members.remove("essential") {
        None => false,
        Some(Value::Bool(essential)) => essential,
        Some(_) => return Err(malformed()),
    };
    let values = match (members.remove("value"), members.remove("values")) {
        (None, None) => Vec::new(),
        (Some(value), None) => vec![value],
        (None, Some(Value::Array(values))) if !values.is_empty() => values,
        _ => return Err(malformed()),
    };
    Ok(ClaimRequest { essential, values })
}

fn is_shallow(value: &Value, depth: usize) -> bool {
    let Some(rest) = depth.checked_sub(1) else { return false };
    match value {
        Value::Array(items) => items.iter().all(|item| is_shallow(item, rest)),
        Value::Object(members) => members.values().all(|member| is_shallow(member, rest)),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::ClaimsRequest;

    /// Codes keep it as JSON: what is issued for one asks for the values that the client asked for.
    #[test]
    fn a_number_of_seventeen_digits_survives_in_a_code() {
        for number in
            ["31.245270191439438", "0.30000000000000004", "122.41673333333335", "2.2250738585072014e-308"]
        {
            let json = format!(r#"{{"id_token":{{"height":{{"value":{number}}}}}}}"#);
            let request = ClaimsRequest::parse(&json).unwrap();
            let kept = serde_json::to_string(&request).unwrap();
            assert_eq!(serde_json::from_str::<ClaimsRequest>(&kept).unwrap(), request, "{number}");
            assert!(kept.contains(number), "{number} is kept as {kept}");
        }
    }
}
