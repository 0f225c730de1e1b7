//! How the forms look: one face, dark headers, cells that may be written in.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::kinds::{Column, Content, Kind};

const INK: u32 = 0x001F_3864;
const GREY: u32 = 0x0059_5959;
const LINE: u32 = 0x00A6_A6A6;
const INPUT: u32 = 0x00FF_F9E5;

/// Everything begins with this.
pub fn plain() -> Format {
    Format::new().set_font_name("Arial").set_font_size(10).set_align(FormatAlign::VerticalCenter)
}

/// A title.
pub fn title() -> Format {
    plain().set_font_size(14).set_bold().set_font_color(INK)
}

/// A line below a title.
pub fn hint() -> Format {
    plain().set_font_size(9).set_italic().set_font_color(GREY)
}

/// A label above the table.
pub fn label() -> Format {
    plain().set_bold()
}

/// Running text.
pub fn text() -> Format {
    plain().set_text_wrap().set_align(FormatAlign::Top)
}

/// The cell beside a label.
pub fn input() -> Format {
    lined(plain()).set_background_color(INPUT).set_align(FormatAlign::Left).set_unlocked()
}

/// A header; those that the kind cannot do without are darker, and bold as well.
pub fn header(needed: bool) -> Format {
    let format = lined(plain()).set_text_wrap().set_align(FormatAlign::Center);
    if needed {
        format.set_bold().set_background_color(INK).set_font_color(Color::White)
    } else {
        format.set_background_color(0x00D9_E1F2).set_font_color(INK)
    }
}

/// A cell of a table that is not filled in.
pub fn cell() -> Format {
    lined(text()).set_align(FormatAlign::VerticalCenter).set_indent(1)
}

/// Thin lines all around.
pub fn lined(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(LINE)
}

/// A cell to be filled in: unlocked, and with the number format that keeps what is typed.
pub fn entry(column: &Column) -> Format {
    let format = plain().set_text_wrap().set_unlocked();
    match column.content {
        // As text, 3.1 stays 3.1 and 18/3 stays 18/3.
        Content::Code | Content::Measure | Content::Goal | Content::Actual => format.set_num_format("@"),
        Content::Date => format.set_num_format("dd/mm/yyyy").set_align(FormatAlign::Center),
        Content::Amount => format.set_num_format("#,##0.00").set_align(FormatAlign::Right),
        Content::Year => format.set_num_format("0").set_align(FormatAlign::Center),
        Content::YesNo => format.set_align(FormatAlign::Center),
        // Where a number can be of anything, a bare one is made a percentage as it is typed.
        Content::Percent if column.header.contains('%') => {
            format.set_num_format("0.00%").set_align(FormatAlign::Center)
        }
        Content::Percent | Content::Number => format.set_align(FormatAlign::Center),
        Content::Text => format,
    }
}

/// How high the headers are, in points: as many lines as the longest needs.
pub fn header_height(kind: &Kind) -> f64 {
    let lines = |column: &Column| {
        let room = width(kind, column) / 1.25;
        let of = |line: &str| {
            line.split_whitespace().fold((1u32, 0.0), |(lines, used), word| {
                let wanted = word.chars().count() as f64 + if used > 0.0 { used + 1.0 } else { 0.0 };
                if wanted <= room { (lines, wanted) } else { (lines + 1, word.chars().count() as f64) }
            })
        };
        column.form_header().lines().map(|line| of(line).0).sum::<u32>()
    };
    f64::from(kind.columns.iter().map(lines).max().unwrap_or(1)).mul_add(13.0, 8.0)
}

/// How wide a column is, in digits.
pub fn width(kind: &Kind, column: &Column) -> f64 {
    let name = kind.keys.contains(&column.id) || kind.values.contains(&column.id);
    let width: f64 = match column.content {
        Content::Text if name => 36.0,
        Content::Text => 24.0,
        Content::Measure | Content::Goal => 20.0,
        Content::Amount | Content::Percent => 16.0,
        Content::Date | Content::Actual => 16.0,
        Content::Code | Content::Number | Content::YesNo | Content::Year => 13.0,
    };
    let longest = column.form_header().split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
    width.max(longest as f64 * 1.25 + 2.0)
}
