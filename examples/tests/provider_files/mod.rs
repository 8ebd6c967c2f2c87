//! The mistakes in the two files and in the arguments: each mistake by its place, all of them at once.

mod arguments;
mod clients;
mod json;
mod offer;
mod users;
mod world;
