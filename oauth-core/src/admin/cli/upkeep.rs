//! `janitor`, `doctor` and `migrate`.

use serde_json::json;

use super::output::{Failure, Output, end_progress, progress};
use super::{AdminStore, Done, Of, keys};
use crate::admin::{Finding, Severity};
use crate::keys::Keks;

pub(super) async fn janitor<S: AdminStore>(admin: &Of<S>, output: &mut Output) -> Done {
    let removed = admin.janitor(|removed| progress(&format!("{removed} removed"))).await?;
    end_progress();
    output.say(&json!({ "removed": removed }), format!("removed {removed} entries that had expired"))
}

pub(super) async fn doctor<S: AdminStore>(admin: &Of<S>, keks: Option<Keks>, output: &mut Output) -> Done {
    let mut findings = admin.doctor().await?;
    let keks = (keks.is_some() || keys::are_given()).then(|| keys::given(keks)).transpose();
    if let Some(mistake) = keks.as_ref().err().and_then(Failure::line) {
        findings.push(Finding { subject: "keys", severity: Severity::Fault, text: mistake });
    }
    findings.extend(admin.doctor_of_keys(keks.ok().flatten().as_ref()).await?);
    for finding in &findings {
        let weight = match finding.severity {
            Severity::Fine => "fine",
            Severity::Warning => "WARNING",
            Severity::Fault => "FAULT",
        };
        output.say(&json!(finding), format!("{weight}: {}", finding.text))?;
    }
    if findings.iter().any(|finding| finding.severity == Severity::Fault) {
        output.finish()?;
        return Err(Failure::Said);
    }
    Ok(())
}

pub(super) async fn migrate<S: AdminStore>(admin: &Of<S>, output: &mut Output) -> Done {
    // It was done when the store was opened.
    let schema = admin.schema().await?;
    let value = json!({ "migration": schema.map(|schema| schema.made) });
    output.say(
        &value,
        schema.map_or_else(
            || "this store has no tables".to_owned(),
            |schema| format!("the tables are those of migration {}", schema.made),
        ),
    )
}
