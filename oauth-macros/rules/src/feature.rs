//! The features that rules are about.

use core::fmt;

/// The features of one server, for constants: there are fewer than a number has bits.
#[derive(Debug, Clone, Copy)]
pub struct Features(u64);

impl Features {
    /// None.
    pub const NONE: Self = Self(0);

    /// These, and one more where it is there.
    #[must_use]
    pub const fn with(self, feature: Feature, is_there: bool) -> Self {
        if is_there { Self(self.0 | (1 << feature as u32)) } else { self }
    }

    /// Tells whether one is among them.
    pub const fn has(self, feature: Feature) -> bool {
        self.0 & (1 << feature as u32) != 0
    }

    /// Tells whether all of these are.
    pub(crate) const fn has_all(self, mut features: &[Feature]) -> bool {
        while let [feature, rest @ ..] = features {
            if !self.has(*feature) {
                return false;
            }
            features = rest;
        }
        true
    }
}

/// One row each: the variant, and its words.
macro_rules! features {
    ($($(#[$doc:meta])* $name:ident = $words:literal;)*) => {
        /// Something that a server can have or lack.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Feature {
            $($(#[$doc])* $name,)*
        }

        impl fmt::Display for Feature {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self {
                    $(Self::$name => $words,)*
                })
            }
        }
    };
}

features! {
    /// The authorization endpoint.
    AuthorizationEndpoint = "the authorization endpoint";
    /// The token endpoint.
    TokenEndpoint = "the token endpoint";
    /// The grant `authorization_code`.
    AuthorizationCode = "the grant `authorization_code`";
    /// `danger_pkce_optional`.
    OptionalPkce = "`danger_pkce_optional`";
    /// The response type `token`.
    Implicit = "the response type `token`";
    /// The grant `refresh_token`.
    RefreshToken = "the grant `refresh_token`";
    /// A grace for lost refresh responses.
    RefreshGrace = "a grace for lost refresh responses";
    /// Resources that tokens are for.
    Resources = "`resources(…)`";
    /// The grant `client_credentials`.
    ClientCredentials = "the grant `client_credentials`";
    /// The grant `urn:ietf:params:oauth:grant-type:device_code`.
    DeviceCode = "the grant `device_code`";
    /// The grant `password`.
    Password = "the grant `password`";
    /// ID tokens.
    OpenId = "OpenID Connect";
    /// The userinfo endpoint.
    Userinfo = "the userinfo endpoint";
    /// The end session endpoint.
    EndSession = "the end session endpoint";
    /// The client authentication method `client_secret_basic`.
    ClientSecretBasic = "the client authentication method `client_secret_basic`";
    /// The client authentication method `client_secret_post`.
    ClientSecretPost = "the client authentication method `client_secret_post`";
    /// The client authentication method `private_key_jwt`.
    ClientAssertions = "the client authentication method `private_key_jwt`";
    /// The client authentication method `client_secret_jwt`.
    ClientSecretJwt = "the client authentication method `client_secret_jwt`";
    /// Clients that authenticate.
    ConfidentialClients = "clients that authenticate";
    /// Clients that do not authenticate: the method `none`.
    PublicClients = "public clients";
    /// The revocation endpoint.
    Revocation = "the revocation endpoint";
    /// The introspection endpoint.
    Introspection = "the introspection endpoint";
    /// A published key set.
    Jwks = "a key set";
    /// Access tokens that the published keys verify.
    SignedAccessTokens = "access tokens that published keys verify";
    /// The response type `none`.
    ResponseTypeNone = "the response type `none`";
    /// A response type with a code and a token beside it.
    Hybrid = "a hybrid flow";
    /// The grant `urn:ietf:params:oauth:grant-type:jwt-bearer`.
    JwtBearer = "the grant `jwt_bearer`";
    /// The grant `urn:ietf:params:oauth:grant-type:token-exchange`.
    TokenExchange = "the grant `token_exchange`";
    /// The registration of clients by themselves.
    Registration = "`registration`";
    /// Initial access tokens, without which no client registers itself.
    InitialAccessTokens = "initial access tokens";
    /// Clients whose identifier is the URL of their metadata document.
    ClientDocuments = "`client_id_metadata_documents`";
    /// A grant of the application's own.
    ExtensionGrant = "an extension grant";
    /// Pairwise subject identifiers.
    Pairwise = "pairwise subject identifiers";
    /// The page that watches the session.
    CheckSession = "the page that watches the session";
    /// Tokens that are bound to keys of clients (RFC 9449).
    Dpop = "`dpop`";
    /// The profile of FAPI 2.0.
    Fapi2 = "`profile = \"fapi2\"`";
    /// Authorization requests that clients push.
    PushedAuthorizationRequests = "`pushed_authorization_requests`";
    /// Classes of logins that clients can ask for (RFC 9470).
    AcrValues = "`acr_values(…)`";
    /// Back-channel logout.
    BackChannelLogout = "back-channel logout";
}
