//! The manual: what the framework decides for you, and why. Documentation only.

#![doc = "- [`running`]: TLS and proxies, stores, instances, keys, backup, upgrade, and what to do when something breaks"]
#![doc = "- [`sizing`]: tokens a second and in a gigabyte, by format and by store, and what changes with ten and with a hundred instances"]
#![doc = "- [`threats`]: the attacks of RFC 9700 §4 and what meets each of them"]
#![doc = "- [`defaults`]: every default, its unit and where to change it"]
#![doc = "- [`rules`]: every rule of configurations, with its section, an example and when it is checked"]
#![doc = "- [`peer_checks`]: what OpenIddict and node-oidc-provider check, and which of these rules it is"]
#![doc = "- [`rfcs`]: the standards and the files that implement them"]
#![doc = "- [`oauthlib`]: moving from oauthlib: what became of each method, server, hook and error"]

pub mod defaults;
pub mod oauthlib;
pub mod peer_checks;
pub mod rfcs;
pub mod rules;
pub mod running;
pub mod sizing;
pub mod threats;
