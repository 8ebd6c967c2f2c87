//! A copy of a database that is in use.

use oauth_core::prelude::*;
use oauth_core::store::{Saving, TokenStore};

use crate::support::{access_token, after, hash, now, sqlite};

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_is_made_while_tokens_are_issued_has_all_that_were_answered_before() {
    let (folder, store) = sqlite().await;
    let write = async |number: usize| {
        let token = access_token(&format!("token-{number}"), None, after(now(), 600));
        assert_eq!(store.save_tokens(Some(token), None, now()).await.unwrap(), Saving::Saved);
    };
    for number in 0..100 {
        write(number).await;
    }
    let path = folder.path().join("copy.db");
    let writing = async {
        for number in 100..200 {
            write(number).await;
        }
    };
    let (copied, ()) = tokio::join!(store.back_up(&path), writing);
    copied.unwrap();
    let copy = SqliteStore::open(&path).await.unwrap();
    for number in 0..100 {
        assert!(copy.access_token(&hash(&format!("token-{number}")), now()).await.unwrap().is_some());
    }
    copy.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_replaces_no_file_and_is_its_owners() {
    let (folder, store) = sqlite().await;
    let path = folder.path().join("copy.db");
    store.back_up(&path).await.unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let before = std::fs::read(&path).unwrap();
    let error = store.back_up(&path).await.unwrap_err();
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(cause, format!("the copy cannot be made at `{}`: File exists (os error 17)", path.display()));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_cannot_be_finished_leaves_nothing() {
    let (folder, store) = sqlite().await;
    store.close().await;
    let path = folder.path().join("copy.db");
    store.back_up(&path).await.unwrap_err();
    assert!(!path.exists());
}
