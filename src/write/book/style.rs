//! How a cell looks, in words that every format can follow: what it is, what it warns of, how its number is shown.

/// What a cell is in its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Role {
    /// Outside of every table.
    #[default]
    Blank,
    /// Title of the sheet.
    Title,
    /// The line below the title.
    Subtitle,
    /// Header of a column.
    Header,
    /// Header of a column outside of the print area.
    SideHeader,
    /// Band of an area or a holder.
    Area,
    /// Band of a section.
    Section,
    /// A value.
    Body,
    /// A value that stands out: the title of an objective.
    Strong,
    /// A value in small letters.
    Small,
    /// A value outside of the print area: rule, source, helper figures; on one line.
    Side,
    /// A total, a mean, a share.
    Total,
    /// An explanation below a table.
    Note,
}

impl Role {
    /// Size of the letters, in points.
    pub const fn points(self) -> f64 {
        match self {
            Self::Title => 14.0,
            Self::Subtitle | Self::Area => 10.0,
            Self::Small | Self::Side | Self::SideHeader | Self::Note => 8.0,
            _ => 9.0,
        }
    }

    /// Whether the content keeps away from the lines of its cell.
    pub const fn indented(self) -> bool {
        !matches!(self, Self::Blank | Self::Title | Self::Subtitle | Self::Note)
    }

    /// Whether the letters are bold.
    pub const fn bold(self) -> bool {
        !matches!(self, Self::Blank | Self::Subtitle | Self::Body | Self::Small | Self::Side | Self::Note)
    }
}

/// What a cell warns of; words beside it always say the same, since colour is never the only sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Shade {
    /// Nothing.
    #[default]
    None,
    /// To be completed, or missing.
    Missing,
    /// To be checked: two sheets disagree.
    Check,
    /// N.C.
    NotCounted,
    /// An error, or beyond the tolerance.
    Error,
    /// A warning.
    Warning,
    /// Within the tolerance.
    Good,
}

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Show {
    /// As a text, or as it comes.
    #[default]
    Plain,
    /// Without decimals and without grouping: years, counts.
    Integer,
    /// Two decimals, grouped by three.
    Two,
    /// Two decimals followed by a percent sign; the number is the percentage, not the fraction.
    Percent,
}

/// Where the content stands in its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Align {
    /// To the left.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// To the right.
    Right,
}

/// The whole look of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Style {
    /// What it is.
    pub role: Role,
    /// What it warns of.
    pub shade: Shade,
    /// How its number is shown.
    pub show: Show,
    /// Where it stands.
    pub align: Align,
}
