//! The pages people see, without a browser: what they refuse, what they promise in headers and cookies.

mod consent;
mod cookies;
mod deciding;
mod device;
mod directory;
mod error_page;
mod forms;
mod headers;
mod login;
mod logout;
mod password;
mod prompt;
mod return_to;
mod templates;
mod throttle;
mod visitor;
