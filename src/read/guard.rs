//! Work of a library that does not promise not to panic in; its value out, or what it threw.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic on this thread, at this moment, is only a file that cannot be read: it is caught and named as such, and
/// a panic hook need say nothing of it.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

/// Does the work; one damaged file must not end the run.
#[cfg_attr(not(feature = "pdf"), allow(dead_code))]
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Box<dyn Any + Send>> {
    let before = GUARDED.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(before);
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_panics_under_guard_is_caught_and_the_guard_ends_with_it() {
        let quiet = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |about| {
            if !is_guarded() {
                quiet(about);
            }
        }));
        assert!(!is_guarded());
        assert!(guarded(|| assert!(!is_guarded(), "on purpose")).is_err());
        assert!(!is_guarded());
        assert!(matches!(guarded(is_guarded), Ok(true)));
    }
}
