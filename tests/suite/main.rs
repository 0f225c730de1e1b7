//! All tests from outside, in one binary.

mod intake;
