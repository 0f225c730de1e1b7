//! The same book, its rows once written by the library and once by us: what is read back must be the same.

use std::io::{Cursor, Read};

use rust_decimal::Decimal;
use zip::ZipArchive;

use super::super::render_with;
use crate::finding::Lang;
use crate::intake;
use crate::place::{Area, CellRef};
use crate::write::book::{Align, Book, Cell, Page, Role, Shade, Show, TableSheet};
use crate::write::fixture;

const TEXTS: [&str; 30] = [
    "",
    "r",
    " in front",
    "behind ",
    "\nnew line in front",
    "line\nline\r\nline\rline",
    "\ttab\t",
    "a\ttab",
    "&amp; <b>\"quoted\"</b> 'too' ]]>",
    "_x000D_",
    "_x000d_ _x0041_x0042_ _x00e8_",
    "_x004",
    "_xGGGG_",
    "_x00è_",
    "__x000D_",
    "=1+1",
    "+39 055",
    "'apostrophe",
    "2019",
    "1e5",
    "TRUE",
    "#N/A",
    "è à ù € ’",
    "👩‍👩‍👧 emoji",
    "bell\u{7} and escape\u{1b}, null\0",
    "\u{85}\u{9f}\u{a0}no-break",
    "\u{FFFE}\u{FFFF}",
    "\u{202E}right to left",
    "</sheetData></worksheet>",
    "<sheetData/>",
];

const NUMBERS: [&str; 22] = [
    "0",
    "-0.00",
    "1",
    "-1",
    "10",
    "1000",
    "120.50",
    "-3400.00",
    "0.1",
    "-0.05",
    "0.0000001",
    "0.3333333333333333333333333333",
    "99.166666666666666666666666667",
    "999999999999999",
    "1000000000000000",
    "9007199254740993",
    "123456789012345.6",
    "12345678901234567.89",
    "79228162514264337593543950335",
    "-79228162514264337593543950335",
    "0.0000000000000000000000000001",
    "43466",
];

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn area(first: (u32, u32), last: (u32, u32)) -> Area {
    Area { first: CellRef::new(first.0, first.1), last: CellRef::new(last.0, last.1) }
}

/// Whatever a cell can hold.
fn cells(row: u32) -> Vec<Cell> {
    let (text, value) = (TEXTS[row as usize % TEXTS.len()], number(NUMBERS[row as usize % NUMBERS.len()]));
    let roles = [Role::Body, Role::Strong, Role::Small, Role::Side, Role::Total];
    let shades = [Shade::None, Shade::Missing, Shade::Check, Shade::NotCounted, Shade::Error, Shade::Good];
    let (role, shade) = (roles[row as usize % roles.len()], shades[row as usize % shades.len()]);
    let anchor = Some(("L'anno \"<2019>\" & altro".to_owned(), CellRef::new(row, 3)));
    let link = match row % 6 {
        0 => Cell::link(format!("{text} "), "../ufficio è <1> & 2%.xlsx", anchor),
        1 if row % 4 == 1 => Cell::link(format!("{text}."), "c:/cartella/a.xlsx", anchor),
        1 => Cell::link(format!("{text}."), "../a.xlsx", None),
        2 => Cell::link(format!("{text} interno"), "", anchor),
        3 => Cell::link(format!("{text}\n"), "../a#b.xlsx", anchor),
        4 => Cell::link("la stessa", "../a.xlsx", None),
        _ => Cell::empty(),
    };
    let worded = format!("un testo {}", text.replace(['_', '\r', '\t'], "-"));
    let mut cells = vec![
        Cell::text(text).shade(shade),
        Cell::number(value, [Show::Plain, Show::Integer, Show::Two, Show::Percent][row as usize % 4]).role(role),
        Cell::formula(format!("B{}*2", row + 1), value, Show::Two),
        Cell::formula_text(format!("IF(B{}<>1,\"a & b\",\"<c>\")", row + 1), worded),
        link.role(role),
        Cell::empty().role(role).shade(shade),
        Cell::default(),
        Cell::text("lungo ".repeat(row as usize % 60)).role(role).align(Align::Centre),
    ];
    cells.truncate(8 - row as usize % 3);
    cells
}

/// Several pieces, the last of them not whole.
const ROWS: u32 = 2_500;

/// A sheet of whatever a cell can hold, with everything around it.
fn motley(name: &str) -> TableSheet {
    let mut sheet = TableSheet::new(name, Page { landscape: true, one_page: false }, &[14.0; 6], &[30.0; 2]);
    sheet.across("Titolo & <sottotitolo>", Role::Title);
    sheet.headers(&["Testo", "Numero", "Formula", "Parola", "Fonte", "Vuota"]);
    let first = sheet.next_row();
    (0..ROWS).for_each(|row| _ = sheet.push(cells(row)));
    for (text, cell) in [("è".repeat(40_000), 0), ("x".repeat(32_766), 1), ("y".repeat(32_767), 2)] {
        let row = sheet.push(vec![Cell::text(text)]);
        sheet.name(format!("Lungo_{}_{cell}", name.len()), row, 0);
    }
    sheet.gap();
    sheet.push(Vec::new());
    // Below each other, side by side, both; not in the order of their rows.
    sheet.merges.extend([
        area((600, 0), (604, 0)),
        area((20, 1), (22, 3)),
        area((20, 5), (21, 5)),
        area((9, 0), (9, 4)),
    ]);
    sheet.filter = Some(area((first - 1, 0), (first + ROWS - 1, 5)));
    sheet.lights.push(area((first, 3), (first + ROWS - 1, 3)));
    sheet.breaks.extend([100, 200, 600]);
    // The last row holds a link and the end of a merged area.
    let last = sheet.push(vec![Cell::text("fine"), Cell::link("ultima", "../z.xlsx", None), Cell::empty()]);
    sheet.push(vec![Cell::empty(), Cell::link("ultimissima", "../z.xlsx", None), Cell::empty()]);
    sheet.merges.push(area((last, 0), (last + 1, 0)));
    sheet
}

fn book(sheets: Vec<TableSheet>) -> Book {
    Book { title: "Titolo".to_owned(), body: "Ente".to_owned(), year: 2019, lang: Lang::It, sheets }
}

/// The parts of a workbook by name, in their order.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let count = archive.len();
    let part = |index| {
        let mut text = String::new();
        let mut part = archive.by_index(index).unwrap();
        part.read_to_string(&mut text).unwrap();
        (part.name().unwrap().into_owned(), text)
    };
    (0..count).map(part).collect()
}

fn part<'a>(parts: &'a [(String, String)], name: &str) -> &'a str {
    &parts.iter().find(|(part, _)| part == name).unwrap_or_else(|| panic!("{name}")).1
}

/// What stands between a beginning and an end, each time.
fn each<'a>(xml: &'a str, begin: &'a str, end: &'a str) -> Vec<&'a str> {
    xml.split(begin).skip(1).filter_map(|rest| rest.split_once(end)).map(|(inside, _)| inside).collect()
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split_once(&format!(" {name}=\""))?.1.split_once('"').map(|(value, _)| value)
}

/// How cells look, by their style: its fonts, fills and borders instead of their numbers.
fn looks(styles: &str) -> Vec<String> {
    let list = |begin, end, item, item_end| each(each(styles, begin, end)[0], item, item_end);
    let fonts = list("<fonts", "</fonts>", "<font>", "</font>");
    let fills = list("<fills", "</fills>", "<fill>", "</fill>");
    let borders = list("<borders", "</borders>", "<border>", "</border>");
    let codes = each(styles, "<numFmt", "/>");
    let xfs = each(styles, "<cellXfs", "</cellXfs>")[0].split("<xf").skip(1);
    let of =
        |list: &[&str], xf: &str, name: &str| list[attribute(xf, name).unwrap().parse::<usize>().unwrap()].to_owned();
    let look = |xf: &str| {
        let code = attribute(xf, "numFmtId").unwrap();
        let code = codes.iter().find(|one| attribute(one, "numFmtId") == Some(code)).unwrap_or(&"usual");
        let alignment = xf.split_once("<alignment").map(|(_, rest)| rest.split_once("/>").unwrap().0);
        let code = attribute(code, "formatCode").map(str::to_owned);
        let (font, fill, border) = (of(&fonts, xf, "fontId"), of(&fills, xf, "fillId"), of(&borders, xf, "borderId"));
        format!("{code:?} {alignment:?} {font} {fill} {border}")
    };
    xfs.map(look).collect()
}

/// The rows with their heights, and their cells with their looks and formulas.
fn drawn(sheet: &str, styles: &str) -> Vec<String> {
    let looks = looks(styles);
    let (_, data) = sheet.split_once("<sheetData>").unwrap();
    let data = &data[..data.rfind("</sheetData>").unwrap()];
    let mut drawn = Vec::new();
    for tag in data.split('<') {
        let (place, height) = (attribute(tag, "r"), (attribute(tag, "ht"), attribute(tag, "customHeight")));
        let style = attribute(tag, "s").map(|number| &looks[number.parse::<usize>().unwrap()]);
        match tag.split([' ', '>']).next() {
            Some("row") => drawn.push(format!("row {place:?} {height:?}")),
            Some("c") => drawn.push(format!("cell {place:?} {style:?}")),
            Some("f") => drawn.push(tag.to_owned()),
            _ => {}
        }
    }
    drawn
}

fn around(sheet: &str) -> (&str, &str) {
    (sheet.split_once("<sheetData").unwrap().0, sheet.rsplit_once("</sheetData>").unwrap().1)
}

/// Renders a book in both ways and compares everything that can be read back.
fn compare(book: &Book, large: &[usize]) {
    let (theirs, ours) = (render_with(book, usize::MAX).unwrap(), render_with(book, 10).unwrap());
    assert_eq!(ours, render_with(book, 10).unwrap(), "other bytes the second time");
    let name = "book.xlsx".into();
    let (their_sheets, our_sheets) = (intake::open_bytes(&name, &theirs), intake::open_bytes(&name, &ours));
    assert_eq!(their_sheets.sheets.len(), our_sheets.sheets.len());
    for (theirs, ours) in their_sheets.sheets.iter().zip(&our_sheets.sheets) {
        assert_eq!(theirs.name, ours.name);
        assert!(theirs.formulas == ours.formulas, "{}", ours.name);
        assert_eq!(theirs.rows.len(), ours.rows.len(), "{}", ours.name);
        for (their_cell, our_cell) in theirs.rows.iter().zip(ours.rows.iter()).flat_map(|(theirs, ours)| {
            assert_eq!((theirs.index, theirs.len()), (ours.index, ours.len()));
            theirs.cells().zip(ours.cells())
        }) {
            let told = |cell: crate::sheet::Cell<'_>| (cell.col, cell.formula, format!("{:?}", cell.value));
            assert_eq!(told(their_cell), told(our_cell), "{}", ours.name);
            assert_eq!(theirs.format(their_cell), ours.format(our_cell), "{}", ours.name);
        }
    }
    let (theirs, ours) = (parts(&theirs), parts(&ours));
    for (name, text) in &ours {
        let at = name.strip_prefix("xl/worksheets/sheet").and_then(|name| name.strip_suffix(".xml"));
        let at = at.and_then(|number| number.parse::<usize>().ok());
        if at.is_some_and(|at| large.contains(&at)) {
            assert!(text.contains("inlineStr") || !text.contains("t=\"s\""), "{name} is not ours");
            assert_eq!(around(part(&theirs, name)), around(text), "{name}");
            let styles = "xl/styles.xml";
            let (theirs, ours) = (drawn(part(&theirs, name), part(&theirs, styles)), drawn(text, part(&ours, styles)));
            assert_eq!(theirs.len(), ours.len());
            theirs.iter().zip(&ours).for_each(|(theirs, ours)| assert_eq!(theirs, ours, "{name}"));
        } else if !name.starts_with("xl/worksheets/sheet")
            && !["xl/styles.xml", "xl/sharedStrings.xml"].contains(&&**name)
        {
            let same = |name: &str| !name.contains("workbook.xml.rels") && name != "[Content_Types].xml";
            assert!(!same(name) || part(&theirs, name) == text, "{name}");
        }
    }
}

#[test]
fn what_is_read_back_is_what_the_library_would_have_written() {
    compare(&book(vec![motley("Uno")]), &[1]);
}

#[test]
fn large_and_small_sheets_stand_side_by_side() {
    let mut small = TableSheet::new("Piccolo", Page::default(), &[20.0], &[]);
    small.push(vec![Cell::text(" testo ").shade(Shade::Error)]);
    small.push(vec![Cell::link("via", "", Some(("Uno".to_owned(), CellRef::new(3, 3))))]);
    compare(&book(vec![motley("Uno"), small, motley("L'altro & co.")]), &[1, 3]);
}

#[test]
fn the_tables_of_an_outcome_are_the_same() {
    for outcome in [fixture::outcome(), fixture::many::outcome()] {
        let book = crate::write::book::of(&outcome, Lang::It, "../");
        let large: Vec<usize> =
            (1..).zip(&book.sheets).filter(|(_, sheet)| super::is_large(&book, sheet, 10)).map(|(at, _)| at).collect();
        assert!(large.len() > 2, "{large:?}");
        compare(&book, &large);
    }
}

#[test]
fn sheets_without_a_cell_and_areas_beyond_them_are_written() {
    let mut empty = TableSheet::new("Vuoto", Page::default(), &[20.0], &[]);
    (0..20).for_each(|_| empty.gap());
    let mut plain = TableSheet::new("Senza stile", Page::default(), &[20.0], &[]);
    (0..20).for_each(|_| _ = plain.push(vec![Cell::default()]));
    compare(&book(vec![empty.clone(), plain.clone()]), &[1, 2]);
    plain.merge(10, 0, 25, 2);
    let book = book(vec![plain]);
    assert!(!super::is_large(&book, &book.sheets[0], 10));
    compare(&book, &[]);
}

#[test]
fn what_the_format_cannot_hold_is_refused() {
    let mut sheet = motley("Uno");
    sheet.merges.push(area((601, 0), (602, 1)));
    assert!(render_with(&book(vec![sheet]), 10).is_err(), "areas that overlap");
    let mut sheet = TableSheet::new("Alto", Page::default(), &[20.0], &[]);
    sheet.rows.resize(crate::place::MAX_ROWS as usize + 1, vec![Cell::default()]);
    assert!(render_with(&book(vec![sheet]), 10).is_err(), "a row too many");
}
