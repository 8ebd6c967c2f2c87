//! Each example, run as a user runs it, over HTTP.

mod programs;
mod quickstart;
mod quickstart_failures;
mod readme;
mod support;
