//! Role `list_users`.

use super::walk::{name, walk};
use crate::store::{ListUsers, User};

pub async fn pages_of_users_have_each_once_while_others_come_and_go<S: ListUsers + Clone + 'static>(
    store: S,
) {
    walk(
        async |number| {
            store.save_user(User::new(name(number), format!("login of {number}"))).await.unwrap();
        },
        async |number| assert!(store.delete_user(&name(number)).await.unwrap()),
        async |after, limit| store.users(after.as_ref(), limit).await,
        |user| user.subject.clone(),
    )
    .await;
}
