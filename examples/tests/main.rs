//! Each example, run as a user runs it, over HTTP.

mod from_oauthlib;
mod programs;
mod provider;
mod provider_admin;
mod provider_events;
mod provider_files;
mod provider_keys;
mod provider_log;
mod provider_offer;
mod provider_registration;
mod quickstart;
mod quickstart_failures;
mod readme;
#[cfg(unix)]
mod remote_signer;
mod support;
