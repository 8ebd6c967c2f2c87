//! The rules are as they are told: in the code, in the cases of `tests/ui`, on the manual's page; and rules of our own.

mod clocks;
mod events;
mod guide;
mod layers;
mod page;
mod peer_checks;
mod prose;
mod readme;
mod rules;
mod starter;
mod words;
