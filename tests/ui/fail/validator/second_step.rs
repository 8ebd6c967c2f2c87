//! A second step that is asked for and not checked, or the other way round.
use oauth_core::prelude::*;

#[validator(custom)]
struct Asks {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Asks {
    fn is_otp_required(&self, user: &User, _: &mut Request) -> Result<bool> {
        Ok(user.subject == "1")
    }
}

#[validator(custom)]
struct Checks {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Checks {
    async fn validate_otp(&self, _: &User, otp: &str, _: &mut Request) -> Result<bool> {
        Ok(otp == "000000")
    }
}

// A name that is nearly the other one's is the one mistake.
#[validator(custom)]
struct Misspelt {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Misspelt {
    fn is_otp_required(&self, _: &User, _: &mut Request) -> Result<bool> {
        Ok(true)
    }

    fn validate_opt(&self, _: &User, _: &str, _: &mut Request) -> Result<bool> {
        Ok(true)
    }
}

fn main() {}
