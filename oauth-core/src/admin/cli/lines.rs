//! `client import` and `client export`.

use std::io::Read as _;

use clap::ArgMatches;
use serde_json::json;

use super::clients::{argument, each};
use super::output::{Failure, Output, end_progress, progress};
use super::{AdminStore, Done, Of};
use crate::admin::{Imported, line_of, read_line};

/// The text of a file, or of the standard input.
pub(super) fn read(file: &str) -> Result<String, Failure> {
    let mut text = String::new();
    if file == "-" {
        std::io::stdin().read_to_string(&mut text)?;
        return Ok(text);
    }
    std::fs::read_to_string(file).map_err(|cause| Failure::Input(format!("`{file}` cannot be read: {cause}")))
}

pub(super) async fn import<S: AdminStore>(admin: &Of<S>, matches: &ArgMatches, output: &mut Output) -> Done {
    let file = argument(matches, "FILE");
    let text = read(file)?;
    let (mut clients, mut mistakes) = (Vec::new(), Vec::new());
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match read_line(line) {
            Ok(client) => clients.push(client),
            Err(mistake) => mistakes.push(format!("{file}:{}: {mistake}", index + 1)),
        }
    }
    if !mistakes.is_empty() {
        mistakes.push(format!("nothing was imported: {} of the lines are wrong", mistakes.len()));
        return Err(Failure::Input(mistakes.join("\n")));
    }
    let (mut created, mut updated) = (0_u64, 0_u64);
    if matches.get_flag("dry-run") {
        let value = json!({ "readable": clients.len() });
        return output.say(&value, format!("{} clients can be imported; nothing was changed", clients.len()));
    }
    for client in clients {
        match admin.import_client(client).await? {
            Imported::Created => created += 1,
            Imported::Updated => updated += 1,
        }
        progress(&format!("{} imported", created + updated));
    }
    end_progress();
    let value = json!({ "created": created, "updated": updated });
    output.say(&value, format!("{created} created, {updated} replaced"))
}

pub(super) async fn export<S: AdminStore>(admin: &Of<S>, output: &mut Output) -> Done {
    each(admin, |client| output.line(&line_of(client)?)).await
}
