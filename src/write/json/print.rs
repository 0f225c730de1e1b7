//! Prints JSON as it is made: two spaces for each level, every key on its own line, no tree of values in between.

use arcstr::ArcStr;

/// The text of a record while it grows.
#[derive(Default)]
pub struct Printer {
    text: Vec<u8>,
    depth: usize,
    /// Whether something stands already in the innermost object or list.
    begun: bool,
}

impl Printer {
    /// Nothing yet, with room for so many bytes.
    pub fn with_room(bytes: usize) -> Self {
        Self { text: Vec::with_capacity(bytes), ..Self::default() }
    }

    /// The whole text.
    pub fn finish(self) -> String {
        // Only texts, ASCII signs and what serde_json makes of them were written.
        String::from_utf8(self.text).expect("texts and signs")
    }

    /// An object or a list: its signs around what `inside` prints.
    pub fn enclosed(&mut self, signs: [u8; 2], inside: impl FnOnce(&mut Self)) {
        self.text.push(signs[0]);
        self.depth += 1;
        self.begun = false;
        inside(self);
        self.depth -= 1;
        if self.begun {
            self.line();
        }
        self.begun = true;
        self.text.push(signs[1]);
    }

    /// One key and its value.
    pub fn entry(&mut self, key: &str, value: &(impl Print + ?Sized)) {
        self.next();
        self.quoted(key);
        self.text.extend_from_slice(b": ");
        value.print(self);
    }

    fn next(&mut self) {
        if self.begun {
            self.text.push(b',');
        }
        self.line();
        self.begun = true;
    }

    fn line(&mut self) {
        self.text.push(b'\n');
        for _ in 0..self.depth {
            self.text.extend_from_slice(b"  ");
        }
    }

    fn quoted(&mut self, text: &str) {
        // Nothing fails on the way into memory.
        _ = serde_json::to_writer(&mut self.text, text);
    }
}

/// What can be printed as a value.
pub trait Print {
    /// Prints it.
    fn print(&self, out: &mut Printer);
}

/// What a function prints.
pub struct Printed<F>(pub F);

impl<F: Fn(&mut Printer)> Print for Printed<F> {
    fn print(&self, out: &mut Printer) {
        (self.0)(out);
    }
}

/// A list, each of its values made when it is its turn.
pub fn list<I, T: Print>(items: I, show: impl Fn(I::Item) -> T) -> impl Print
where
    I: IntoIterator + Clone,
{
    Printed(move |out: &mut Printer| {
        out.enclosed(*b"[]", |out| {
            for item in items.clone() {
                out.next();
                show(item).print(out);
            }
        });
    })
}

/// An object whose keys are not known beforehand; each comes once.
pub fn entries<I, K: AsRef<str>, T: Print>(items: I) -> impl Print
where
    I: Iterator<Item = (K, T)> + Clone,
{
    Printed(move |out: &mut Printer| {
        out.enclosed(*b"{}", |out| items.clone().for_each(|(key, value)| out.entry(key.as_ref(), &value)));
    })
}

/// An object: `object!({ "key": value })`, where each value is looked at once, when it is its turn.
macro_rules! object {
    ({ $($key:literal: $value:expr),* $(,)? }) => {
        $crate::write::json::print::Printed(move |out: &mut $crate::write::json::print::Printer| {
            out.enclosed(*b"{}", |out| {
                $(out.entry($key, &$value);)*
            });
        })
    };
}
pub(super) use object;

impl Print for str {
    fn print(&self, out: &mut Printer) {
        out.quoted(self);
    }
}

impl Print for String {
    fn print(&self, out: &mut Printer) {
        out.quoted(self);
    }
}

impl Print for ArcStr {
    fn print(&self, out: &mut Printer) {
        out.quoted(self);
    }
}

impl Print for bool {
    fn print(&self, out: &mut Printer) {
        out.text.extend_from_slice(if *self { b"true" } else { b"false" });
    }
}

impl Print for i64 {
    fn print(&self, out: &mut Printer) {
        out.text.extend_from_slice(self.to_string().as_bytes());
    }
}

macro_rules! whole {
    ($($kind:ty),*) => {
        $(impl Print for $kind {
            fn print(&self, out: &mut Printer) {
                i64::from(*self).print(out);
            }
        })*
    };
}
whole!(u32, i16, i8);

impl<T: Print + ?Sized> Print for &T {
    fn print(&self, out: &mut Printer) {
        (**self).print(out);
    }
}

impl<T: Print> Print for Option<T> {
    fn print(&self, out: &mut Printer) {
        match self {
            Some(value) => value.print(out),
            None => out.text.extend_from_slice(b"null"),
        }
    }
}
