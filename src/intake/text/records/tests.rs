use proptest::prelude::*;

use super::{Ends, MAX_TOLD, Odd, Oddity, Records};

proptest! {
    #[test]
    fn eight_bytes_at_once_end_where_one_by_one_do(bytes in "[;\r\n:\u{0}\u{8b}à<a]{0,60}", delimiter in "[;:\u{1}a]", from in 0_usize..20, step in 1_usize..12) {
        let (bytes, delimiter) = (bytes.as_bytes(), delimiter.as_bytes()[0]);
        let is_end = |at: &usize| bytes[*at] == delimiter || matches!(bytes[*at], b'\r' | b'\n');
        let mut ends = Ends::of(delimiter, from.min(bytes.len()));
        let mut at = from.min(bytes.len());
        // The next is asked for right behind each, or further on.
        while at < bytes.len() {
            let one_by_one = (at..bytes.len()).find(is_end).unwrap_or(bytes.len());
            prop_assert_eq!(ends.next(bytes, at), one_by_one);
            at = one_by_one + step;
        }
    }
}

fn all(text: &str) -> Vec<Vec<String>> {
    told(text, 0).0
}

fn record(records: &mut Records<'_>) -> Option<Vec<String>> {
    let mut fields = Vec::new();
    let count = records.next(|_, field| fields.push(field.to_owned()))?;
    assert_eq!(count, fields.len());
    Some(fields)
}

/// The records, and what was wrong.
fn told(text: &str, width: usize) -> (Vec<Vec<String>>, Vec<Odd>) {
    let mut records = Records::new(text, ';', width, 0);
    let all = std::iter::from_fn(|| record(&mut records)).collect();
    (all, records.odd)
}

#[test]
fn quotes_lines_and_blanks() {
    assert_eq!(all("a;b\r\n\r\n\"c\nd\";\"e\"\"f\"\n"), [vec!["a", "b"], vec![""], vec!["c\nd", "e\"f"]]);
    assert_eq!(all("a\rb;\"\";c"), [vec!["a"], vec!["b", "", "c"]]);
    assert_eq!(all("12\" pipe;\"x\" y"), [vec!["12\" pipe", "x y"]]);
    // Exported as a formula, so that Excel keeps it a text.
    assert_eq!(all("=\"0012\";\"=\"\"a\"\"\";=\"b;=A1"), [vec!["0012", "a", "=\"b", "=A1"]]);
}

#[test]
fn an_unclosed_quote_is_a_character() {
    let (records, odd) = told("a;b\n\"c;d\ne;f\n", 2);
    assert_eq!(records, [["a", "b"], ["\"c", "d"], ["e", "f"]]);
    assert_eq!(odd, [(Oddity::Unclosed, (1, 0))]);
}

#[test]
fn a_quote_that_closes_in_another_field_is_a_character() {
    for (text, col) in [
        // Its second quote opens another field, in the same line, far below or in the next one.
        ("a;b;c\nd;\"e;\"f\"\n", 1),
        ("a;b;c\n\"d;\"e\";f\n", 0),
        ("a;b;c\nd;\"e;f\ng;h;i\nj;\"k\";l\n", 1),
        ("a;b;c\nd;\"e;f\ng;\"h;i\";j\n", 1),
        // It is a mark of inches; the lines between have the fields of records.
        ("a;b;c\nd;\"e;f\ng;h;i\nj;12\";l\n", 1),
        ("a;b;c\r\n\"d;e;f\r\ng;h;i\r\nj;k;12\"\r\n", 0),
        ("a;b;c\r\"d;e;f\rg;h;i\rj;k;12\"\r", 0),
        ("a;b;c\nd;e;\"f\ng;h;i\nj;12\";l\n", 2),
        ("a;b;c\nd;\"e;f\n\nSEDE\ng;h;i\nj;12\";l\n", 1),
    ] {
        let (records, odd) = told(text, 3);
        let lines = text.replace("\r\n", "\n");
        assert_eq!(records.len(), lines.trim_end().split(['\r', '\n']).count(), "{text}");
        assert!(
            records.iter().all(|fields| fields.len() == 3 || fields == &["SEDE"] || fields == &[""]),
            "{records:?}"
        );
        assert!(records[1][col].starts_with('"'), "{records:?}");
        assert_eq!(odd, [(Oddity::OverFields, (1, col))], "{text}");
    }
}

#[test]
fn a_text_of_many_lines_is_one_field() {
    for text in [
        "a;\"uno\ndue\ntre\";c\n",
        "a;\"uno; due\ntre\nquattro\";c\n",
        "a;b;\"uno;\r\ndue;\r\n\"\n",
        "a;\"uno;due\";c\n",
    ] {
        let (records, odd) = told(text, 3);
        assert!(records.len() == 1 && records[0].len() == 3 && odd.is_empty(), "{records:?} {odd:?}");
    }
    // A record may be shorter than most.
    let (records, odd) = told("\"uno; due\";c\n", 3);
    assert!(records == [["uno; due", "c"]] && odd.is_empty(), "{records:?} {odd:?}");
}

#[test]
fn a_record_with_more_fields_than_most_is_told() {
    let (records, odd) = told("a;b\n1;2;3\n1;2;\n1;2; \n", 2);
    assert_eq!((records.len(), odd), (4, vec![(Oddity::TooMany, (1, 2))]));
}

#[test]
fn what_may_be_records_or_a_text_is_told() {
    for (text, width) in [
        // The next line ends it; each line of two fields is a record by chance; not all lines are as most are.
        ("a;\"uno; due; tre\nquattro; cinque; sei\nsette\";c\n", 3),
        ("a;\"uno; due\ntre; quattro\";c\n", 3),
        ("a;\"uno\ndue; tre\nquattro; \"\n", 2),
        ("a;\"b;c\nd;e;f\nd;e;f;g\nh;12\";i\n", 3),
        ("a;\"b\nd;e;f\nd;e;f\nd;e\nh;12\";i\n", 3),
    ] {
        let (records, odd) = told(text, width);
        assert!(records.len() == 1 && records[0].len() == width, "{records:?}");
        assert_eq!(odd, [(Oddity::OverLines, (0, 1))], "{text}");
    }
}

#[test]
fn all_that_is_wrong_is_counted() {
    let text = "a;\"b\" c\n".repeat(MAX_TOLD as usize + 7);
    let mut records = Records::new(&text, ';', 2, 0);
    while records.next(|_, _| {}).is_some() {}
    assert_eq!(records.odd.len(), MAX_TOLD as usize);
    assert_eq!(records.untold().collect::<Vec<_>>(), [(Oddity::TextBehind, 7)]);
}

#[test]
fn text_behind_a_closing_quote_is_told() {
    let (records, odd) = told("\"via Roma; 1\" Lucca;b;c\n", 3);
    assert_eq!((&records[0][0][..], odd), ("via Roma; 1 Lucca", vec![(Oddity::TextBehind, (0, 0))]));
    let (records, odd) = told("a;\"b\"  ;c\n\"ditta \"Rossi\" srl\";\"x\" y\n", 3);
    assert_eq!(records[1], ["ditta Rossi\" srl\"", "x y"]);
    assert_eq!(records[0], ["a", "b", "c"]);
    assert_eq!(odd, [(Oddity::TextBehind, (1, 0)), (Oddity::TextBehind, (1, 1))]);
}

#[test]
fn any_character_may_separate() {
    for delimiter in [',', '§', '→'] {
        let text = format!("àè{delimiter}b\n{delimiter}\"c\"{delimiter}d");
        let mut records = Records::new(&text, delimiter, 0, 0);
        assert_eq!(record(&mut records).unwrap(), ["àè", "b"]);
        assert_eq!(record(&mut records).unwrap(), ["", "c", "d"]);
        assert_eq!(record(&mut records), None);
    }
}
