//! The items that are no struct of claims.
use oauth_core::prelude::*;

#[derive(Claims)]
enum Plan {
    Free,
    Paid,
}

#[derive(Claims)]
union Either {
    one: u8,
}

#[derive(Claims)]
struct Nameless(String, Vec<String>);

#[derive(Claims)]
struct Unit;

#[derive(Claims)]
struct Empty {}

#[derive(Claims)]
struct Borrowing<'a> {
    tenant: &'a str,
}

/// Whatever is wrong with them, they are structs of claims to the rest.
fn handlers(_: Bearer<(), Plan>, _: Bearer<(), Nameless>, _: Bearer<(), Unit>, empty: Bearer<(), Empty>) {
    let _ = empty.claims_as::<Empty>();
}

fn main() {}
