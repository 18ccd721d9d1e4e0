//! Exact hours as a column type.

use diesel::deserialize::FromSqlRow;
use diesel::deserialize::{self, FromSql};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Numeric;
use rust_decimal::Decimal;

use crate::values::Hours;

/// [`Hours`] in a `numeric` column; rows carry this, models carry [`Hours`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Numeric)]
pub struct DbHours(pub Hours);

impl From<Hours> for DbHours {
    fn from(hours: Hours) -> Self {
        Self(hours)
    }
}

impl From<DbHours> for Hours {
    fn from(hours: DbHours) -> Self {
        hours.0
    }
}

impl ToSql<Numeric, Pg> for DbHours {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        <Decimal as ToSql<Numeric, Pg>>::to_sql(&Decimal::from(self.0), &mut out.reborrow())
    }
}

impl FromSql<Numeric, Pg> for DbHours {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let number = <Decimal as FromSql<Numeric, Pg>>::from_sql(value)?;
        Ok(Self(Hours::try_from(number)?))
    }
}
