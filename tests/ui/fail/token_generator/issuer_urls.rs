//! Issuers that clients would write in another way, or that no client finds.
use oauth_core::prelude::*;

#[token_generator(jwt, issuer = "https://*.example.com")]
struct Pattern(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://{tenant}.example.com")]
struct Template(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://[zz::1]")]
struct NoAddress(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://127.1")]
struct HalfAnAddress(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://[0:0:0:0:0:0:0:1]:8443")]
struct LongAddress(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://Auth.example.com")]
struct Capital(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://auth.example.com:443")]
struct DefaultPort(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "http://localhost:080")]
struct ZeroOfAPort(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://auth%2Eexample.com")]
struct PercentEncoded(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://bücher.example")]
struct International(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://auth..example.com")]
struct EmptyLabel(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://auth.example.com//tenant")]
struct EmptySegment(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://auth.example.com/tenant/../other")]
struct DotSegments(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://auth.example.com/.well-known/openid-configuration")]
struct Metadata(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://auth.example.com ")]
struct Blank(#[signing_key] SigningKey);

// The same, where only the compiler knows them.
const CAPITAL: &str = "https://auth.Example.com";

#[token_generator(jwt, issuer = CAPITAL)]
struct ConstantCapital(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = concat!("https://", "[2001:DB8::1]"))]
struct ConstantAddress(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = if cfg!(debug_assertions) { "https://auth.example.com:443" } else { "" })]
struct ConstantPort(#[signing_key] SigningKey);

// Of others, what no host is.
#[resource_server(issuer = "https://*.example.com", audience = "https://api.example.com", jwks)]
struct OfMany;

#[resource_server(issuer = "https://[zz::1]", audience = "https://api.example.com", jwks)]
struct OfNobody;

#[resource_server(
    issuer = "https://auth.example.com",
    audience = "https://api.example.com",
    jwks = "https://auth.example.com/schlüssel"
)]
struct UnencodedKeys;

#[resource_server(
    issuer = "https://auth.example.com",
    audience = "https://api.example.com",
    jwks = "https://schlüssel.example/keys"
)]
struct InternationalKeys;

fn main() {}
