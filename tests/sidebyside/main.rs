//! The same requests to oauthlib and to us: whatever differs has a reason in `allowed.rs`.

mod allowed;
mod call;
mod fault;
mod generate;
mod ours;
mod outcome;
mod peer;
mod report;
mod rng;
mod state;
mod wire;

use std::collections::BTreeMap;

use allowed::Case;
use call::{Call, Endpoint};
use generate::{Generator, PAIRS};
use outcome::{Outcome, differences};
use report::Report;
use state::{Side, State};
use wire::Connection;

/// The number of requests in a hundred that go wrong on purpose; some of them twice.
const FAULTY: usize = 65;
const FAULTY_AGAIN: usize = 15;

/// The number of times that a password may be wrong for one user before our side slows guessing down, which
/// depends on time.
const GUESSES: usize = 4;

#[test]
fn every_difference_from_oauthlib_has_a_reason() {
    let peer = peer::Peer::start();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let port = ours::start(&runtime);
    let (mut oauthlib, mut ours) = (Connection::open(peer.port), Connection::open(port));
    let (mut generator, mut state, mut report) =
        (Generator::new(0x0A07), State::default(), Report::default());

    let mut guesses = BTreeMap::new();
    for pair in &PAIRS {
        for _ in 0..pair.requests {
            let (mut call, verifier) = generator.step(pair, &state);
            if call.endpoint != Endpoint::Device && generator.rng.percent(FAULTY) {
                fault::inflict(&mut call, &mut generator.rng, &state);
                if generator.rng.percent(FAULTY_AGAIN) {
                    fault::inflict(&mut call, &mut generator.rng, &state);
                }
            }
            if is_guess(&call, &mut guesses) {
                continue;
            }
            let theirs = oauthlib.send(&call.bytes(Side::Oauthlib, &state));
            let mut own = ours.send(&call.bytes(Side::Ours, &state));
            // A browser follows the redirect from a POST to the same endpoint.
            if own.status == 303 && own.header("location").starts_with(&format!("/{}/authorize", pair.name)) {
                own = ours.send(&call.redirected(own.header("location")));
            }
            let (theirs, own) = (Outcome::of(&theirs), Outcome::of(&own));
            let case = Case { call: &call, state: &state, oauthlib: &theirs, ours: &own };
            report.count(&call);
            for difference in differences(&theirs, &own) {
                let reason = allowed::allowed().position(|allowed| (allowed.explains)(&case, &difference));
                report.note(&case, &difference, reason);
            }
            state.learn(&call, verifier.as_deref(), &theirs, &own);
        }
    }
    report.finish();
}

/// `validate_device_code` is missing from that class: here the store of the role `devices` is asked.
#[test]
fn the_manual_has_every_method_of_oauthlib() {
    const LIST: &str = "from oauthlib.openid import RequestValidator as V\n\
                        print('\\n'.join(n for n in dir(V) if not n.startswith('_')))";
    let chapter = include_str!("../../oauth-core/src/manual/oauthlib.rs");
    let output = oauth_tests::python().args(["-c", LIST]).output().expect("Python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let methods = String::from_utf8(output.stdout).unwrap();
    assert_eq!(methods.lines().count(), 40);
    for method in methods.lines() {
        assert!(chapter.contains(&format!("//! | `{method}` |")), "{method} is missing from the manual");
    }
}

/// Tells whether a request would be one guess too many.
fn is_guess(call: &Call, guesses: &mut BTreeMap<(&'static str, String), usize>) -> bool {
    let (Some(username), Some(password)) = (call.text("username"), call.text("password")) else {
        return false;
    };
    if password == oauth_tests::secret() && ours::usernames().any(|known| known == username) {
        return false;
    }
    let name = username.trim().to_lowercase();
    let count = guesses.entry((call.server, name)).or_default();
    *count += 1;
    *count > GUESSES
}
