//! Tests of your server: [`conformance!`](crate::conformance!) writes one for each rule of requests, and runs it over your
//! service, your stores and your hooks.
//!
//! ```
//! # use oauth_core::interaction::LoginPages;
//! # use oauth_core::prelude::*;
//! # #[validator]
//! # struct Accounts {
//! #     #[store]
//! #     store: MemoryStore,
//! # }
//! # #[authorization_server(grants(authorization_code, refresh_token), scopes("profile"), issuer = "https://auth.example.com")]
//! # struct AuthServer {
//! #     #[validator]
//! #     accounts: Accounts,
//! #     #[interaction]
//! #     pages: LoginPages,
//! # }
//! # fn main() {}
//! #[cfg(test)]
//! # mod of_an_example {}
//! mod tests {
//!     use super::*;
//!
//!     oauth_core::conformance!(AuthServer, |fixture| {
//!         let store = MemoryStore::new();
//!         store.save_user(fixture.user()?).await?;
//!         AuthServer { accounts: Accounts { store }, pages: LoginPages::new() }
//!     });
//! }
//! ```
//!
//! - The closure makes a server for one test, with stores that are empty or that the tests may write to. It may `.await`, and
//!   use `?` with any error.
//! - The suite saves the clients that it needs by [`ClientStore::save_client`](crate::store::ClientStore::save_client).
//! - Where people are asked, the [`Fixture`] says how they answer: [`Fixture::user`] with the built-in pages,
//!   [`Fixture::approve`] with a login of your own; an interaction that always approves needs neither.
//! - What only you can know, it is told as well: [`Fixture::trusted_issuer`] whom the grant `jwt_bearer` believes,
//!   [`Fixture::extension_grant`] what a good request of a grant of your own has. [`Fixture::back_channel`] makes a
//!   `#[back_channel]` that the suite hears. [`Fixture::fetcher`] makes a `#[fetcher]` that the suite answers, with documents of
//!   clients that come by their URL; [`Fixture::initial_access_token`] lets the suite register where not everybody may, and
//!   [`Fixture::token_exchange`] says what a good exchange has.
//! - Where endpoints are mounted by your application, or layers are in front of them, [`Fixture::application`] makes it, and
//!   the suite talks to it.
//! - Each test has the section that it is about in its name, as in
//!   `tests::authorization_code::rfc6749_section_4_1_2_a_code_works_once`. A failure tells what was sent, what was
//!   expected and why, what came, and what is most likely wrong.
//! - A test exists for every rule: no macro can see which features a server has. `cargo test` calls one of a feature that yours
//!   lacks "ok"; the suite does not. When the last test has run, it prints a [`Summary`]: how many rules the server keeps, and
//!   of which it has nothing to look at, or cannot look, and why (`not run: this server lacks the authorization endpoint`).
//!   [`run`] returns the same as values, and [`run_only`] that of a choice.
//!
//! Stores of yours have a suite of their own: [`store`].
//!
//! Needs the feature `conformance`, for tests only:
//!
//! ```toml
//! [dev-dependencies]
//! oauth-core = { version = "…", features = ["conformance"] }
//! ```

mod answer;
mod browser;
mod draws;
mod failure;
mod fixture;
mod form;
mod harness;
mod jwt;
mod prover;
mod race;
mod suite;
mod summary;
mod target;

mod authorization;
mod authorization_code;
mod back_channel_logout;
mod check_session;
mod client_assertion;
mod client_authentication;
mod client_credentials;
mod client_documents;
mod cors;
mod device_code;
mod dpop;
mod end_session;
mod endpoints;
mod extension_grant;
mod fapi2;
mod form_post;
mod front_channel_logout;
mod hybrid;
mod id_token;
mod implicit;
mod introspection;
mod issued_tokens;
mod jwt_bearer;
mod metadata;
mod pages;
mod pairwise;
mod password;
mod pushed_authorization;
mod refresh_token;
mod registration;
mod registration_management;
mod resources;
mod response_type_none;
mod revocation;
mod signed_access_tokens;
mod step_up;
mod token_exchange;
mod userinfo;

pub mod store;

pub use self::failure::{BoxError, Failure, Outcome};
use self::failure::{Check, Stop};
pub use self::fixture::Fixture;
use self::harness::Running;
use self::suite::Suite;
pub use self::summary::Summary;
use oauth_rules::REQUESTS;

use crate::clock::Clock;
use crate::frame::AuthorizationServer;
use crate::server::Rule;

/// Writes a test of each rule for a server. See [the module](mod@crate::conformance).
///
/// `conformance!(Server, |fixture| …)`: the type of the server, and an expression that makes one; `fixture` is a
/// `&mut` [`Fixture`](crate::conformance::Fixture).
#[macro_export]
macro_rules! conformance {
    ($server:ty, |$fixture:pat_param| $build:expr $(,)?) => {
        async fn __conformance_server(
            $fixture: &mut $crate::conformance::Fixture,
        ) -> ::core::result::Result<$server, $crate::conformance::BoxError> {
            ::core::result::Result::Ok($build)
        }

        $crate::__request_rules!($crate::__conformance_tests);
    };
    ($($wrong:tt)*) => {
        ::core::compile_error!("`conformance!` has the type of a server, and what makes one, which may use `.await` and `?`: `conformance!(AuthServer, |fixture| { … AuthServer { … } })`");
    };
}

/// The tests of [`conformance!`](crate::conformance!).
#[doc(hidden)]
#[macro_export]
macro_rules! __conformance_tests {
    ($($subject:ident { $($name:ident [$($needs:ident)*])* })*) => { $(
        mod $subject { $(
            #[::core::prelude::v1::test]
            fn $name() -> ::core::result::Result<(), $crate::conformance::Failure> {
                $crate::conformance::test(
                    ::core::module_path!(),
                    ::core::stringify!($subject),
                    ::core::stringify!($name),
                    &super::__conformance_server,
                )
            }
        )* }
    )* };
}

macro_rules! dispatch {
    ($($subject:ident { $($name:ident [$($needs:ident)*])* })*) => {
        /// Runs a rule.
        async fn check(suite: &Suite, rule: &Rule) -> Check {
            match (rule.subject, rule.name) {
                $($((stringify!($subject), stringify!($name)) => Box::pin($subject::$name(suite)).await,)*)*
                // The table and this are one list.
                _ => Err(Stop::NotEnabled("a test of this rule".to_owned())),
            }
        }
    };
}

oauth_rules::__request_rules!(dispatch);

/// Runs one rule: what each test of [`conformance!`](crate::conformance!) does.
///
/// # Errors
///
/// What is wrong with the server, or that it could not be made.
#[doc(hidden)]
pub fn test<S, B>(module: &'static str, subject: &str, name: &str, build: &B) -> Result<(), Failure>
where
    S: AuthorizationServer,
    B: AsyncFn(&mut Fixture) -> Result<S, BoxError>,
{
    let Some(rule) = REQUESTS.iter().find(|rule| (rule.subject, rule.name) == (subject, name)) else {
        return Err(Failure::setup(format!("there is no rule {subject}::{name}")));
    };
    let running = Running::new(module, rule);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build();
    let runtime =
        runtime.map_err(|cause| Failure::setup(format!("the Tokio runtime does not start: {cause}")))?;
    let outcome = runtime.block_on(outcome(rule, build));
    if let Some(reason) = outcome.reason() {
        println!("not run: {reason}");
    }
    let failure = if let Outcome::Failed(failure) = &outcome { Some((**failure).clone()) } else { None };
    running.end(outcome);
    failure.map_or(Ok(()), Err)
}

/// Runs every rule, each over a server of its own, in a multi-threaded Tokio runtime.
pub async fn run<S, B>(build: B) -> Vec<(&'static Rule, Outcome)>
where
    S: AuthorizationServer,
    B: AsyncFn(&mut Fixture) -> Result<S, BoxError>,
{
    run_only(|_| true, build).await
}

/// Runs the rules that are wanted, as [`run`] does all.
pub async fn run_only<S, B>(is_wanted: impl Fn(&Rule) -> bool, build: B) -> Vec<(&'static Rule, Outcome)>
where
    S: AuthorizationServer,
    B: AsyncFn(&mut Fixture) -> Result<S, BoxError>,
{
    let mut outcomes = Vec::new();
    for rule in REQUESTS.iter().filter(|rule| is_wanted(rule)) {
        outcomes.push((rule, outcome(rule, &build).await));
    }
    outcomes
}

async fn outcome<S, B>(rule: &'static Rule, build: &B) -> Outcome
where
    S: AuthorizationServer,
    B: AsyncFn(&mut Fixture) -> Result<S, BoxError>,
{
    // Its rules are about minutes, which no test waits for.
    let clock = if rule.subject == "fapi2" { Clock::manual() } else { Clock::system() };
    let suite = match Suite::new(build, clock).await {
        Ok(suite) => suite,
        Err(stop) => return Outcome::of(stop),
    };
    let checked = match rule.needs.iter().try_for_each(|feature| suite.need(*feature)) {
        Ok(()) => check(&suite, rule).await,
        Err(stop) => Err(stop),
    };
    match checked {
        Ok(()) => Outcome::Passed,
        Err(Stop::Failed(failure)) => Outcome::Failed(Box::new(failure.of_rule(rule))),
        Err(stop) => Outcome::of(stop),
    }
}
