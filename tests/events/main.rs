//! What a server tells of itself: events, the audit table and metrics. A process of its own, for its log is the process's.

#[cfg(feature = "interop")]
mod expired;
mod keys;
mod kinds;
mod metrics;
mod observers;
mod secrets;
mod table;
#[path = "../pages/visitor.rs"]
#[allow(dead_code, reason = "it is shared")]
mod visitor;
mod world;
