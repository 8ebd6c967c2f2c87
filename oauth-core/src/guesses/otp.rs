//! Guesses at one-time codes. Whoever makes them knows a password already.

use std::time::Duration;

use super::Counting;
use super::attempt::Attempt;
use super::login::GUESSES;
use super::rule::Rule;
use crate::error::Result;
use crate::limits::{Network, Policy};

/// The number of codes that may be tried after a right password, before it is asked for again. It is the whole of what a first step has:
/// none is forgotten while it lives.
const OF_FIRST_STEP: Policy = Policy::at_once(5, Duration::from_mins(5));

/// The wrong codes after which another one may be tried. They are counted by themselves, for of those that are checked at once any may be
/// the right one.
const WRONG: Policy = Policy::at_once(4, Duration::from_mins(5));

/// RFC 4226 §7.3: "We RECOMMEND setting the throttling parameter T as low as possible, while still ensuring that usability is not
/// significantly impacted." From all addresses it is ten codes an hour: of the million that there are, three of which are right at a
/// time, a year of guessing finds one in four cases.
const OF_PERSON: Policy = Policy::at_once(30, Duration::from_mins(6));

#[derive(Debug)]
pub(super) struct Otps {
    /// The attempts by first step.
    first_steps: Rule,
    /// The wrong codes by first step.
    wrong: Rule,
    /// The attempts by subject and address.
    strangers: Rule,
    /// The attempts by subject.
    people: Rule,
    /// The attempts by cookie.
    known_browsers: Rule,
    /// The attempts by subject, of all browsers that are known: each code that is right makes another one.
    known_people: Rule,
}

impl Otps {
    pub(super) fn new() -> Self {
        Self {
            first_steps: Rule::new("one-time codes of a first step", OF_FIRST_STEP),
            wrong: Rule::new("wrong one-time codes of a first step", WRONG),
            strangers: Rule::new("one-time codes by address", GUESSES),
            people: Rule::new("one-time codes by subject", OF_PERSON),
            known_browsers: Rule::new("one-time codes at a known browser", GUESSES),
            known_people: Rule::new("one-time codes at known browsers by subject", OF_PERSON),
        }
    }
}

impl<'a> Counting<'a> {
    /// Begins one of the attempts that this first step has.
    ///
    /// # Errors
    ///
    /// None of its own; `Err` within: it has had them all.
    pub(crate) async fn first_step(self, id: &str) -> Result<Result<Attempt<'a>, Duration>> {
        self.begin([self.guesses.otps.first_steps.of([id])], || Ok(())).await
    }

    /// Counts a wrong code of this first step.
    ///
    /// # Errors
    ///
    /// None of its own; `Err` within: it is the last one.
    pub(crate) async fn wrong_code(self, id: &str) -> Result<Result<Attempt<'a>, Duration>> {
        self.begin([self.guesses.otps.wrong.of([id])], || Ok(())).await
    }

    /// Begins a guess at the code of a person, or says how long to wait. At a browser where they gave a code before, by its cookie, they
    /// are held up by nobody who never gave one.
    ///
    /// # Errors
    ///
    /// None of its own.
    pub(crate) async fn otp(
        self,
        subject: &str,
        known_browser: Option<&str>,
        address: Option<Network>,
    ) -> Result<Result<Attempt<'a>, Duration>> {
        let otps = &self.guesses.otps;
        if let Some(cookie) = known_browser {
            let counters = [otps.known_browsers.of([cookie]), otps.known_people.of([subject])];
            return self.begin(counters, || Ok(())).await;
        }
        let of_person = otps.people.of([subject]);
        let Some(address) = address.map(|address| address.to_string()) else {
            return self.begin([of_person], || Ok(())).await;
        };
        self.begin([otps.strangers.of([subject, &address]), of_person], || Ok(())).await
    }
}
