//! Logins that nobody can have, or that nobody can be asked for.
use oauth_core::prelude::*;

#[step_up(acr = "")]
struct Unnamed;

#[step_up(acr = "urn:example:mfa urn:example:hardware")]
struct Two;

#[step_up(acr_values("größe"), max_age = 0)]
struct Unquotable;

#[step_up(acr_values("phr", "phr"), max_age = 31536001)]
struct Repeated;

#[step_up(acr_values())]
struct Empty;

#[step_up(acr_values(phr))]
struct Unquoted;

#[step_up] struct Nothing;

#[step_up()]
struct NothingEither;

#[step_up(acr = "phr", acr_values("phrh"))]
struct Both;

#[step_up(acr = phr, max_age = "5m")]
struct Types;

#[step_up(acr_value("phr"), max_age = 60)]
struct Unknown;

#[step_up(max_age = 60)] enum Choice { One }

#[step_up(max_age = 60)]
struct Fields {
    name: String,
}

#[step_up(max_age = 60)]
struct Generic<T>(T);

async fn used(_: Bearer<StepUp<Unnamed, StepUp<Nothing>>>, _: Bearer<StepUp<Fields>>) {}

fn main() {}
