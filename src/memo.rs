//! What a function of texts made of short ones not long ago: offices write the same few words and terms in every row,
//! and in every sheet.

use std::cell::RefCell;

/// Longer texts seldom come twice.
const LONGEST: usize = 64;
/// So many texts are remembered; a power of two.
const REMEMBERED: usize = 1 << 11;

/// The memory of one thread for one function, whose values depend on nothing but the text and what is asked of it.
pub struct Memo<T>(RefCell<Vec<Option<Known<T>>>>);

struct Known<T> {
    text: String,
    asked: u32,
    value: T,
}

impl<T: Clone> Memo<T> {
    /// Nothing was asked yet.
    pub const fn new() -> Self {
        Self(RefCell::new(Vec::new()))
    }

    /// What the function makes of a text.
    pub fn get(&self, text: &str, asked: u32, make: impl FnOnce() -> T) -> T {
        if text.len() > LONGEST {
            return make();
        }
        let place = (hash(text) ^ u64::from(asked).wrapping_mul(0x9E37_79B9_7F4A_7C15)) as usize & (REMEMBERED - 1);
        let is_it = |known: &&Known<T>| known.asked == asked && known.text == text;
        if let Some(known) = self.0.borrow().get(place).and_then(Option::as_ref).filter(is_it) {
            return known.value.clone();
        }
        let value = make();
        let mut known = self.0.borrow_mut();
        if known.is_empty() {
            known.resize_with(REMEMBERED, || None);
        }
        // The room of the text that stood there is taken again.
        let mut own = known[place].take().map_or_else(String::new, |before| before.text);
        own.clear();
        own.push_str(text);
        known[place] = Some(Known { text: own, asked, value: value.clone() });
        value
    }
}

impl<T: Clone> Default for Memo<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// Eight bytes at a time, as for most texts two steps are enough; who finds a text by it looks whether it is the one.
pub fn hash(text: &str) -> u64 {
    let mix = |mixed: u64, word: u64| {
        // Both halves of the product, so that each bit tells of each byte.
        let product = u128::from(mixed ^ word) * 0x9E37_79B9_7F4A_7C15;
        product as u64 ^ (product >> 64) as u64
    };
    let bytes = text.as_bytes();
    let (words, rest) = bytes.as_chunks::<8>();
    // Its length all over, so that no letter takes its place.
    let length = (bytes.len() as u64).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let mixed = words.iter().fold(length, |mixed, word| mix(mixed, u64::from_le_bytes(*word)));
    match (rest, bytes.last_chunk::<8>(), bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        ([], ..) => mixed,
        // Some bytes count twice: to take them apart would need a copy.
        (_, Some(last), ..) => mix(mixed, u64::from_le_bytes(*last)),
        (_, None, Some(first), Some(last)) => {
            mix(mixed, u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last)))
        }
        _ => mix(mixed, rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_what_would_be_made() {
        let memo = Memo::new();
        let long = "x".repeat(LONGEST + 1);
        let texts: Vec<String> = (0..3 * REMEMBERED).map(|at| format!("{} giorni", at % 2_500)).collect();
        for text in texts.iter().map(String::as_str).chain([long.as_str(), "", long.as_str(), ""]) {
            // The first and the last are looked for at one place.
            for asked in [0, 1, REMEMBERED as u32] {
                let make = || format!("{text}/{asked}");
                assert_eq!(memo.get(text, asked, make), make());
            }
        }
    }

    #[test]
    fn each_byte_and_the_length_tell_in_a_hash() {
        for length in 0..40 {
            let text = "a".repeat(length);
            let mut hashes: Vec<u64> = (0..length)
                .map(|at| hash(&format!("{}b{}", &text[..at], &text[at + 1..])))
                .chain([hash(&text), hash(&format!("{text}a")), hash(&format!("{text}\0"))])
                .collect();
            hashes.sort_unstable();
            hashes.dedup();
            assert_eq!(hashes.len(), length + 3, "{length}");
        }
    }

    #[test]
    fn a_text_is_looked_at_once() {
        let (memo, mut made) = (Memo::new(), 0);
        for _ in 0..5 {
            assert_eq!(
                memo.get("30 giorni", 1, || {
                    made += 1;
                    7
                }),
                7
            );
        }
        assert_eq!(made, 1);
    }
}
