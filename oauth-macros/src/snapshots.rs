//! Expansions, as files to read and review: they are what users' crates compile.
//!
//! After a change, run with `SNAPSHOTS=overwrite` and read the difference.

use std::path::Path;

use proc_macro2::TokenStream;

fn check(name: &str, expansion: TokenStream) {
    let file: syn::File = syn::parse2(expansion).unwrap();
    let actual = prettyplease::unparse(&file);
    compare(&format!("{name}.expanded.rs"), &actual);
    assert!(
        !actual.contains("unsafe") && !actual.contains("unwrap()"),
        "an expansion neither is unsafe nor unwraps"
    );
}

/// Compares a text with the snapshot of this name, or writes it.
pub(crate) fn compare(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/snapshots").join(name);
    if std::env::var("SNAPSHOTS").is_ok_and(|mode| mode == "overwrite") {
        std::fs::write(&path, actual).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(actual, expected, "it differs from {}", path.display());
}

fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap()
}

#[test]
fn step_up() {
    let args = r#"acr_values("phr", "phrh"), max_age = 300"#;
    check("step_up", crate::step_up::expand(tokens(args), &tokens("/// Documented.\npub struct Mfa;")));
}

#[test]
fn validator() {
    check(
        "validator",
        crate::validator::expand(
            TokenStream::new(),
            tokens("struct Accounts { #[store] store: SqliteStore, #[sessions] sessions: MemoryStore }"),
        ),
    );
}

#[test]
fn custom_generic_validator() {
    let item =
        "pub struct Accounts<S: ClientStore> { #[store] store: S, #[cfg(test)] #[codes] codes: MemoryStore }";
    check("custom_generic_validator", crate::validator::expand(tokens("custom"), tokens(item)));
}

#[test]
fn hooks() {
    let item = r#"
        impl Accounts {
            /// Documented.
            async fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()> {
                request.claims.insert("aud", client_id)
            }

            #[claim("tenant", scope = "profile")]
            fn tenant(&self, request: &Request) -> Option<String> {
                None
            }

            #[claim("plan", to(id_token, userinfo))]
            async fn plan(&self, request: &Request) -> Result<u8> {
                Ok(1)
            }

            #[token_generator(refresh)]
            fn refresh(&self, request: &Request) -> Result<String> {
                Ok(String::new())
            }
        }
    "#;
    check("hooks", crate::validator::expand(TokenStream::new(), tokens(item)));
}

#[test]
fn structs_of_claims() {
    let item = r#"
        impl Accounts {
            #[claims(scope = "profile", to(access_token, userinfo))]
            async fn tenancy(&self, request: &Request) -> Result<Tenancy> {
                Ok(Tenancy { tenant: String::new() })
            }
        }
    "#;
    check("structs_of_claims", crate::validator::expand(TokenStream::new(), tokens(item)));
}

#[test]
fn claims() {
    let item = r#"
        /// Documented.
        pub struct Tenancy<R> {
            tenant: String,
            #[claim("https://example.com/roles")]
            roles: Vec<R>,
            r#type: Option<u8>,
        }
    "#;
    check("claims", crate::claims::expand(tokens(item)));
}

#[test]
fn jwt_generator() {
    let args = r#"jwt, issuer = "https://auth.example.com", expires_in = "15m", algorithm = "ES256", claims(tier = 3)"#;
    let item = "struct AccessTokens { #[signing_key] keys: KeyRing }";
    check("jwt_generator", crate::token_generator::expand(tokens(args), &tokens(item)));
}

#[test]
fn self_contained_generator() {
    let args = r#"jwt, issuer = "https://auth.example.com", expires_in = "5m", self_contained"#;
    let item = "struct AccessTokens(#[signing_key] KeyRing);";
    check("self_contained_generator", crate::token_generator::expand(tokens(args), &tokens(item)));
}

#[test]
fn jwe_generator() {
    let args = r#"jwe, issuer = self.issuer, alg = "A256KW", enc = "A128CBC-HS256""#;
    let item = "struct AccessTokens<K> { issuer: String, #[signing_key] keys: KeyRing, #[encryption_key] resource: K }";
    check("jwe_generator", crate::token_generator::expand(tokens(args), &tokens(item)));
}

/// A warning, and for servers that deny it its text; an exception with its reason.
#[test]
fn decisions() {
    let args = r#"
        jwt,
        issuer = "https://auth.example.com",
        algorithm = "HS256",
        expires_in = "30d",
        allow(hmac_access_tokens, reason = "the one API is ours"),
        deny(rfc9068)
    "#;
    let item = "struct AccessTokens { #[signing_key] key: SigningKey }";
    check("decisions", crate::token_generator::expand(tokens(args), &tokens(item)));
}

#[test]
fn opaque_generator() {
    let args = r#"opaque, prefix = "acme_at_""#;
    check("opaque_generator", crate::token_generator::expand(tokens(args), &tokens("struct AccessTokens;")));
}

#[test]
fn authorization_server() {
    let args = r#"
        grants(authorization_code, refresh_token),
        scopes("profile", "calendar" = "See your calendar"),
        code_lifetime = "30s",
        endpoints(revocation = off),
        allow(irrevocable_refresh_tokens, reason = "televisions have no log-out"),
        deny(rfc6750)
    "#;
    let item = "
        struct AuthServer {
            #[validator] accounts: Accounts,
            #[access_token] tokens: AccessTokens,
            #[interaction] pages: LoginPages,
        }
    ";
    check("authorization_server", crate::authorization_server::expand(tokens(args), &tokens(item)));
}

#[test]
fn extension_grant() {
    let args = r#""urn:example:grant-type:api-key""#;
    check("extension_grant", crate::extension_grant::expand(tokens(args), &tokens("pub struct ApiKey;")));
}

#[test]
fn preset() {
    let args = r#"preset = "all", profile = "oauth2.0", issuer = "https://auth.example.com""#;
    let item = "struct AuthServer { #[validator] accounts: Accounts, #[interaction] pages: LoginPages }";
    check("preset", crate::authorization_server::expand(tokens(args), &tokens(item)));
}

#[test]
fn openid_provider() {
    let args = r#"
        grants(authorization_code),
        scopes("openid"),
        response_types("code", "id_token code", "none"),
        id_token_lifetime = "5m",
        issuer = "https://auth.example.com"
    "#;
    let item = "
        struct Provider {
            #[validator] accounts: Accounts,
            #[id_token] id_tokens: IdTokenKeys,
            #[pairwise_key] pairwise_key: PairwiseKey,
            #[back_channel] back_channel: BackChannel,
            #[interaction] pages: LoginPages,
        }
    ";
    check("openid_provider", crate::authorization_server::expand(tokens(args), &tokens(item)));
}

/// Beside an error stands what lets the rest of the crate compile.
#[test]
fn fallback() {
    let item = "struct AccessTokens { #[signing_key] keys: KeyRing }";
    check("fallback", crate::token_generator::expand(tokens("jwt"), &tokens(item)));
}

#[test]
fn scope() {
    let item = "/// Seeing it.\npub struct CalendarRead;";
    check("scope", crate::scope::expand(tokens(r#""calendar.read", "See your calendar""#), &tokens(item)));
}

#[test]
fn resource_server() {
    let args = r#"
        issuer = self.issuer,
        audience = "https://api.example.com",
        introspection,
        leeway = "30s",
        scopes(CalendarRead, Mail)
    "#;
    let item =
        "struct Api { issuer: String, #[credentials] credentials: Credentials, #[cfg(a)] clock: Clock }";
    check("resource_server", crate::resource_server::expand(tokens(args), &tokens(item)));
}

#[test]
fn generic_server() {
    let args = r#"grants(client_credentials, my::Grant), scopes(Read, "mail"), default_scopes(Read), issuer = self.issuer"#;
    let item = "struct AuthServer<V, const N: usize> where V: RequestValidator { #[validator] accounts: V, issuer: String }";
    check("generic_server", crate::authorization_server::expand(tokens(args), &tokens(item)));
}

/// The compiler evaluates an issuer that is a constant.
#[test]
fn constant_issuers() {
    let generator = "struct AccessTokens { #[cfg(a)] #[signing_key] key: SigningKey, #[cfg(not(a))] #[signing_key] keys: KeyRing }";
    let generator = crate::token_generator::expand(tokens("jwt, issuer = ISSUER"), &tokens(generator));
    let args = r#"issuer = env!("ISSUER"), audience = self.audience, jwks = "https://auth.example.com/keys""#;
    let resource =
        "struct Api { audience: String, #[http_client] client: C, #[decryption_key] key: DecryptionKey }";
    let resource = crate::resource_server::expand(tokens(args), &tokens(resource));
    check("constant_issuers", [generator, resource].into_iter().collect());
}

/// One of each, wrong: the item, what it will be, and the error.
#[test]
fn fallbacks() {
    let roles = crate::validator::expand(tokens("custom"), tokens("struct Accounts { #[codes] codes: C }"));
    let hooks = tokens("impl Accounts { fn pre_tokn(&self, request: &Request) -> Result<()> { Ok(()) } }");
    let server = tokens("struct AuthServer<V> { #[validator] accounts: V }");
    let expansions = [
        roles,
        crate::validator::expand(TokenStream::new(), hooks),
        crate::authorization_server::expand(tokens("grants(client_credentials)"), &server),
        crate::resource_server::expand(tokens("jwks"), &tokens("struct Api;")),
        crate::scope::expand(tokens("calendar"), &tokens("struct Calendar;")),
        crate::extension_grant::expand(tokens(r#""api-key""#), &tokens("struct ApiKey;")),
        crate::claims::expand(tokens("struct Tenancy { iss: String }")),
    ];
    check("fallbacks", expansions.into_iter().collect());
}

/// Under another name, nothing names the crate by its own.
#[test]
fn renamed() {
    const CRATE: &str = "crate = renamed::library";
    const SERVER: &str =
        "struct S { #[validator] v: V, #[access_token] a: A, #[interaction] i: I, issuer: String }";
    const OPENID: &str = r#"grants(authorization_code, Own), scopes("openid", Read), default_scopes(Read), endpoints(token = "/t", userinfo = off), response_types("code"), code_lifetime = "30s", body_limit = 9"#;
    let validator = |args: &str, item: &str| crate::validator::expand(tokens(args), tokens(item));
    let generator = |args: &str, item: &str| crate::token_generator::expand(tokens(args), &tokens(item));
    let server = |args: &str, item: &str| crate::authorization_server::expand(tokens(args), &tokens(item));
    let resource = |args: &str, item: &str| crate::resource_server::expand(tokens(args), &tokens(item));
    let hooks = r#"impl A {
        fn get_client_secret(&self, client: &Client, request: &Request) -> Result<Option<SecretString>> {}
        async fn redeem_authorization_code(&self, code: &str, request: &mut Request) -> Result<CodeRedemption> {}
        #[claim("a", scope = "b", to(userinfo))] fn a(&self, request: &Request) -> Result<A> {}
        #[claims] fn b(&self, request: &Request) -> Result<B> {}
        #[token_generator] fn c(&self, request: &Request) -> Result<String> {}
    }"#;
    let jwt = r#"jwt, issuer = I, audience = "a", algorithm = "ES256", expires_in = "2d", claims(a = ["b", -1, 1.5, true])"#;
    let expansions = [
        validator(CRATE, "struct A<S, T> { #[store] s: S, #[users] u: T, #[replay_ids] r: R }"),
        validator(&format!("custom, {CRATE}"), "struct A { #[clients] s: S, #[tokens] t: T }"),
        validator(&format!("custom, {CRATE}"), "struct A;"),
        validator(CRATE, hooks),
        validator(CRATE, "impl RequestValidator for A {}"),
        generator(&format!("{jwt}, {CRATE}"), "struct A { #[signing_key] k: K }"),
        generator(
            &format!("jwe, issuer = self.i, alg = \"dir\", enc = \"A256GCM\", {CRATE}"),
            "struct A<K> { i: String, #[signing_key] k: K, #[encryption_key] e: E }",
        ),
        generator(&format!("opaque, prefix = \"acme_at_\", entropy = 128, {CRATE}"), "struct A;"),
        generator(&format!("jwt, {CRATE}"), "struct A { #[signing_key] k: K }"),
        server(&format!("{OPENID}, issuer = I, {CRATE}"), SERVER),
        server(&format!("{OPENID}, issuer = self.issuer, {CRATE}"), SERVER),
        server(&format!("preset = \"all\", profile = \"oauth2.0\", {CRATE}"), SERVER),
        server(&format!("grants(), {CRATE}"), SERVER),
        resource(
            &format!(
                "issuer = I, audience = self.a, jwks, leeway = \"1s\", algorithms(\"ES256\"), scopes(Read, \"a\"), {CRATE}"
            ),
            "struct A { a: String, #[http_client] h: H, #[decryption_key] d: D }",
        ),
        resource(
            &format!("issuer = self.i, audience = \"a\", introspection, {CRATE}"),
            "struct A { i: String, #[credentials] c: C }",
        ),
        resource(CRATE, "struct A;"),
        crate::scope::expand(tokens(&format!("\"a\", \"b\", {CRATE}")), &tokens("struct A;")),
        crate::scope::expand(tokens(CRATE), &tokens("struct A;")),
        crate::extension_grant::expand(tokens(&format!("\"urn:example:a\", {CRATE}")), &tokens("struct A;")),
        crate::extension_grant::expand(tokens(CRATE), &tokens("struct A;")),
        crate::claims::expand(tokens(&format!("#[claims({CRATE})] struct A<T> {{ a: T, b: Option<u8> }}"))),
        crate::claims::expand(tokens(&format!("#[claims({CRATE})] struct A {{ iss: u8 }}"))),
    ];
    for expansion in expansions {
        // What errors say is no code.
        let text = expansion.to_string();
        let code: String = text.split('"').step_by(2).collect();
        assert!(code.contains("renamed :: library :: __private"), "{text}");
        assert!(!code.contains("oauth_core"), "{text}");
    }
}
