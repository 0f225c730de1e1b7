//! Italian and English spellings become typed values. Pure functions of text, no sheet and no clock.

pub mod date;
pub mod duration;
pub mod fold;
pub mod goal;
pub mod not_counted;
pub mod number;
pub mod percentage;
mod token;
pub mod yes_no;

pub use token::number_word;
