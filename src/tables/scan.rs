//! The first byte of a sort in a text: most bytes are of none, so that many are looked at together.
//!
//! The compiler does so only where a question has no branch: `|` for `||`, and no `matches!`.

/// So many bytes are looked at together.
const WIDTH: usize = 16;

/// The place of the first byte that is wanted.
#[inline]
pub fn first(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let (chunks, rest) = bytes.as_chunks::<WIDTH>();
    let holds = |chunk: &[u8; WIDTH]| chunk.iter().fold(0, |any, byte| any | u8::from(wanted(*byte))) != 0;
    let full = chunks.iter().position(holds).unwrap_or(chunks.len());
    let (start, tail) = match chunks.get(full) {
        Some(chunk) => (full * WIDTH, chunk.as_slice()),
        None => (full * WIDTH, rest),
    };
    tail.iter().position(|byte| wanted(*byte)).map(|at| start + at)
}

/// The place of the first digit.
pub fn digit(bytes: &[u8]) -> Option<usize> {
    first(bytes, |byte| byte.wrapping_sub(b'0') < 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_byte_is_found_wherever_it_stands() {
        for length in 0..40 {
            for at in 0..length {
                let mut bytes = vec![b'x'; length];
                bytes[at] = b'1';
                assert_eq!(digit(&bytes), Some(at), "{length}");
                assert_eq!(first(&bytes, |b| b == b'-'), None);
            }
        }
    }
}
