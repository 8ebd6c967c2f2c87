//! The errors that people meet: what it says, why, and what to write.
//!
//! Each message says what is wrong, and most say what to write. This page has them in the compiler's own words, to be searched for. All rules
//! are in the manual's [`rules`](crate::manual::rules).
//!
//! # Of the compiler: servers
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
//! error[E0432]: unresolved import `oauth_core::store::SqliteStore`
//! ```
//!
//! The dependency has `default-features = false`. The feature is `sqlite`; that of `PostgresStore` is `postgres`, that of `ValkeyStore` is
//! `valkey`. Where the name comes from the prelude, the compiler says `cannot find type` of it, and does not know why.
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
//! # Of the compiler: hooks and claims
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
//! # Of the compiler: APIs
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
//! A handler that takes a `Bearer`, and whose router has no resource, is refused where the route is added, in words of axum's:
//! `the trait bound … Handler<_, _> is not satisfied`. It has three causes:
//!
//! - `.with_state(api)` is missing, or the state is another: one of your own (see [`own_state`](crate::guide::how_to::own_state)), the
//!   server instead of what `protected_resource` made of it, or a `Result` without its `?`;
//! - an extractor that reads the body, such as `Json` or `Form`, is not the last argument;
//! - the handler is not `async`, borrows the `Bearer` (`&Bearer<Calendar>`), or returns what is no response.
//!
//! `#[axum::debug_handler]` (axum's feature `macros`) above the handler tells which.
//!
//! ```text
//! error: the resource server has no audience, so that a token for any other API would do here (RFC 9068 §4)
//! ```
//!
//! `audience` is what the issuer writes into `aud`: the `audience` of its generator, or the resource that clients ask for.
//!
//! # Of a start
//!
//! What only a run can tell is in the error of [`start`](crate::server::Start::start), all of it at once, a line each:
//!
//! ```
//! use oauth_core::prelude::*;
//!
//! #[validator]
//! struct Accounts {
//!     #[store]
//!     store: MemoryStore,
//! }
//!
//! #[authorization_server(issuer = self.issuer, grants(client_credentials))]
//! struct AuthServer {
//!     issuer: String,
//!     #[validator]
//!     accounts: Accounts,
//! }
//!
//! # fn main() {
//! let accounts = Accounts { store: MemoryStore::new() };
//! let server = AuthServer { issuer: "https://auth.example.com/".to_owned(), accounts };
//! let mistakes = server.start().map(|_| ()).unwrap_err();
//! assert!(mistakes.to_string().contains("ends with `/`"), "{mistakes}");
//! # }
//! ```
//!
//! | it is about | what to do |
//! |---|---|
//! | the issuer | as above: no slash at the end, https off loopback; server and generator name the same one |
//! | `algorithm = "…"` and the key | the key file has a key for another algorithm: make one that fits, or leave `algorithm` out |
//! | a path that is another endpoint's already | two endpoints, or an endpoint and a page, are at one path: `endpoints(token = "/oauth/token")` |
//!
//! What is kept is not there after a start, or keys are other ones: see the manual's [`running`](crate::manual::running). A store that cannot
//! be opened is an error of `open` or `connect`, before that; a port that is taken is one of `TcpListener::bind`.
//!
//! # Of a client
//!
//! What a client is told is little, on purpose. The log has the rest: one line for each event at `oauth_core::audit`, and causes at
//! `oauth_core`. Turn it on with `tracing_subscriber::fmt::init()` in `main` and `RUST_LOG=oauth_core=debug,info` in the environment.
//!
//! ## `invalid_client`: client authentication failed
//!
//! The answer is the same for an unknown client as for a wrong secret. The log tells them apart, at the level `debug`, by the name that the
//! client gave itself:
//!
//! ```log
//! DEBUG oauth{route=token_endpoint method=POST}: oauth_core: client not authenticated client_id="robot" method=client_secret_basic reason="no such client"
//! DEBUG oauth{route=token_endpoint method=POST}: oauth_core: client not authenticated client_id="robot" method=client_secret_basic reason="the credentials are wrong, or the client has none"
//!  INFO oauth{route=token_endpoint method=POST}: oauth_core::audit: event="client_auth.failed" instance="f3tsht4e" grant_type=client_credentials client_auth=client_secret_basic error="invalid_client" reason="client authentication failed"
//! ```
//!
//! - The store was emptied, or another one: with `MemoryStore` each start forgets.
//! - The client sends its secret in another way than it registered: `client_secret_basic` is the default, and many libraries send it in the body.
//!   [`token_endpoint_auth_method`](crate::client::ClientBuilder::token_endpoint_auth_method) says which.
//! - In the header, identifier and secret are form-encoded first (RFC 6749 §2.3.1), which matters for characters other than letters,
//!   digits and `-._`. `curl -u` does not do that.
//! - A public client sends no secret. One that does is refused.
//!
//! ## `server_error`: the generator made a token that can be guessed
//!
//! Whatever makes tokens itself (a `#[token_generator]` method, a type with `TokenGenerator` and `Tokens::custom()`) is held to RFC 6749
//! §10.10. The client gets `server_error` and no token, and the log has, at the level `error`, one of
//!
//! - `the generator made an access token of 8 characters, which can be guessed`: 128 random bits are 22 characters of base64url, 32
//!   hexadecimal digits or 39 decimal ones;
//! - `it is kept already: its generator repeats itself`: it returns a constant, or a text without anything random, such as a signed one
//!   without `jti`.
//!
//! Write `SecretString::random().expose().to_owned()`, or put that into what you sign.
//!
//! ## `invalid_grant`
//!
//! ```log
//!  INFO oauth{route=token_endpoint method=POST}: oauth_core::audit: event="token.error" instance="f3tsht4e" client_id="calendar" grant_type=authorization_code error="invalid_grant" reason="the code is unknown, expired, used, or another client's"
//! ```
//!
//! | `error_description` | why |
//! |---|---|
//! | `the code is unknown, expired, used, or another client's` | it lives for a minute and works once: look whether the client asks twice. `code.replayed` in the log says so, and all that it yielded is revoked |
//! | `redirect_uri is not that of the authorization request` | it is sent again with the code, byte for byte |
//! | `code_verifier does not match code_challenge` | the verifier of another tab or attempt; or the challenge is its hash in hexadecimal, or in base64 with `+`, `/` and `=` |
//! | `code_verifier is missing` | the library does PKCE half: it sent a challenge |
//! | `the refresh token is unknown, expired, revoked, used, or another client's` | an old one was sent: keep the last. `refresh.reused` in the log says so. The person logs in again |
//!
//! ## `redirect_uri`
//!
//! ```text
//! client_id is not registered, or redirect_uri is not registered for it
//! ```
//!
//! It is a page at the server, for there is nowhere safe to send the browser. The two URIs are compared byte for byte: `http` or `https`,
//! `localhost` or `127.0.0.1`, a slash at the end, a port (free on loopback for public clients alone), a query. The log has the client if it
//! is known, and then it is the redirect URI:
//!
//! ```log
//!  INFO oauth{route=authorization_endpoint method=GET}: oauth_core::audit: event="authorization.error" instance="f3tsht4e" client_id="calendar" error="invalid_request" reason="client_id is not registered, or redirect_uri is not registered for it"
//! ```
//!
//! ## Others
//!
//! | error | why |
//! |---|---|
//! | `invalid_request`: `code challenge required` | the client does no PKCE. Turn it on there; for one that cannot, `danger_pkce_optional` |
//! | `invalid_request`: `the content type must be application/x-www-form-urlencoded` | the token endpoint takes forms, not JSON |
//! | `invalid_request`: `the client authenticates in more than one way` | the secret is in the header and in the body: one of them is enough |
//! | `unauthorized_client`: `the client may not use this grant` | it did not register the grant: [`grant_type`](crate::client::ClientBuilder::grant_type) |
//! | `invalid_scope`: `a scope is not allowed for this client` | the server has it, and the client did not register it: [`scope`](crate::client::ClientBuilder::scope) |
//! | `invalid_scope`: `a scope is unknown` | the server does not declare it |
//! | `invalid_token`: `the access token is meant for another audience` | `aud` names another API: the client asks for `resource`, or the generator has another `audience` |
//! | `insufficient_scope`, 403 | the token is valid and lacks the scope that the challenge names |
//! | `temporarily_unavailable`, 429 or 503 | too many attempts, or too much to do: wait for `Retry-After` |
//! | `server_error` | it is ours, not the client's: `request failed` in the log, with the whole cause |
//!
//! Where an endpoint answers 404, its path is another: the paths of a server begin with that of its issuer, and `Router::nest("/auth", …)`
//! moves them away from what the metadata says, as the log says at the first request that comes to the server so. Write
//! `issuer = "https://example.com/auth"`, and `merge`. Two servers are merged likewise, each with a path in its issuer, or each at a host
//! of its own: axum ends a program in which both have `/token`.
//!
//! A browser that says "CORS" hides one of these, or the origin is not registered:
//! [`origin`](crate::client::ClientBuilder::origin).
