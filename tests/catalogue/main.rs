//! The rules are as they are told: in the code, in the cases of `tests/ui`, on the manual's page.

mod page;
mod peer_checks;
mod rules;
