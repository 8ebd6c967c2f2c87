//! Names of other frameworks, of the specifications, and of what is elsewhere here: what was meant by them.

/// A hint that stands in for an argument that there is not.
pub(crate) struct Foreign {
    /// The attributes that get it.
    attributes: &'static [&'static str],
    names: &'static [&'static str],
    /// The argument or the field that was meant: nothing is missing besides.
    pub(crate) meant: &'static str,
    /// Follows "there is no argument …: ".
    pub(crate) hint: &'static str,
}

const GENERATOR: &[&str] = &["#[token_generator]"];
const SERVER: &[&str] = &["#[authorization_server]"];
const RESOURCE: &[&str] = &["#[resource_server]"];

const FOREIGN: [Foreign; 27] = [
    Foreign {
        attributes: &["#[token_generator]", "#[authorization_server]", "#[resource_server]"],
        names: &["iss", "issuer_url", "base_url"],
        meant: "issuer",
        hint: "write `issuer = \"https://auth.example.com\"`",
    },
    Foreign {
        attributes: &["#[token_generator]", "#[resource_server]"],
        names: &["aud", "audiences"],
        meant: "audience",
        hint: "write `audience = \"https://api.example.com\"`",
    },
    Foreign {
        attributes: GENERATOR,
        names: &["exp", "ttl", "lifetime", "expiry", "expiration", "max_age", "duration", "token_lifetime"],
        meant: "expires_in",
        hint: "write `expires_in = \"1h\"`",
    },
    Foreign {
        attributes: GENERATOR,
        names: &["format", "type", "kind", "token_type"],
        meant: "format",
        hint: "the format stands alone and first: write `jwt`, `jwe` or `opaque`",
    },
    Foreign {
        attributes: GENERATOR,
        names: &["secret", "key", "keys", "private_key", "key_file", "pem", "signing_keys"],
        meant: "signing_key",
        hint: "a key is not written into the program: mark the field that holds it, `#[signing_key] keys: KeyRing`, and load \
               it at start-up, with `KeyRing::load_or_generate(\"key.pem\", Algorithm::ES256)`, for example",
    },
    Foreign {
        attributes: SERVER,
        names: &["grant_types", "grant_types_supported", "flows", "flow", "allowed_grants"],
        meant: "grants",
        hint: "write `grants(authorization_code, refresh_token)`",
    },
    Foreign {
        attributes: &["#[authorization_server]", "#[resource_server]"],
        names: &["scopes_supported", "allowed_scopes", "valid_scopes"],
        meant: "scopes",
        hint: "write `scopes(\"profile\", \"calendar\")`",
    },
    Foreign {
        attributes: SERVER,
        names: &["access_token_lifetime", "access_token_ttl", "token_lifetime", "expires_in", "lifetime"],
        meant: "expires_in",
        hint: "how long a token lives is said where it is made: write `#[token_generator(…, expires_in = \"1h\")]` on the \
               type of the `#[access_token]` field",
    },
    Foreign {
        attributes: SERVER,
        names: &["refresh_token_expires_in", "refresh_token_ttl", "refresh_lifetime", "refresh_expires_in"],
        meant: "refresh_token_lifetime",
        hint: "write `refresh_token_lifetime = \"30d\"`",
    },
    Foreign {
        attributes: SERVER,
        names: &["authorization_code_lifetime", "code_expires_in", "code_ttl", "auth_code_lifetime"],
        meant: "code_lifetime",
        hint: "write `code_lifetime = \"60s\"`",
    },
    Foreign {
        attributes: SERVER,
        names: &[
            "resource",
            "audience",
            "audiences",
            "resource_indicators",
            "protected_resources",
            "resource_servers",
        ],
        meant: "resources",
        hint: "write `resources(\"https://api.example.com\")`, each API that clients may ask tokens for",
    },
    Foreign {
        attributes: SERVER,
        names: &["cors", "allow_origins", "cors_origins", "origins", "allow_origin"],
        meant: "allowed_origins",
        hint: "write `allowed_origins(\"https://app.example.com\")`, each origin whose pages may ask for tokens",
    },
    Foreign {
        attributes: SERVER,
        names: &[
            "client_authentication",
            "client_auth_methods",
            "auth_methods",
            "token_endpoint_auth_method",
        ],
        meant: "token_endpoint_auth_methods",
        hint: "write `token_endpoint_auth_methods(\"client_secret_basic\", \"none\")`",
    },
    Foreign {
        attributes: SERVER,
        names: &["token_endpoint", "token_path", "token_url", "token_uri"],
        meant: "endpoints",
        hint: "write `endpoints(token = \"/oauth/token\")`",
    },
    Foreign {
        attributes: SERVER,
        names: &[
            "authorization_endpoint",
            "authorization_path",
            "authorization_url",
            "authorize_endpoint",
            "authorize_path",
            "authorize_url",
        ],
        meant: "endpoints",
        hint: "write `endpoints(authorization = \"/oauth/authorize\")`",
    },
    Foreign {
        attributes: SERVER,
        names: &["introspection", "introspection_endpoint", "introspection_path", "introspect"],
        meant: "endpoints",
        hint: "the server has that endpoint by itself: remove this, or write `endpoints(introspection = \"/oauth/introspect\")` for \
               another path, `endpoints(introspection = off)` for none",
    },
    Foreign {
        attributes: SERVER,
        names: &["revocation", "revocation_endpoint", "revocation_path", "revoke"],
        meant: "endpoints",
        hint: "the server has that endpoint by itself: remove this, or write `endpoints(revocation = \"/oauth/revoke\")` for \
               another path, `endpoints(revocation = off)` for none",
    },
    Foreign {
        attributes: SERVER,
        names: &["paths", "routes", "urls"],
        meant: "endpoints",
        hint: "write `endpoints(authorization = \"/oauth/authorize\", token = \"/oauth/token\")`",
    },
    Foreign {
        attributes: SERVER,
        names: &[
            "rotate_refresh_token",
            "rotate_refresh_tokens",
            "refresh_token_rotation",
            "reuse_refresh_tokens",
        ],
        meant: "rotation",
        hint: "refresh tokens are rotated (RFC 9700 §4.14.2), unless the hook `rotate_refresh_token` of the \
               `#[validator] impl` says otherwise: remove this",
    },
    Foreign {
        attributes: SERVER,
        names: &["client", "clients", "client_id", "client_secret"],
        meant: "clients",
        hint: "clients are in the store: register them with `store.save_client(…)`, and remove this",
    },
    Foreign {
        attributes: SERVER,
        names: &["user", "users"],
        meant: "users",
        hint: "users are in the store: register them with `store.save_user(…)`, and remove this",
    },
    Foreign {
        attributes: SERVER,
        names: &["algorithm", "alg", "secret", "key", "keys"],
        meant: "key",
        hint: "tokens are signed where they are made: write `#[token_generator(jwt, …)]` on the type of the `#[access_token]` \
               field, with a field `#[signing_key] keys: KeyRing`",
    },
    Foreign {
        attributes: SERVER,
        names: &["openid", "oidc", "openid_connect"],
        meant: "openid",
        hint: "the scope makes a server an OpenID provider: write `scopes(\"openid\", …)`",
    },
    Foreign {
        attributes: RESOURCE,
        names: &["jwks_uri", "jwks_url"],
        meant: "jwks",
        hint: "write `jwks = \"https://…\"`, or `jwks` alone, and the issuer's metadata tells where the keys are (RFC 8414 §2)",
    },
    Foreign {
        attributes: RESOURCE,
        names: &["introspection_endpoint", "introspection_url", "introspect"],
        meant: "introspection",
        hint: "write `introspection = \"https://…\"`, or `introspection` alone, and the issuer's metadata tells where it is \
               (RFC 8414 §2)",
    },
    Foreign {
        attributes: RESOURCE,
        names: &["algorithm", "alg", "algs"],
        meant: "algorithms",
        hint: "write `algorithms(\"ES256\")`",
    },
    Foreign {
        attributes: RESOURCE,
        names: &["client_id", "client_secret", "client"],
        meant: "credentials",
        hint: "a secret is not written into the program: add a field `#[credentials] credentials: Credentials`",
    },
];

/// The hint about what was meant by the argument `name` of an attribute.
pub(crate) fn argument(attribute: &str, name: &str) -> Option<&'static Foreign> {
    FOREIGN.iter().find(|foreign| foreign.attributes.contains(&attribute) && foreign.names.contains(&name))
}

/// Helper attributes of fields, by what else one would call them.
const HELPERS: [(&str, &str, &[&str]); 7] = [
    ("validator", "store", &["database", "db", "storage", "backend", "pool", "repository"]),
    ("token_generator", "signing_key", &["key", "keys", "private_key", "secret", "jwk", "jwks", "key_ring"]),
    ("authorization_server", "validator", &["request_validator"]),
    ("authorization_server", "access_token", &["tokens", "token", "token_generator", "generator"]),
    ("authorization_server", "refresh_token", &["refresh"]),
    ("authorization_server", "interaction", &["pages", "login", "login_pages", "login_page", "ui"]),
    ("resource_server", "credentials", &["client", "client_credentials", "secret"]),
];

/// The helper attribute that was meant by `name` on a field of `owner`'s.
pub(crate) fn helper(owner: &str, name: &str) -> Option<&'static str> {
    HELPERS.iter().find(|(of, _, names)| *of == owner && names.contains(&name)).map(|(_, meant, _)| *meant)
}

/// The helper attribute that was meant by `name` on a method of a block of hooks; the empty one: none.
pub(crate) fn method(name: &str) -> Option<&'static str> {
    match name {
        "Claim" | "declared_claim" | "custom_claim" => Some("claim"),
        "token_generators" | "generator" | "access_token" => Some("token_generator"),
        "hook" | "hooks" | "override_hook" => Some(""),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_means_two_things() {
        for (index, foreign) in FOREIGN.iter().enumerate() {
            for other in &FOREIGN[index + 1..] {
                let attribute = foreign.attributes.iter().find(|name| other.attributes.contains(name));
                let name = foreign.names.iter().find(|name| other.names.contains(name));
                assert!(attribute.is_none() || name.is_none(), "{name:?} of {attribute:?}");
            }
        }
    }
}
