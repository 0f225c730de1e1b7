//! Charts as inline SVG, each with a title, a description and its data as a table.
//!
//! One file per chart says what is drawn; [`bars`] and [`columns`] know where things stand on the drawing.

mod bars;
mod columns;
mod coverage;
mod findings;
mod objectives;
mod procedures;
mod resources;
mod staff_costs;
mod standards;

use askama::Template;

use super::table::Table;
use crate::finding::{Lang, Text};
use crate::outcome::Outcome;

/// One chart.
#[derive(Debug, Template)]
#[template(path = "report/chart.html")]
pub struct Chart {
    lang: Lang,
    /// Its id in the page.
    id: &'static str,
    title: String,
    /// What a person who does not see it should know of it.
    description: String,
    drawing: Drawing,
    /// Series with their fill, when there are several.
    legend: Vec<(Series, String)>,
    /// What is measured, in which unit, and what is left out.
    note: String,
    data: Table,
    /// What is said instead of a drawing without data.
    empty: &'static str,
}

impl Chart {
    fn say(&self, it: &'static str, en: &'static str) -> &'static str {
        Text::new(it, en).get(self.lang)
    }

    /// A length as it stands in the drawing: one decimal is finer than anybody sees.
    fn length(&self, value: &f64) -> String {
        format!("{value:.1}")
    }
}

/// A fill: a colour with a pattern of its own, so that it can be told apart without the colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Series {
    /// As it should be, or the only series.
    Good,
    /// Not as it should be.
    Bad,
    /// To be looked at.
    Look,
    /// Left out.
    Out,
    /// One of several alike, by its number.
    Alike(usize),
}

impl Series {
    /// The number of its pattern.
    pub const fn fill(self) -> usize {
        match self {
            Self::Good => 0,
            Self::Bad => 1,
            Self::Look => 2,
            Self::Out => 3,
            Self::Alike(number) => 4 + number % 6,
        }
    }
}

/// Shapes with the size of the field they stand on; lengths are in its own unit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drawing {
    width: f64,
    height: f64,
    shapes: Vec<Shape>,
}

/// One shape.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A filled rectangle.
    Rect {
        /// Left.
        x: f64,
        /// Top.
        y: f64,
        /// Width.
        width: f64,
        /// Height.
        height: f64,
        /// What fills it.
        series: Series,
        /// What it says when pointed at.
        tip: String,
    },
    /// A line.
    Line {
        /// From, and to.
        from: (f64, f64),
        /// The other end.
        to: (f64, f64),
        /// Its class.
        class: &'static str,
    },
    /// A text.
    Label {
        /// Where its anchor stands.
        at: (f64, f64),
        /// `start`, `middle` or `end`.
        anchor: &'static str,
        /// Its class.
        class: &'static str,
        /// The text.
        text: String,
    },
}

/// All charts, in the order of the page.
pub fn all(outcome: &Outcome, lang: Lang) -> Vec<Chart> {
    let figures = &outcome.consolidation;
    vec![
        standards::by_outcome(&figures.charter, lang),
        standards::by_office(&figures.charter, lang),
        procedures::chart(&figures.procedures, lang),
        objectives::chart(&figures.objectives, lang),
        staff_costs::chart(&figures.staff_costs, lang),
        resources::chart(&figures.resources, lang),
        findings::chart(outcome, lang),
        coverage::chart(outcome, lang),
    ]
}

/// What a chart has besides its drawing.
struct Frame {
    lang: Lang,
    id: &'static str,
    title: Text,
    legend: Vec<(Series, Text)>,
    note: Text,
    empty: Text,
}

impl Frame {
    /// The chart of bars with its data; what does not fit is said to be in the table.
    fn bars(self, chart: bars::Bars, description: String, headers: &[&str], rows: Vec<Vec<String>>) -> Chart {
        let (drawing, left_out) = bars::draw(&chart);
        let mut note = self.note.get(self.lang).to_owned();
        if left_out > 0 {
            let more = match self.lang {
                Lang::It => format!(" Altre {left_out} barre sono solo nella tabella."),
                Lang::En => format!(" {left_out} more bars are in the table only."),
            };
            note.push_str(&more);
        }
        self.chart(drawing, note, description, headers, rows)
    }

    fn chart(
        self,
        drawing: Drawing,
        note: String,
        description: String,
        headers: &[&str],
        rows: Vec<Vec<String>>,
    ) -> Chart {
        let lang = self.lang;
        let title = self.title.get(lang).to_owned();
        Chart {
            lang,
            id: self.id,
            description,
            drawing,
            legend: self.legend.into_iter().map(|(series, text)| (series, text.get(lang).to_owned())).collect(),
            note: note.trim().to_owned(),
            data: Table::plain(format!("{}-dati", self.id), title.clone(), headers, rows),
            empty: self.empty.get(lang),
            title,
        }
    }
}
