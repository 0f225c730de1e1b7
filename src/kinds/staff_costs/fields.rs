//! The fields of one amount of the cost of staff.

use super::Record;
use crate::kinds::fields::{Field, Fields, Listed, decimal, optional, text};
use crate::kinds::reader::{Origin, Read, Records};

impl Listed for Record {
    fn blank(origin: Origin, col: u32) -> Self {
        Self {
            entity: String::new(),
            item: String::new(),
            year: 0,
            cost: Read::Empty,
            renewals: None,
            origin,
            col,
            declared_difference: None,
            declared_variation: None,
        }
    }

    fn origin(&self) -> &Origin {
        &self.origin
    }

    fn col(&self) -> Option<u32> {
        Some(self.col)
    }

    fn list(records: &mut Records) -> &mut Vec<Self> {
        &mut records.staff_costs
    }

    fn visit(&mut self, fields: &mut dyn Fields) {
        text(fields, "entity", &mut self.entity);
        text(fields, "item", &mut self.item);
        let mut year = Some(i64::from(self.year));
        fields.integer(Field::of("year").required(), &mut year);
        self.year = year.and_then(|year| i16::try_from(year).ok()).unwrap_or_default();
        decimal(fields, Field::of("amount").unit("EUR"), &mut self.cost);
        optional(fields, Field::of("renewals").unit("EUR"), &mut self.renewals);
        optional(fields, Field::of("difference").unit("EUR"), &mut self.declared_difference);
        optional(fields, Field::of("variation").unit("percent"), &mut self.declared_variation);
    }
}
