//! Rows that look alike and follow each other, as most rows of a table do: what holds for one of them holds for all.

use super::{Head, Row, Rows, Spot};

/// Rows of one shape, one behind the other.
pub struct Alike<'a> {
    rows: &'a Rows,
    heads: std::slice::Iter<'a, Head>,
}

impl Rows {
    /// The rows with some indices in ascending order, those together that look alike and follow each other; those that
    /// hold nothing are left out.
    pub fn stretches<'a>(&'a self, indices: &'a [u32]) -> impl Iterator<Item = Alike<'a>> {
        let (mut left, mut from) = (indices, indices.first().map_or(0, |first| self.first_from(*first)));
        std::iter::from_fn(move || {
            loop {
                while self.index(from)? < *left.first()? {
                    from += 1;
                }
                let alike = self.alike(from, left);
                from += alike.heads.len();
                left = &left[alike.heads.len().max(1)..];
                if !alike.heads.as_slice().is_empty() {
                    return Some(alike);
                }
            }
        })
    }

    /// The rows from a position on that are of one shape and have the indices wanted.
    fn alike(&self, from: usize, indices: &[u32]) -> Alike<'_> {
        let heads = &self.heads[from..];
        let is_alike = |(head, index): &(&Head, &u32)| head.index == **index && head.shape == heads[0].shape;
        let len = heads.iter().zip(indices).take_while(is_alike).count();
        Alike { rows: self, heads: heads[..len].iter() }
    }
}

impl Alike<'_> {
    /// Where the cell of a column is in all of them.
    pub fn spot(&self, col: u32) -> Option<Spot> {
        self.rows.row(self.heads.as_slice().first()?).spot(col)
    }
}

impl<'a> Iterator for Alike<'a> {
    type Item = Row<'a>;

    #[inline]
    fn next(&mut self) -> Option<Row<'a>> {
        self.heads.next().map(|head| self.rows.row(head))
    }
}

#[cfg(test)]
mod tests {
    use crate::sheet::Filling;

    #[test]
    fn stretches_are_the_rows_that_are_there() {
        let mut rows = Filling::default();
        for row in [2, 3, 4, 6, 7, 8, 9, 12] {
            rows.text(row, false, if row == 8 { 1 } else { 0 }, "nota");
        }
        let rows = rows.finish();
        let told = |indices: &[u32]| -> Vec<Vec<u32>> {
            let of_stretch = |stretch: super::Alike<'_>| stretch.map(|row| row.index).collect();
            rows.stretches(indices).map(of_stretch).collect()
        };
        assert_eq!(told(&[]), Vec::<Vec<u32>>::new());
        assert_eq!(told(&[0, 1, 5, 10, 11, 13]), Vec::<Vec<u32>>::new());
        assert_eq!(told(&[0, 2, 3, 5, 6, 7, 8, 9, 10, 12]), [vec![2, 3], vec![6, 7], vec![8], vec![9], vec![12]]);
        let all: Vec<u32> = (0..20).collect();
        assert_eq!(told(&all), [vec![2, 3, 4], vec![6, 7], vec![8], vec![9], vec![12]]);
    }
}
