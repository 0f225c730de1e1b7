//! Findings as a compiler would show them, but for a spreadsheet.
