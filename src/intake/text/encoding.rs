//! The encoding of a text file.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::finding::Text;

/// The upper half of code page 850, in which DOS programs and old exports write.
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// The text, and what is doubtful about it.
pub(super) fn decode(bytes: &[u8]) -> (Cow<'_, str>, Vec<Text>) {
    if let Some(encoding) = wide(bytes) {
        let (text, _, spoilt) = encoding.decode(bytes);
        return (text.trim_start_matches('\u{feff}').to_owned().into(), doubts(spoilt, UNREADABLE));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.into(), Vec::new()),
        // Cut off in the middle of its last character.
        Err(error) if error.error_len().is_none() => (UTF_8.decode(&bytes[..error.valid_up_to()]).0, vec![CUT]),
        Err(_) => mixed(bytes),
    }
}

/// A text with bytes that are no UTF-8. Other encodings hold hardly anything that is: where as many letters are, it is
/// UTF-8 with some lines of another program pasted in, which are read as Windows writes them.
fn mixed(bytes: &[u8]) -> (Cow<'_, str>, Vec<Text>) {
    let (mut text, mut wide, mut odd) = (String::with_capacity(bytes.len()), 0, 0);
    for chunk in bytes.utf8_chunks() {
        wide += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        odd += chunk.invalid().len();
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    if wide >= odd {
        return (text.into(), vec![MIXED]);
    }
    let (text, mut doubts) = single(bytes);
    if wide > 0 && doubts.is_empty() {
        doubts.push(GUESSED);
    }
    (text, doubts)
}

const UNREADABLE: Text = Text::new("contiene caratteri illeggibili", "it holds unreadable characters");
const CUT: Text = Text::new("finisce a metà di un carattere", "it ends in the middle of a character");
const MIXED: Text = Text::new(
    "la codifica dei caratteri cambia da una riga all’altra",
    "the encoding of the characters changes from one line to the next",
);
const OLD: Text = Text::new(
    "gli accenti sono scritti come in DOS o su un vecchio Macintosh",
    "accents are written as in DOS or on an old Macintosh",
);
const GUESSED: Text = Text::new("la codifica dei caratteri è incerta", "the encoding of the characters is uncertain");

fn doubts(doubtful: bool, text: Text) -> Vec<Text> {
    if doubtful { vec![text] } else { Vec::new() }
}

/// UTF-16, by its mark or because every other byte is zero.
pub(in crate::intake) fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(UTF_16LE),
        [0xFE, 0xFF, ..] => return Some(UTF_16BE),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(1024) & !1];
    if head.len() < 4 {
        return None;
    }
    let zeros = |first: usize| head.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count() * 2;
    if zeros(1) * 10 >= head.len() * 8 && zeros(0) * 10 < head.len() {
        Some(UTF_16LE)
    } else if zeros(0) * 10 >= head.len() * 8 && zeros(1) * 10 < head.len() {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// One byte a character: Windows unless the accented vowels stand where only DOS or Macintosh puts them.
fn single(bytes: &[u8]) -> (Cow<'_, str>, Vec<Text>) {
    let vowels =
        |set: &[u8]| bytes.windows(2).filter(|pair| pair[0].is_ascii_alphabetic() && set.contains(&pair[1])).count();
    let windows = vowels(&[0xE0, 0xE8, 0xE9, 0xEC, 0xF2, 0xF9]);
    let dos = vowels(&[0x85, 0x8A, 0x82, 0x8D, 0x95, 0x97]);
    let macintosh = vowels(&[0x88, 0x8F, 0x8E, 0x93, 0x98, 0x9D]);
    if dos > windows && dos >= macintosh {
        let upper: Vec<char> = CP850.chars().collect();
        let character = |byte: &u8| byte.checked_sub(128).map_or(char::from(*byte), |at| upper[usize::from(at)]);
        return (bytes.iter().map(character).collect(), vec![OLD]);
    }
    if macintosh > windows {
        return (MACINTOSH.decode(bytes).0, vec![OLD]);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(Some(b"it"), Utf8Detection::Deny);
    let certain = windows > 0 || guess == WINDOWS_1252;
    (WINDOWS_1252.decode(bytes).0, doubts(!certain, GUESSED))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn accents_in_every_encoding() {
        let text = "Qualità;perché;così;10 €\n";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(text.as_bytes()), (text.into(), Vec::new()));
        assert_eq!(decode(&utf16), (text.into(), Vec::new()));
        assert_eq!(decode(b"Qualit\xE0;perch\xE9;10 \x80").0, "Qualità;perché;10 €");
        assert_eq!(decode(b"Qualit\x85;perch\x82;cos\x8D").0, "Qualità;perché;così");
        assert_eq!(decode(b"Qualit\x88;perch\x8E;cos\x93").0, "Qualità;perché;così");
        assert_eq!(decode("Qualità".as_bytes().split_at(7).0).1.len(), 1);
    }

    #[test]
    fn lines_of_another_encoding_are_read_and_told() {
        let mixed = ["Qualità;perché\n".as_bytes(), b"citt\xE0\n"].concat();
        assert_eq!(decode(&mixed), ("Qualità;perché\ncittà\n".into(), vec![super::MIXED]));
        let old = [&b"citt\xE0;perch\xE9;cos\xEC\n"[..], "è\n".as_bytes()].concat();
        assert_eq!(decode(&old), ("città;perché;così\nÃ¨\n".into(), vec![super::GUESSED]));
    }

    #[test]
    fn the_dos_table_is_whole() {
        assert_eq!(super::CP850.chars().count(), 128);
    }
}
