//! Every attribute out of `macro_rules!`, with names, types, literals, expressions, bodies, visibilities, attributes and
//! whole items as fragments.
#![deny(warnings)]

use oauth_core::prelude::*;
use oauth_core::server::ServerConfig;
use oauth_core::store::MemoryStore as Memory;

macro_rules! scopes {
    ($($vis:vis $name:ident $token:literal $description:expr;)*) => {
        $(
            #[scope($token, $description)]
            $vis struct $name;
        )*
    };
}

scopes! {
    pub Read "calendar.read" "See your calendar";
    pub(crate) Write "calendar.write" "Change your calendar";
}

macro_rules! grant {
    ($name:ident, $uri:expr, $krate:path, $validator:ty, $body:block) => {
        #[extension_grant($uri, crate = $krate)]
        struct $name;

        impl ExtensionGrant<$validator> for $name {
            async fn approve(_: &$validator, _: &mut Request) -> Result<GrantApproval> $body
        }
    };
}

grant!(ApiKey, "urn:example:api-key", ::oauth_core, Accounts, { Ok(GrantApproval::of_user("alice")) });
grant!(Ticket, "urn:example:ticket", oauth_core, Accounts, { Ok(GrantApproval::of_client()) });

macro_rules! validator {
    (
        $(#[$outer:meta])* $name:ident { $(#[$role:meta] $field:ident: $ty:ty,)* }
        $hook:ident($argument:ident: $argument_ty:ty) -> $output:ty $body:block
        $claim:literal = $claim_ty:ty, $claim_body:expr;
        $generator:item
    ) => {
        $(#[$outer])*
        struct $name {
            $(#[$role] $field: $ty,)*
        }

        #[validator]
        impl $name {
            async fn $hook(&self, _: $argument_ty, $argument: &mut Request) -> $output $body

            #[claim($claim, scope = "mail", to(access_token))]
            fn claim(&self, _: &Request) -> $claim_ty {
                $claim_body
            }

            #[token_generator(refresh)]
            $generator
        }
    };
}

validator! {
    #[validator(custom)]
    #[derive(Debug, Clone)]
    Accounts {
        #[store] store: Memory,
        #[cfg(not(any()))] plain: Option<u8>,
    }
    validate_client_id(request: &str) -> Result<()> { request.claims.insert("a", 1) }
    "tenant" = Result<Option<String>>, Ok(Some(String::new()));
    async fn make(&self, _: &Request) -> Result<String> {
        Ok(format!("{:?}", self.plain))
    }
}

macro_rules! generator {
    ($format:ident $name:ident $issuer:expr, $lifetime:literal, $tier:expr, $negative:literal, [$($role:literal),*], $ty:ty, $key:ident) => {
        #[token_generator(
            $format,
            issuer = $issuer,
            expires_in = $lifetime,
            claims(tier = $tier, level = -$negative, roles = [$($role),*])
        )]
        struct $name {
            issuer: String,
            #[$key]
            keys: $ty,
        }
    };
}

const OTHER: &str = "https://other.example.com";
generator!(jwt Literal "https://auth.example.com", "15m", 3, 1, ["a", "b"], KeyRing, signing_key);
generator!(jwt Constant OTHER, "15m", -3, 1.5, [], SigningKey, signing_key);
generator!(jwt Concatenated concat!("https://", "auth.example.com"), "15m", "gold", 1, [], KeyRing, signing_key);

macro_rules! field_issuer {
    ($name:ident, $this:ident, $field:ident) => {
        #[token_generator(jwt, issuer = $this.$field)]
        struct $name {
            $field: String,
            #[signing_key]
            keys: KeyRing,
        }
    };
}
field_issuer!(FromField, self, place);

macro_rules! server {
    (
        $name:ident, $validator:ty, [$($grant:ident),*], [$($extension:path),*], [$($scope:literal = $text:expr),*], [$($ty:ty),*],
        $issuer:literal, $lifetime:expr, $limit:expr, $profile:expr, $path:expr, $off:ident, $responses:literal
    ) => {
        #[authorization_server(
            grants($($grant,)* $($extension),*),
            scopes($($scope = $text,)* $($ty),*),
            default_scopes($($ty),*),
            issuer = $issuer,
            code_lifetime = $lifetime,
            body_limit = $limit,
            profile = $profile,
            response_types($responses),
            endpoints(token = $path, introspection = $off)
        )]
        struct $name {
            #[validator]
            accounts: $validator,
            #[interaction]
            pages: LoginPages,
        }
    };
}

server!(
    Everything,
    Accounts,
    [authorization_code, refresh_token],
    [ApiKey, self::Ticket],
    ["mail" = "Read your mail"],
    [Read, crate::Write],
    "https://auth.example.com",
    "30s",
    1024,
    "oauth2.0",
    "/oauth/token",
    off,
    "code"
);

macro_rules! preset {
    ($name:ident, $preset:expr, $($arguments:tt)*) => {
        #[authorization_server(preset = $preset, scopes("mail"), $($arguments)*)]
        struct $name {
            #[validator]
            accounts: Accounts,
        }
    };
}
preset!(Machines, "backend_application", issuer = "https://auth.example.com");

macro_rules! annotated {
    ($(#[$attribute:meta] $item:item)*) => {
        $(
            #[$attribute]
            $item
        )*
    };
}
annotated! {
    #[resource_server(issuer = "https://auth.example.com", audience = "a", jwks)]
    struct Whole;

    #[validator(custom)]
    struct Passed {
        #[store]
        store: Memory,
    }

    #[validator]
    impl Passed {
        fn rotate_refresh_token(&self, _: &Request) -> Result<bool> {
            Ok(false)
        }
    }

    #[token_generator(opaque)]
    struct Random;
}

macro_rules! resource {
    ($name:ident, $issuer:expr, $audience:expr, $way:ident, $leeway:literal, [$($scope:ty),*], $algorithm:expr, $realm:expr) => {
        #[resource_server(
            issuer = $issuer,
            audience = $audience,
            $way = "https://auth.example.com/keys",
            leeway = $leeway,
            scopes($($scope),*),
            algorithms($algorithm),
            realm = $realm
        )]
        struct $name;
    };
}
resource!(
    Calendar,
    "https://auth.example.com",
    "https://api.example.com",
    jwks,
    "30s",
    [Read, self::Write],
    "ES256",
    "calendar"
);

/// Passes a path through: from another crate `$crate` is not ours; here it is.
macro_rules! through_crate {
    ($name:ident) => {
        #[validator(crate = $crate::library)]
        struct $name {
            #[store]
            store: Memory,
        }
    };
}
mod library {
    pub use ::oauth_core::__private;
}
through_crate!(Through);

fn require<S: AuthorizationServer>() -> ServerConfig {
    S::CONFIG
}
fn require_validator<V: RequestValidator>() {}

fn main() {
    assert_eq!(require::<Everything>().body_limit, 1024);
    let names: Vec<_> = require::<Everything>().scopes.iter().map(|scope| scope.name).collect();
    assert_eq!(names, ["mail", "calendar.read", "calendar.write"]);
    assert_eq!(require::<Machines>().scopes.len(), 1);
    require_validator::<Passed>();
    require_validator::<Through>();
    const { assert!(Accounts::GENERATES_REFRESH_TOKENS && Accounts::CLAIMS.len() == 1) };
    assert_eq!(Constant::ISSUER, Issuer::Literal(OTHER));
    assert_eq!(Literal::ISSUER, Concatenated::ISSUER);
    assert_eq!(FromField::ISSUER, Issuer::Field);
    assert_eq!(Random.expires_in(), None);
    assert_eq!(Calendar::CONFIG.leeway.as_secs(), 30);
    assert_eq!(Whole::CONFIG.audience, Some("a"));
}
