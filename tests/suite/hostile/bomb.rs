//! Archives whose directories say what they like, and parts that are far larger than what they take on the disk.

/// A part of an archive, as its directory tells of it.
#[derive(Clone)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// The bytes on the disk.
    pub packed: Vec<u8>,
    /// Whether they are deflated.
    pub deflated: bool,
    /// How long the directory says it is once unpacked.
    pub declared: u32,
    /// The checksum in the directory.
    pub sum: u32,
}

impl Part {
    /// A part that is what it says.
    pub fn honest(name: &str, content: &[u8]) -> Self {
        let sum = crc(content);
        Self { name: name.to_owned(), packed: content.to_vec(), deflated: false, declared: content.len() as u32, sum }
    }

    /// A part of a head, a pattern over and over, and nothing behind it.
    pub fn bomb(name: &str, head: &str, pattern: &str, times: usize) -> Self {
        let packed = deflated(head.as_bytes(), pattern.as_bytes(), times);
        let declared = (head.len() + pattern.len() * times) as u32;
        Self { name: name.to_owned(), packed, deflated: true, declared, sum: 0 }
    }

    /// The same with another length in the directory.
    pub fn declaring(self, declared: u32) -> Self {
        Self { declared, ..self }
    }
}

/// The archive of parts; those that `over` names have the bytes of the first part.
pub fn archive(parts: &[Part], over: &[&str]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    let mut count = 0u64;
    let mut tell = |part: &Part, name: &str, at: u32| {
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(head(part, name));
        directory.extend([0; 14 - 4]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
        count += 1;
    };
    for part in parts {
        tell(part, &part.name, bytes.len() as u32);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(head(part, &part.name));
        bytes.extend(part.name.as_bytes());
        bytes.extend(&part.packed);
    }
    for name in over {
        tell(&parts[0], name, 0);
    }
    let (at, length) = (bytes.len() as u32, directory.len() as u32);
    bytes.extend(directory);
    let count = u16::try_from(count).unwrap_or_else(|_| {
        bytes.extend(large_end(count, u64::from(length), u64::from(at)));
        u16::MAX
    });
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    bytes.extend([length.to_le_bytes(), at.to_le_bytes()].concat());
    bytes.extend([0, 0]);
    bytes
}

/// The end of a directory with more entries than two bytes count, and the record that says where it is.
fn large_end(count: u64, length: u64, at: u64) -> Vec<u8> {
    let mut end = b"PK\x06\x06\x2C\0\0\0\0\0\0\0\x2D\0\x2D\0\0\0\0\0\0\0\0\0".to_vec();
    for number in [count, count, length, at] {
        end.extend(number.to_le_bytes());
    }
    end.extend(b"PK\x06\x07\0\0\0\0");
    end.extend((at + length).to_le_bytes());
    end.extend([1, 0, 0, 0]);
    end
}

/// What both heads of a part share, from the version on.
fn head(part: &Part, name: &str) -> Vec<u8> {
    let mut head = vec![20, 0, 0, 0, if part.deflated { 8 } else { 0 }, 0, 0, 0, 0x21, 0];
    for number in [part.sum, part.packed.len() as u32, part.declared] {
        head.extend(number.to_le_bytes());
    }
    head.extend((name.len() as u16).to_le_bytes());
    head.extend([0, 0]);
    head
}

/// Deflates by hand, in one block of fixed codes: the head, the pattern, and references back to it.
fn deflated(head: &[u8], pattern: &[u8], times: usize) -> Vec<u8> {
    let mut out = Bits::default();
    out.put(0b011, 3);
    for byte in head.iter().chain(pattern) {
        out.literal(*byte);
    }
    let mut left = pattern.len() * (times - 1);
    let (symbol, extra, bits) = distance(pattern.len());
    while left >= 258 {
        // The length 258 is symbol 285.
        out.code(0b1100_0101, 8);
        out.code(symbol, 5);
        out.put(extra, bits);
        left -= 258;
    }
    for at in 0..left {
        out.literal(pattern[at % pattern.len()]);
    }
    out.code(0, 7);
    out.bytes
}

fn distance(length: usize) -> (u32, u32, u32) {
    let (mut base, mut bits, mut symbol) = (1, 0, 0);
    loop {
        let span = 1 << bits;
        if length < base + span {
            return (symbol, (length - base) as u32, bits);
        }
        base += span;
        symbol += 1;
        bits = if symbol < 4 { 0 } else { symbol / 2 - 1 };
    }
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    used: u32,
}

impl Bits {
    /// Numbers go in from their lowest bit.
    fn put(&mut self, number: u32, count: u32) {
        for at in 0..count {
            if self.used.is_multiple_of(8) {
                self.bytes.push(0);
            }
            let bit = (number >> at & 1) as u8;
            *self.bytes.last_mut().expect("a byte") |= bit << (self.used % 8);
            self.used += 1;
        }
    }

    /// Codes go in from their highest bit.
    fn code(&mut self, code: u32, count: u32) {
        self.put(code.reverse_bits() >> (32 - count), count);
    }

    fn literal(&mut self, byte: u8) {
        match u32::from(byte) {
            byte @ 0..=143 => self.code(0x30 + byte, 8),
            byte => self.code(0x190 + byte - 144, 9),
        }
    }
}

fn crc(content: &[u8]) -> u32 {
    !content.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| sum >> 1 ^ if sum & 1 != 0 { 0xEDB8_8320 } else { 0 })
    })
}
