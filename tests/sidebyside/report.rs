//! The questions asked, and what differed.

use std::collections::BTreeMap;

use crate::allowed::{Case, allowed};
use crate::call::Call;
use crate::outcome::Difference;
use crate::state::Side;

#[derive(Debug, Default)]
pub(crate) struct Report {
    requests: BTreeMap<String, usize>,
    explained: BTreeMap<usize, usize>,
    /// An example of each kind, and how many there are.
    unexplained: BTreeMap<String, (String, usize)>,
}

impl Report {
    pub(crate) fn count(&mut self, call: &Call) {
        let kind = match call.faults.as_slice() {
            [] => "as it should be",
            [fault] => fault.kind,
            _ => "two faults",
        };
        for category in [format!("{:8} {}", call.server, call.purpose), format!("any      {kind}")] {
            *self.requests.entry(category).or_default() += 1;
        }
    }

    pub(crate) fn note(&mut self, case: &Case<'_>, difference: &Difference, reason: Option<usize>) {
        if let Some(reason) = reason {
            *self.explained.entry(reason).or_default() += 1;
            return;
        }
        let Case { oauthlib, ours, call, .. } = case;
        let kind = format!("{:?} {difference:?}: {:?} / {:?}", call.endpoint, oauthlib.kind, ours.kind);
        let entry = self.unexplained.entry(kind).or_insert_with(|| {
            let request = call.bytes(Side::Ours, case.state);
            let request = String::from_utf8_lossy(&request).into_owned();
            (format!("{:?}\n{request}\noauthlib: {oauthlib:?}\nours:     {ours:?}\n", call.faults), 0)
        });
        entry.1 += 1;
    }

    /// Prints the summary.
    ///
    /// # Panics
    ///
    /// If a difference has no reason, or a reason no difference.
    pub(crate) fn finish(&self) {
        for (category, count) in &self.requests {
            println!("{count:6} {category}");
        }
        for (index, allowed) in allowed().enumerate() {
            let count = self.explained.get(&index).copied().unwrap_or_default();
            println!("{count:6} {:?}: {}", allowed.because, allowed.reason);
        }
        for (kind, (example, count)) in &self.unexplained {
            println!("\n{count} without a reason: {kind}\n{example}");
        }
        let unexplained: usize = self.unexplained.values().map(|(_, count)| count).sum();
        assert_eq!(unexplained, 0, "differences from oauthlib have no reason");
        let idle = allowed().enumerate().filter(|(index, _)| !self.explained.contains_key(index));
        let idle: Vec<_> = idle.map(|(_, allowed)| allowed.reason).collect();
        assert!(idle.is_empty(), "nothing differs any more for these reasons: {idle:#?}");
    }
}
