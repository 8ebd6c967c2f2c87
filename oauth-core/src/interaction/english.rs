//! The words of the error page, in English: also those of a server without other pages.

pub(super) const SERVER_ERROR: &str = "Something went wrong here";
pub(super) const SERVER_ERROR_ADVICE: &str =
    "It is not your fault, nor that of the application you came from. Try again in a few minutes.";
pub(super) const TOO_MANY_REQUESTS: &str = "Too many attempts";
pub(super) const TOO_BUSY: &str = "Too busy at the moment";
pub(super) const WAIT_A_MOMENT: &str = "Wait a moment, then go back and try again.";
pub(super) const CANNOT_GO_ON: &str = "This request cannot go on";
pub(super) const TELL_ITS_MAKERS: &str = "The application that sent you here made a mistake. Go back to it and try again; if that does not help, tell its makers what it says below.";
pub(super) const REGISTERED_ITSELF: &str = "The application that sent you here made a mistake. It registered itself: go back to it only if you know it.";
pub(super) const BACK_TO_HOST: &str = "Back to {host}";
pub(super) const BACK_TO_APPLICATION: &str = "Back to the application";
pub(super) const NOTHING_THERE: &str = "There is nothing here";
pub(super) const CHECK_THE_ADDRESS: &str = "Check the address, or go back to where you came from.";
