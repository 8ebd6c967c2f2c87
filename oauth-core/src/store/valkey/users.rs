//! Role `users`. A login name leads to a user who has it, or to nobody.

use super::ValkeyStore;
use super::keys::{Kind, call};
use super::logouts::Attempt;
use super::run::{Argument, Weight};
use super::scripts::{CLAIM_NAME, DELETE_USER, FREE_NAME, REHASH, SAVE_USER, SIGNED_OUT};
use crate::store::{Result, Revocation, StoreError, User, UserStore};
use crate::time::UnixTime;

const READ: &str = "read a user";
const SAVE: &str = "save a user";
const DELETE: &str = "delete a user";

impl UserStore for ValkeyStore {
    async fn user_by_username(&self, username: &str) -> Result<Option<User>> {
        let mut command = redis::cmd("HGET");
        command.arg(self.key(Kind::UserName, username)).arg("s");
        let subject: Option<String> = self.send(READ, Weight::Light, &command).await?;
        let Some(subject) = subject else { return Ok(None) };
        Ok(self.user(&subject).await?.filter(|user| user.username == username))
    }

    async fn user(&self, subject: &str) -> Result<Option<User>> {
        let (user, note) = self.read_user(READ, subject).await?;
        if let Some(note) = note {
            self.sign_out(READ, subject, &note).await?;
        }
        Ok(user)
    }

    async fn save_user(&self, user: User) -> Result<()> {
        let claims = serde_json::to_string(&user.claims).map_err(|cause| StoreError::new(SAVE, cause))?;
        // Before, so that nobody has a name that is another's.
        self.claim(&user.subject, &user.username).await?;
        self.list(SAVE, Kind::Users, 0, &user.subject).await?;
        let call = call();
        let mut save: Vec<&dyn Argument> = vec![&call, &user.username, &claims];
        save.extend(user.password_hash.as_ref().map(|hash| hash as &dyn Argument));
        let key = self.key(Kind::User, &user.subject);
        let (former, note): (Option<String>, Option<String>) =
            self.run(SAVE, Weight::Security, &SAVE_USER, &key, &save).await?;
        if let Some(former) = former.filter(|former| *former != user.username) {
            self.free(SAVE, &user.subject, &former).await?;
        }
        // Of two that rename one user at once, the first may have freed the name that the second gave.
        if let (Some(saved), _) = self.read_user(SAVE, &user.subject).await? {
            self.claim(&saved.subject, &saved.username).await?;
            self.list(SAVE, Kind::Users, 0, &saved.subject).await?;
        }
        match note {
            Some(note) => self.sign_out(SAVE, &user.subject, &note).await,
            None => Ok(()),
        }
    }

    async fn rehash_password(&self, subject: &str, from: &str, to: &str) -> Result<bool> {
        let key = self.key(Kind::User, subject);
        self.run("replace the hash of a password", Weight::Light, &REHASH, &key, &[&from, &to]).await
    }

    async fn delete_user(&self, subject: &str) -> Result<bool> {
        let key = self.key(Kind::User, subject);
        let (name, note): (Option<String>, Option<String>) =
            self.run(DELETE, Weight::Security, &DELETE_USER, &key, &[&call()]).await?;
        if let Some(name) = &name {
            self.free(DELETE, subject, name).await?;
        }
        self.unlist(DELETE, Kind::Users, subject).await?;
        if self.read_user(DELETE, subject).await?.0.is_some() {
            // Saved again meanwhile.
            self.list(DELETE, Kind::Users, 0, subject).await?;
        }
        let Some(note) = note else { return Ok(false) };
        self.sign_out(DELETE, subject, &note).await?;
        Ok(true)
    }
}

impl ValkeyStore {
    /// The user, and the note that they are to be signed out.
    async fn read_user(&self, doing: &'static str, subject: &str) -> Result<(Option<User>, Option<String>)> {
        let mut command = redis::cmd("HMGET");
        command.arg(self.key(Kind::User, subject)).arg(&["n", "p", "c", "out"]);
        let [username, password_hash, claims, note]: [Option<String>; 4] =
            self.send(doing, Weight::Light, &command).await?;
        let Some((username, claims)) = username.zip(claims) else { return Ok((None, note)) };
        let claims = serde_json::from_str(&claims).map_err(|cause| StoreError::new(doing, cause))?;
        Ok((Some(User { subject: subject.to_owned(), username, password_hash, claims }), note))
    }

    /// Claims a login name for a subject, unless a user has it.
    async fn claim(&self, subject: &str, username: &str) -> Result<()> {
        let key = self.key(Kind::UserName, username);
        let owner: String = self.run(SAVE, Weight::Light, &CLAIM_NAME, &key, &[&subject]).await?;
        if owner == subject {
            return Ok(());
        }
        let (holder, _) = self.read_user(SAVE, &owner).await?;
        if holder.is_some_and(|holder| holder.username == username) {
            return Err(StoreError::username_taken(username));
        }
        // Somebody claimed it and was cut off, or is about to save the user.
        let owner: String = self.run(SAVE, Weight::Light, &CLAIM_NAME, &key, &[&subject, &owner]).await?;
        if owner == subject {
            Ok(())
        } else {
            Err(StoreError::overloaded(SAVE, "another is being given this login name"))
        }
    }

    async fn free(&self, doing: &'static str, subject: &str, username: &str) -> Result<()> {
        let key = self.key(Kind::UserName, username);
        self.run(doing, Weight::Light, &FREE_NAME, &key, &[&subject]).await
    }

    /// Ends all that a person granted or logged in to until now. Cut off, it is done by whoever reads, saves or deletes the user next:
    /// the note stays until then.
    async fn sign_out(&self, doing: &'static str, subject: &str, note: &str) -> Result<()> {
        let now = self.end_granted_by(subject).await?;
        self.end_all_noting(subject, now, Attempt { ended_at: now, due: now, number: 0 }).await?;
        // They ended one after the other: what was granted meanwhile, by one of the last, ends as well.
        self.end_granted_by(subject).await?;
        self.run(doing, Weight::Light, &SIGNED_OUT, &self.key(Kind::User, subject), &[&note]).await
    }

    /// Ends what a person granted until now, and says when that was.
    async fn end_granted_by(&self, subject: &str) -> Result<UnixTime> {
        let before = UnixTime::now();
        let revocation = Revocation::Subject { subject: subject.to_owned(), before };
        self.keep_marker(&revocation, before + Revocation::LONGEST).await?;
        Ok(before)
    }
}
