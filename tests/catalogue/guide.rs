//! The guide tells what is so: its code is compiled, and its errors are the compiler's words.

use xtask::{files, read, root};

/// The pages of the guide: each with its name and its text.
fn pages() -> Vec<(String, String)> {
    let folder = root().join("oauth-core/src/guide");
    let page = |path: &std::path::PathBuf| {
        let text = read(path);
        let lines = text.lines().filter_map(|line| line.strip_prefix("//!"));
        let text = lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n");
        (path.strip_prefix(&folder).unwrap_or(path).display().to_string(), text)
    };
    files(&folder, "rs").iter().map(page).collect()
}

/// The blocks of a page: the words after the fence, and the lines.
fn blocks(text: &str) -> Vec<(&str, Vec<&str>)> {
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(fence) = lines.by_ref().find_map(|line| line.strip_prefix("```")) {
        blocks.push((fence, lines.by_ref().take_while(|line| *line != "```").collect()));
    }
    blocks
}

#[test]
fn every_error_is_the_compilers() {
    let said: Vec<String> =
        files(&root().join("tests/ui/fail"), "stderr").iter().map(|path| read(path)).collect();
    let mut unsaid = Vec::new();
    for (page, text) in pages() {
        let shown =
            blocks(&text).into_iter().filter(|(words, _)| *words == "text").flat_map(|(_, lines)| lines);
        for line in shown.filter(|line| line.starts_with("error") || line.trim_start().starts_with("= note:"))
        {
            // Numbers of lines differ in width, and indent the rest.
            let is_said = said.iter().any(|text| text.lines().any(|said| said.trim() == line.trim()));
            if !is_said {
                unsaid.push(format!("{page}: {line}"));
            }
        }
    }
    assert!(unsaid.is_empty(), "no `.stderr` of `tests/ui` has these:\n{}", unsaid.join("\n"));
}

#[test]
fn every_description_is_a_servers() {
    let sources: Vec<String> = files(&root().join("oauth-core/src"), "rs")
        .iter()
        .filter(|path| !path.components().any(|part| part.as_os_str() == "guide"))
        .map(|path| read(path))
        .collect();
    let (_, errors) = pages().into_iter().find(|(page, _)| page == "errors.rs").unwrap();
    let (_, of_clients) = errors.split_once("# Of a client").unwrap();
    // `error`: `description`, or a description alone, in the first cell of a table.
    let cells = of_clients.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
    let described = cells.map(|cell| cell.rsplit("`: `").next().unwrap_or(cell).trim_end_matches('`'));
    // The same of the reasons in lines of the log.
    let reasons = of_clients.lines().filter_map(|line| line.split_once("reason=\"")?.1.strip_suffix('"'));
    let descriptions = described.chain(reasons);
    let mut count = 0;
    for description in descriptions.filter(|words| words.contains(' ') && !words.contains("`,")) {
        let is_said = sources.iter().any(|text| text.contains(&format!("\"{description}\"")));
        assert!(is_said, "no server says `{description}`");
        count += 1;
    }
    assert!(count > 8, "{count}");
}

#[test]
fn every_piece_of_code_is_compiled() {
    for (page, text) in pages() {
        for (words, lines) in blocks(&text) {
            let is_known = ["", "no_run", "compile_fail", "text", "toml", "json", "log"].contains(&words);
            assert!(is_known, "{page}: ```{words}");
            let is_rust = lines.iter().any(|line| line.contains("use oauth_core::"));
            assert!(
                !is_rust || words.is_empty() || ["no_run", "compile_fail"].contains(&words),
                "{page}: {lines:#?}"
            );
        }
    }
}
