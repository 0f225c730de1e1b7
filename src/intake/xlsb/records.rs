//! The records of a binary part: kind and length in seven bits a byte, then the data.

/// A record.
pub(super) struct Record<'a> {
    pub(super) kind: u32,
    pub(super) data: &'a [u8],
}

impl Record<'_> {
    /// One byte at an offset.
    pub(super) fn u8(&self, at: usize) -> Option<u8> {
        self.data.get(at).copied()
    }

    /// Two bytes at an offset.
    pub(super) fn u16(&self, at: usize) -> Option<u16> {
        Some(u16::from_le_bytes(self.data.get(at..at.checked_add(2)?)?.try_into().ok()?))
    }

    /// Four bytes at an offset.
    pub(super) fn u32(&self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.data.get(at..at.checked_add(4)?)?.try_into().ok()?))
    }

    /// Eight bytes at an offset as a finite number.
    pub(super) fn f64(&self, at: usize) -> Option<f64> {
        let number = f64::from_le_bytes(self.data.get(at..at.checked_add(8)?)?.try_into().ok()?);
        number.is_finite().then_some(number)
    }

    /// A text with its length before it, and the offset after it; the length of "none" is an empty text.
    pub(super) fn text(&self, at: usize) -> Option<(String, usize)> {
        let length = match self.u32(at)? {
            u32::MAX => 0,
            length => length as usize,
        };
        let (from, to) = (at + 4, length.checked_mul(2)?.checked_add(at + 4)?);
        let bytes = self.data.get(from..to)?;
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        Some((String::from_utf16_lossy(&units), to))
    }
}

/// The records of a part.
pub(super) struct Records<'a> {
    rest: &'a [u8],
    cut: bool,
}

impl<'a> Records<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, cut: false }
    }

    /// Whether the part ended inside a record.
    pub(super) fn is_cut(&self) -> bool {
        self.cut
    }

    /// The next record, whole.
    pub(super) fn next(&mut self) -> Option<Record<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let record = self.take();
        self.cut = record.is_none();
        record
    }

    fn take(&mut self) -> Option<Record<'a>> {
        let first = self.byte()?;
        let kind = if first & 0x80 == 0 {
            u32::from(first)
        } else {
            u32::from(first & 0x7F) | u32::from(self.byte()? & 0x7F) << 7
        };
        let mut length = 0usize;
        for shift in 0..4 {
            let byte = self.byte()?;
            length |= usize::from(byte & 0x7F) << (7 * shift);
            if byte & 0x80 == 0 {
                break;
            }
        }
        let (data, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(Record { kind, data })
    }

    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*byte)
    }
}
