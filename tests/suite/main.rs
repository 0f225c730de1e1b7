//! All tests from outside, in one binary.

mod architecture;
mod broken;
mod cli;
mod generator;
mod harness;
mod intake;
mod lucca;
mod sample;
