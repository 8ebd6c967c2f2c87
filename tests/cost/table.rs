//! Figures of two contestants, and how they compare.

/// The measurements of one thing, run by run.
pub(crate) struct Row {
    what: String,
    unit: &'static str,
    base: Vec<f64>,
    ours: Vec<f64>,
}

impl Row {
    pub(crate) fn new(what: impl Into<String>, unit: &'static str) -> Self {
        Self { what: what.into(), unit, base: Vec::new(), ours: Vec::new() }
    }

    /// One run of both.
    pub(crate) fn add(&mut self, base: f64, ours: f64) {
        self.base.push(base);
        self.ours.push(ours);
    }
}

/// Prints medians and the ratio of them.
pub(crate) fn print(title: &str, base: &str, ours: &str, rows: &[Row]) {
    println!("\n{title}");
    println!("{:34} {base:>16} {ours:>16} {:>12} {:>7}  runs", "", "difference", "ratio");
    for row in rows {
        let (base, ours) = (median(&row.base), median(&row.ours));
        println!(
            "{:34} {base:>12.3} {unit:<3} {ours:>12.3} {unit:<3} {:>+8.3} {unit:<3} {:>7.3}  {}",
            row.what,
            ours - base,
            ours / base,
            row.base.len(),
            unit = row.unit,
        );
    }
}

fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match (sorted.get(middle.wrapping_sub(1)), sorted.get(middle)) {
        (Some(low), Some(high)) if sorted.len().is_multiple_of(2) => f64::midpoint(*low, *high),
        (_, Some(middle)) => *middle,
        _ => f64::NAN,
    }
}
