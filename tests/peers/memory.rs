//! What a live token takes of memory, and the longest request while there are more and more of them and while they go: nothing is moved or
//! freed beside the requests.

use std::time::Duration;

use crate::Result;
use crate::arguments::Arguments;
use crate::figures::{figure, us};
use crate::in_process::{Asked, InProcess};
use crate::kept::{self, KINDS};
use crate::process;
use crate::servers::LIFETIME;

/// The longest that a request may take of the processor.
const LONGEST: Duration = Duration::from_millis(5);
/// A pause of ours comes each time. One of the kernel's, which looks for pages in the name of whoever asks for one, does not.
const TRIES: usize = 3;

/// The requests before what is measured.
const WARM_UP: u64 = 1_000;
/// Beyond the lifetime of a token: all that has expired is looked for then.
const AFTERWARDS: Duration = Duration::from_mins(2);

pub(crate) fn run(arguments: &Arguments) -> Result {
    let tokens = arguments.tokens.unwrap_or(1_000_000);
    println!(
        "{:28} {:>12} {:>8} {:>8} {:>10} {:>10} {:>12}",
        "opaque, in memory", "requests", "MB", "B/each", "p99.9 us", "longest us", "longest CPU"
    );
    let mut longest = of_tokens(tokens)?.max(of_others(tokens)?);
    for _ in 1..TRIES {
        if longest <= LONGEST {
            break;
        }
        println!("once more, for one took {longest:?}");
        longest = longest.min(of_tokens(tokens)?.max(of_others(tokens)?));
    }
    if longest > LONGEST {
        return Err(format!("a request took {longest:?} of the processor, and may take {LONGEST:?}").into());
    }
    Ok(())
}

/// Access tokens, as requests come and go.
fn of_tokens(tokens: u64) -> Result<Duration> {
    let ours = InProcess::start(1)?;
    let client = ours.asker(0)?;
    client.tokens(WARM_UP)?;
    let before = process::memory()?;
    let mut longest = Duration::ZERO;
    let mut alive = 0;
    for size in sizes(tokens) {
        let asked = client.tokens(size - alive)?;
        row(&format!("{size} alive"), size - alive, before, Some(size), &asked)?;
        longest = longest.max(asked.cpu.longest());
        alive = size;
    }
    ours.clock.advance(LIFETIME + AFTERWARDS);
    let (mut asked, mut requests) = (Asked::none(), 0);
    while ours.store.usage().access_tokens as u64 > requests {
        if requests > tokens + WARM_UP {
            return Err("what has expired does not go".into());
        }
        asked.add(&client.tokens(WARM_UP)?);
        requests += WARM_UP;
    }
    row("all have expired, and go", requests, before, None, &asked)?;
    Ok(longest.max(asked.cpu.longest()))
}

/// As many of what else there is in such numbers, which the store is asked to keep.
fn of_others(count: u64) -> Result<Duration> {
    let mut longest = Duration::ZERO;
    for (name, kind) in KINDS {
        let before = process::memory()?;
        let (store, asked) = kept::keep(kind, count)?;
        // What the tokens have left behind is used again, so that the bytes of one are not known.
        row(&format!("{count} {name}"), count, before, None, &asked)?;
        longest = longest.max(asked.cpu.longest());
        drop(store);
    }
    Ok(longest)
}

fn row(what: &str, requests: u64, before: u64, alive: Option<u64>, asked: &Asked) -> Result {
    let grown = process::memory()?.saturating_sub(before);
    let each = alive.map_or_else(|| "-".to_owned(), |alive| format!("{:.0}", figure(grown) / figure(alive)));
    println!(
        "{what:28} {requests:12} {:8.0} {each:>8} {:10.0} {:10.0} {:12.0}",
        figure(grown) / 1e6,
        us(asked.wall.per_mille(999)),
        us(asked.wall.longest()),
        us(asked.cpu.longest())
    );
    Ok(())
}

/// Each power of ten from ten thousand on, and the number itself.
fn sizes(tokens: u64) -> Vec<u64> {
    let powers = std::iter::successors(Some(10_000_u64), |size| size.checked_mul(10));
    powers.take_while(|size| *size < tokens).chain([tokens]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stops_at_each_power_of_ten_and_at_the_end() {
        assert_eq!(sizes(250_000), [10_000, 100_000, 250_000]);
        assert_eq!(sizes(10_000), [10_000]);
    }
}
