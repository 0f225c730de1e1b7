//! The records of a BIFF stream: two bytes of kind, two of length, the data.

/// A record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
}

impl Record<'_> {
    /// Two bytes at an offset.
    pub(super) fn u16(&self, at: usize) -> Option<u16> {
        Some(u16::from_le_bytes(self.data.get(at..at.checked_add(2)?)?.try_into().ok()?))
    }

    /// Four bytes at an offset.
    pub(super) fn u32(&self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.data.get(at..at.checked_add(4)?)?.try_into().ok()?))
    }

    /// Eight bytes at an offset as a number.
    pub(super) fn f64(&self, at: usize) -> Option<f64> {
        Some(f64::from_le_bytes(self.data.get(at..at.checked_add(8)?)?.try_into().ok()?))
    }
}

/// The records of a stream from a position on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    pub(super) fn new(stream: &'a [u8], at: usize) -> Self {
        Self { stream, at }
    }

    /// Where the next record begins.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// The next record, whole; `None` at the end of the stream or where it is cut off.
    pub(super) fn next(&mut self) -> Option<Record<'a>> {
        let head = Record { kind: 0, data: self.stream.get(self.at..self.at.checked_add(4)?)? };
        let (kind, length) = (head.u16(0)?, usize::from(head.u16(2)?));
        let data = self.stream.get(self.at + 4..self.at + 4 + length)?;
        self.at += 4 + length;
        Some(Record { kind, data })
    }

    /// The data of the `CONTINUE` records that follow.
    pub(super) fn continued(&mut self) -> Vec<&'a [u8]> {
        let mut pieces = Vec::new();
        loop {
            let mut ahead = *self;
            match ahead.next() {
                Some(record) if record.kind == 0x003C => {
                    pieces.push(record.data);
                    *self = ahead;
                }
                _ => return pieces,
            }
        }
    }
}
