//! The fields of a standard.

use super::Record;
use crate::kinds::fields::{Field, Fields, Listed, decimal, measure, shown, text};
use crate::kinds::reader::{Origin, Read, Records};

impl Listed for Record {
    fn blank(origin: Origin, _col: u32) -> Self {
        Self {
            code: String::new(),
            section: String::new(),
            process: String::new(),
            office: String::new(),
            indicator: String::new(),
            planned_text: String::new(),
            measured_text: String::new(),
            planned: Read::Empty,
            measured: Read::Empty,
            declared: Read::Empty,
            notes: String::new(),
            origin,
        }
    }

    fn origin(&self) -> &Origin {
        &self.origin
    }

    fn list(records: &mut Records) -> &mut Vec<Self> {
        &mut records.charter
    }

    fn visit(&mut self, fields: &mut dyn Fields) {
        text(fields, "code", &mut self.code);
        text(fields, "section", &mut self.section);
        text(fields, "process", &mut self.process);
        text(fields, "office", &mut self.office);
        text(fields, "indicator", &mut self.indicator);
        shown(fields, "planned", &mut self.planned_text);
        measure(fields, "planned", &mut self.planned);
        shown(fields, "measured", &mut self.measured_text);
        measure(fields, "measured", &mut self.measured);
        decimal(fields, Field::of("declared").unit("percent"), &mut self.declared);
        text(fields, "notes", &mut self.notes);
    }
}
