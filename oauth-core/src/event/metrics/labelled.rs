//! Handles, one for each set of values of labels, each made once.

use ::metrics::Label;
use parking_lot::RwLock;

/// The most sets of values of one name.
const MOST: usize = 1000;

/// The handles of one name.
pub(super) struct Labelled<T, const N: usize> {
    labels: [&'static str; N],
    make: fn(Vec<Label>) -> T,
    made: RwLock<Vec<([Box<str>; N], T)>>,
}

impl<T: Clone, const N: usize> Labelled<T, N> {
    pub(super) const fn new(labels: [&'static str; N], make: fn(Vec<Label>) -> T) -> Self {
        Self { labels, make, made: RwLock::new(Vec::new()) }
    }

    /// Hands over the handle of these values. There are a few dozen of them, which are found sooner than a hash is made.
    pub(super) fn with(&self, values: [&str; N], act: impl FnOnce(&T)) {
        let found = |made: &[([Box<str>; N], T)]| {
            let is_it =
                |known: &[Box<str>; N]| known.iter().zip(values).all(|(known, value)| **known == *value);
            made.iter().position(|(known, _)| is_it(known))
        };
        {
            let made = self.made.read();
            if let Some((_, handle)) = found(&made).and_then(|place| made.get(place)) {
                act(handle);
                return;
            }
        }
        let mut made = self.made.write();
        if found(&made).is_none() && made.len() < MOST {
            let labels = self.labels.into_iter().zip(values);
            let labels = labels.map(|(label, value)| Label::new(label, value.to_owned())).collect();
            made.push((values.map(Box::from), (self.make)(labels)));
        }
        if let Some((_, handle)) = found(&made).and_then(|place| made.get(place)) {
            act(handle);
        }
    }
}
