//! Mutants: for each rule of the suite, a server that breaks it and nothing else.
//!
//! A mutant is a layer around a server of ours that lies in one respect: when it hears what the rule is about, it says something
//! else. It is caught by just that rule, or by a few that are named with the reason: where one rule begins with what another is
//! about, nobody can break the one alone. What no layer can lie about is in `elsewhere`.
//!
//! Of each server, one run of the whole suite is recorded. A rule whose requests no lie is about hears from the mutant what it
//! heard from the server, and need not be asked again; all others are. The races, of which each takes seconds, are asked of what
//! lies about races alone: what they send one by one, other rules send as well.

mod bases;
mod elsewhere;
mod heard;
mod layer;
mod said;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use oauth_core::conformance::Outcome;
use oauth_core::server::Rule;

pub(crate) use self::bases::{Base, Hooked, record};
use self::heard::{Exchange, Heard};
use self::said::Said;

/// A lie: when it is told, and what is said then.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lie {
    when: fn(Heard<'_>, &Said) -> bool,
    then: fn(Heard<'_>, &mut Said),
}

/// A server that breaks one rule.
#[derive(Debug)]
pub(crate) struct Mutant {
    rule: &'static str,
    lie: Lie,
    /// The rules that it cannot but break as well, and why.
    also: &'static [&'static str],
    because: &'static str,
}

/// The mutants for the rules of one subject.
#[derive(Debug)]
pub(crate) struct Subject {
    name: &'static str,
    on: Base,
    mutants: &'static [Mutant],
}

const fn mutant(
    rule: &'static str,
    when: fn(Heard<'_>, &Said) -> bool,
    then: fn(Heard<'_>, &mut Said),
) -> Mutant {
    Mutant { rule, lie: Lie { when, then }, also: &[], because: "" }
}

impl Mutant {
    /// Names the rules of its subject, or of others as `subject::rule`, that it breaks as well.
    const fn also(mut self, because: &'static str, rules: &'static [&'static str]) -> Self {
        (self.because, self.also) = (because, rules);
        self
    }
}

/// The name of a rule among all: some subjects have one of the same name.
fn full_name(subject: &str, rule: &str) -> String {
    if rule.contains("::") { rule.to_owned() } else { format!("{subject}::{rule}") }
}

fn is_race(rule: &Rule) -> bool {
    ["however_many", "one_of_several"].iter().any(|words| rule.name.contains(words))
}

/// Tells whether a lie is about something that was heard.
fn is_about(lie: Lie, exchanges: &[Exchange]) -> bool {
    exchanges.iter().enumerate().any(|(at, exchange)| {
        let past = exchanges.get(..at).unwrap_or_default();
        (lie.when)(Heard { past, seen: &exchange.seen }, &exchange.said)
    })
}

/// Checks that each mutant of a subject is caught by just the rules that it names.
async fn check(subject: &Subject) {
    let record = record(subject.on).await;
    let mut wrong = BTreeMap::new();
    for mutant in subject.mutants {
        let own = full_name(subject.name, mutant.rule);
        let expected: BTreeSet<_> =
            mutant.also.iter().map(|rule| full_name(subject.name, rule)).chain([own.clone()]).collect();
        let mut caught = BTreeSet::new();
        for (rule, recorded) in &record.rules {
            let name = full_name(rule.subject, rule.name);
            let is_asked = if is_race(rule) {
                expected.contains(&name)
            } else {
                is_about(mutant.lie, &recorded.exchanges)
            };
            if !is_asked || !matches!(recorded.outcome, Outcome::Passed) {
                continue;
            }
            let (outcome, _) = subject.on.ask(rule, Some(mutant.lie)).await;
            if let Outcome::Failed(failure) = outcome {
                assert_eq!(failure.rule, Some(*rule), "{failure}");
                caught.insert(name);
            }
        }
        if caught != expected {
            wrong.insert(own, caught);
        }
    }
    assert!(wrong.is_empty(), "these mutants are caught by others than they say:\n{wrong:#?}");
}

/// Makes a test of each subject.
macro_rules! subjects {
    ($($name:ident on $on:ident),* $(,)?) => {
        static SUBJECTS: &[Subject] = &[$(Subject {
            name: stringify!($name),
            on: Base::$on,
            mutants: table::$name::MUTANTS,
        }),*];

        mod caught { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $name() {
                let subject = super::SUBJECTS.iter().find(|subject| subject.name == stringify!($name));
                super::check(subject.unwrap()).await;
            }
        )* }
    };
}

subjects! {
    metadata on Plain,
    openid_metadata on Everything,
    authorization on Plain,
    pages on Everything,
    authorization_code on Plain,
    optional_pkce on Everything,
    implicit on Everything,
    refresh_token on Plain,
    resources on Resources,
    client_credentials on Plain,
    pushed_authorization on Everything,
    fapi2 on Bank,
    step_up on Everything,
    device_code on Everything,
    password on Everything,
    id_token on Everything,
    userinfo on Everything,
    end_session on Everything,
    form_post on Plain,
    hybrid on Everything,
    response_type_none on Everything,
    jwt_bearer on Everything,
    token_exchange on Everything,
    registration on Everything,
    initial_access_tokens on VouchedFor,
    registration_management on Everything,
    client_documents on Everything,
    extension_grant on Everything,
    pairwise on Everything,
    dpop on Everything,
    check_session on Everything,
    front_channel_logout on Everything,
    back_channel_logout on Everything,
    client_authentication on Plain,
    client_assertion on Plain,
    revocation on Plain,
    introspection on Plain,
    signed_access_tokens on Signed,
    issued_tokens on Hooked,
    cors on Plain,
    endpoints on Plain,
}

/// A rule without a mutant may be one that nothing breaks.
#[test]
fn every_rule_has_a_mutant() {
    let lied = SUBJECTS
        .iter()
        .flat_map(|subject| subject.mutants.iter().map(|mutant| full_name(subject.name, mutant.rule)));
    let known: BTreeSet<_> = lied.chain(elsewhere::names()).collect();
    let all: BTreeSet<_> = requests().map(|rule| full_name(rule.subject, rule.name)).collect();
    let missing: Vec<_> = all.difference(&known).collect();
    assert!(missing.is_empty(), "these rules have no mutant: {missing:#?}");
    let unknown: Vec<_> = known.difference(&all).collect();
    assert!(unknown.is_empty(), "there are no such rules: {unknown:#?}");
    for mutant in SUBJECTS.iter().flat_map(|subject| subject.mutants) {
        assert_eq!(mutant.also.is_empty(), mutant.because.is_empty(), "{}", mutant.rule);
        assert!(mutant.also.len() <= 6, "{} breaks too much", mutant.rule);
    }
}

/// The rules of requests.
fn requests() -> impl Iterator<Item = &'static Rule> {
    use oauth_core::server::RuleKind;
    Rule::all().filter(|rule| rule.kind == RuleKind::Request)
}
