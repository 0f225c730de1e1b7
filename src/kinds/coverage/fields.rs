//! The fields of an item of a coverage list.

use crate::kinds::evidence::{Evidence, Item, Rows};
use crate::kinds::fields::{Fields, List, Proof, flag, text};

impl Proof for Item {
    fn blank(row: u32) -> Self {
        Self { row, number: String::new(), item: String::new(), done: None }
    }

    fn row(&self) -> u32 {
        self.row
    }

    fn list(evidence: &mut Evidence) -> Option<&mut dyn List<Self>> {
        if let Rows::Coverage(items) = &mut evidence.rows { Some(items) } else { None }
    }

    fn visit(&mut self, fields: &mut dyn Fields) {
        text(fields, "number", &mut self.number);
        text(fields, "item", &mut self.item);
        flag(fields, "done", &mut self.done);
    }
}
