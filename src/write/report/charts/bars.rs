//! Bars from left to right, one below the other, in groups that have a heading.

use super::{Drawing, Series, Shape};

/// Width of every drawing; its letters can be read when it is scaled to a narrow screen.
const WIDTH: f64 = 400.0;
/// Room of the figures at the right.
const FIGURES: f64 = 66.0;
/// Room of the labels at the left, when there are any.
const LABELS: f64 = 84.0;
/// Height of a heading, and of a bar with the room around it.
const HEADING: f64 = 20.0;
const STEP: f64 = 21.0;
const THICK: f64 = 13.0;
/// Letters that fit as a heading, and as the label of a bar.
const LONGEST_HEADING: usize = 46;
const LONGEST_LABEL: usize = 12;
/// No bar begins below this: a taller drawing is not read, and does not fit on a printed page.
const TALLEST: f64 = 800.0;

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub struct Bars {
    /// Bars by heading.
    pub groups: Vec<Group>,
    /// The value at the right end; longer bars are cut there.
    pub scale: f64,
    /// A value that all bars are held against.
    pub reference: Option<f64>,
}

/// Bars under a heading; an empty one takes no room.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// The heading.
    pub heading: String,
    /// The bars.
    pub bars: Vec<Bar>,
}

/// One bar.
#[derive(Debug, Clone, Default)]
pub struct Bar {
    /// Its label at the left; may be empty.
    pub label: String,
    /// Its parts from left to right, each with what it says when pointed at.
    pub parts: Vec<(Series, f64, String)>,
    /// The figure at its right.
    pub shown: String,
    /// A value that this bar is held against.
    pub marker: Option<f64>,
}

/// The drawing, and how many bars it has no room for.
pub fn draw(chart: &Bars) -> (Drawing, usize) {
    let labelled = chart.groups.iter().flat_map(|group| &group.bars).any(|bar| !bar.label.is_empty());
    let left = if labelled { LABELS } else { 0.0 };
    let field = Field { left, room: WIDTH - FIGURES - left, scale: chart.scale.max(f64::MIN_POSITIVE) };
    let (mut shapes, mut y, mut drawn) = (Vec::new(), 0.0, 0);
    for group in &chart.groups {
        if y >= TALLEST {
            break;
        }
        if !group.heading.is_empty() {
            let text = crate::finding::shorten(&group.heading, LONGEST_HEADING);
            shapes.push(Shape::Label { at: (0.0, y + 15.0), anchor: "start", class: "heading", text });
            y += HEADING;
        }
        let top = y;
        for bar in &group.bars {
            if y >= TALLEST {
                break;
            }
            field.bar(bar, y, &mut shapes);
            y += STEP;
            drawn += 1;
        }
        // Lines leave out the headings, which would be struck through.
        let line = |x: f64, class| Shape::Line { from: (x, top), to: (x, y - 4.0), class };
        shapes.push(line(field.left, "axis"));
        shapes.extend(chart.reference.map(|value| line(field.at(value), "reference")));
    }
    let all: usize = chart.groups.iter().map(|group| group.bars.len()).sum();
    (Drawing { width: WIDTH, height: y, shapes: if drawn == 0 { Vec::new() } else { shapes } }, all - drawn)
}

/// Where the bars stand.
struct Field {
    left: f64,
    room: f64,
    scale: f64,
}

impl Field {
    /// The place of a value, within the field.
    fn at(&self, value: f64) -> f64 {
        self.left + self.room * (value / self.scale).clamp(0.0, 1.0)
    }

    fn bar(&self, bar: &Bar, y: f64, shapes: &mut Vec<Shape>) {
        let baseline = y + 12.0;
        if !bar.label.is_empty() {
            let text = crate::finding::shorten(&bar.label, LONGEST_LABEL);
            shapes.push(Shape::Label { at: (self.left - 6.0, baseline), anchor: "end", class: "label", text });
        }
        let mut sum = 0.0;
        for (series, value, tip) in &bar.parts {
            let x = self.at(sum);
            sum += value.max(0.0);
            let width = self.at(sum) - x;
            if width > 0.0 {
                let tip = tip.clone();
                shapes.push(Shape::Rect { x, y: y + 2.0, width, height: THICK, series: *series, tip });
            }
        }
        if let Some(marker) = bar.marker {
            let x = self.at(marker);
            shapes.push(Shape::Line { from: (x, y), to: (x, y + THICK + 4.0), class: "marker" });
        }
        let text = bar.shown.clone();
        shapes.push(Shape::Label { at: (WIDTH, baseline), anchor: "end", class: "figure", text });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(values: &[f64], marker: Option<f64>) -> Bar {
        let parts = values.iter().map(|value| (Series::Good, *value, String::new())).collect();
        Bar { parts, marker, shown: "x".to_owned(), ..Bar::default() }
    }

    fn rects(drawing: &Drawing) -> Vec<(f64, f64, f64)> {
        let rect = |shape: &Shape| match shape {
            Shape::Rect { x, y, width, .. } => Some((*x, *y, *width)),
            _ => None,
        };
        drawing.shapes.iter().filter_map(rect).collect()
    }

    fn lines(drawing: &Drawing, wanted: &str) -> Vec<f64> {
        let line = |shape: &Shape| match shape {
            Shape::Line { from, class, .. } if *class == wanted => Some(from.0),
            _ => None,
        };
        drawing.shapes.iter().filter_map(line).collect()
    }

    #[test]
    fn parts_follow_each_other_and_fill_the_field_in_proportion() {
        let group = Group { heading: "A".to_owned(), bars: vec![bar(&[25.0, 25.0], None), bar(&[100.0], None)] };
        let (drawing, left_out) = draw(&Bars { groups: vec![group], scale: 100.0, reference: None });
        let room = WIDTH - FIGURES;
        let wanted = [
            (0.0, HEADING + 2.0, room / 4.0),
            (room / 4.0, HEADING + 2.0, room / 4.0),
            (0.0, HEADING + STEP + 2.0, room),
        ];
        assert_eq!(rects(&drawing), wanted);
        assert_eq!((drawing.height, left_out), (HEADING + 2.0 * STEP, 0));
    }

    #[test]
    fn what_is_beyond_the_scale_or_below_zero_stays_in_the_field() {
        let bars = vec![bar(&[500.0], Some(90.0)), bar(&[-3.0], Some(-1.0)), bar(&[f64::NAN], None)];
        let chart = Bars { groups: vec![Group { heading: String::new(), bars }], scale: 100.0, reference: Some(100.0) };
        let (drawing, _) = draw(&chart);
        let room = WIDTH - FIGURES;
        assert_eq!(rects(&drawing), [(0.0, 2.0, room)]);
        assert_eq!(lines(&drawing, "marker"), [room * 0.9, 0.0]);
        assert_eq!(lines(&drawing, "reference"), [room]);
    }

    #[test]
    fn labels_get_room_and_long_ones_are_cut() {
        let one = Bar { label: "una etichetta lunga".to_owned(), ..bar(&[50.0], None) };
        let group = Group { heading: "x".repeat(99), bars: vec![one] };
        let (drawing, _) = draw(&Bars { groups: vec![group], scale: 100.0, reference: None });
        assert_eq!(rects(&drawing), [(LABELS, HEADING + 2.0, (WIDTH - FIGURES - LABELS) / 2.0)]);
        let texts: Vec<usize> = drawing
            .shapes
            .iter()
            .filter_map(|shape| match shape {
                Shape::Label { text, .. } => Some(text.chars().count()),
                _ => None,
            })
            .collect();
        assert_eq!(texts, [LONGEST_HEADING, LONGEST_LABEL, 1]);
    }

    #[test]
    fn a_drawing_ends_and_an_empty_one_has_no_shapes() {
        let groups = |count: usize| (0..count).map(|_| Group { heading: "g".into(), bars: vec![bar(&[1.0], None)] });
        let (drawing, left_out) = draw(&Bars { groups: groups(100).collect(), scale: 1.0, reference: None });
        assert_eq!(rects(&drawing).len() + left_out, 100);
        assert!(drawing.height < TALLEST + HEADING + STEP && drawing.height > TALLEST - STEP, "{}", drawing.height);
        let (drawing, left_out) = draw(&Bars { groups: Vec::new(), scale: 0.0, reference: Some(1.0) });
        assert_eq!((drawing.shapes.len(), left_out), (0, 0));
    }
}
