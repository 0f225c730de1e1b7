//! Styles as Excel formats: one palette, one face, lines that print.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, FormatUnderline};

use crate::finding::Lang;
use crate::write::book::{Align, Role, Shade, Show, Style};

/// A face whose widths every system knows, under this or another name.
const FACE: &str = "Arial";
const INK: u32 = 0x001F_3864;
const LINE: u32 = 0x00A6_A6A6;
const GREY: u32 = 0x0059_5959;
const LINK: u32 = 0x0005_63C1;

/// The format of cells that have none.
pub fn plain() -> Format {
    Format::new().set_font_name(FACE).set_font_size(10)
}

/// The format of a style; a link is blue and underlined besides.
pub fn of(style: Style, link: bool, lang: Lang) -> Format {
    let role = style.role;
    let mut format = Format::new()
        .set_font_name(FACE)
        .set_font_size(role.points())
        .set_align(FormatAlign::VerticalCenter)
        .set_align(match style.align {
            Align::Left => FormatAlign::Left,
            Align::Centre => FormatAlign::Center,
            Align::Right => FormatAlign::Right,
        });
    // A number is never wrapped; asking for it makes some programs forget its indent.
    if style.show == Show::Plain && role != Role::Side {
        format = format.set_text_wrap();
    }
    if role.bold() {
        format = format.set_bold();
    }
    if role.indented() && style.align != Align::Centre {
        format = format.set_indent(1);
    }
    format = coloured(format, role);
    if let Some(code) = number_format(style.show, lang) {
        format = format.set_num_format(code);
    }
    if let Some(shade) = shade(style.shade) {
        format = format.set_background_color(shade);
    }
    if link {
        format = format.set_font_color(LINK).set_underline(FormatUnderline::Single);
    }
    format
}

/// The colour of a verdict alone.
pub fn light(colour: Shade) -> Format {
    shade(colour).map_or_else(Format::new, |colour| Format::new().set_background_color(colour))
}

fn coloured(format: Format, role: Role) -> Format {
    let lined = |format: Format| format.set_border(FormatBorder::Thin).set_border_color(LINE);
    match role {
        Role::Blank => format,
        Role::Title => format.set_font_color(INK),
        Role::Subtitle | Role::Note => format.set_font_color(GREY).set_italic(),
        Role::Header => lined(format).set_background_color(INK).set_font_color(0x00FF_FFFF),
        Role::SideHeader => lined(format).set_background_color(0x00D9_D9D9).set_font_color(GREY),
        Role::Area => lined(format).set_background_color(0x00B4_C6E7),
        Role::Section => lined(format).set_background_color(0x00E4_EBF7),
        Role::Body | Role::Strong => lined(format),
        Role::Small | Role::Side => lined(format).set_font_color(GREY),
        Role::Total => lined(format).set_background_color(0x00F2_F2F2).set_border_top(FormatBorder::Medium),
    }
}

const fn shade(shade: Shade) -> Option<u32> {
    match shade {
        Shade::None => None,
        Shade::Missing => Some(0x00FC_D5B4),
        Shade::Check => Some(0x00FF_F2CC),
        Shade::NotCounted => Some(0x00ED_EDED),
        Shade::Error => Some(0x00F8_CBAD),
        Shade::Warning => Some(0x00FF_E699),
        Shade::Good => Some(0x00D5_E8D4),
    }
}

/// Excel shows separators as the reader's system has them; the locale makes other programs show the Italian ones, too.
const fn number_format(show: Show, lang: Lang) -> Option<&'static str> {
    match (show, lang) {
        (Show::Plain, _) => None,
        (Show::Integer, _) => Some("0"),
        (Show::Two, Lang::It) => Some("[$-410]#,##0.00"),
        (Show::Two, Lang::En) => Some("#,##0.00"),
        (Show::Percent, Lang::It) => Some("[$-410]#,##0.00\"%\""),
        (Show::Percent, Lang::En) => Some("#,##0.00\"%\""),
    }
}
