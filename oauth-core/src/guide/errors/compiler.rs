//! The errors of the compiler, in its own words: those of the macros, and those in which it says nothing of OAuth.
//!
//! # Servers
//!
//! ## A store is missing
//!
//! ```text
//! error[E0277]: `NoStore` cannot keep authorization codes, which the grant `authorization_code` needs
//! error[E0277]: `NoStore` cannot keep device authorizations, which the grant `device_code` needs
//! error[E0277]: `NoStore` cannot keep the identifiers of used assertions, which the grant `jwt_bearer` needs
//! error[E0277]: `NoStore` cannot keep users, which `LoginPages` need
//! ```
//!
//! The validator names a store for each role by itself (`#[clients]`, `#[tokens]`), and none for this one. Write `#[store] store: SqliteStore`
//! for all roles, or add a field: `#[codes] codes: SqliteStore`.
//!
//! ```text
//! error[E0277]: `String` cannot keep clients, which every server needs
//! error[E0277]: `Arc<oauth_core::prelude::MemoryStore>` cannot keep clients, which every server needs
//! error: `Accounts` has no store: every server needs one for its clients and tokens
//! ```
//!
//! The field `#[store]` holds the store itself. A clone of a store is the same store, so it needs no `Arc`, no `Mutex` and no `Option`.
//! Opening it is the program's business: `SqliteStore::open("oauth.db").await?`.
//!
//! ## A part is missing, or is something else
//!
//! ```text
//! error[E0277]: `Accounts` is not a request validator
//! error[E0277]: `Arc<Accounts>` is not a request validator
//! error[E0277]: `oauth_core::prelude::MemoryStore` is not a request validator
//! error: no field is the validator, which knows clients and tokens: mark one, such as `#[validator] accounts: Accounts`
//! ```
//!
//! `#[validator]` stands twice: above the struct that has the store, and above the field of the server that has this struct, itself and in no
//! `Arc`.
//!
//! ```text
//! error: the grant `authorization_code` asks a person to log in and to agree (RFC 6749 §3.1), and no field does that
//! error[E0277]: `String` cannot ask people to log in and to agree, which the grant `authorization_code` needs
//! ```
//!
//! Add `#[interaction] pages: LoginPages`, or [a login of your own](crate::guide::how_to::own_login).
//!
//! ```text
//! error[E0080]: evaluation panicked: nothing uses this token generator, for the field `tokens` has no mark: write `#[access_token]` above it, remove it, or keep it in an `Arc` for code of your own
//! error[E0080]: evaluation panicked: nothing uses this store, for the field `users` has no mark: write its role above it, such as `#[users]`, remove it, or keep it in an `Arc` for code of your own
//! ```
//!
//! The mark says which part a field is, whatever its type. A field without one is your own, and of a type that is no part. What code of
//! yours uses beside the server is kept beside it, or in an `Arc`; a store, where hooks ask it, in a `#[validator(custom)]`.
//!
//! ```text
//! error[E0277]: `oauth_core::jose::KeyRing` does not generate tokens
//! error[E0277]: `String` cannot sign tokens
//! ```
//!
//! `#[access_token]` marks a struct with `#[token_generator(jwt, …)]`. The key is a field of that struct, `#[signing_key] keys: KeyRing`, and is
//! read from a file or a store, never written into the program.
//!
//! ```text
//! error: `dyn UserStore` cannot be: the methods of `UserStore` are `async`, and the compiler knows the type of each part
//! error: `dyn RequestValidator` cannot be: the methods of `RequestValidator` are `async`, and the compiler knows the type of each part
//! error: a server lives as long as the program and cannot borrow: write its parts themselves, such as `accounts: Accounts`, without `&` and without this
//! error: a validator lives as long as the program and cannot borrow: write the store itself, such as `store: SqliteStore`, without `&` and without this
//! ```
//!
//! Each part has a type of its own, and the server has the part itself: neither `Box<dyn …>`, nor `Arc<…>`, nor `&`. Where a run chooses
//! between two stores, write an `enum` of both and implement the traits for it; where tests have another, a type parameter. Stores and
//! key rings are handles: a clone is the same store, the same ring.
//!
//! ```text
//! error: `S` could be any type: write `where Accounts<S>: RequestValidator` in the head of the struct
//! ```
//!
//! A server that takes any store says what it must be able to: `struct AuthServer<S> where Accounts<S>: RequestValidator { … }`.
//!
//! ```text
//! error[E0599]: `AuthServer` is not an authorization server
//! error[E0599]: no method named `into_router` found for struct `AuthServer` in the current scope
//! ```
//!
//! The struct lacks `#[authorization_server(…)]`; or its file lacks `use oauth_core::prelude::*;`, by which the method is known.
//!
//! ```text
//! error[E0425]: cannot find type `PostgresStore` in this scope
//! error[E0432]: unresolved import `oauth_core::store::SqliteStore`
//! ```
//!
//! The feature of the store is off: that of `PostgresStore` is `postgres`, that of `ValkeyStore` is `valkey`, and that of `SqliteStore` is
//! `sqlite`, which is on unless the dependency has `default-features = false`. Write
//! `oauth-core = { version = "…", features = ["postgres"] }` into `Cargo.toml`. Where the name would come from the prelude, the compiler cannot
//! find it, and does not know why.
//!
//! ```text
//! error[E0277]: `std::result::Result<Router, ConfigurationError>` is not a future
//! ```
//!
//! `start()` and `into_router()` are not `async`: write `?` in place of `.await`. Opening a store is.
//!
//! ## The issuer
//!
//! ```text
//! error: the issuer `auth.example.com` is not an https URL (RFC 8414 §2): start it with `https://`
//! error: the issuer `https://auth.example.com/` ends with `/`: clients compare issuers byte for byte (RFC 8414 §3.3), and most write none: leave it out
//! error: the issuer `http://auth.example.com` is http off loopback, where anyone on the way can change it (RFC 8414 §2): use `https://`, or `http://127.0.0.1` for development
//! error: a `jwt` names its issuer (RFC 9068 §2.2): add `issuer = "https://auth.example.com"`, `issuer = env!("…")` or `issuer = self.field`
//! error: the issuer is in a field of the struct: write `issuer = self.issuer`
//! error: the issuer is read from the field itself: write `issuer = self.issuer`
//! error: the issuer is read from a field, and `.clone(…)` makes another: write `issuer = self.issuer`
//! error: `format!` makes a text when the program runs, and this is read while it compiles: write `issuer = self.issuer`, with a field `issuer: String` that the program fills; `concat!("https://", "auth.example.com")` puts literals together
//! error: `option_env!` is nothing where the variable is not set: write `issuer = match option_env!("ISSUER") { Some(issuer) => issuer, None => "https://auth.example.com" }`, or `issuer = env!("ISSUER")` where each build has it
//! error: `String::from(…)` makes a text when the program runs, and this is read while it compiles: write `issuer = "https://auth.example.com"`
//! ```
//!
//! The issuer is the URL that clients see, whatever is in front of the server. It is a constant: a literal, `concat!(…)`, `env!(…)`, a
//! `const`, a `const fn` of yours. For one that is known at the start only, write `issuer = self.issuer`, with a field `issuer: String`;
//! it is checked then.
//!
//! ```text
//! error: the issuer `https://*.example.com` has `*` in its host, and clients compare issuers byte for byte (RFC 8414 §3.3): name one server; for one of several, which is known when it starts, write `issuer = self.issuer`
//! error: the issuer `https://Auth.example.com` has the character 'A' in its host, which clients send in lower case, and compare byte for byte (RFC 3986 §6.2.2.1, RFC 8414 §3.3): write the host in lower case
//! error: the issuer `https://auth%2Eexample.com` has the character '%' in its host, which is a name of letters, digits, `-`, `_` and `.`, or an address (RFC 3986 §3.2.2): write it as clients send it
//! error: the issuer `https://auth.example.com:443` has the default port, which clients leave out, and they compare issuers byte for byte (RFC 3986 §6.2.3, RFC 8414 §3.3): remove `:443`
//! error: the issuer `https://[zz::1]` has a host that looks like an address and is none (RFC 3986 §3.2.2): write four numbers up to 255, such as `192.0.2.1`, or an IPv6 address in brackets, such as `[2001:db8::1]`
//! error: the issuer `https://[0:0:0:0:0:0:0:1]:8443` has an address that clients write in another way (RFC 5952 §4), and they compare issuers byte for byte (RFC 8414 §3.3): write `[::1]` as the host
//! error: the issuer `https://bücher.example` has letters in its host that DNS does not have: write them as browsers copy them from the address bar, with `xn--` (RFC 5890 §2.3.2.1); `https://bücher.example` is `https://xn--bcher-kva.example`
//! error: the issuer `https://auth.example.com/tenant/../other` has an empty segment, `.` or `..` in its path, which clients remove (RFC 3986 §5.2.4): write the path without it
//! error: the issuer `https://auth.example.com/.well-known/openid-configuration` has `.well-known` in its path, where its metadata is (RFC 8414 §3): the issuer is what stands before it
//! ```
//!
//! Libraries of clients parse the URL, write it in their one way, and then compare it with `iss` of each token: what they write in
//! another way is another issuer. Of the issuer of another server (`#[resource_server]`) that is its owner's business; it is taken as
//! it is, and has to be a URL.
//!
//! ## Grants, scopes, lifetimes
//!
//! ```text
//! error: there is no grant `code`: did you mean `authorization_code`?
//! error: grants are names, not strings: write `grants(authorization_code, refresh_token)`
//! error: standard grants have names: write `authorization_code, refresh_token`; types are extension grants
//! error[E0080]: evaluation panicked: standard grants have names: write `authorization_code, refresh_token`; types are extension grants
//! error: the grant `password` shows people's passwords to clients and must not be used (RFC 9700 §2.4)
//! error: the grant `implicit` puts access tokens into URLs, where logs and histories keep them, and is gone from OAuth 2.1 (RFC 9700 §2.1.2)
//! error: there is no grant `pkce`: PKCE is part of `authorization_code` (RFC 7636), remove this
//! ```
//!
//! The names are snake case and stand bare; a type is a grant of your own, with `#[extension_grant("urn:…")]`, whatever it is called. `password` and `implicit` are there for clients that cannot change, with `profile = "oauth2.0"`.
//!
//! ```text
//! error: the scope `profile calendar` has a space, which separates scopes (RFC 6749 §3.3): write each as a string of its own
//! error: the description of a scope follows `=`: write `"profile" = "…"`
//! error[E0277]: `Profile` is not a scope
//! error: `CALENDAR_READ` is named as a constant, which is not known yet where the list is read: write the string itself, such as `"calendar.read"`, or a type, `#[scope("calendar.read")] struct CalendarRead;`
//! ```
//!
//! `scopes("profile" = "Know your name", Calendar)`: strings, with a description if you like, and types with `#[scope("…")]`.
//!
//! ```text
//! error: the value of `device_code_lifetime` must be a string with a unit: write `device_code_lifetime = "600s"` or `device_code_lifetime = "600m"`
//! error: `refresh_token_grace = "soon"` is not a duration: write `90s`, `15m`, `1h30m` or `30d`
//! ```
//!
//! A duration is text with a unit: `"90s"`, `"15m"`, `"1h30m"`, `"30d"`.
//!
//! ## The form of an attribute
//!
//! ```text
//! error: a comma is missing before `scopes`
//! error: a comma is missing between `dpop` and `scopes`
//! error: commas stand between arguments, and no `;`: write `,` instead
//! error: commas stand between arguments, and no `;`: remove it
//! error: one pair of `(…)` too many: write what is in it, one by one, without
//! error: scopes stand in the list one by one: write `scopes("profile", "calendar" = "See your calendar")`
//! error: expected a comma after `scopes(…)`, and not `=`
//! ```
//!
//! Arguments are names, names with a value, and names with a list: `#[authorization_server(grants(client_credentials), dpop, code_lifetime = "30s")]`.
//!
//! ```text
//! error: a URL is a string: write `issuer = "https://…"`; without quotes, the rest of the line is a comment
//! error: a URN is a string: write `"urn:example:mfa"`
//! ```
//!
//! What has a colon, a slash or a dot in it stands in quotes. `//` begins a comment in Rust, also within an attribute.
//!
//! ## An attribute is in the wrong place
//!
//! ```text
//! error: `Validator` is no derive, but an attribute: write `#[validator]` above the struct, and remove this
//! error: `#[validator]` is here twice: keep one
//! error: `#[store]` marks a field: write it above the field, in the struct
//! error: cannot find attribute `store` in this scope
//! ```
//!
//! `#[validator]`, `#[token_generator(…)]`, `#[authorization_server(…)]` and `#[resource_server(…)]` stand above a struct, once, and no `derive`
//! stands in for them. The attributes of fields, such as `#[store]`, are known within such a struct only: where the compiler cannot find one,
//! the attribute above the struct is missing, or below what needs it.
//!
//! ```text
//! error: `#[access_token]` takes no arguments: write `#[token_generator(jwt, issuer = "https://auth.example.com")]` above `struct AccessTokens`, and `#[access_token]` alone above the field of that type
//! error: `#[validator]` takes no arguments: write `#[validator(custom)]` above `struct Accounts`, and `#[validator]` alone above the field of that type
//! ```
//!
//! A field is marked, and its type says what it does: the format of tokens stands above the struct that makes them.
//!
//! ```text
//! error: `#[scope(…)]` is for a struct that stands for the scope, not for `fn`: write `#[scope("calendar.write")] struct CalendarWrite;` beside it, and take `Bearer<CalendarWrite>` as an argument here
//! error: `#[scope(…)]` is for a struct that stands for the scope, not for `const`: write `#[scope("calendar.read")] struct CalendarRead;` in its place
//! error: `#[step_up(…)]` is for a struct that stands for a login, without fields and parameters: write `struct Mfa;`, and take `Bearer<StepUp<Mfa>>` as an argument of the function
//! error: `#[extension_grant(…)]` is for a struct that stands for the grant, not for `impl`: write it above the struct, and leave the `impl` of `ExtensionGrant` without an attribute
//! ```
//!
//! Scopes, logins and grants of your own are types without fields. What a handler needs is in the type of its argument.
//!
//! ```text
//! error: `body_limit` is a number of bytes without a suffix: write `body_limit = 65_536` (64 * 1024)
//! error: `entropy` is a number of bits without a suffix: write `entropy = 256`
//! error: `max_age` is a number of seconds without a suffix: write `max_age = 300` (5 * 60)
//! error: `body_limit = 9` is too small: a token request has a code, its verifier and the authentication of the client in its body (RFC 6749 §3.2); write 1024 (bytes) at least, the default is 65536
//! error: `body_limit = 1073741824` is too large: a body is in memory before it is known who sent it; write 16777216 (16 MiB) at most, the default is 65536
//! ```
//!
//! A number is a number: Rust reads `64k` as 64 with a suffix that means nothing to it.
//!
//! ```text
//! error[E0080]: evaluation panicked: `refresh_token_lifetime = "30m"` is shorter than the 1h that an access token lives, so that the refresh token is dead when it is needed (RFC 6749 §1.5): write `refresh_token_lifetime = "1h"` or longer, or give the token generator a shorter `expires_in`
//! error: `refresh_token_max_lifetime = "7d"` is shorter than `refresh_token_lifetime = "30d"`, so that no refresh token lives as long as the latter says (RFC 9700 §4.14.2): write `refresh_token_max_lifetime = "30d"` or longer, or a shorter `refresh_token_lifetime`
//! error: `refresh_token_grace = "60s"` is longer than `refresh_token_lifetime = "30s"`, so that the grace is for a token that is dead (RFC 9700 §4.14.2): write `refresh_token_lifetime = "30d"`, for example, or a shorter grace
//! error: `device_polling_interval = "60s"` is not shorter than `device_code_lifetime = "30s"`, so that a device comes back when its code is dead (RFC 8628 §3.5): write `device_code_lifetime = "10m"`, for example, or a shorter interval
//! ```
//!
//! Lifetimes go together. An access token lives for an hour unless its generator has `expires_in`, a refresh token for 30 days, and all of
//! one login for a year.
//!
//! ```text
//! error: `openid` asks who has logged in, and no grant here is for people (OpenID Connect Core §3): add the grant `authorization_code`, or remove `openid`
//! error: the default scope `openid` makes an OpenID request of one that does not ask for it (OpenID Connect Core §3.1.2.1): name another default, such as `"profile"`; clients that log people in ask for `openid`
//! error: the default scope `offline_access` asks for access while nobody is there, on behalf of clients that did not ask (OpenID Connect Core §11): name another default, such as `"profile"`
//! ```
//!
//! `openid` and `offline_access` mean something by themselves, and only where a client asks for them.
//!
//! ## The crate has another name
//!
//! Expansions name `oauth_core` as your `Cargo.toml` does, `auth = { package = "oauth-core", … }` for example, or as that of your workspace. Where
//! your crate has it through another one, which re-exports it, the compiler cannot find `oauth_core` in the list of imported crates: say where
//! it is, `#[validator(crate = framework::auth)]`, in each attribute.
//!
//! # Hooks and claims
//!
//! ```text
//! error[E0277]: `Accounts` has hooks, but its struct does not ask for them
//! error[E0277]: `Accounts` has no hooks, and `custom` says that it has
//! ```
//!
//! The two halves belong together: `#[validator(custom)]` above the struct, and `#[validator]` above the `impl` block.
//!
//! ```text
//! error[E0119]: conflicting implementations of trait `oauth_core::prelude::RequestValidator` for type `Accounts`
//! ```
//!
//! `#[validator]` implements the trait. Hooks stand in `#[validator] impl Accounts`, without the trait's name.
//!
//! ```text
//! error: `Accounts` has a block of hooks above: put these hooks into it; methods that are no hooks stand in an `impl` block without `#[validator]`
//! ```
//!
//! All hooks, claims and generators of a type are in one block, for it is one `impl` of [`RequestValidator`](crate::validator::RequestValidator).
//!
//! ```text
//! error: there is no hook `validate_clientid`: did you mean `validate_client_id`?
//! error: there is no hook `query_client`: clients are in the store, whose `ClientStore::client` finds them: mark its field with `#[store]` or `#[clients]`, or write an `impl ClientStore` for a store of your own
//! error: there is no hook `get_authorization_code`: `peek_authorization_code` looks at a code, and `redeem_authorization_code` uses it up
//! error: there is no hook `audience`: put a helper method into a plain `impl` block, without `#[validator]`
//! error: `validate_client_id` returns `Result<()>`, not `bool`
//! error: `validate_client_id` returns nothing
//! error: `validate_user` returns `Result<Option<User>>`, not `Option<User>`
//! error: `client_id` is `&str` here, not `&mut Request`
//! ```
//!
//! The signature is in [`RequestValidator`](crate::validator::RequestValidator), and in the message. A hook refuses by an `Err`, such as
//! `Err(Error::access_denied("…"))`.
//!
//! ```text
//! error[E0308]: mismatched types
//!    = note: `oauth_core::prelude::Request` and `axum::http::Request<Body>` have similar names, but are actually distinct types
//! ```
//!
//! An import hides the prelude's `Request`, which a hook takes. Write `axum::extract::Request` in full where that is meant, and do not import it.
//!
//! ```text
//! error[E0080]: evaluation panicked: nothing at this server asks the hook `is_pkce_required`: PKCE is required already (OAuth 2.1 §4.1.1), and only with the grant `authorization_code` and `danger_pkce_optional` does the hook decide
//! error[E0080]: evaluation panicked: nothing at this server asks the hook `introspect_token`: its introspection endpoint is off
//! error[E0080]: evaluation panicked: nothing at this server asks the hook `finalize_id_token`: only an OpenID provider does, which the scope "openid" makes of a server (OpenID Connect Core §3.1.2.1)
//! ```
//!
//! The hook would never run. Give the server what asks it, or remove the hook. Where one validator serves several servers, or other code of your
//! own asks the hook, such as an endpoint ([`Environment::endpoint`](crate::server::Environment::endpoint)) or a way to authenticate clients,
//! or the block forwards to another validator, write `shared_validator` among the arguments of the server. One that lists an extension grant
//! or `token_exchange` is not judged, for your code there may call any hook.
//!
//! ```text
//! error[E0080]: evaluation panicked: the grant `jwt_bearer` has the hook `validate_jwt_bearer_token` verify assertions, and without it trusts nobody's (RFC 7523 §3)
//! error[E0080]: evaluation panicked: `initial_access_token` has the hook `validate_initial_access_token` say which tokens let a client in, and without it lets in none (RFC 7591 §3)
//! ```
//!
//! Whom the server trusts, only you know: write `#[validator(custom)]` above the struct, and the hook into its `#[validator] impl`.
//!
//! ```text
//! error: `is_otp_required` is nothing without `validate_otp`: one hook asks for a one-time code, the other one checks it
//! ```
//!
//! A [second step](crate::guide::how_to::second_step) of the login needs both.
//!
//! ```text
//! error[E0277]: the `?` operator can only be applied to values that implement `Try`
//! error[E0728]: `await` is only allowed inside `async` functions and blocks
//! ```
//!
//! Stores are asynchronous: `self.store.client(client_id).await?`, in an `async fn`. Each hook may be one.
//!
//! ```text
//! error[E0308]: mismatched types
//!    = note: expected enum `std::result::Result<(), oauth_core::Error>`
//! ```
//!
//! A hook returns `oauth_core::Result`, whose error is [`Error`](crate::Error). Any other error becomes one by `?`: it is `server_error` for the
//! client, and the cause is in the log. Where the compiler says ``?` couldn't convert the error``, it is no such error: a text is
//! `.map_err(Error::server)?`, and what cannot be sent to another thread, such as `Box<dyn Error>` without `+ Send + Sync` or that of
//! `lock()`, is `.map_err(|error| Error::server(error.to_string()))?`.
//!
//! ```text
//! error: future cannot be sent between threads safely
//! ```
//!
//! Something that stays on its thread, such as an `Rc` or the guard of a `std` mutex, is held across an `.await`. Drop it before, or use what is
//! `Send`.
//!
//! ```text
//! error: `request.scopes` was validated, and a hook only reads it: return the scopes from `get_default_scopes`, or refuse some in `validate_scopes` (in `is_within_original_scope` where a token is refreshed)
//! ```
//!
//! A hook sets `request.claims`, `request.extra_credentials` and `request.extensions`. What was validated stays.
//!
//! ```text
//! error: the claim `sub` is set by the framework (RFC 7519 §4.1): choose another name
//! error[E0080]: evaluation panicked: the claim `tenant` of the validator is tied to the scope `tenants`, which this server does not declare: add it to `scopes(…)`, or correct the claim
//! error[E0277]: `Option<Tenant>` cannot be the value of a claim
//! ```
//!
//! A claim has a name of its own, a scope that the server has, and a value that implements `serde::Serialize`.
//!
//! ```text
//! error: `#[claim]` marks a method, which returns the value: write it above one in a `#[validator] impl`, and `#[validator(custom)]` above this struct
//! ```
//!
//! What is the same in every token is `claims(region = "eu")` of the generator.
//!
//! ```text
//! error: the claim `acr` is not the same in every token: it is the class of the login (RFC 9068 §2.2.1), as `LoginPages::acr` or your interaction says, and is in each token by itself; remove it here
//! error: the claim `amr` is not the same in every token: it is how the person has logged in (RFC 9068 §2.2.1), as your interaction says to ID tokens; for access tokens write a `#[claim("amr")]` method in the `#[validator] impl`
//! error: the claim `username` is not the same in every token: it is the name of one person (RFC 7662 §2.2); write a `#[claim("username")]` method in the `#[validator] impl`
//! error[E0080]: evaluation panicked: the claim `plan` is static in the token generator, and the validator makes it for each request besides, so that one value would replace the other (RFC 7519 §4): remove it from `claims(…)`, and return that value from the method where it has no other; or remove the `#[claim]` method
//! ```
//!
//! `claims(tier = 3)` is for what is true of every token. What is of one login, one person or one client, a `#[claim]` method says for each.
//!
//! ```text
//! error: use of deprecated macro `oidc_core_section_5_4_a_claim_of_a_person_has_its_scope`: the claim `email` goes to every client that people log in to, whether they asked for it or not: clients ask by the scope `email` (OpenID Connect Core §5.4)
//! ```
//!
//! It is a warning, and an error with `#![deny(deprecated)]`. `#[claim("email", scope = "email", to(userinfo))]` tells those who asked;
//! `scope = "openid"` tells every client that logs people in, and says that you mean it.
//!
//! # APIs
//!
//! ```text
//! error[E0080]: evaluation panicked: a handler asks for the claim `tenant`, which nothing at its server issues, so that no token could open the handler: declare it in the `#[validator] impl`, by `#[claims]` above a method that returns the struct or by `#[claim("tenant")]`, or ask for an `Option` of the struct; where your store or code of your own fills it in, write `.own_tokens()` behind the `ResourceConfig` of the API, which makes a `Local<…>` that you wrote a `Local<…, OwnTokens>`
//! ```
//!
//! `cargo build` says so, `cargo check` does not. Claims that a hook sets on `request.claims` count, and where a hook hands its request on, any
//! claim does.
//!
//! ```text
//! error[E0107]: missing generics for struct `oauth_core::prelude::Bearer`
//! error[E0747]: constant provided when a type was expected
//! error[E0277]: `Calendar` does not say which scopes are needed
//! error[E0277]: `String` does not say which scopes are needed
//! error[E0277]: `CalendarWrite` is not a struct of private claims
//! ```
//!
//! Write `Bearer<Calendar>`, where `Calendar` is a struct with `#[scope("calendar")]`; `Bearer<()>` takes any valid token. Two scopes are one
//! tuple: `Bearer<(CalendarRead, CalendarWrite)>` wants both, `Bearer<AnyOf<(CalendarRead, CalendarWrite)>>` one of them. What stands
//! second is the struct of the [private claims](crate::guide::tutorial::api), by which `token.private_claims()` has fields.
//! The compiler then says of the route that the handler is none: that goes with it.
//!
//! ```text
//! error[E0609]: no field `tenant` on type `oauth_core::prelude::Bearer<Reports>`
//! error[E0609]: no field `tenant` on type `&()`
//! ```
//!
//! A private claim is read by `token.private_claims().tenant`, and the handler names the struct: `token: Bearer<Reports, Tenancy>`.
//!
//! ```text
//! error[E0277]: the trait bound `fn(oauth_core::prelude::Bearer<Reports>) {wait}: Handler<_, _>` is not satisfied
//! ```
//!
//! A handler that takes a `Bearer` is refused where the route is added, in words of axum's, which the compiler shortens: of an `async fn`
//! it says `fn(Bearer<Reports>) -> ... {show}: Handler<..., ()>` or `fn(&Bearer<Reports>) -> ... {show}: Handler<_, _>`. It has three
//! causes:
//!
//! - `.with_state(api)` is missing, or the state is another: one of your own (see [`own_state`](crate::guide::how_to::own_state)), the
//!   server instead of what `protected_resource` made of it, or a `Result` without its `?`;
//! - an extractor that reads the body, such as `Json` or `Form`, is not the last argument;
//! - the handler is not `async`, borrows the `Bearer` (`&Bearer<Calendar>`), or returns what is no response.
//!
//! `#[axum::debug_handler]` (axum's feature `macros`) above the handler tells which. The API itself is the state of a router, by
//! `.with_state(api)`; as a `.layer(api)`, the compiler says that it does not implement `tower_layer::Layer`.
//!
//! ```text
//! error: the resource server has no audience, so that a token for any other API would do here (RFC 9068 §4)
//! ```
//!
//! `audience` is what the issuer writes into `aud`: the `audience` of its generator, or the resource that clients ask for.
