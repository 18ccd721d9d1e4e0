//! Conditions and columns that are written out, in statements that a connection prepares once.
//!
//! diesel's own `sql` cannot know that its text is the same each time, so that every statement with it is parsed and
//! planned anew at every request, which costs several times what most of them do.

use std::marker::PhantomData;

use diesel::expression::{
    AppearsOnTable, AsExpression, Expression, SelectableExpression, TypedExpressionType, ValidGrouping,
    is_aggregate,
};
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::SqlType;

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
