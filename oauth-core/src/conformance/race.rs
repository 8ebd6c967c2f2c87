//! The same request from many at once: what is used once must be used up in one step of the store.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, StatusCode};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use super::answer::{Answer, shown};
use super::suite::Suite;
use super::{Check, Stop};

/// The number of those that send it.
const RACERS: usize = 6;

/// The number of times that it is tried: no fewer times, and then on for as long as it takes no longer than
/// this.
const ROUNDS: usize = 12;
const MOST_ROUNDS: usize = 60;
const TIME: Duration = Duration::from_secs(2);

/// The rounds of a race.
pub(super) fn rounds() -> impl Iterator<Item = usize> {
    let started = Instant::now();
    (0..MOST_ROUNDS).take_while(move |round| *round < ROUNDS || started.elapsed() < TIME)
}

/// Sends copies of a request at the same time, from tasks of their own.
pub(super) async fn race(suite: &Suite, request: &Request<Bytes>) -> Result<Vec<Answer>, Stop> {
    let start = Arc::new(Barrier::new(RACERS));
    let mut tasks = JoinSet::new();
    for _ in 0..RACERS {
        let (target, start, request) = (Arc::clone(&suite.target), Arc::clone(&start), request.clone());
        tasks.spawn(async move {
            let sent = format!("{RACERS} times at once:\n{}", shown(&request));
            start.wait().await;
            Answer::of(sent, target.respond(request).await).await
        });
    }
    Ok(tasks.join_all().await)
}

/// Checks that one of those that raced got what it came for; `wanted` says what that is.
pub(super) fn one_wins(
    answers: &[Answer],
    has_won: impl Fn(&Answer) -> bool,
    wanted: &str,
    likely: &'static str,
) -> Check {
    let winners = answers.iter().filter(|answer| has_won(answer)).count();
    let expected = format!("exactly one {wanted}, not {winners}");
    answers.iter().try_for_each(|answer| answer.expect(winners == 1, expected.as_str(), likely))
}

/// Tells whether an answer is 200.
pub(super) fn is_ok(answer: &Answer) -> bool {
    answer.status == StatusCode::OK
}
