//! All tests from outside, in one binary.

mod architecture;
mod broken;
mod cli;
mod generator;
mod harness;
mod inspect;
mod intake;
<<<<<<< HEAD
mod kinds;
mod museum;
mod museum_ledger;
mod peers;
=======
mod languages;
mod lucca;
mod readme;
mod sample;
>>>>>>> e2e
