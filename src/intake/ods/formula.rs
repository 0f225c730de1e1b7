//! Formulas of OpenDocument in the spelling of Excel: `of:=SUM([.A1:.A3];2)` is `SUM(A1:A3,2)`.

/// The formula without its name space and equals sign, references and separators as Excel writes them.
pub(super) fn spelled(text: &str) -> String {
    let body = text.split_once('=').map_or(text, |(space, body)| if space.contains(['(', '[']) { text } else { body });
    let mut spelled = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(next) = rest.chars().next() {
        match next {
            '"' => {
                let end = rest[1..].find('"').map_or(rest.len(), |at| at + 2);
                spelled.push_str(&rest[..end]);
                rest = &rest[end..];
            }
            '[' => {
                let end = rest.find(']').unwrap_or(rest.len());
                spelled.push_str(&reference(&rest[1..end]));
                rest = rest.get(end + 1..).unwrap_or_default();
            }
            _ => {
                spelled.push(if next == ';' { ',' } else { next });
                rest = &rest[next.len_utf8()..];
            }
        }
    }
    spelled
}

fn reference(text: &str) -> String {
    let ends: Vec<String> = text
        .split(':')
        .map(|end| match end.rsplit_once('.') {
            Some(("", cell)) => cell.to_owned(),
            Some((sheet, cell)) => format!("{}!{cell}", sheet.trim_start_matches('$')),
            None => end.to_owned(),
        })
        .collect();
    ends.join(":")
}

#[cfg(test)]
mod tests {
    #[test]
    fn references_and_separators() {
        for (text, wanted) in [
            ("of:=SUM([.A1:.A3];2)", "SUM(A1:A3,2)"),
            ("of:=[$Foglio2.B$1]*2", "Foglio2!B$1*2"),
            ("of:=IF([.A1]=\"a;[b]\";1;0)", "IF(A1=\"a;[b]\",1,0)"),
            ("of:=AVERAGE([$'Altro foglio'.A1:.A9])", "AVERAGE('Altro foglio'!A1:A9)"),
        ] {
            assert_eq!(super::spelled(text), wanted);
        }
    }
}
