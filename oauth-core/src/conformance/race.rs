//! The same request from many at once: what is used once must be used up in one step of the store.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, StatusCode};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use super::Check;
use super::answer::{Answer, shown};
use super::suite::Suite;
use crate::join::{Boxed, join_all};

/// The number of those that send it.
const RACERS: usize = 6;

/// The number of times that it is tried: no fewer times, and then on for as long as it takes no longer than
/// this.
const ROUNDS: usize = 12;
const MOST_ROUNDS: usize = 60;
const TIME: Duration = Duration::from_secs(2);

/// The rounds of a race, each with the number of its tasks.
///
/// Those who have a task each meet where they run at the same time, which is as the machine has it. Those who
/// share one meet wherever a store waits between two steps.
pub(super) fn rounds() -> impl Iterator<Item = usize> {
    let started = Instant::now();
    let rounds = (0..MOST_ROUNDS).take_while(move |round| *round < ROUNDS || started.elapsed() < TIME);
    rounds.map(|round| if round % 2 == 0 { RACERS } else { 1 })
}

/// Sends copies of a request at the same time, from so many tasks.
pub(super) async fn race(suite: &Suite, tasks: usize, request: &Request<Bytes>) -> Vec<Answer> {
    let sent = format!("{RACERS} times at once:\n{}", shown(request));
    let start = Arc::new(Barrier::new(tasks));
    let mut racing = JoinSet::new();
    for _ in 0..tasks {
        let (target, start) = (Arc::clone(&suite.target), Arc::clone(&start));
        let (request, sent) = (request.clone(), sent.clone());
        racing.spawn(async move {
            let mut answers = vec![None; RACERS / tasks];
            start.wait().await;
            let copies = answers.iter_mut().map(|answer| {
                let (sent, response) = (sent.clone(), target.respond(request.clone()));
                Box::pin(async move { *answer = Some(Answer::of(sent, response.await).await) })
                    as Boxed<'_, ()>
            });
            join_all(copies.collect()).await;
            answers
        });
    }
    racing.join_all().await.into_iter().flatten().flatten().collect()
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
