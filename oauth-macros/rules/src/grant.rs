//! The grants that `grants(…)` knows by name, and the servers that are lists of them.

/// A standard grant.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "they are a table")]
pub struct StandardGrant {
    /// The name of the grant in `grants(…)`: the `grant_type`, or what is left of one that is a URN.
    pub name: &'static str,
    /// The `grant_type` of its requests.
    pub grant_type: &'static str,
    /// The run-time type.
    pub ty: &'static str,
    /// True if the grant asks a person: `#[interaction]`.
    pub is_interactive: bool,
    /// True if the grant begins at the authorization endpoint.
    pub uses_authorization_endpoint: bool,
    /// True if the grant is asked for at the token endpoint (RFC 6749 §3.2: all but the implicit grant).
    pub uses_token_endpoint: bool,
    /// True if the grant comes with a refresh token.
    pub issues_refresh_tokens: bool,
}

const fn grant(name: &'static str, ty: &'static str) -> StandardGrant {
    StandardGrant {
        name,
        grant_type: name,
        ty,
        is_interactive: false,
        uses_authorization_endpoint: false,
        uses_token_endpoint: true,
        issues_refresh_tokens: false,
    }
}

/// Every standard grant.
pub const STANDARD: &[StandardGrant] = &[
    StandardGrant {
        is_interactive: true,
        uses_authorization_endpoint: true,
        issues_refresh_tokens: true,
        ..grant("authorization_code", "AuthorizationCode")
    },
    grant("refresh_token", "RefreshToken"),
    StandardGrant {
        is_interactive: true,
        uses_authorization_endpoint: true,
        uses_token_endpoint: false,
        ..grant("implicit", "Implicit")
    },
    grant("client_credentials", "ClientCredentials"),
    StandardGrant { issues_refresh_tokens: true, ..grant("password", "Password") },
    StandardGrant {
        grant_type: "urn:ietf:params:oauth:grant-type:device_code",
        is_interactive: true,
        issues_refresh_tokens: true,
        ..grant("device_code", "DeviceCode")
    },
    StandardGrant {
        grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
        ..grant("jwt_bearer", "JwtBearer")
    },
    StandardGrant {
        grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
        ..grant("token_exchange", "TokenExchange")
    },
];

/// The standard grant of this name in `grants(…)`.
pub fn named(name: &str) -> Option<&'static StandardGrant> {
    STANDARD.iter().find(|grant| grant.name == name)
}

/// The standard grant with this `grant_type`.
pub fn of_type(grant_type: &str) -> Option<&'static StandardGrant> {
    STANDARD.iter().find(|grant| grant.grant_type == grant_type)
}

/// A preconfigured server of oauthlib's.
#[derive(Debug)]
#[non_exhaustive]
pub struct Preset {
    /// The value of the argument.
    pub name: &'static str,
    /// The grants of the server.
    pub grants: &'static [&'static str],
    /// Constants of the run-time `ResponseType`; none: all that the grants make up.
    pub response_types: &'static [&'static str],
}

const EVERY_GRANT: &[&str] =
    &["authorization_code", "implicit", "password", "client_credentials", "refresh_token", "device_code"];

const EVERY_RESPONSE_TYPE: &[&str] = &[
    "CODE",
    "TOKEN",
    "NONE",
    "ID_TOKEN",
    "ID_TOKEN_TOKEN",
    "CODE_TOKEN",
    "CODE_ID_TOKEN",
    "CODE_ID_TOKEN_TOKEN",
];

/// Every preset.
pub const PRESETS: &[Preset] = &[
    Preset { name: "web_application", grants: &["authorization_code", "refresh_token"], response_types: &[] },
    Preset { name: "mobile_application", grants: &["implicit"], response_types: &[] },
    Preset { name: "legacy_application", grants: &["password", "refresh_token"], response_types: &[] },
    Preset { name: "backend_application", grants: &["client_credentials"], response_types: &[] },
    Preset { name: "device_application", grants: &["device_code", "refresh_token"], response_types: &[] },
    Preset { name: "all", grants: EVERY_GRANT, response_types: &["CODE", "TOKEN", "NONE"] },
    Preset { name: "openid", grants: EVERY_GRANT, response_types: EVERY_RESPONSE_TYPE },
];

#[cfg(test)]
mod tests {
    use super::{PRESETS, named};

    #[test]
    fn presets_have_known_grants() {
        for preset in PRESETS {
            for name in preset.grants {
                assert!(named(name).is_some(), "{}: {name}", preset.name);
            }
        }
    }
}
