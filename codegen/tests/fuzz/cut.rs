//! Cuts an input down to what matters.

/// The input without the parts that it may lose and still be `wanted`.
pub fn down(input: &[u8], wanted: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut kept = input.to_vec();
    // Lines first, as less is left for the bytes then.
    for by_lines in [true, false] {
        let mut size = usize::MAX;
        while size > 1 {
            let mut parts = split(&kept, by_lines);
            size = (parts.len() / 2).min(size / 2).max(1);
            let mut at = 0;
            while at < parts.len() {
                let end = (at + size).min(parts.len());
                let rest = [&parts[..at], &parts[end..]].concat();
                if wanted(&rest.concat()) {
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
