//! A progress bar on standard error: only on a terminal, and only once the work has lasted a second.

use std::sync::Once;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

const PATIENCE: Duration = Duration::from_secs(1);
/// While documents are read.
const READING: &str = "reading {bar:30} {pos}/{len} documents, {rate}, {eta} left";
/// Once the last one is read.
const RESOLVING: &str = "{len} documents read in {elapsed}; finding out what they refer to";

/// Counts documents; may be shared between threads.
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
    shown: Once,
}

impl Progress {
    /// Nothing done yet of so many documents.
    pub fn new(documents: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(documents as u64), ProgressDrawTarget::hidden());
        look(&bar, READING);
        Self {
            bar,
            started: Instant::now(),
            shown: Once::new(),
        }
    }

    /// One more document is done.
    pub fn step(&self) {
        if self.started.elapsed() > PATIENCE {
            // indicatif draws on standard error, and on a terminal only.
            self.shown
                .call_once(|| self.bar.set_draw_target(ProgressDrawTarget::stderr()));
        }
        self.bar.inc(1);
        if Some(self.bar.position()) == self.bar.length() {
            look(&self.bar, RESOLVING);
            self.bar.tick();
        }
    }

    /// All is done: the bar goes away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn look(bar: &ProgressBar, template: &str) {
    let rate = |state: &ProgressState, out: &mut dyn std::fmt::Write| {
        // A terminal that takes no more is no reason to end.
        let _ = write!(out, "{:.0} a second", state.per_sec());
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.with_key("rate", rate));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_can_be_read() {
        for template in [READING, RESOLVING] {
            assert!(ProgressStyle::with_template(template).is_ok(), "{template}");
        }
    }
}
