//! The layouts of the table: which columns, in which order, under which headings. The version of the template is data
//! (B5): two generations are seen, and a third one is another list here.

mod v38;
mod v40;

use super::field::Field;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The heading, as the template has it.
    pub heading: &'static str,
    /// What stands in it.
    pub field: Field,
}

const fn column(heading: &'static str, field: Field) -> Column {
    Column { heading, field }
}

/// A generation of the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layout {
    /// 38 columns.
    V38,
    /// 40 columns, A to AN.
    V40,
}

impl Layout {
    /// Every layout.
    pub const ALL: [Self; 2] = [Self::V38, Self::V40];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V38 => "v38",
            Self::V40 => "v40",
        }
    }

    /// The layout of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layout| layout.as_str() == name)
    }

    /// Its columns in order.
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Self::V38 => v38::COLUMNS,
            Self::V40 => v40::COLUMNS,
        }
    }
}
