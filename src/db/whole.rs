//! All cards of one person as the WHERE clause of what is recorded about him: cards that were merged keep their rows, and
//! whoever reads, reads them all.

use diesel::expression::AsExpression;
use diesel::sql_types::{Array, Bool, Uuid as SqlUuid};
use uuid::Uuid;

use super::written::{Text, Then, Written, written};

type Bound<Value, Kind> = Written<Bool, Then<Then<Text, <Value as AsExpression<Kind>>::Expression>, Text>>;

/// Rows of the person with that card, whichever of his cards they were recorded to. `column` is the qualified name of the
/// column that holds the card.
pub(crate) fn whole_person(column: &str, id: Uuid) -> Bound<Uuid, SqlUuid> {
    // An array, which is looked up in the index of the column; a set the database would compare with every row.
    written::<Bool>(&format!(
        "{column} = any(array(select c.id from persons c join persons p on p.kept_id = c.kept_id where p.id = "
    ))
    .bind::<SqlUuid, _>(id)
    .sql("))")
}

/// The same for several people.
pub(crate) fn whole_people(column: &str, ids: &[Uuid]) -> Bound<Vec<Uuid>, Array<SqlUuid>> {
    written::<Bool>(&format!(
        "{column} = any(array(select c.id from persons c join persons p on p.kept_id = c.kept_id where p.id = any("
    ))
    .bind::<Array<SqlUuid>, _>(ids.to_vec())
    .sql(")))")
}
