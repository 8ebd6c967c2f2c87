//! Things that outlive a store.

use std::any::Any;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// Keeps what the store of one test needs until the test is over, such as the folder that it is in.
#[derive(Clone, Default)]
pub struct Keep(Arc<Mutex<Vec<Box<dyn Any + Send>>>>);

impl Keep {
    /// Keeps a value until the test is over.
    pub fn keep(&self, value: impl Any + Send) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(value));
    }
}

impl fmt::Debug for Keep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keep")
    }
}
