//! The fields of a procedure of the plan.

use super::Record;
use crate::kinds::fields::{Field, Fields, Listed, decimal, shown, text};
use crate::kinds::reader::{Origin, Read, Records};

impl Listed for Record {
    fn blank(origin: Origin, _col: u32) -> Self {
        Self {
            number: String::new(),
            name: String::new(),
            coordinator: String::new(),
            expected: String::new(),
            source_office: String::new(),
            result_text: String::new(),
            result: Read::Empty,
            origin,
        }
    }

    fn origin(&self) -> &Origin {
        &self.origin
    }

    fn list(records: &mut Records) -> &mut Vec<Self> {
        &mut records.procedures
    }

    fn visit(&mut self, fields: &mut dyn Fields) {
        text(fields, "number", &mut self.number);
        text(fields, "name", &mut self.name);
        text(fields, "coordinator", &mut self.coordinator);
        text(fields, "expected", &mut self.expected);
        text(fields, "source_office", &mut self.source_office);
        shown(fields, "result", &mut self.result_text);
        decimal(fields, Field::of("result").unit("percent"), &mut self.result);
    }
}
