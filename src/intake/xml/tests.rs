//! Our walk beside that of an independent parser, over well-formed parts and over damaged ones.

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{MAX_DEPTH, Node, Xml, unescape};

/// Pieces that parts are made of, and pieces that break them.
const PIECES: &[&str] = &[
    "<a>",
    "</a>",
    "<b x=\"1\">",
    "</b>",
    "</b >",
    "<c/>",
    "<p:d y = 'è>\"' />",
    "<e k=\"a&amp;b\"z=\"&#233;&x;\">",
    "</e>",
    "12",
    " ",
    "\n",
    "\r\n",
    "\r",
    "è€😀",
    "&amp;",
    "&lt;",
    "&#x41;",
    "&#65;",
    "&#0;",
    "&#xD800;",
    "&#+65;",
    "&x;",
    "&",
    ";",
    "<!-- a > b -->",
    "<!---->",
    "<!-->",
    "<!--",
    "-->",
    "<![CDATA[<x>&amp;]]>",
    "<![CDATA[",
    "]]>",
    "<![cdata[x]]>",
    "<!DOCTYPE a>",
    "<!x>",
    "<?xml version=\"1.0\"?>",
    "<?p <a> ?>",
    "<??>",
    "<?>",
    "<?",
    "?>",
    "<",
    ">",
    "/",
    "=",
    "\"",
    "'",
    "<a b>",
    "<a b=1>",
    "<a b=\"1>",
    "<a/b>",
    "< a>",
    "<>",
    "</>",
    "</",
    "<a\"b\">",
    "<a ='1'>",
    "<a b='1' / >",
    "<a b=\"<\">",
];

/// One step, comparable.
#[derive(Debug, Clone, PartialEq)]
enum Seen {
    Open(String, Vec<(String, String)>),
    Close,
    Text(String),
    End,
    Broken,
}

fn ours(text: &str) -> Vec<Seen> {
    let mut xml = Xml::new(text);
    steps(|| match xml.next() {
        Ok(Node::Open(tag)) => {
            let pair = |(key, value): (&str, &str)| (key.to_owned(), unescape(value).into_owned());
            Seen::Open(tag.name.to_owned(), tag.attributes().map(pair).collect())
        }
        Ok(Node::Close) => Seen::Close,
        Ok(Node::Text(text)) => Seen::Text(text.into_owned()),
        Ok(Node::End) => Seen::End,
        Err(_) => Seen::Broken,
    })
}

/// All steps up to an end; texts that follow each other are one, as parsers cut them where they like.
fn steps(mut next: impl FnMut() -> Seen) -> Vec<Seen> {
    let mut all: Vec<Seen> = Vec::new();
    loop {
        let seen = next();
        match (all.last_mut(), seen) {
            (_, seen @ (Seen::End | Seen::Broken)) => {
                all.push(seen);
                return all;
            }
            (Some(Seen::Text(before)), Seen::Text(text)) => before.push_str(&text),
            (_, Seen::Text(text)) if text.is_empty() => {}
            (_, seen) => all.push(seen),
        }
    }
}

fn theirs(text: &str) -> Vec<Seen> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().allow_dangling_amp = true;
    let mut depth = 0;
    steps(|| {
        loop {
            return match reader.read_event() {
                Ok(Event::Start(start)) if depth < MAX_DEPTH => {
                    depth += 1;
                    opened(&start).unwrap_or(Seen::Broken)
                }
                Ok(Event::End(_)) => {
                    depth -= 1;
                    Seen::Close
                }
                Ok(Event::Text(text)) => Seen::Text(text.xml10_content().into_owned()),
                Ok(Event::CData(text)) => Seen::Text(text.xml10_content().into_owned()),
                Ok(Event::GeneralRef(name)) => {
                    let text = format!("&{};", &*name);
                    // An unknown name stays as it is, and none of the five known ones does.
                    quick_xml::escape::unescape(&text).map_or(Seen::Broken, |text| Seen::Text(text.into_owned()))
                }
                Ok(Event::Eof) if depth == 0 => Seen::End,
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => continue,
                Ok(Event::Start(_) | Event::Empty(_) | Event::DocType(_) | Event::Eof) | Err(_) => Seen::Broken,
            };
        }
    })
}

/// A tag; `None` for what their parser lets pass and no XML allows.
fn opened(start: &BytesStart<'_>) -> Option<Seen> {
    let is_name = |name: &str| !name.is_empty() && !name.contains(['"', '\'', '<', '>', '&', '/', '=']);
    let name = start.name().as_ref().to_owned();
    let mut pairs = Vec::new();
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.ok().filter(|attribute| is_name(attribute.key.0))?;
        let value = quick_xml::escape::unescape(&attribute.value).unwrap_or_else(|_| attribute.value.clone());
        pairs.push((attribute.key.0.to_owned(), value.into_owned()));
    }
    is_name(&name).then_some(Seen::Open(name, pairs))
}

fn piece() -> impl Strategy<Value = String> {
    prop::sample::select(PIECES).prop_map(str::to_owned)
}

/// A well-formed element.
fn element() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[a-z0-9 àè.]{0,12}",
        Just("<v>12.5</v>".to_owned()),
        Just("<x:c r=\"A1\" s='2'/>".to_owned()),
        Just("a&amp;b<![CDATA[<]]><!-- c --><?p?>\r\n".to_owned()),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        (prop::sample::select(["a", "row", "x:c"].as_slice()), prop::collection::vec(inner, 0..6))
            .prop_map(|(name, inside)| format!("<{name} r=\"7\">{}</{name}\t>", inside.concat()))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn pieces_in_any_order_are_read_as_by_another_parser(pieces in prop::collection::vec(piece(), 0..12)) {
        let text = pieces.concat();
        prop_assert_eq!(ours(&text), theirs(&text), "{:?}", text);
    }

    #[test]
    fn elements_are_read_as_by_another_parser(text in element()) {
        prop_assert_eq!(ours(&text), theirs(&text), "{:?}", text);
    }

    #[test]
    fn one_wrong_character_is_seen_by_both(text in element(), at in any::<prop::sample::Index>(), wrong in piece()) {
        let starts: Vec<usize> = text.char_indices().map(|(start, _)| start).chain([text.len()]).collect();
        let at = starts[at.index(starts.len())];
        let after = text[at..].chars().next().map_or(at, |character| at + character.len_utf8());
        let text = [&text[..at], &wrong, &text[after..]].concat();
        prop_assert_eq!(ours(&text), theirs(&text), "{:?}", text);
    }
}

proptest! {
    #[test]
    fn a_plain_child_is_what_the_long_way_gives(piece in piece(), text in "[0-9a-zà. ]{0,20}", wrong in piece()) {
        for text in [format!("<c><v>{text}</v></c>"), format!("<c><v>{text}{piece}</v></c>"), format!("<c>{wrong}<v>{text}</v>{piece}</c>")] {
            let (mut short, mut long) = (Xml::new(&text), Xml::new(&text));
            prop_assert!(short.child(0).is_ok() && long.child(0).is_ok());
            let Some(found) = short.plain_child("v") else { continue };
            prop_assert_eq!(long.child(1).ok().flatten().map(|tag| tag.name), Some("v"));
            let text_of_it = long.text().ok();
            prop_assert_eq!(text_of_it.as_deref(), Some(found));
            prop_assert!(matches!(long.child(1), Ok(None)));
            prop_assert_eq!((short.at, short.depth()), (long.at, long.depth()));
        }
    }
}

#[test]
fn a_tower_of_elements_has_an_end() {
    let text = "<a>".repeat(MAX_DEPTH + 1);
    assert_eq!(ours(&text), theirs(&text));
    assert_eq!(ours(&text).len(), MAX_DEPTH + 1);
}

#[test]
fn what_breaks_a_part_is_said_with_its_byte() {
    for (text, wanted) in [
        ("<a><b></a>", "XML, byte 6: </b> ?"),
        ("<a>1</a></a>", "XML, byte 8: </…>"),
        ("<a><b x=1/></a>", "XML, byte 3: <…>"),
        ("<a>12", "XML, 5 byte"),
        ("<a>&nbsp;</a>", "&nbsp;"),
        ("<!DOCTYPE a><a/>", "DOCTYPE"),
        ("<a><!-- </a>", "XML, byte 3: <!--"),
    ] {
        let mut xml = Xml::new(text);
        let error = loop {
            match xml.next() {
                Ok(Node::End) => panic!("{text} was read to its end"),
                Ok(_) => {}
                Err(error) => break error.0,
            }
        };
        assert_eq!(error, wanted, "{text}");
    }
}
