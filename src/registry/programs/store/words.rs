//! Words of a search as SQL. Diesel's own literals are prepared anew for every query; these keep their statement.

use std::marker::PhantomData;

use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Bool, SingleValue, SqlType, Text};

use crate::registry::programs::model::ProgramOrder;

/// Fixed SQL around the words, which travel as parameters.
#[derive(Debug, Clone)]
pub(super) struct Phrase<ST> {
    parts: &'static [&'static str],
    words: String,
    name: &'static str,
    sql_type: PhantomData<ST>,
}

/// How the words of a search meet the programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match {
    /// Word stems of title and annotation.
    Stems,
    /// A title with a typing mistake.
    Typo,
}

impl Match {
    /// Whether a program is a hit. The words are read once, not for every row, and each way has its own index.
    pub(super) fn hit(self, words: &str) -> Phrase<Bool> {
        let parts: &[&str] = match self {
            Self::Stems => &["programs.search @@ (select websearch_to_tsquery('russian', ", "))"],
            Self::Typo => {
                &["translate(lower(programs.title), 'ё', 'е') %> (select translate(lower(", "), 'ё', 'е'))"]
            }
        };
        Phrase::new(parts, words.to_owned())
    }

    /// How well it matches, in millionths; below zero for a title with a typing mistake.
    pub(super) fn rank(self, words: &str) -> Phrase<BigInt> {
        let parts: &[&str] = match self {
            Self::Stems => &[
                "(1000000 * ts_rank(programs.search, (select websearch_to_tsquery('russian', ",
                "))))::bigint",
            ],
            Self::Typo => &[
                "(1000000 * (word_similarity((select translate(lower(",
                "), 'ё', 'е')), translate(lower(programs.title), 'ё', 'е')) - 2))::bigint",
            ],
        };
        Phrase::new(parts, words.to_owned())
    }

    /// The rank as a column, which is computed once and orders the list as [`relevance`].
    pub(super) fn rank_column(self, words: &str) -> Phrase<BigInt> {
        Phrase { name: " as relevance", ..self.rank(words) }
    }

    /// In a list that is not ranked the column only tells the way.
    pub(super) const fn constant(self) -> Phrase<BigInt> {
        let parts: &[&str] = match self {
            Self::Stems => &["0::bigint"],
            Self::Typo => &["-1::bigint"],
        };
        Phrase::fixed(parts)
    }

    /// What a list in this order is sorted by before the title, as a column; of titles with a typing mistake far below
    /// zero, so that the cursor tells the way.
    pub(super) const fn measure(self, order: ProgramOrder) -> Phrase<BigInt> {
        let parts: &[&str] = match (order, self) {
            (ProgramOrder::Hours, Self::Stems) => &["(programs.hours * 2)::bigint"],
            (ProgramOrder::Hours, Self::Typo) => &["((programs.hours * 2)::bigint - 1000000000000)"],
            (ProgramOrder::Price, Self::Stems) => &["(coalesce(programs.price_rubles, 0)::bigint)"],
            (ProgramOrder::Price, Self::Typo) => {
                &["(coalesce(programs.price_rubles, 0)::bigint - 1000000000000)"]
            }
            (ProgramOrder::Title | ProgramOrder::Relevance | ProgramOrder::Start, way) => {
                return way.constant();
            }
        };
        Phrase::fixed(parts)
    }

    /// The way that gave a rank.
    pub(super) const fn of_rank(rank: i64) -> Self {
        if rank < 0 { Self::Typo } else { Self::Stems }
    }
}

/// The rank by its name.
pub(super) const fn relevance() -> Phrase<BigInt> {
    Phrase::fixed(&["relevance"])
}

impl<ST> Phrase<ST> {
    /// Text of a statement with no words asked for in it.
    pub(super) const fn fixed(parts: &'static [&'static str]) -> Self {
        Self::new(parts, String::new())
    }

    const fn new(parts: &'static [&'static str], words: String) -> Self {
        Self { parts, words, name: "", sql_type: PhantomData }
    }
}

impl<ST: SqlType + SingleValue> Expression for Phrase<ST> {
    type SqlType = ST;
}

impl<ST, QS> SelectableExpression<QS> for Phrase<ST> where Self: Expression {}
impl<ST, QS> AppearsOnTable<QS> for Phrase<ST> where Self: Expression {}

impl<ST, GB> ValidGrouping<GB> for Phrase<ST> {
    type IsAggregate = is_aggregate::Never;
}

/// The text of the statement is the key of its cache.
impl<ST> QueryId for Phrase<ST> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<ST> QueryFragment<Pg> for Phrase<ST> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let Some((first, rest)) = self.parts.split_first() else { return Ok(()) };
        out.push_sql(first);
        for part in rest {
            out.push_bind_param::<Text, _>(&self.words)?;
            out.push_sql(part);
        }
        out.push_sql(self.name);
        Ok(())
    }
}
