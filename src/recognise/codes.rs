//! A column of codes whose header nobody knows, told by what stands in it.

use super::content::sample;
use super::mapping::Ground;
use crate::finding::Text;
use crate::kinds::Kind;
use crate::kinds::table::{Mapped, Role, Why};

/// Fewer cells than this say nothing.
const LEAST: usize = 2;
/// So many rows, and columns without a header, are looked at.
const LOOKED_AT: usize = 8;
/// How sure such a column is.
const CONFIDENCE_PERCENT: u8 = 60;

/// Gives a table of standards that has no column of codes the one left of the names that holds some, whether its header
/// says something unknown or nothing.
pub fn complete(ground: &Ground<'_>, kind: &'static Kind, columns: &mut Vec<Mapped>) {
    let (Some(code), Some(name)) = (kind.column("code"), kind.column("process")) else { return };
    let col = |columns: &[Mapped], id: &str| {
        columns.iter().find(|mapped| matches!(mapped.role, Role::Column(column) if column.id == id)).map(|it| it.col)
    };
    let (None, Some(names)) = (col(columns, code.id), col(columns, name.id)) else { return };
    let unknown = |mapped: &Mapped| matches!(mapped.role, Role::Unknown) && mapped.col < names;
    let named = columns.iter().position(|mapped| unknown(mapped) && holds_codes(ground, mapped.col));
    let at = named.or_else(|| {
        let col = nameless(ground, columns, names).find(|col| holds_codes(ground, *col))?;
        let at = columns.partition_point(|mapped| mapped.col < col);
        columns.insert(at, super::mapping::unknown(col, String::new()));
        Some(at)
    });
    if let Some(mapped) = at.map(|at| &mut columns[at]) {
        mapped.role = Role::Column(code);
        mapped.confidence_percent = CONFIDENCE_PERCENT;
        mapped.by_content = true;
        mapped.why = Why::Said(Text::new(
            "il nome non è di nessuna colonna, ma sotto ci sono codici",
            "no column is called so, but codes stand below",
        ));
    }
}

/// Columns left of another that have no header, as the first rows below it show them.
fn nameless(ground: &Ground<'_>, columns: &[Mapped], end: u32) -> impl Iterator<Item = u32> + use<> {
    let rows = ground.sheet.rows_between(ground.body.0, ground.body.1).take(LOOKED_AT);
    let mut cols: Vec<u32> = rows.flat_map(|row| row.cols().take_while(|col| *col < end)).collect();
    cols.sort_unstable();
    cols.dedup();
    cols.retain(|col| columns.iter().all(|mapped| mapped.col != *col));
    cols.truncate(LOOKED_AT);
    cols.into_iter()
}

/// Whether all cells of a column are codes of several parts (`3.2.1`), at least one of more than two: `12.5` is a number.
fn holds_codes(ground: &Ground<'_>, col: u32) -> bool {
    let (mut count, mut most) = (0, 0);
    for cell in sample(ground.sheet, col, ground.body) {
        let Some(parts) = parts(ground.sheet.shown_text(cell).trim()).filter(|parts| *parts >= 2) else { return false };
        (count, most) = (count + 1, most.max(parts));
    }
    count >= LEAST && most >= 3
}

/// How many parts a code has; none when the text is no code: a part is a number of up to two digits or a single letter.
fn parts(text: &str) -> Option<usize> {
    let text = text.trim_end_matches('.');
    let part = |part: &str| {
        let digits = part.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        part.len() <= digits.len() + 1
            && digits.len() <= 2
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !part.is_empty()
    };
    let parts = || text.split(['.', ',']);
    parts().all(part).then(|| parts().count())
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn codes_have_parts_of_one_or_two_digits() {
        for (text, count) in [
            ("3.2.1", Some(3)),
            ("3,2,1", Some(3)),
            ("3.2.", Some(2)),
            ("A.1.b", Some(3)),
            ("3.2.1a", Some(3)),
            ("7", Some(1)),
        ] {
            assert_eq!(parts(text), count, "{text}");
        }
        for text in ["31.12.2019", "0583.976", "1.234,50", "3.2.1 Albi", "", "AB.1"] {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}
