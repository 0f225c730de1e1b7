//! The fields of a standard.

use arcstr::ArcStr;

use super::Record;
use crate::kinds::fields::{Field, Fields, Listed, decimal, measure, shared};
use crate::kinds::reader::{Origin, Read, Records};

impl Listed for Box<Record> {
    fn blank(origin: Origin, _col: u32) -> Self {
        Self::new(Record {
            code: ArcStr::new(),
            section: ArcStr::new(),
            process: ArcStr::new(),
            office: ArcStr::new(),
            indicator: ArcStr::new(),
            planned_text: ArcStr::new(),
            measured_text: ArcStr::new(),
            planned: Read::Empty,
            measured: Read::Empty,
            declared: Read::Empty,
            notes: ArcStr::new(),
            origin,
        })
    }

    fn origin(&self) -> &Origin {
        &self.origin
    }

    fn list(records: &mut Records) -> &mut Vec<Self> {
        &mut records.charter
    }

    fn visit(&mut self, fields: &mut dyn Fields) {
        shared(fields, Field::of("code"), &mut self.code);
        shared(fields, Field::of("section"), &mut self.section);
        shared(fields, Field::of("process"), &mut self.process);
        shared(fields, Field::of("office"), &mut self.office);
        shared(fields, Field::of("indicator"), &mut self.indicator);
        shared(fields, Field::shown("planned"), &mut self.planned_text);
        measure(fields, "planned", &mut self.planned);
        shared(fields, Field::shown("measured"), &mut self.measured_text);
        measure(fields, "measured", &mut self.measured);
        decimal(fields, Field::of("declared").unit("percent"), &mut self.declared);
        shared(fields, Field::of("notes"), &mut self.notes);
    }
}
