//! The fields of an objective or indicator.

use super::Record;
use crate::finding::Text;
use crate::kinds::fields::{Field, Fields, Listed, decimal, fact, optional, optional_text, shown, text};
use crate::kinds::reader::{Origin, Read, Records};

/// The cell of an objective holds its number and its title.
const TITLE: Text = Text::new("titolo dell’obiettivo", "title of the objective");
/// An objective's title may stand once for all its indicators.
const STATED: Text = Text::new(
    "se la riga enuncia l’obiettivo, e non continua quello sopra",
    "whether the row states the objective, and does not continue the one above",
);

impl Listed for Record {
    fn blank(origin: Origin, _col: u32) -> Self {
        Self {
            holder: String::new(),
            number: String::new(),
            title: String::new(),
            indicator: None,
            description: String::new(),
            weight: Read::Empty,
            objective_weight: None,
            text: String::new(),
            result: Read::Empty,
            whole: None,
            notes: String::new(),
            states_objective: false,
            origin,
        }
    }

    fn origin(&self) -> &Origin {
        &self.origin
    }

    fn list(records: &mut Records) -> &mut Vec<Self> {
        &mut records.objectives
    }

    fn visit(&mut self, fields: &mut dyn Fields) {
        text(fields, "holder", &mut self.holder);
        text(fields, "objective", &mut self.number);
        fields.text(Field::part("objective", "_title", TITLE), &mut self.title);
        fact(fields, Field::part("objective", "_stated", STATED), &mut self.states_objective);
        optional(fields, Field::of("objective_weight"), &mut self.objective_weight);
        optional_text(fields, "indicator", &mut self.indicator);
        text(fields, "description", &mut self.description);
        decimal(fields, Field::of("weight"), &mut self.weight);
        shown(fields, "result", &mut self.text);
        decimal(fields, Field::of("result").unit("percent"), &mut self.result);
        optional(fields, Field::of("whole_result").unit("percent"), &mut self.whole);
        text(fields, "notes", &mut self.notes);
    }
}
