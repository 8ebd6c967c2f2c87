//! Names of extension grants, and what they stand on.
use oauth_core::prelude::*;

#[extension_grant]
struct Nameless;

#[extension_grant("")]
struct Empty;

#[extension_grant("api_key")]
struct Relative;

#[extension_grant("urn:example")]
struct HalfAUrn;

#[extension_grant("https://example.com/grant#api-key")]
struct Fragment;

#[extension_grant("urn:example:api key")]
struct Blank;

#[extension_grant("client_credentials")]
struct Standard;

#[extension_grant("urn:ietf:params:oauth:grant-type:device_code")]
struct StandardUrn;

#[extension_grant(urn)]
struct NotAString;

#[extension_grant("urn:example:a", "urn:example:b")]
struct Two;

#[extension_grant("urn:example:keys")]
struct Keys {
    keys: Vec<String>,
}

#[extension_grant("urn:example:generic")]
struct Generic<T>(T);

#[extension_grant("urn:example:function")]
fn function() {}

fn main() {}
