//! The first byte of a sort in a text: most bytes are of none, so that many are looked at together.

/// So many bytes are looked at together.
const WIDTH: usize = 16;

/// The place of the first byte that is wanted.
#[inline]
pub(super) fn first(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> Option<usize> {
    let (chunks, rest) = bytes.as_chunks::<WIDTH>();
    // Without a branch for each byte, the compiler compares a chunk at once.
    let holds = |chunk: &[u8; WIDTH]| chunk.iter().fold(false, |any, byte| any | wanted(*byte));
    let full = chunks.iter().position(holds).unwrap_or(chunks.len());
    let (start, tail) = match chunks.get(full) {
        Some(chunk) => (full * WIDTH, chunk.as_slice()),
        None => (full * WIDTH, rest),
    };
    tail.iter().position(|byte| wanted(*byte)).map(|at| start + at)
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
                assert_eq!(first(&bytes, |b| b.is_ascii_digit()), Some(at), "{length}");
                assert_eq!(first(&bytes, |b| b == b'-'), None);
            }
        }
    }
}
