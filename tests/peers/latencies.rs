//! The latencies of many requests, in room that does not grow with them: what is measured may be memory.

use std::time::Duration;

/// The buckets of each doubling: what is told is at most a sixteenth too long.
const STEPS: u64 = 16;
const BITS: u32 = STEPS.ilog2();

/// How many requests took how long.
#[derive(Debug, Clone)]
pub(crate) struct Latencies {
    counts: Vec<u64>,
    longest: Duration,
}

impl Latencies {
    pub(crate) fn new() -> Self {
        Self { counts: vec![0; 1024], longest: Duration::ZERO }
    }

    pub(crate) fn add(&mut self, latency: Duration) {
        self.longest = self.longest.max(latency);
        if let Some(count) = self.counts.get_mut(bucket(latency)) {
            *count += 1;
        }
    }

    /// Adds those of others.
    pub(crate) fn extend(&mut self, others: &Self) {
        self.counts.iter_mut().zip(&others.counts).for_each(|(count, others)| *count += others);
        self.longest = self.longest.max(others.longest);
    }

    /// The longest of all.
    pub(crate) const fn longest(&self) -> Duration {
        self.longest
    }

    /// The latency that so many in a thousand do not exceed.
    pub(crate) fn per_mille(&self, per_mille: u64) -> Duration {
        let mut left = (self.counts.iter().sum::<u64>() * per_mille).div_ceil(1000);
        let reached = self.counts.iter().position(|count| {
            left = left.saturating_sub(*count);
            left == 0
        });
        reached.map_or(self.longest, |bucket| end(bucket as u64).min(self.longest))
    }
}

fn bucket(latency: Duration) -> usize {
    let nanoseconds = u64::try_from(latency.as_nanos()).unwrap_or(u64::MAX);
    let doublings = nanoseconds.max(1).ilog2().saturating_sub(BITS);
    // Below two times `STEPS`, each nanosecond is its own.
    usize::try_from(u64::from(doublings) * STEPS + (nanoseconds >> doublings)).unwrap_or(usize::MAX)
}

/// The first latency that is beyond a bucket.
fn end(bucket: u64) -> Duration {
    let doublings = (bucket / STEPS).saturating_sub(1);
    Duration::from_nanos((bucket - doublings * STEPS + 1) << doublings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_hardly_longer_than_what_was() {
        for nanoseconds in (0..200).chain([1_000, 65_535, 65_536, 5_000_001, 40_000_000_000]) {
            let latency = Duration::from_nanos(nanoseconds);
            let told = end(bucket(latency) as u64);
            assert!(
                told > latency && told <= latency + latency / 16 + Duration::from_nanos(1),
                "{told:?} for {latency:?}"
            );
        }
    }

    #[test]
    fn the_longest_of_a_thousand_is_beyond_nine_hundred_and_ninety_nine() {
        let mut latencies = Latencies::new();
        (1..=1000).for_each(|us| latencies.add(Duration::from_micros(us)));
        assert_eq!(latencies.longest(), Duration::from_millis(1));
        assert!(latencies.per_mille(999) >= Duration::from_micros(999));
        let half = latencies.per_mille(500);
        assert!(half >= Duration::from_micros(500) && half < Duration::from_micros(540), "{half:?}");
    }
}
