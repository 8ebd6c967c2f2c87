//! An instance in production: it is asked whether it is ready, maintained, served, and stopped.

mod health;
mod maintain;
mod outbox;
mod provider;
mod receiver;
mod serve;
mod world;
