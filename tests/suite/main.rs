//! All tests from outside, in one binary.

mod cli;
mod generator;
mod harness;
mod intake;
mod kinds;
mod museum;
mod museum_ledger;
mod peers;
mod safety;
mod safety_bytes;
mod safety_corpus;
mod safety_kill;
mod safety_seeds;
