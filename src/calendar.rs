//! Working days in Italy.
