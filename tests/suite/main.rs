//! The suite: everything that needs workbooks made on the spot, in one binary.

mod generator;
mod harness;
