//! Charts: columns, bars and lines with titles, axis labels and alternative text; patterns are left to the reader's
//! printer, since the tints differ in lightness as well as in hue.

use rust_xlsxwriter::{
    Chart as Drawing, ChartAxisCrossing, ChartAxisTickType, ChartDataLabel, ChartDataLabelPosition, ChartFont,
    ChartFormat, ChartLayout, ChartLegendPosition, ChartLine, ChartMarker, ChartSeries, ChartSolidFill, ChartType,
    Worksheet, XlsxError,
};

use crate::finding::Lang;
use crate::write::book::TableSheet;
use crate::write::book::chart::{Cells, Chart, Drawn, Hue, Series, Unit};
use crate::write::book::row_height;

const INK: u32 = 0x0040_4040;
const RULE: u32 = 0x00D9_D9D9;
/// Pixels between a chart and the edge of its cells.
const EDGE: u32 = 2;

/// Draws the charts of a sheet.
pub fn draw(sheet: &TableSheet, worksheet: &mut Worksheet, lang: Lang) -> Result<(), XlsxError> {
    for chart in &sheet.charts {
        let drawing = drawing(sheet, chart, lang);
        worksheet.insert_chart_with_offset(chart.at.row, chart.at.col as u16, &drawing, EDGE, EDGE)?;
    }
    Ok(())
}

fn drawing(sheet: &TableSheet, chart: &Chart, lang: Lang) -> Drawing {
    let across = |series: &&Series| series.drawn == Drawn::Line;
    let kind = match chart.series.first().map(|series| series.drawn) {
        Some(Drawn::Stacked) => ChartType::ColumnStacked,
        Some(Drawn::Bars) => ChartType::BarStacked,
        _ => ChartType::Column,
    };
    let bars = kind == ChartType::BarStacked;
    let mut drawing = Drawing::new(kind);
    for one in chart.series.iter().filter(|series| !across(series)) {
        drawing.push_series(&series(one, chart.unit, lang));
    }
    let mut lines = Drawing::new(ChartType::Line);
    for one in chart.series.iter().filter(across) {
        lines.push_series(&series(one, chart.unit, lang));
    }
    if chart.series.iter().any(|series| across(&series)) {
        drawing.combine(&lines);
    }
    titles(&mut drawing, chart, lang, bars);
    if bars {
        room_for_names(&mut drawing);
    }
    if chart.series.len() > 1 {
        drawing.legend().set_position(ChartLegendPosition::Bottom).set_font(font(8).set_color(INK));
    } else {
        drawing.legend().set_hidden();
    }
    drawing.chart_area().set_format(ChartFormat::new().set_border(ChartLine::new().set_color(RULE)));
    let (width, height) = size(sheet, chart);
    drawing.set_width(width).set_height(height).set_alt_text(&chart.alt).set_name(&chart.title);
    drawing
}

/// Names of offices are long, and some programs write them over the title of their axis: it stands above them.
fn room_for_names(drawing: &mut Drawing) {
    drawing.plot_area().set_layout(&ChartLayout::new().set_offset(0.49, 0.1).set_dimensions(0.46, 0.72));
    let mut name = font(8).set_italic().set_color(INK).clone();
    drawing.y_axis().set_name_font(name.set_rotation(0)).set_label_layout(&ChartLayout::new().set_offset(0.03, 0.05));
}

fn titles(drawing: &mut Drawing, chart: &Chart, lang: Lang, bars: bool) {
    let title = font(10).set_bold().set_color(INK).clone();
    drawing.title().set_name(&*chart.title).set_font(&title);
    let (label, name) = (font(8).set_color(INK).clone(), font(8).set_italic().set_color(INK).clone());
    // The library calls the lower axis x, whatever it shows.
    let category = if bars { drawing.y_axis() } else { drawing.x_axis() };
    category.set_font(&label).set_name(&*chart.category_title).set_name_font(&name);
    category.set_major_tick_type(ChartAxisTickType::None);
    if bars {
        category.set_reverse().set_crossing(ChartAxisCrossing::Max).set_major_gridlines(false).set_label_interval(1);
    }
    let value = if bars { drawing.x_axis() } else { drawing.y_axis() };
    value.set_name(&*chart.value_title).set_name_font(&name).set_font(&label).set_min(0);
    value.set_num_format(code(chart.unit, lang, false));
    value.set_major_gridlines(true).set_major_gridlines_line(ChartLine::new().set_color(RULE));
    if let Some(most) = chart.most {
        value.set_max(most).set_major_unit(25);
    }
    if chart.unit == Unit::Count {
        value.set_major_unit(whole_step(chart.highest));
    }
}

/// A step of whole numbers that gives at most some ten lines.
fn whole_step(highest: u32) -> u32 {
    [1, 2, 5, 10, 20, 50, 100, 200, 500].into_iter().find(|step| highest / step <= 10).unwrap_or(1000)
}

fn series(one: &Series, unit: Unit, lang: Lang) -> ChartSeries {
    let mut series = ChartSeries::new();
    series.set_name(&*one.name).set_categories(range(&one.categories)).set_values(range(&one.values));
    let colour = colour(one.hue);
    match one.drawn {
        Drawn::Columns | Drawn::Stacked | Drawn::Bars => {
            let fill = ChartSolidFill::new().set_color(colour).clone();
            series.set_format(ChartFormat::new().set_solid_fill(&fill).set_no_border()).set_gap(60);
            if one.drawn != Drawn::Columns {
                series.set_overlap(100);
            }
        }
        Drawn::Line => {
            series.set_format(ChartFormat::new().set_line(ChartLine::new().set_color(colour).set_width(2)));
            series.set_marker(ChartMarker::new().set_none());
        }
    }
    if one.labelled {
        let mut label = ChartDataLabel::new();
        label.show_value().set_font(font(7).set_color(INK)).set_num_format(code(unit, lang, true));
        label.set_position(ChartDataLabelPosition::OutsideEnd);
        series.set_data_label(&label);
    }
    series
}

fn range(cells: &Cells) -> (&'static str, u32, u16, u32, u16) {
    let (first, last) = (cells.area.first, cells.area.last);
    (cells.sheet, first.row, first.col as u16, last.row, last.col as u16)
}

fn font(points: u8) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_name("Arial").set_size(f64::from(points)).unset_bold();
    font
}

const fn code(unit: Unit, lang: Lang, label: bool) -> &'static str {
    match (unit, lang) {
        (Unit::Count, _) => "0",
        (Unit::Score, Lang::It) if label => "[$-410]#,##0.##",
        (Unit::Score, Lang::En) if label => "#,##0.##",
        (Unit::Score, _) => "0",
        (Unit::Millions, Lang::It) => "[$-410]0.0,,",
        (Unit::Millions, Lang::En) => "0.0,,",
        (Unit::Thousands, _) => "0,",
    }
}

const fn colour(hue: Hue) -> u32 {
    match hue {
        Hue::Dark => 0x001F_3864,
        Hue::Middle => 0x005B_84C4,
        Hue::Light => 0x00A9_C4E8,
        Hue::Pale => 0x00D0_D5DC,
        Hue::Bad => 0x00C0_3A2B,
        Hue::Look => 0x00F2_B134,
    }
}

/// Width and height in pixels of the cells that a chart covers, less its edges.
fn size(sheet: &TableSheet, chart: &Chart) -> (u32, u32) {
    let cols = &sheet.columns[chart.at.col as usize..=chart.until.col as usize];
    let width: f64 = cols.iter().map(|column| column.width.mul_add(7.0, 5.0).floor()).sum();
    let rows = chart.at.row as usize..=chart.until.row as usize;
    let height: f64 = rows.map(|row| row_height(sheet, row) / 0.75).sum();
    (width as u32 - 2 * EDGE, height as u32 - 2 * EDGE)
}
