//! Clients that come by themselves: what is fetched for them and what is not, their documents, and their registrations.

mod attacks;
mod documents;
mod fetching;
mod keys;
mod real;
mod web;
mod world;
