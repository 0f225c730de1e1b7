//! Folding: words are compared without case, accents, apostrophes, dashes, odd blanks and final punctuation.
