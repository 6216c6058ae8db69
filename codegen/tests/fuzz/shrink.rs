//! Shrinks an input that fails.

/// Removes parts of the input as long as `still_fails` accepts the rest.
pub fn shrink(input: &[u8], still_fails: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut kept = input.to_vec();
    // Whole lines first, so that fewer bytes are left to try.
    for by_lines in [true, false] {
        let mut size = usize::MAX;
        while size > 1 {
            let mut parts = split(&kept, by_lines);
            size = (parts.len() / 2).min(size / 2).max(1);
            let mut at = 0;
            while at < parts.len() {
                let end = (at + size).min(parts.len());
                let rest = [&parts[..at], &parts[end..]].concat();
                if still_fails(&rest.concat()) {
                    parts = rest;
                } else {
                    at = end;
                }
            }
            kept = parts.concat();
        }
    }
    kept
}

fn split(text: &[u8], by_lines: bool) -> Vec<Vec<u8>> {
    match by_lines {
        true => text
            .split_inclusive(|byte| *byte == b'\n')
            .map(<[u8]>::to_vec)
            .collect(),
        false => text.iter().map(|byte| vec![*byte]).collect(),
    }
}
