//! How much a file may grow while it is unpacked. docs/limits.md says what becomes of what is larger.

use super::ReadError;

/// Bytes that a member may have however well it was packed.
const SMALL: u64 = 1024 * 1024;

/// How many times its packed size a larger member may have: text does not reach it.
const RATIO: u64 = 250;

/// Bytes that one member may have.
pub(super) const MEMBER: u64 = 256 * 1024 * 1024;

/// Bytes that all members of one file may have together.
pub(super) const TOTAL: u64 = 512 * 1024 * 1024;

/// Bytes that a page of HTML may have: what it is made of is held in memory many times over.
pub(super) const PAGE: usize = 32 * 1024 * 1024;

/// How many members an archive may have, those of archives in it included.
pub(super) const MEMBERS: usize = 100_000;

/// How deep archives and messages may stand in each other.
pub(super) const DEPTH: usize = 4;

/// Bytes that may come of so many packed ones.
pub(super) fn unpacked(packed: u64) -> u64 {
    packed.saturating_mul(RATIO).clamp(SMALL, MEMBER)
}

/// What is said of a page that is too long.
pub(super) fn long_page() -> ReadError {
    let limit = PAGE / 1024 / 1024;
    ReadError::TooLarge(format!(
        "the HTML page has more than {limit} MB: save it in parts or as plain text first"
    ))
}

/// What is said of something that grows beyond that.
pub(super) fn bomb(what: &str) -> ReadError {
    ReadError::TooLarge(format!(
        "{what} unpacks to more than {RATIO} times its size or {} MB: it is not read",
        MEMBER / 1024 / 1024
    ))
}

/// What is said when the members of an archive are too large together.
pub(super) fn full() -> ReadError {
    let total = TOTAL / 1024 / 1024;
    ReadError::TooLarge(format!(
        "the archive unpacks to more than {total} MB: the rest is not read"
    ))
}

/// What is said when an archive has too many members.
pub(super) fn crowded() -> ReadError {
    ReadError::TooLarge(format!(
        "the archive has more than {MEMBERS} members: the rest is not read"
    ))
}
