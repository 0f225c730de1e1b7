//! BIFF8 records: the pieces an `.xls` stream is made of.

/// A stream of records.
#[derive(Default)]
pub struct Records {
    /// The bytes so far.
    pub bytes: Vec<u8>,
}

impl Records {
    /// Adds a record of at most 8224 bytes.
    pub fn push(&mut self, id: u16, body: &[u8]) {
        assert!(body.len() <= 8224, "record {id:#x} too long");
        self.bytes.extend(id.to_le_bytes());
        self.bytes.extend((body.len() as u16).to_le_bytes());
        self.bytes.extend(body);
    }

    /// The start of a substream: 5 the workbook, 0x10 a sheet.
    pub fn begin(&mut self, kind: u16) {
        let mut body = Vec::new();
        for word in [0x0600, kind, 0x0DBB, 0x07CC] {
            body.extend(u16::to_le_bytes(word));
        }
        body.extend(0x41u32.to_le_bytes());
        body.extend(0x06u32.to_le_bytes());
        self.push(0x0809, &body);
    }

    /// The end of a substream.
    pub fn end(&mut self) {
        self.push(0x000A, &[]);
    }

    /// The shared string table, each string whole in its record.
    pub fn strings(&mut self, texts: &[String]) {
        let mut body = Vec::new();
        body.extend((texts.len() as u32).to_le_bytes());
        body.extend((texts.len() as u32).to_le_bytes());
        let mut id = 0x00FC;
        for text in texts {
            let item = long_text(text);
            if body.len() + item.len() > 8224 {
                self.push(id, &body);
                (id, body) = (0x003C, Vec::new());
            }
            body.extend(item);
        }
        self.push(id, &body);
    }
}

/// A text with a 16-bit length: one byte a letter where Latin-1 holds it, else two.
pub fn long_text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    [(units.len() as u16).to_le_bytes().as_slice(), &letters(&units)].concat()
}

/// A text with an 8-bit length.
pub fn short_text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    [&[units.len() as u8], letters(&units).as_slice()].concat()
}

fn letters(units: &[u16]) -> Vec<u8> {
    if units.iter().all(|unit| *unit < 256) {
        std::iter::once(0).chain(units.iter().map(|unit| *unit as u8)).collect()
    } else {
        std::iter::once(1).chain(units.iter().flat_map(|unit| unit.to_le_bytes())).collect()
    }
}

/// The code of an error, when BIFF has one.
pub fn error_code(error: &str) -> Option<u8> {
    Some(match error {
        "#NULL!" => 0x00,
        "#DIV/0!" => 0x07,
        "#VALUE!" => 0x0F,
        "#REF!" => 0x17,
        "#NAME?" => 0x1D,
        "#NUM!" => 0x24,
        "#N/A" => 0x2A,
        _ => return None,
    })
}
