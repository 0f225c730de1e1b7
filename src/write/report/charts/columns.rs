//! Columns side by side, each piled up of parts, with a line across that they are held against.

use super::{Drawing, Series, Shape};

/// Size of the field, and the room above and below the columns.
const WIDTH: f64 = 400.0;
const HEIGHT: f64 = 250.0;
const TOP: f64 = 26.0;
const BOTTOM: f64 = 24.0;
/// The widest a column gets.
const WIDEST: f64 = 64.0;

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub struct Columns {
    /// The columns from left to right.
    pub columns: Vec<Column>,
    /// The value of the line across.
    pub base: Option<f64>,
}

/// One column.
#[derive(Debug, Clone, Default)]
pub struct Column {
    /// What stands below it.
    pub label: String,
    /// Its parts from below, each with what it says when pointed at.
    pub parts: Vec<(Series, f64, String)>,
    /// What stands above it.
    pub shown: String,
}

/// The drawing; the scale begins at zero and ends at the highest column.
pub fn draw(chart: &Columns) -> Drawing {
    if chart.columns.is_empty() {
        return Drawing::default();
    }
    let height = |column: &Column| column.parts.iter().map(|(_, value, _)| value.max(0.0)).sum::<f64>();
    let base = chart.base.unwrap_or_default();
    let highest = chart.columns.iter().map(height).fold(base, f64::max).max(f64::MIN_POSITIVE);
    let room = HEIGHT - TOP - BOTTOM;
    let at = |value: f64| TOP + room * (1.0 - (value / highest).clamp(0.0, 1.0));
    let step = WIDTH / chart.columns.len() as f64;
    let width = WIDEST.min(step * 0.6);
    let across = |value: f64| Shape::Line { from: (0.0, at(value)), to: (WIDTH, at(value)), class: "reference" };
    let (mut shapes, mut labels) = (Vec::new(), Vec::new());
    for (index, column) in chart.columns.iter().enumerate() {
        let centre = step * (index as f64 + 0.5);
        let mut sum = 0.0;
        for (series, value, tip) in &column.parts {
            let from = at(sum);
            sum += value.max(0.0);
            let (y, tip) = (at(sum), tip.clone());
            if from > y {
                shapes.push(Shape::Rect { x: centre - width / 2.0, y, width, height: from - y, series: *series, tip });
            }
        }
        let label = |y: f64, class, text: &str| Shape::Label {
            at: (centre, y),
            anchor: "middle",
            class,
            text: text.to_owned(),
        };
        labels.push(label(at(sum) - 7.0, "figure", &column.shown));
        labels.push(label(HEIGHT - 7.0, "heading", &column.label));
    }
    let floor = at(0.0);
    shapes.push(Shape::Line { from: (0.0, floor), to: (WIDTH, floor), class: "axis" });
    shapes.extend(chart.base.map(across));
    // The figures come last: they stand out against the line.
    shapes.append(&mut labels);
    Drawing { width: WIDTH, height: HEIGHT, shapes }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(values: &[f64]) -> Column {
        let parts = values.iter().zip(0..).map(|(value, at)| (Series::Alike(at), *value, String::new())).collect();
        Column { parts, ..Column::default() }
    }

    #[test]
    fn parts_are_piled_up_and_the_highest_column_fills_the_field() {
        let chart = Columns { columns: vec![column(&[30.0, 10.0]), column(&[20.0])], base: Some(40.0) };
        let drawing = draw(&chart);
        let rects: Vec<_> = drawing
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Rect { x, y, width, height, .. } => Some((*x, *y, *width, *height)),
                _ => None,
            })
            .collect();
        let room = HEIGHT - TOP - BOTTOM;
        let wanted = [
            (100.0 - WIDEST / 2.0, TOP + room / 4.0, WIDEST, room * 0.75),
            (100.0 - WIDEST / 2.0, TOP, WIDEST, room / 4.0),
            (300.0 - WIDEST / 2.0, TOP + room / 2.0, WIDEST, room / 2.0),
        ];
        assert_eq!(rects, wanted);
        let line = Shape::Line { from: (0.0, TOP), to: (WIDTH, TOP), class: "reference" };
        assert!(drawing.shapes.contains(&line), "{drawing:?}");
    }

    #[test]
    fn many_columns_are_narrow_and_none_leaves_the_field() {
        let columns = (0..40).map(|value| column(&[f64::from(value) - 5.0])).collect();
        let drawing = draw(&Columns { columns, base: None });
        for shape in &drawing.shapes {
            if let Shape::Rect { x, y, width, height, .. } = shape {
                assert!(
                    *x >= 0.0 && x + width <= WIDTH && *y >= TOP && y + height <= HEIGHT - BOTTOM + 1e-9,
                    "{shape:?}"
                );
                assert!(*width <= 6.0, "{shape:?}");
            }
        }
        assert_eq!(draw(&Columns::default()), Drawing::default());
    }
}
