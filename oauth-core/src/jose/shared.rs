//! A value that is replaced while others use it.

use std::sync::Arc;
use std::thread::{self, ThreadId};

use parking_lot::{Mutex, RwLock};

/// Holds a value that all clones share. What was lent out stays as it is; a replacement is seen by whoever asks next.
pub(crate) struct Shared<T>(Arc<Inner<T>>);

struct Inner<T> {
    slot: RwLock<Slot<T>>,
    /// Held while one is tried.
    trying: Mutex<()>,
}

struct Slot<T> {
    current: Arc<T>,
    /// Seen by the one thread that tries it.
    tried: Option<(ThreadId, Arc<T>)>,
}

impl<T> Shared<T> {
    pub(crate) fn new(value: T) -> Self {
        let slot = RwLock::new(Slot { current: Arc::new(value), tried: None });
        Self(Arc::new(Inner { slot, trying: Mutex::new(()) }))
    }

    /// The value as it is now.
    pub(crate) fn snapshot(&self) -> Arc<T> {
        let slot = self.0.slot.read();
        match &slot.tried {
            Some((thread, tried)) if *thread == thread::current().id() => Arc::clone(tried),
            _ => Arc::clone(&slot.current),
        }
    }

    /// Puts another value in its place.
    pub(crate) fn replace(&self, value: Arc<T>) {
        self.0.slot.write().current = value;
    }

    /// Puts another value in its place if the check, which runs on this thread and alone sees it until then, passes.
    pub(crate) fn replace_if<E>(
        &self,
        value: Arc<T>,
        check: impl FnOnce() -> Result<(), E>,
    ) -> Result<(), E> {
        let _alone = self.0.trying.lock();
        self.0.slot.write().tried = Some((thread::current().id(), Arc::clone(&value)));
        let trial = Trial(self);
        check()?;
        drop(trial);
        self.replace(value);
        Ok(())
    }
}

/// Ends however the check does.
struct Trial<'a, T>(&'a Shared<T>);

impl<T> Drop for Trial<'_, T> {
    fn drop(&mut self) {
        self.0.0.slot.write().tried = None;
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}
