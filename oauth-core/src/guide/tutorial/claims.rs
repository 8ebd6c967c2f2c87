//! Step 3: tokens that say something.
//!
//! So far a token is a random text, which only the server understands. A JWT (RFC 9068) is signed, and says by itself whom it is about,
//! whom it is for and what it allows. A token generator makes it:
//!
//! ```
//! use oauth_core::prelude::*;
//!
//! #[token_generator(
//!     jwt,
//!     issuer = "https://auth.example.com",
//!     audience = "https://api.example.com",
//!     expires_in = "15m",
//!     claims(tier = 3, region = "eu")
//! )]
//! struct AccessTokens {
//!     #[signing_key]
//!     keys: KeyRing,
//! }
//!
//! /// `custom`: the block below adds to it.
//! #[validator(custom)]
//! struct Accounts {
//!     #[store]
//!     store: MemoryStore,
//! }
//!
//! #[validator]
//! impl Accounts {
//!     /// Runs wherever a client id is checked. What it puts into `claims` is in this request's token.
//!     async fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()> {
//!         request.claims.insert("service", format!("acme-{client_id}"))
//!     }
//!
//!     /// A declared claim: it is there where the scope `profile` was granted.
//!     #[claim("tenant", scope = "profile")]
//!     fn tenant(&self, request: &Request) -> Result<String> {
//!         Ok(format!("tenant of {}", request.require_client()?.client_id))
//!     }
//! }
//!
//! #[authorization_server(
//!     grants(client_credentials),
//!     scopes("profile" = "Know your name", "calendar" = "See your calendar"),
//!     default_scopes("calendar")
//! )]
//! struct AuthServer {
//!     #[validator]
//!     accounts: Accounts,
//!     #[access_token]
//!     tokens: AccessTokens,
//! }
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let store = MemoryStore::new();
//!     let secret = ClientSecret::generate();
//!     store.save_client(Client::confidential("robot", &secret).scope("profile calendar").build()?).await?;
//!
//!     let keys = KeyRing::new(SigningKey::generate(Algorithm::ES256)?);
//!     let server = AuthServer { accounts: Accounts { store }, tokens: AccessTokens { keys } }.start()?;
//! #   for (scope, tenant) in [("", None), ("&scope=profile", Some("tenant of robot"))] {
//! #       let token = ask(&server, &secret, scope).await?;
//! #       let request = axum::http::Request::get("/").header("authorization", format!("Bearer {token}")).body(())?;
//! #       let record = server.verify_request(&request.into_parts().0, &ScopeSet::new()).await.map_err(|_| "refused")?;
//! #       let claims = serde_json::Value::Object(record.claims.into());
//! #       assert_eq!(claims["tier"], 3);
//! #       assert_eq!(claims["service"], "acme-robot");
//! #       assert_eq!(claims.get("tenant").and_then(|tenant| tenant.as_str()), tenant);
//! #   }
//! #   if true { return Ok(()); }
//!     let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
//!     println!("curl -u robot:{} -d grant_type=client_credentials http://127.0.0.1:8080/token", secret.expose());
//!     oauth_core::serve(listener, server.clone().into_router()).maintain(&server).await?;
//!     Ok(())
//! }
//! #
//! # type Running = oauth_core::server::RunningServer<AuthServer>;
//! # async fn ask(server: &Running, secret: &ClientSecret, scope: &str) -> Result<String, Box<dyn std::error::Error>> {
//! #     use base64::Engine as _;
//! #     let basic = base64::prelude::BASE64_STANDARD.encode(format!("robot:{}", secret.expose()));
//! #     let request = axum::http::Request::post("/token").header("authorization", format!("Basic {basic}"));
//! #     let request = request.header("content-type", "application/x-www-form-urlencoded");
//! #     let form = format!("grant_type=client_credentials{scope}");
//! #     let response = server.respond(request.body(axum::body::Body::from(form))?).await;
//! #     let body = axum::body::to_bytes(axum::body::Body::new(response.into_body()), 65_536).await?;
//! #     let token: serde_json::Value = serde_json::from_slice(&body)?;
//! #     Ok(token["access_token"].as_str().ok_or(token.to_string())?.to_owned())
//! # }
//! ```
//!
//! The generator states the issuer, so the server need not. The token of the client `robot`, decoded:
//!
//! ```json
//! {
//!   "iss": "https://auth.example.com", "aud": "https://api.example.com",
//!   "sub": "robot", "client_id": "robot", "scope": "calendar",
//!   "iat": 1790000000, "exp": 1790000900, "jti": "…",
//!   "tier": 3, "region": "eu", "service": "acme-robot"
//! }
//! ```
//!
//! # Which kind of claim
//!
//! | the value | write |
//! |---|---|
//! | is the same in every token | `claims(tier = 3)` of `#[token_generator]` |
//! | is one of the request, and clients need not know of it | `request.claims.insert(…)` in a hook that takes `&mut Request` |
//! | has a name and a scope that clients can read about in the metadata | a method with `#[claim("name", scope = "…")]` |
//! | is several that an API reads as a struct | a method with `#[claims]`, and `#[derive(Claims)]`: see [`api`](super::api) |
//!
//! A claim that would replace `exp`, `sub` or another that the server sets does not compile, or is an error of the hook.
//!
//! # Scopes
//!
//! - A scope that the server does not declare is `invalid_scope`, and so is one that the client did not register.
//! - A request without `scope` gets `default_scopes(…)`, or where there are none, all that the client registered.
//! - `#[scope("calendar", "See your calendar")]` on a struct makes a type of a scope. Servers take it in `scopes(…)`, and handlers of an
//!   API ask for it.
//!
//! The next step: [an API that takes the tokens](super::api).
