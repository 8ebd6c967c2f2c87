//! Manifests as people write them, and as TOML lets them be written.

use std::path::Path;

use proptest::prelude::*;

use super::toml::{Value, entries};
use super::{name_in, other_name, read};

/// The name in a manifest without a workspace.
fn name(manifest: &str) -> Option<String> {
    name_of_member(manifest, "")
}

fn name_of_member(manifest: &str, workspace: &str) -> Option<String> {
    let manifest = entries(manifest).unwrap_or_else(|| panic!("this is TOML:\n{manifest}"));
    name_in(&manifest, || entries(workspace))
}

#[test]
fn a_rename_is_found_however_it_is_written() {
    for manifest in [
        "[dependencies]\nauth = { package = \"oauth-core\", version = \"0.1\" }",
        "[dependencies]\nauth = { version = '0.1', features = ['axum'], package = 'oauth-core' }",
        "[dependencies]\n\"auth\" = { \"package\" = \"oauth-core\" }",
        "[dependencies.auth]\nversion = \"0.1\"\npackage = \"oauth-core\"",
        "[ dependencies . 'auth' ] # ours\npackage = \"oauth\\u002Dcore\"\n",
        "[dependencies]\nauth.version = \"0.1\"\nauth.package = \"oauth-core\"",
        "dependencies.auth = { package = \"oauth-core\" }",
        "dependencies = { auth = { package = \"oauth-core\" }, serde = \"1\" }",
        "[dependencies]\nserde = { version = \"1\", features = [\n  # all\n  \"derive\",\n] }\nauth = { package = \"\"\"oauth-core\"\"\" }",
        "[target.'cfg(unix)'.dependencies]\nauth = { package = \"oauth-core\" }",
        "[target.\"cfg(unix)\".dependencies.auth]\r\npackage = \"oauth-core\"\r\n",
        "[target.x86_64-unknown-linux-gnu.dependencies]\nauth = { package = \"oauth-core\" }",
        "[dev-dependencies]\nauth = { package = \"oauth-core\" }",
        "[dev-dependencies]\noauth-core = \"0.1\"\n[dependencies]\nauth = { package = \"oauth-core\" }",
        "[dependencies]\nauth = { workspace = true, package = \"oauth-core\" }",
        "\u{feff}[package]\nname = \"app\"\n\n[dependencies]\nauth = {\n  package = \"oauth-core\",\n}\n",
    ] {
        assert_eq!(name(manifest).as_deref(), Some("auth"), "{manifest}");
    }
}

#[test]
fn what_is_no_rename_is_none() {
    for manifest in [
        "",
        "[dependencies]\noauth-core = \"0.1\"",
        "[dependencies]\noauth-core = { workspace = true, features = [\"axum\"] }",
        "[dependencies]\noauth-core.workspace = true",
        "[dependencies]\nauth = { package = \"oauth-core-extras\" }",
        "[dependencies]\nauth = \"oauth-core\"",
        "[dependencies]\nauth = { features = [\"package\", \"oauth-core\"] }",
        "[dependencies]\n# auth = { package = \"oauth-core\" }\nserde = \"1\"",
        "[package.metadata.docs.dependencies]\nauth = { package = \"oauth-core\" }",
        "[package.metadata]\ndependencies = { auth = { package = \"oauth-core\" } }",
        "[workspace.dependencies]\nauth = { package = \"oauth-core\" }",
        "[patch.crates-io]\nauth = { package = \"oauth-core\", path = \"..\" }",
        "[package]\ndescription = \"\"\"\n[dependencies]\nauth = { package = \"oauth-core\" }\n\"\"\"",
        "[package]\ndescription = '''\n[dependencies]\nauth = { package = \"oauth-core\" }\n'''",
        "[features]\nauth = [\"dep:auth\"]",
        // Two are two versions.
        "[dependencies]\nold = { package = \"oauth-core\", version = \"0.1\" }\nnew = { package = \"oauth-core\" }",
        "[dependencies]\noauth-core = \"0.1\"\nold = { package = \"oauth-core\", version = \"0.0\" }",
        "[dependencies]\noauth-core = \"0.1\"\n[dev-dependencies]\nauth = { package = \"oauth-core\" }",
    ] {
        assert_eq!(name(manifest), None, "{manifest}");
    }
}

#[test]
fn a_hyphen_is_an_underscore_in_code() {
    let manifest = "[dependencies]\nmy-auth = { package = \"oauth-core\" }";
    assert_eq!(name(manifest).as_deref(), Some("my_auth"));
}

#[test]
fn a_workspace_renames_for_its_members() {
    let workspace = "[workspace]\nmembers = [\"app\"]\n[workspace.dependencies]\nauth = { package = \"oauth-core\" }\nserde = \"1\"";
    for member in [
        "[dependencies]\nauth.workspace = true\nserde.workspace = true",
        "[dependencies]\nauth = { workspace = true, features = [\"axum\"] }",
        "[dependencies.auth]\nworkspace = true",
        "[dependencies]\nserde = \"1\"\n[dev-dependencies]\nauth.workspace = true",
    ] {
        assert_eq!(name_of_member(member, workspace).as_deref(), Some("auth"), "{member}");
    }
    for member in ["[dependencies]\nserde.workspace = true", "[dependencies]\nauth = \"1\""] {
        assert_eq!(name_of_member(member, workspace), None, "{member}");
    }
}

/// The manifests of this repository: in none of them has it another name.
#[test]
fn real_manifests_are_read() {
    let macros = Path::new(env!("CARGO_MANIFEST_DIR"));
    for directory in [macros.to_owned(), macros.join(".."), macros.join("rules")] {
        if directory.join("Cargo.toml").exists() {
            assert!(read(&directory).is_some_and(|manifest| !manifest.is_empty()), "{}", directory.display());
        }
    }
    assert_eq!(other_name(), None);
}

/// One dependency, in a table, in one of the ways to write it.
#[derive(Debug, Clone)]
struct Line {
    table: &'static str,
    key: String,
    package: Option<&'static str>,
    style: u8,
    noise: &'static str,
}

fn line() -> impl Strategy<Value = Line> {
    let tables = prop::sample::select(vec![
        "dependencies",
        "dev-dependencies",
        "build-dependencies",
        "target.'cfg(unix)'.dependencies",
        "package.metadata.dependencies",
        "workspace.dependencies",
        "patch.crates-io",
    ]);
    let packages = prop::sample::select(vec![None, Some("oauth-core"), Some("serde"), Some("oauth_core")]);
    let noise = prop::sample::select(vec![
        "",
        "# [dependencies]",
        "# \"\"\" it's [a] {comment",
        "[package.metadata.a]\ntext = \"\"\"\n[dependencies]\nx = { package = \"oauth-core\" }\n\\\"\"\"\"",
        "[package.metadata.b]\ntext = '''\n[dependencies]\nx = { package = \"oauth-core\" }'''\nlist = [1, 'a]', { b = \"}\" }, [\n]] # ]",
        "[[package.metadata.c]]\ndate = 1979-05-27 07:32:00\nnumber = -1_000.5e3\nis = true",
    ]);
    (tables, "[a-z][a-z0-9_-]{0,6}", packages, 0..6_u8, noise)
        .prop_map(|(table, key, package, style, noise)| Line { table, key, package, style, noise })
}

impl Line {
    fn written(&self, index: usize) -> String {
        // No key stands twice.
        let (table, noise, key) = (self.table, self.noise, format!("{}{index}", self.key));
        let entry = match (self.package, self.style) {
            (None, 0 | 1) => format!("[{table}]\n{key} = \"1\""),
            (None, 2 | 3) => format!("[{table}.{key}]\nversion = '1'\nfeatures = [\"package\"]"),
            (None, _) => format!("[{table}]\n{key} = {{ version = \"1\", optional = true }}"),
            (Some(package), 0) => format!("[{table}]\n{key} = {{ package = \"{package}\" }}"),
            (Some(package), 1) => format!("[{table}]\n'{key}' = {{version='1',package='{package}'}} # {key}"),
            (Some(package), 2) => format!("[{table}.\"{key}\"]\npackage = \"{package}\""),
            (Some(package), 3) => format!("[{table}]\n{key}.package = \"{package}\"\n{key} . version = '1'"),
            (Some(package), 4) => format!(
                "[ {table} ]\n{key} = {{ features = [\n'a', # }}\n], package = \"\"\"{package}\"\"\" }}"
            ),
            (Some(package), _) => format!("[{table}.{key}]\nfeatures = []\r\npackage\t=\t'''{package}'''"),
        };
        format!("{noise}\n{entry}\n")
    }

    /// The place of its table in the order of those that count.
    fn rank(&self) -> Option<usize> {
        match self.table {
            "dependencies" | "target.'cfg(unix)'.dependencies" => Some(0),
            "dev-dependencies" => Some(1),
            "build-dependencies" => Some(2),
            _ => None,
        }
    }
}

proptest! {
    #[test]
    fn the_name_is_that_of_the_first_table_that_has_one(lines in prop::collection::vec(line(), 0..8)) {
        let manifest: String = lines.iter().enumerate().map(|(index, line)| line.written(index)).collect();
        let ours = |rank: usize| {
            let keys = lines.iter().enumerate().filter(move |(_, line)| line.rank() == Some(rank) && line.package == Some("oauth-core"));
            keys.map(|(index, line)| format!("{}{index}", line.key).replace('-', "_")).collect::<Vec<_>>()
        };
        let expected = (0..3).map(ours).find(|keys| !keys.is_empty()).filter(|keys| keys.len() == 1);
        prop_assert_eq!(name(&manifest), expected.and_then(|mut keys| keys.pop()), "{}", manifest);
    }

    #[test]
    fn text_survives(text in "\\PC*") {
        let written = text.replace('\\', "\\\\").replace('"', "\\\"");
        for quotes in ["\"", "\"\"\""] {
            let read = entries(&format!("key = {quotes}{written}{quotes}"));
            let values = read.map(|entries| entries.into_iter().map(|entry| entry.value).collect::<Vec<_>>());
            prop_assert_eq!(values, Some(vec![Value::Text(text.clone())]));
        }
    }

    #[test]
    fn nothing_panics(text in "(?s).{0,80}", toml in "([a\\.=\\[\\]\\{\\}\"'#,\\\\ \nux0]|\"\"\"|'''){0,60}") {
        let _ = entries(&text);
        let _ = entries(&toml);
    }
}

#[test]
fn nesting_ends() {
    assert_eq!(entries(&format!("a = {}", "[".repeat(100_000))), None);
    assert_eq!(entries(&format!("a = {}", "{a=".repeat(100_000))), None);
}
