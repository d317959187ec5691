//! What the streams of a PDF unpack to, counted before anything unpacks them: a bomb is refused.

use std::io::Read;

use flate2::read::ZlibDecoder;
use memchr::memmem;

use super::ReadError;
use super::limits;

/// How far before its data the dictionary of a stream is looked at.
const DICTIONARY: usize = 2_000;
/// Streams up to this size are small, whatever packs them.
const SMALL: usize = 4 << 10;
/// LZW unpacks to about as many thousand bytes as it has: longer streams of it are refused.
const LZW: usize = 1 << 20;

/// Counts what the streams unpack to, pictures left out: those are never unpacked.
pub(super) fn check(bytes: &[u8]) -> Result<(), ReadError> {
    let mut left = limits::UNPACKED;
    let ends: Vec<usize> = memmem::find_iter(bytes, b"endstream").collect();
    for at in memmem::find_iter(bytes, b"stream") {
        let is_end = bytes[..at].ends_with(b"end");
        if is_end {
            continue;
        }
        let end = ends
            .get(ends.partition_point(|end| *end < at))
            .copied()
            .unwrap_or(bytes.len());
        let data = bytes[at + 6..end].trim_ascii_start();
        let head = &bytes[at.saturating_sub(DICTIONARY)..at];
        let head = &head[memmem::rfind(head, b" obj").unwrap_or(0)..];
        left = unpacked(head, data, left)
            .and_then(|size| left.checked_sub(size))
            .ok_or_else(limits::too_packed)?;
    }
    Ok(())
}

/// How many bytes a stream unpacks to; none if that is more than `most` or cannot be told.
fn unpacked(head: &[u8], data: &[u8], most: u64) -> Option<u64> {
    let count = |name: &[u8]| memmem::find_iter(head, name).count();
    if count(b"/Image") > 0 {
        return Some(0);
    }
    let lzw = count(b"/LZW");
    let packed = count(b"/Fl") - count(b"/Flags") + lzw + count(b"/RunLengthDecode");
    if (packed > 1 && data.len() > SMALL) || (lzw > 0 && data.len() > LZW) {
        return None;
    }
    let is_zlib =
        matches!(data, [a, b, ..] if a & 0x0F == 8 && (u16::from(*a) << 8 | u16::from(*b)) % 31 == 0);
    if !is_zlib {
        return Some(data.len() as u64);
    }
    let mut unpacking = ZlibDecoder::new(data).take(most + 1);
    let mut buffer = vec![0; 64 << 10];
    let mut sum = 0;
    loop {
        match unpacking.read(&mut buffer) {
            Ok(0) | Err(_) => return (sum <= most).then_some(sum),
            Ok(count) => sum += count as u64,
        }
    }
}
