//! The manual: what the framework decides for you, and why. Documentation only.

#![doc = "- [`threats`]: the attacks of RFC 9700 §4 and what meets each of them"]
#![doc = "- [`defaults`]: every default, its unit and where to change it"]
#![doc = "- [`Rule::all`](crate::server::Rule::all): the rules, with their sections and what proves them"]
#![doc = "- [`rfcs`]: the standards and the files that implement them"]
#![doc = "- [`oauthlib`]: moving from oauthlib: what became of each method, server, hook and error"]

pub mod defaults;
pub mod oauthlib;
pub mod rfcs;
pub mod threats;
