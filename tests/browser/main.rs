//! A person at a real browser (headless Chromium) walks through login and consent, over loopback and a database file.
//!
//! Needs `chromedriver` and `chromium`; without them these tests fail.

mod device;
mod driver;
mod logout;
mod openid;
mod second_step;
mod spa;
mod walks;
mod world;
