//! Texts that stand in many cells of a file, each kept once: most columns repeat a few.

use arcstr::ArcStr;

/// Places of the table; a power of two.
const PLACES: usize = 1 << 12;
/// Longer texts seldom come twice.
const LONGEST: usize = 24;

/// The texts met last, by their hash; of two with the same place the later stays.
pub(super) struct Shared {
    places: Vec<Option<ArcStr>>,
}

impl Shared {
    pub(super) fn new() -> Self {
        Self { places: vec![None; PLACES] }
    }

    /// The text, shared with the cells before that have the same.
    pub(super) fn text(&mut self, text: &str) -> ArcStr {
        if text.len() > LONGEST {
            return text.into();
        }
        let place = &mut self.places[hash(text) % PLACES];
        match place {
            Some(known) if **known == *text => known.clone(),
            _ => place.insert(text.into()).clone(),
        }
    }
}

/// FNV-1a: a wrong place costs only an allocation.
fn hash(text: &str) -> usize {
    let mixed = text
        .bytes()
        .fold(0xCBF2_9CE4_8422_2325_u64, |mixed, byte| (mixed ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3));
    (mixed ^ (mixed >> 32)) as usize
}

#[cfg(test)]
mod tests {
    use arcstr::ArcStr;

    use super::Shared;

    #[test]
    fn each_text_comes_back_as_it_was() {
        let mut shared = Shared::new();
        let texts: Vec<String> = (0..20_000).map(|at| format!("voce {}", at % 7_000)).collect();
        for text in &texts {
            assert_eq!(*shared.text(text), **text);
        }
        assert!(ArcStr::ptr_eq(&shared.text("SI"), &shared.text("SI")));
    }
}
