//! The fields of the resources of one strategic objective.

use super::{Amounts, Record};
use crate::kinds::fields::{Field, Fields, Listed, optional, text};
use crate::kinds::reader::{Origin, Records};

impl Listed for Record {
    fn blank(origin: Origin, _col: u32) -> Self {
        Self {
            objective: String::new(),
            title: String::new(),
            budget: Amounts::default(),
            actual: Amounts::default(),
            origin,
        }
    }

    fn origin(&self) -> &Origin {
        &self.origin
    }

    fn list(records: &mut Records) -> &mut Vec<Self> {
        &mut records.resources
    }

    fn visit(&mut self, fields: &mut dyn Fields) {
        text(fields, "objective", &mut self.objective);
        text(fields, "title", &mut self.title);
        let amounts = [
            ("budget_income", &mut self.budget.income),
            ("budget_expense", &mut self.budget.expense),
            ("budget_investment", &mut self.budget.investment),
            ("actual_income", &mut self.actual.income),
            ("actual_expense", &mut self.actual.expense),
            ("actual_investment", &mut self.actual.investment),
        ];
        for (column, amount) in amounts {
            optional(fields, Field::of(column).unit("EUR"), amount);
        }
    }
}
