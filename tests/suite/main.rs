//! All tests from outside, in one binary.

mod cli;
mod generator;
mod harness;
mod hostile;
mod intake;
mod kinds;
mod museum;
mod museum_ledger;
mod peers;
