//! The two hooks of a second step, as people write them.
use oauth_core::prelude::*;

/// In any order, and either may be `async`.
#[validator(custom)]
struct Reversed {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Reversed {
    async fn validate_otp(&self, user: &User, otp: &str, _: &mut Request) -> Result<bool> {
        Ok(self.store.user(&user.subject).await?.is_some() && otp == "000000")
    }

    fn is_otp_required(&self, _: &User, _: &Request) -> Result<bool> {
        Ok(true)
    }
}

/// Both at once, or neither.
#[validator(custom)]
struct Optional {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Optional {
    fn validate_client_id(&self, _: &str, _: &mut Request) -> Result<()> {
        Ok(())
    }

    #[cfg(any())]
    fn is_otp_required(&self, _: &User, _: &mut Request) -> Result<bool> {
        Ok(true)
    }

    #[cfg(any())]
    fn validate_otp(&self, _: &User, _: &str, _: &mut Request) -> Result<bool> {
        Ok(true)
    }
}

/// One of two bodies, by a condition.
#[validator(custom)]
struct Conditional<S: ClientStore> {
    #[store]
    store: MemoryStore,
    #[clients]
    clients: S,
}

#[validator]
impl<S: ClientStore> Conditional<S> {
    #[cfg(any())]
    fn is_otp_required(&self, _: &User, _: &mut Request) -> Result<bool> {
        Ok(true)
    }

    #[cfg(not(any()))]
    fn is_otp_required(&self, _: &User, _: &mut Request) -> Result<bool> {
        Ok(false)
    }

    fn validate_otp(&self, _: &User, _: &str, _: &mut Request) -> Result<bool> {
        Ok(false)
    }
}

fn require<V: RequestValidator>() {}

fn main() {
    require::<Reversed>();
    require::<Optional>();
    require::<Conditional<MemoryStore>>();
}
