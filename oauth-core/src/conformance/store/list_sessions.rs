//! Role `list_sessions`.

use super::walk::{name, walk};
use crate::conformance::store::records::{after, hash, now, session};
use crate::store::{ListSessions, SecondStep, Session};

pub async fn pages_of_sessions_have_each_once_while_others_come_and_go<S: ListSessions + Clone + 'static>(
    store: S,
) {
    let of = |number| {
        let mut session = session("user-1", after(now(), 600));
        session.sid = name(number);
        session
    };
    walk(
        async |number| store.save_session(hash(&name(number)), of(number)).await.unwrap(),
        async |number| assert!(store.end_session(&hash(&name(number)), now()).await.unwrap().is_some()),
        async |after, limit| store.sessions_of("user-1", now(), after.as_ref(), limit).await,
        |(id, session)| {
            assert_eq!(*id, hash(&session.sid));
            session.sid.clone()
        },
    )
    .await;
}

pub async fn sessions_are_of_one_person_and_alive<S: ListSessions + Clone + 'static>(store: S) {
    let end = after(now(), 600);
    store.save_session(hash("s"), session("user-2", end)).await.unwrap();
    let count = async |subject, now| store.sessions_of(subject, now, None, 10).await.unwrap().items.len();
    assert_eq!(count("user-1", now()).await, 0);
    assert_eq!(count("user-2", now()).await, 1);
    assert_eq!(count("user-2", end).await, 0);
}

pub async fn a_login_that_awaits_a_code_is_no_session<S: ListSessions + Clone + 'static>(store: S) {
    let end = after(now(), 600);
    let steps =
        [SecondStep::Awaited, SecondStep::Otp, SecondStep::None, SecondStep::Unknown, SecondStep::Awaited];
    for (number, second_step) in steps.into_iter().enumerate() {
        let session = Session { second_step, ..session("user-1", end) };
        store.save_session(hash(&name(number)), session).await.unwrap();
    }
    let (mut listed, mut after) = (Vec::new(), None);
    loop {
        let page = store.sessions_of("user-1", now(), after.as_ref(), 1).await.unwrap();
        listed.extend(page.items.into_iter().map(|(_, session)| session.second_step.as_str()));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    listed.sort_unstable();
    assert_eq!(listed, ["none", "otp"]);
}
