//! A server is a table of types and constants; everything it does is a default over them.
//! `#[authorization_server]` writes the table, and so can you.

pub(crate) mod asking;
#[cfg(feature = "axum")]
mod axum;
mod clients;
mod configuration_error;
mod declared;
mod deviation;
mod environment;
mod exception;
mod feature;
mod health;
mod maintain;
mod metadata;
mod not_found;
mod own_endpoints;
mod report;
mod report_page;
mod service;
mod sign_out;
mod start;
mod start_up;
mod under_way;

pub use oauth_rules::{Feature, Rule, RuleKind};

pub use self::configuration_error::ConfigurationError;
pub use self::deviation::Deviation;
pub use self::environment::Environment;
pub use self::exception::ReportedException;
pub use self::health::Health;
pub use self::report::{Lifetimes, Report, ReportedEndpoint};
pub use self::start::Start;
pub use crate::advice::{Exception, Warning};
pub use crate::frame::{
    AuthorizationServer, Endpoints, InvalidResource, Profile, PushedAuthorizationRequests,
    RegistrationConfig, Resource, Route, RunningServer, ServerConfig, ServerMetadata,
};
