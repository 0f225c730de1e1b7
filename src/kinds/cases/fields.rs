//! The fields of a case. Who filed it and the notes beside it are not kept: they may name persons.

use std::borrow::Cow;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::finding::Text;
use crate::kinds::evidence::{Case, Evidence, Rows};
use crate::kinds::fields::{Field, Fields, List, Proof, date, fact, optional, required_date};

const LEFT_OUT: Text =
    Text::new("se il foglio dice N.C.: la pratica non conta", "whether the sheet says N.C.: not counted");

impl Proof for Case<'static> {
    fn blank(row: u32) -> Self {
        Self {
            row,
            id: None,
            start: Date::ZERO,
            end: None,
            due: None,
            suspension_days: Decimal::ZERO,
            amount_eur: None,
            declared_days: None,
            not_counted: false,
        }
    }

    fn row(&self) -> u32 {
        self.row
    }

    fn list(evidence: &mut Evidence) -> Option<&mut dyn List<Self>> {
        if let Rows::Cases(cases) = &mut evidence.rows { Some(cases) } else { None }
    }

    fn visit(&mut self, fields: &mut dyn Fields) {
        let mut id = self.id.take().map(Cow::into_owned).unwrap_or_default();
        fields.text(Field::of("id"), &mut id);
        self.id = (!id.is_empty()).then(|| id.into());
        required_date(fields, "start", &mut self.start);
        date(fields, "end", &mut self.end);
        date(fields, "due", &mut self.due);
        let mut suspension = Some(self.suspension_days);
        fields.decimal(Field::of("suspension").unit("days").required(), &mut suspension);
        self.suspension_days = suspension.unwrap_or_default();
        optional(fields, Field::of("amount").unit("EUR"), &mut self.amount_eur);
        optional(fields, Field::of("declared").unit("days"), &mut self.declared_days);
        fact(fields, Field::part("end", "_not_counted", LEFT_OUT), &mut self.not_counted);
    }
}
