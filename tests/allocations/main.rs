//! The allocations of a request, and the memory of a live token, against budgets that may only fall. They are counted in this process,
//! through the tower service and without sockets; of the requests of a kind the one in the middle counts, for now and then a map grows.

mod count;
mod requests;

use requests::Figure;

/// The most that each may be. Whoever makes one less writes it here.
const BUDGETS: [(&str, usize); 9] = [
    ("client_credentials, opaque: allocations", 16),
    ("client_credentials, opaque: bytes", 10_200),
    ("client_credentials, ES256, self-contained: allocations", 23),
    ("client_credentials, ES256, self-contained: bytes", 11_800),
    ("refresh with rotation: allocations", 26),
    ("refresh with rotation: bytes", 11_000),
    ("introspection: allocations", 20),
    ("introspection: bytes", 9_400),
    ("a live opaque token: bytes", 90),
];

/// One that is so many hundredths under its budget has a budget that is out of date.
const OUT_OF_DATE: usize = 10;

/// One test, for the figures are of the whole process.
#[test]
fn what_is_allocated_stays_within_its_budget() {
    let figures = requests::figures();
    let names: Vec<_> = figures.iter().map(|figure| figure.name.as_str()).collect();
    assert_eq!(names, BUDGETS.map(|(name, _)| name), "each has a budget");
    let judged: Vec<_> =
        figures.iter().zip(BUDGETS).map(|(figure, (_, budget))| judge(figure, budget)).collect();
    let is_kept = judged.iter().all(|(_, is_kept)| *is_kept);
    let table: Vec<_> = judged.into_iter().map(|(line, _)| line).collect();
    println!("{}", table.join("\n"));
    assert!(is_kept, "{}\nthe budgets are in tests/allocations/main.rs, and may only fall", table.join("\n"));
}

/// The line of a figure, and whether its budget is kept.
fn judge(figure: &Figure, budget: usize) -> (String, bool) {
    let is_over = figure.value > budget;
    let is_out_of_date = figure.value * 100 < budget * (100 - OUT_OF_DATE);
    let verdict = match (is_over, is_out_of_date) {
        (true, _) => "over its budget",
        (_, true) => "well under its budget: write it there",
        _ => "",
    };
    (format!("{:56} {:>7} of {budget:>7} {verdict}", figure.name, figure.value), verdict.is_empty())
}
