//! The second step of a login: a one-time code after the password, by the hooks `is_otp_required` and `validate_otp`.

mod attacks;
mod clicks;
mod flow;
mod guesses;
mod world;
