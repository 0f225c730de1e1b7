//! Records, scores and findings become neutral tables, then files: one file per table, one folder per format.
