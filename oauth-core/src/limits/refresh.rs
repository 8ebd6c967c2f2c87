//! The pace at which the tokens of one authorization are refreshed.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use crate::store::FamilyId;

/// Refreshes that come at once.
const BURST: u32 = 10;
/// And then, one in this time.
const EVERY: Duration = Duration::from_secs(1);
/// The most families that are remembered at a time; each for no longer than its burst takes.
const MOST: usize = 65_536;

/// Ends a loop that refreshes on and on: each round leaves a token behind, which is kept until it expires. It is counted by
/// family, which nobody chooses; in the memory of this instance.
#[derive(Debug, Default)]
pub(crate) struct RefreshPace(Mutex<Generations>);

/// The times when the refreshes of each family will be forgotten. Who does not come back within a
/// generation has been by then.
#[derive(Debug, Default)]
struct Generations {
    current: HashMap<FamilyId, Instant>,
    previous: HashMap<FamilyId, Instant>,
    began: Option<Instant>,
}

/// The reason why a refresh has to wait.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum TooFast {
    /// This family was refreshed too often.
    Family(Duration),
    /// So many were that the server cannot remember them.
    Server(Duration),
}

impl RefreshPace {
    /// Counts a refresh, unless it comes too soon.
    pub(crate) fn begin(&self, family: FamilyId, now: Instant) -> Result<(), TooFast> {
        let mut generations = self.0.lock();
        if generations.began.is_none_or(|began| now.saturating_duration_since(began) >= EVERY * BURST) {
            generations.previous = std::mem::take(&mut generations.current);
            generations.began = Some(now);
        }
        let known = generations.current.get(&family).or_else(|| generations.previous.get(&family));
        let forgotten_at = known.copied().unwrap_or(now).max(now) + EVERY;
        let wait = forgotten_at.saturating_duration_since(now + EVERY * BURST);
        if !wait.is_zero() {
            return Err(TooFast::Family(wait));
        }
        if generations.current.len() >= MOST && !generations.current.contains_key(&family) {
            return Err(TooFast::Server(EVERY));
        }
        generations.current.insert(family, forgotten_at);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_at_once_and_then_one_a_second() {
        let (pace, start) = (RefreshPace::default(), Instant::now());
        let family = FamilyId::random();
        for _ in 0..BURST {
            assert_eq!(pace.begin(family, start), Ok(()));
        }
        assert_eq!(pace.begin(family, start), Err(TooFast::Family(EVERY)));
        assert_eq!(pace.begin(FamilyId::random(), start), Ok(()), "another family is another client's");
        // Across generations.
        let mut taken = 0;
        for tenth in 1..=600 {
            taken += u32::from(pace.begin(family, start + EVERY * tenth / 10).is_ok());
        }
        assert_eq!(taken, 60);
        assert_eq!(pace.begin(family, start + EVERY * 3600), Ok(()));
    }

    #[test]
    fn memory_is_bounded() {
        let (pace, start) = (RefreshPace::default(), Instant::now());
        for number in 0..MOST {
            let mut id = [0; 16];
            id[..8].copy_from_slice(&number.to_be_bytes());
            assert_eq!(pace.begin(FamilyId::from_bytes(id), start), Ok(()));
        }
        assert_eq!(pace.begin(FamilyId::random(), start), Err(TooFast::Server(EVERY)));
        assert_eq!(pace.begin(FamilyId::from_bytes([0; 16]), start), Ok(()), "who is known goes on");
        assert_eq!(pace.begin(FamilyId::random(), start + EVERY * BURST), Ok(()));
        let generations = pace.0.lock();
        assert!(generations.current.len() + generations.previous.len() <= 2 * MOST);
    }
}
