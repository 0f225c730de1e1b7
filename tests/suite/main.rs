//! All tests from outside, in one binary.

mod architecture;
mod broken;
mod cli;
mod generator;
mod harness;
mod inspect;
mod intake;
mod languages;
mod lucca;
mod readme;
mod sample;
