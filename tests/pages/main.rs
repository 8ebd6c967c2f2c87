//! The pages people see, without a browser: what they refuse, what they promise in headers and cookies.

mod consent;
mod consent_resources;
mod cookies;
mod deciding;
mod device;
mod directory;
mod error_page;
mod forms;
mod headers;
mod login;
mod logout;
mod loopback;
mod oidc_back_channel;
mod oidc_front_channel;
mod oidc_rp_initiated_logout;
mod oidc_session_management;
mod op;
mod open_redirection;
mod own_interaction;
mod password;
mod prompt;
mod return_to;
mod sign_out;
mod templates;
mod throttle;
mod visitor;
