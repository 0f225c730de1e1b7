//! Texts of BIFF8, which may run over several records, each piece with its own width of character.

use encoding_rs::Encoding;

/// Data of a record and of those that continue it.
pub(super) struct Pieces<'a> {
    pieces: Vec<&'a [u8]>,
    piece: usize,
    at: usize,
}

impl<'a> Pieces<'a> {
    pub(super) fn new(first: &'a [u8], rest: Vec<&'a [u8]>) -> Self {
        let pieces = std::iter::once(first).chain(rest).collect();
        Self { pieces, piece: 0, at: 0 }
    }

    /// Steps to the next piece when this one is used up; whether there is a byte to read.
    fn ready(&mut self) -> bool {
        while let Some(piece) = self.pieces.get(self.piece) {
            if self.at < piece.len() {
                return true;
            }
            self.piece += 1;
            self.at = 0;
        }
        false
    }

    fn byte(&mut self) -> Option<u8> {
        if !self.ready() {
            return None;
        }
        let byte = self.pieces[self.piece][self.at];
        self.at += 1;
        Some(byte)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    fn skip(&mut self, mut count: usize) {
        while count > 0 && self.ready() {
            let step = count.min(self.pieces[self.piece].len() - self.at);
            self.at += step;
            count -= step;
        }
    }

    /// A text with its length, its flags, and what follows them: rich runs and phonetics are passed over.
    pub(super) fn text(&mut self) -> Option<String> {
        let length = usize::from(self.u16()?);
        let flags = self.byte()?;
        let runs = if flags & 0x08 != 0 { usize::from(self.u16()?) } else { 0 };
        let extra = if flags & 0x04 != 0 { self.u32()? as usize } else { 0 };
        let text = self.characters(length, flags & 1 != 0)?;
        self.skip((runs * 4).saturating_add(extra));
        Some(text)
    }

    /// So many characters; a new piece begins with its own flags.
    pub(super) fn characters(&mut self, length: usize, mut wide: bool) -> Option<String> {
        let mut units: Vec<u16> = Vec::with_capacity(length);
        while units.len() < length {
            // A piece may hold its flags and nothing else.
            while self.pieces.get(self.piece).is_some_and(|piece| self.at >= piece.len()) {
                wide = self.byte()? & 1 != 0;
            }
            let unit = if wide { self.u16()? } else { u16::from(self.byte()?) };
            units.push(unit);
        }
        Some(String::from_utf16_lossy(&units))
    }
}

/// The upper half of code page 437, which old programs of MS-DOS wrote.
const DOS_437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

/// The upper half of code page 850.
const DOS_850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
    └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// A text of Excel 5/95, one byte a character.
pub(super) fn narrow(bytes: &[u8], codepage: u16) -> String {
    if let Some(upper) =
        [(437, DOS_437), (850, DOS_850)].iter().find(|(page, _)| *page == codepage).map(|(_, upper)| upper)
    {
        let upper: Vec<char> = upper.chars().collect();
        let letter = |byte: &u8| if byte.is_ascii() { char::from(*byte) } else { upper[usize::from(*byte - 128)] };
        return bytes.iter().map(letter).collect();
    }
    let encoding = match codepage {
        10000 | 32768 => encoding_rs::MACINTOSH,
        number => Encoding::for_label(format!("windows-{number}").as_bytes()).unwrap_or(encoding_rs::WINDOWS_1252),
    };
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::Pieces;

    #[test]
    fn a_text_changes_its_width_between_records() {
        let first: &[u8] = &[4, 0, 0, b'a', b'b'];
        let mut pieces = Pieces::new(first, vec![&[1, 0xE0, 0, b'd', 0, 1, 0, 0, b'x']]);
        assert_eq!(pieces.text().as_deref(), Some("abàd"));
        assert_eq!(pieces.text().as_deref(), Some("x"));
        assert_eq!(pieces.text(), None);
    }
}
