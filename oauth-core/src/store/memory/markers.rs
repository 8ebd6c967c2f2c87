//! Markers of what was revoked.

use std::hash::{BuildHasher as _, Hash, RandomState};

use super::expiring::Expiring;
use crate::secret::TokenHash;
use crate::store::{Authorization, FamilyId, MarkerKey, Marks, Revocation};
use crate::time::UnixTime;

/// The markers, and when each expires. Asked whenever something is read or saved, so what is asked about is not hashed by SHA-256 for
/// the keys of its person and its client unless there may be a marker of either.
#[derive(Debug, Default)]
pub(super) struct Markers {
    /// The last moment that each means.
    keys: Expiring<MarkerKey, UnixTime>,
    /// The same of people, of clients, and of the two together, by a hash that takes a tenth of the time. Two that have one hash are told
    /// apart by their keys.
    names: Expiring<u64, UnixTime>,
    random: RandomState,
}

impl Markers {
    pub(super) fn mark(&mut self, revocation: &Revocation, until: UnixTime) {
        let before = revocation.before();
        keep(&mut self.keys, revocation.key(), before, until);
        let name = match revocation {
            Revocation::Token(_) | Revocation::Family(_) => return,
            Revocation::Subject { subject, .. } => self.name(Some(subject), None),
            Revocation::Client { client_id, .. } => self.name(None, Some(client_id)),
            Revocation::Grant { subject, client_id, .. } => self.name(Some(subject), Some(client_id)),
        };
        keep(&mut self.names, name, before, until);
    }

    /// Tells whether one ends what has this hash and was issued from this authorization.
    pub(super) fn end(&self, hash: &TokenHash, authorization: &Authorization) -> bool {
        self.end_granted(hash, authorization, authorization.granted_at)
    }

    /// The same of what was granted at another moment.
    pub(super) fn end_granted(
        &self,
        hash: &TokenHash,
        authorization: &Authorization,
        granted_at: UnixTime,
    ) -> bool {
        if self.keys.len() == 0 {
            return false;
        }
        let own = [Some(FamilyId::of_code(hash)), authorization.family, authorization.session];
        own.iter().flatten().any(|id| means(&self.keys, id.as_bytes(), granted_at))
            || self.may_name(authorization, granted_at)
                && self.mean(&Marks::of(hash, authorization), granted_at)
    }

    /// Tells whether one ends what has these marks and was granted then.
    pub(super) fn mean(&self, marks: &Marks, granted_at: UnixTime) -> bool {
        self.keys.len() > 0 && marks.keys().iter().any(|key| means(&self.keys, key, granted_at))
    }

    fn may_name(&self, authorization: &Authorization, granted_at: UnixTime) -> bool {
        let (subject, client) = (authorization.subject.as_deref(), Some(authorization.client_id.as_str()));
        let is_named = |subject, client| means(&self.names, &self.name(subject, client), granted_at);
        let is_person_s = || subject.is_some() && (is_named(subject, None) || is_named(subject, client));
        self.names.len() > 0 && (is_named(None, client) || is_person_s())
    }

    fn name(&self, subject: Option<&str>, client_id: Option<&str>) -> u64 {
        self.random.hash_one((subject, client_id))
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// Removes markers that have expired, this many at most, and returns their number.
    pub(super) fn sweep_all(&mut self, before: UnixTime, limit: usize) -> usize {
        self.names.sweep_all(before, limit);
        self.keys.sweep_all(before, limit)
    }
}

/// Keeps a marker. Of two for one key the later moment counts, and the longer time.
fn keep<K: Copy + Ord + Hash>(
    markers: &mut Expiring<K, UnixTime>,
    key: K,
    before: UnixTime,
    until: UnixTime,
) {
    let (mut before, mut until) = (before, until);
    if let (Some(earlier), Some(end)) = (markers.kept(&key), markers.expiry(&key)) {
        (before, until) = (before.max(*earlier), until.max(end));
    }
    markers.insert(key, before, until);
}

fn means<K: Copy + Ord + Hash>(markers: &Expiring<K, UnixTime>, key: &K, granted_at: UnixTime) -> bool {
    markers.kept(key).is_some_and(|before| granted_at <= *before)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixTime = UnixTime::from_secs(1_700_000_000);
    const END: UnixTime = UnixTime::from_secs(u64::MAX);
    const NAMES: [&str; 2] = ["alice", "calendar"];

    fn family(byte: u8) -> FamilyId {
        FamilyId::from_bytes([byte; 16])
    }

    /// Revocations of each kind, until now and until a second ago.
    fn revocations() -> Vec<Revocation> {
        let mut all = vec![
            Revocation::Token(TokenHash::of("one")),
            Revocation::Family(family(1)),
            Revocation::Family(family(2)),
        ];
        for before in [NOW, UnixTime::from_secs(NOW.as_secs() - 1)] {
            for name in NAMES.map(str::to_owned) {
                all.push(Revocation::Subject { subject: name.clone(), before });
                all.push(Revocation::Client { client_id: name.clone(), before });
                for client_id in NAMES.map(str::to_owned) {
                    all.push(Revocation::Grant { subject: name.clone(), client_id, before });
                }
            }
        }
        all
    }

    fn authorizations() -> Vec<Authorization> {
        let mut all = Vec::new();
        for subject in [None, Some(NAMES[0]), Some(NAMES[1])] {
            for client in NAMES {
                for ids in [None, Some(1), Some(2)] {
                    all.push(Authorization {
                        subject: subject.map(str::to_owned),
                        family: ids.map(family),
                        session: ids.map(|byte| family(byte + 1)),
                        ..Authorization::new(client, NOW)
                    });
                }
            }
        }
        all
    }

    #[test]
    fn a_marker_ends_what_has_its_key_among_its_marks_and_nothing_else() {
        let mut counts = [0, 0];
        for revocation in revocations() {
            let mut markers = Markers::default();
            markers.mark(&revocation, END);
            for (hash, granted) in ["one", "another"].into_iter().flat_map(|token| {
                authorizations().into_iter().map(move |granted| (TokenHash::of(token), granted))
            }) {
                let marks = Marks::of(&hash, &granted);
                let is_meant = marks.keys().contains(&revocation.key()) && NOW <= revocation.before();
                assert_eq!(markers.end(&hash, &granted), is_meant, "{revocation:?}: {granted:?}");
                assert_eq!(markers.mean(&marks, NOW), is_meant, "{revocation:?}: {granted:?}");
                counts[usize::from(is_meant)] += 1;
            }
        }
        assert!(counts[0] > 0 && counts[1] > 0, "{counts:?}");
    }

    #[test]
    fn names_that_have_one_hash_are_told_apart() {
        let mut markers = Markers::default();
        markers.mark(&Revocation::Client { client_id: "notes".to_owned(), before: NOW }, END);
        let granted = Authorization::new("calendar", NOW);
        let name = markers.name(None, Some("calendar"));
        keep(&mut markers.names, name, NOW, END);
        assert!(markers.may_name(&granted, NOW));
        assert!(!markers.end(&TokenHash::of("one"), &granted));
    }

    #[test]
    fn a_marker_goes_with_its_name() {
        let mut markers = Markers::default();
        markers.mark(&Revocation::Client { client_id: "notes".to_owned(), before: NOW }, NOW);
        assert_eq!((markers.keys.len(), markers.names.len()), (1, 1));
        assert_eq!(markers.sweep_all(NOW, 1), 1);
        assert_eq!((markers.keys.len(), markers.names.len()), (0, 0));
    }
}
