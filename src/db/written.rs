//! Conditions, columns and whole statements that are written out and that a connection prepares once.
//!
//! diesel's own `sql` and `sql_query` cannot know that their text is the same each time, so that every statement with them
//! is parsed and planned anew at every request, which costs several times what most of them do.

use std::marker::PhantomData;

use diesel::expression::{
    AppearsOnTable, AsExpression, Expression, SelectableExpression, TypedExpressionType, ValidGrouping,
    is_aggregate,
};
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, BoxedSqlQuery, Query, QueryFragment, QueryId, SqlQuery};
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::{HasSqlType, SqlType, Untyped};

/// An expression of that kind as it is written: texts with values between them.
#[derive(Debug, Clone)]
pub(crate) struct Written<Kind, Parts> {
    parts: Parts,
    kind: PhantomData<Kind>,
}

/// Begins such an expression. The text must be one of few: each is kept by every connection.
pub(crate) fn written<Kind>(text: &str) -> Written<Kind, Text> {
    Written { parts: Text(text.to_owned()), kind: PhantomData }
}

impl<Kind, Parts> Written<Kind, Parts> {
    /// A value, or another expression, that follows.
    pub(crate) fn bind<ValueKind, Value>(self, value: Value) -> Written<Kind, Then<Parts, Value::Expression>>
    where
        ValueKind: SqlType + TypedExpressionType,
        Value: AsExpression<ValueKind>,
    {
        Written { parts: Then(self.parts, value.as_expression()), kind: PhantomData }
    }

    /// More text.
    pub(crate) fn sql(self, text: &str) -> Written<Kind, Then<Parts, Text>> {
        Written { parts: Then(self.parts, Text(text.to_owned())), kind: PhantomData }
    }
}

/// What is written as it stands.
#[derive(Debug, Clone)]
pub(crate) struct Text(String);

/// One part after the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Then<Before, Last>(Before, Last);

impl QueryFragment<Pg> for Text {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(&self.0);
        Ok(())
    }
}

impl<Before: QueryFragment<Pg>, Last: QueryFragment<Pg>> QueryFragment<Pg> for Then<Before, Last> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.0.walk_ast(out.reborrow())?;
        self.1.walk_ast(out)
    }
}

impl<Kind, Parts: QueryFragment<Pg>> QueryFragment<Pg> for Written<Kind, Parts> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.parts.walk_ast(out)
    }
}

/// A whole statement as it is written.
pub(crate) struct Statement<'a>(BoxedSqlQuery<'a, Pg, SqlQuery>);

/// Such a statement, with `$1`, `$2` … for its values, one of few texts; rows are read by the names of their columns. For what
/// is asked all the time: a report that reads much is better planned for the values it is asked about, by `sql_query`.
pub(crate) fn statement<'a>(text: &str) -> Statement<'a> {
    Statement(diesel::sql_query(text).into_boxed())
}

impl<'a> Statement<'a> {
    /// Its next value.
    pub(crate) fn bind<Kind, Value>(self, value: Value) -> Self
    where
        Pg: HasSqlType<Kind>,
        Kind: Send + 'a,
        Value: ToSql<Kind, Pg> + Send + 'a,
    {
        Self(self.0.bind(value))
    }
}

impl QueryFragment<Pg> for Statement<'_> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }

    fn is_safe_to_cache_prepared(&self, _: &Pg) -> QueryResult<bool> {
        Ok(true)
    }
}

impl QueryId for Statement<'_> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Statement<'_> {
    type SqlType = Untyped;
}

/// The type does not tell the text, so that statements are known by their whole text.
impl<Kind, Parts> QueryId for Written<Kind, Parts> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Kind: SqlType + TypedExpressionType, Parts> Expression for Written<Kind, Parts> {
    type SqlType = Kind;
}

impl<Source, Kind, Parts> SelectableExpression<Source> for Written<Kind, Parts> where Self: Expression {}

impl<Source, Kind, Parts> AppearsOnTable<Source> for Written<Kind, Parts> where Self: Expression {}

impl<Kind, Parts, Grouped> ValidGrouping<Grouped> for Written<Kind, Parts> {
    type IsAggregate = is_aggregate::Never;
}
