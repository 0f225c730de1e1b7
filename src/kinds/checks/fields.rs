//! The fields of a check.

use crate::finding::Text;
use crate::kinds::evidence::{Check, Evidence, Rows};
use crate::kinds::fields::{Field, Fields, List, Proof, fact, flag, goal, optional, text};

const LEFT_OUT: Text =
    Text::new("se il foglio dice N.C.: la verifica non conta", "whether the sheet says N.C.: not counted");

impl Proof for Check {
    fn blank(row: u32) -> Self {
        Self {
            row,
            number: String::new(),
            target: String::new(),
            met: None,
            goal: None,
            actual: None,
            last_year: None,
            not_counted: false,
        }
    }

    fn row(&self) -> u32 {
        self.row
    }

    fn list(evidence: &mut Evidence) -> Option<&mut dyn List<Self>> {
        if let Rows::Checks(checks) = &mut evidence.rows { Some(checks) } else { None }
    }

    fn visit(&mut self, fields: &mut dyn Fields) {
        text(fields, "number", &mut self.number);
        text(fields, "target", &mut self.target);
        goal(fields, "goal", &mut self.goal);
        optional(fields, Field::of("actual"), &mut self.actual);
        optional(fields, Field::of("last_year"), &mut self.last_year);
        flag(fields, "met", &mut self.met);
        fact(fields, Field::part("met", "_not_counted", LEFT_OUT), &mut self.not_counted);
    }
}
