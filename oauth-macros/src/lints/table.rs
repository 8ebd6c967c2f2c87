//! Every lint.

use super::lint::{Level, Lint};

/// In the order of the documentation.
pub(crate) static LINTS: [&Lint; 11] = [
    &LONG_LIVED_ACCESS_TOKENS,
    &HMAC_ACCESS_TOKENS,
    &IMPLICIT_GRANT,
    &PASSWORD_GRANT,
    &DANGER_PKCE_OPTIONAL,
    &LONG_LIVED_REFRESH_TOKENS,
    &IRREVOCABLE_REFRESH_TOKENS,
    &BODY_TOKEN,
    &DANGER_QUERY_TOKEN,
    &DANGER_TYP_JWT,
    &DANGER_ABSENT_AUDIENCE,
];

pub(crate) static LONG_LIVED_ACCESS_TOKENS: Lint = Lint {
    name: "long_lived_access_tokens",
    attribute: "token_generator",
    level: Level::Warn,
    sections: &[("rfc6750", "5.3")],
    what: "these access tokens live longer than a day, and a stolen one works for as long; an hour or less is advised",
    instead: "write `expires_in = \"1h\"` or less, and let clients refresh; refresh tokens have `refresh_token_lifetime` of the server",
};

pub(crate) static HMAC_ACCESS_TOKENS: Lint = Lint {
    name: "hmac_access_tokens",
    attribute: "token_generator",
    level: Level::Warn,
    sections: &[("rfc9068", "2.1")],
    what: "these access tokens are signed with a shared secret, so that every API that can verify them can write them",
    instead: "write `algorithm = \"ES256\"`, whose public key the server publishes",
};

pub(crate) static IMPLICIT_GRANT: Lint = Lint {
    name: "implicit_grant",
    attribute: "authorization_server",
    level: Level::Silent,
    sections: &[("rfc9700", "2.1.2")],
    what: "access tokens travel in URLs, where logs, histories and scripts find them",
    instead: "write `authorization_code` instead",
};

pub(crate) static PASSWORD_GRANT: Lint = Lint {
    name: "password_grant",
    attribute: "authorization_server",
    level: Level::Silent,
    sections: &[("rfc9700", "2.4")],
    what: "clients get to see people's passwords",
    instead: "write `authorization_code` instead",
};

pub(crate) static DANGER_PKCE_OPTIONAL: Lint = Lint {
    name: "danger_pkce_optional",
    attribute: "authorization_server",
    level: Level::Silent,
    sections: &[("rfc9700", "2.1.1")],
    what: "a confidential client may go without PKCE, and a stolen code can then be injected into its sessions",
    instead: "remove `danger_pkce_optional`",
};

pub(crate) static LONG_LIVED_REFRESH_TOKENS: Lint = Lint {
    name: "long_lived_refresh_tokens",
    attribute: "authorization_server",
    level: Level::Warn,
    sections: &[("rfc9700", "4.14.2")],
    what: "a refresh token that nobody has used for a year still works, and should expire when its client is inactive",
    instead: "write `refresh_token_lifetime = \"30d\"`, which begins anew with each use",
};

pub(crate) static IRREVOCABLE_REFRESH_TOKENS: Lint = Lint {
    name: "irrevocable_refresh_tokens",
    attribute: "authorization_server",
    level: Level::Warn,
    sections: &[("rfc7009", "2")],
    what: "no endpoint revokes refresh tokens, so that a client whose user signs out cannot end them",
    instead: "give `revocation` a path, or remove the grant `refresh_token`",
};

pub(crate) static BODY_TOKEN: Lint = Lint {
    name: "body_token",
    attribute: "resource_server",
    level: Level::Silent,
    sections: &[("rfc6750", "2.2")],
    what: "access tokens are read from forms, which is for clients that cannot send the `Authorization` header",
    instead: "remove `body_token`",
};

pub(crate) static DANGER_QUERY_TOKEN: Lint = Lint {
    name: "danger_query_token",
    attribute: "resource_server",
    level: Level::Silent,
    sections: &[("rfc9700", "4.3.2"), ("rfc6750", "2.3")],
    what: "access tokens are read from URLs, which logs and histories keep",
    instead: "remove `danger_query_token`",
};

pub(crate) static DANGER_TYP_JWT: Lint = Lint {
    name: "danger_typ_jwt",
    attribute: "resource_server",
    level: Level::Silent,
    sections: &[("rfc9068", "4"), ("rfc8725", "3.11")],
    what: "tokens of the type `JWT` pass, and their audience alone keeps ID tokens out",
    instead: "remove `danger_typ_jwt`, and let the issuer write `at+jwt`",
};

pub(crate) static DANGER_ABSENT_AUDIENCE: Lint = Lint {
    name: "danger_absent_audience",
    attribute: "resource_server",
    level: Level::Silent,
    sections: &[("rfc9700", "2.3")],
    what: "a token that names no audience passes, and so does one for any other API",
    instead: "remove `danger_absent_audience`, and let the issuer name `aud`",
};
