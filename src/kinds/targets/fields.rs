//! The fields of a strategic target.

use super::Record;
use crate::kinds::fields::{Field, Fields, Listed, decimal, shown, text};
use crate::kinds::reader::{Origin, Read, Records};

impl Listed for Record {
    fn blank(origin: Origin, _col: u32) -> Self {
        Self {
            objective: String::new(),
            target: String::new(),
            description: String::new(),
            text: String::new(),
            result: Read::Empty,
            origin,
        }
    }

    fn origin(&self) -> &Origin {
        &self.origin
    }

    fn list(records: &mut Records) -> &mut Vec<Self> {
        &mut records.targets
    }

    fn visit(&mut self, fields: &mut dyn Fields) {
        text(fields, "objective", &mut self.objective);
        text(fields, "target", &mut self.target);
        text(fields, "description", &mut self.description);
        shown(fields, "result", &mut self.text);
        decimal(fields, Field::of("result").unit("percent"), &mut self.result);
    }
}
