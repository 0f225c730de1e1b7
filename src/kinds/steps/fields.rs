//! The fields of a step.

use jiff::civil::Date;

use crate::finding::Text;
use crate::kinds::evidence::{Evidence, Rows, Step};
use crate::kinds::fields::{Field, Fields, List, Proof, date, fact, flag, required_date, text};

const LEFT_OUT: Text =
    Text::new("se il foglio dice N.C.: il passo non conta", "whether the sheet says N.C.: not counted");

impl Proof for Step {
    fn blank(row: u32) -> Self {
        Self {
            row,
            number: String::new(),
            step: String::new(),
            office: String::new(),
            due: Date::ZERO,
            actual: None,
            met: None,
            not_counted: false,
        }
    }

    fn row(&self) -> u32 {
        self.row
    }

    fn list(evidence: &mut Evidence) -> Option<&mut dyn List<Self>> {
        if let Rows::Steps(steps) = &mut evidence.rows { Some(steps) } else { None }
    }

    fn visit(&mut self, fields: &mut dyn Fields) {
        text(fields, "number", &mut self.number);
        text(fields, "step", &mut self.step);
        text(fields, "office", &mut self.office);
        required_date(fields, "due", &mut self.due);
        date(fields, "actual", &mut self.actual);
        flag(fields, "met", &mut self.met);
        fact(fields, Field::part("actual", "_not_counted", LEFT_OUT), &mut self.not_counted);
    }
}
