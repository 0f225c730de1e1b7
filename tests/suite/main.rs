//! All tests from outside, in one binary.

mod architecture;
mod broken;
mod cli;
mod generator;
mod harness;
mod hostile;
mod inspect;
mod intake;
mod kinds;
mod languages;
mod lucca;
mod memory;
mod museum;
mod museum_ledger;
mod peers;
mod readme;
mod report;
mod safety;
mod safety_bytes;
mod safety_corpus;
mod safety_kill;
mod safety_seeds;
mod sample;
