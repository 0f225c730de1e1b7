//! How near two names are, word by word.

use super::{fold, words_of};

/// Articles and prepositions, which tell no two names apart.
const LINKS: &[&str] = &[
    "a", "ad", "ai", "agli", "al", "all", "alla", "alle", "allo", "con", "d", "da", "dagli", "dai", "dal", "dall",
    "dalla", "dalle", "dallo", "degli", "dei", "del", "dell", "della", "delle", "dello", "di", "e", "ed", "fra", "gli",
    "i", "il", "in", "l", "la", "le", "lo", "negli", "nei", "nel", "nell", "nella", "nelle", "nello", "o", "od", "per",
    "presso", "su", "sugli", "sui", "sul", "sull", "sulla", "sulle", "sullo", "tra", "un", "una", "uno",
];

/// Words that a title adds to a name without making it another.
const TRIMMINGS: &[&str] = &["trasversale", "anno", "annualita", "biennio", "triennio", "scheda", "foglio", "n", "nr"];

/// Words that half the names of an office share.
const COMMON: &[&str] = &[
    "attivita",
    "camera",
    "camerale",
    "camerali",
    "controllo",
    "ente",
    "gestione",
    "monitoraggio",
    "procedimento",
    "procedimenti",
    "procedura",
    "procedure",
    "servizi",
    "servizio",
    "ufficio",
    "uffici",
];

/// More words than any name has; the rest of a text is not compared.
const MOST_WORDS: usize = 64;

/// How near two names are, from 0 (nothing in common) to 1 (the same words).
///
/// Articles and prepositions, years and a few trimmings do not count; a typo, a plural or an abbreviation counts a little
/// less than the word itself. A name that stands whole in a longer title is near it (0.8 and more).
///
/// ```
/// use allegati::value::fold::similarity;
/// let title = "Corretta gestione degli archivi camerali - procedura di scarto biennio 2018-2019";
/// assert!(similarity(title, "Corretta gestione degli archivi camerale TRASVERSALE") >= 0.8);
/// assert!(similarity(title, "Ciclo di gestione degli atti camerali") < 0.4);
/// ```
pub fn similarity(a: &str, b: &str) -> f64 {
    Name::of(a).similarity(&Name::of(b))
}

/// A name taken apart, to be compared with several others.
pub struct Name {
    folded: String,
    /// Its telling words, each with what it tells.
    words: Vec<(String, f64)>,
}

impl Name {
    /// Takes a name apart.
    pub fn of(text: &str) -> Self {
        let folded = fold(text);
        let all = || words_of(&folded).take(MOST_WORDS);
        let telling = all().map(|word| (word, weight(word))).filter(|(_, weight)| *weight > 0.0);
        let mut words: Vec<(String, f64)> = telling.map(|(word, weight)| (word.to_owned(), weight)).collect();
        // A name made of small words only is compared by them.
        if words.is_empty() {
            words.extend(all().map(|word| (word.to_owned(), 1.0)));
        }
        Self { folded, words }
    }

    /// Its folded spelling.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// As [`similarity`] of the two texts.
    pub fn similarity(&self, other: &Self) -> f64 {
        if self.words.is_empty() || other.words.is_empty() {
            return 0.0;
        }
        if self.words == other.words {
            return 1.0;
        }
        let (of_self, of_other) = (self.covered_by(other), other.covered_by(self));
        // The square keeps names that merely share a word or two well below those that share all of one of them.
        let near = 0.9 * of_self.max(of_other) + 0.1 * of_self.min(of_other);
        near * near
    }

    /// How much of this name the other has.
    pub fn share_in(&self, other: &Self) -> f64 {
        self.covered_by(other)
    }

    /// The share of this name's words that the other has, lowered when there is little to tell it by.
    fn covered_by(&self, other: &Self) -> f64 {
        let mut free: Vec<bool> = vec![true; other.words.len()];
        let (mut total, mut found) = (0.0, 0.0);
        for (word, weight) in &self.words {
            total += weight;
            let mut best = (0.0, None);
            for (index, (candidate, _)) in other.words.iter().enumerate() {
                let near = if free[index] { nearness(word, candidate) } else { 0.0 };
                if near > best.0 {
                    best = (near, Some(index));
                }
            }
            if let (near, Some(index)) = best {
                free[index] = false;
                found += weight * near;
            }
        }
        found / total * (total / 5.0).min(1.0)
    }
}

/// What a word tells: its length within reason, half for words that many names share, nothing for links and years.
fn weight(word: &str) -> f64 {
    let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && is_number(word);
    if year || LINKS.contains(&word) || TRIMMINGS.contains(&word) {
        return 0.0;
    }
    let length = word.chars().count().clamp(3, 12) as f64;
    if COMMON.contains(&word) { length / 2.0 } else { length }
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// How near two words are: 1 for the same, singular or plural; less for a typo and for an abbreviation.
fn nearness(a: &str, b: &str) -> f64 {
    if a == b {
        return 1.0;
    }
    if a.bytes().chain(b.bytes()).any(|byte| byte.is_ascii_digit()) {
        return 0.0;
    }
    let shorter = a.chars().count().min(b.chars().count());
    if shorter >= 4 && stem(a) == stem(b) {
        return 1.0;
    }
    let most = match shorter {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    };
    if most > 0 && may_differ_by(a, b, most) && strsim::damerau_levenshtein(a, b) <= most {
        return 0.85;
    }
    if shorter >= 3 && (a.starts_with(b) || b.starts_with(a)) {
        return 0.7;
    }
    0.0
}

/// Whether two folded words can be so few slips apart, as far as the letters tell that they are made of: a slip adds or
/// takes one, puts another in its place, or swaps two.
pub fn may_differ_by(a: &str, b: &str, slips: usize) -> bool {
    // How many more of each letter the first word has.
    let mut surplus = [0_i32; 32];
    let mut count = |word: &str, one: i32| {
        word.bytes().filter(u8::is_ascii_lowercase).for_each(|letter| surplus[usize::from(letter % 32)] += one);
    };
    count(a, 1);
    count(b, -1);
    let more: usize = surplus.iter().map(|count| count.max(&0).unsigned_abs() as usize).sum();
    let fewer: usize = surplus.iter().map(|count| count.min(&0).unsigned_abs() as usize).sum();
    more.max(fewer) <= slips
}

/// The set of letters and figures of a folded word, a bit each.
pub fn letters(word: &str) -> u64 {
    word.bytes().fold(0, |set, byte| match byte {
        b'a'..=b'z' => set | 1 << (byte - b'a'),
        b'0'..=b'9' => set | 1 << (26 + byte - b'0'),
        _ => set,
    })
}

/// A word without its last vowels, which tell number and gender only.
fn stem(word: &str) -> &str {
    let stem = word.trim_end_matches(['a', 'e', 'i', 'o', 'u']);
    if stem.chars().count() >= 2 { stem } else { word }
}
