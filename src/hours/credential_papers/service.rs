//! Use cases of printed credentials.

use uuid::Uuid;

use super::policy;
use crate::authz::authorize;
use crate::db::Ctx;
use crate::directory::persons::service::sheet_of;
use crate::error::Result;
use crate::hours::clock::today;
use crate::hours::credentials::case::credential;
use crate::hours::credentials::model::Credential;
use crate::hours::duplicates::service::last_of;
use crate::hours::verification::service::code_of;
use crate::values::PersonName;

/// What a printed credential is made of.
#[derive(Debug)]
pub struct Printed {
    /// The credential; its numbers and its day are those of the valid form.
    pub credential: Credential,
    /// The valid form is a duplicate.
    pub duplicate: bool,
    /// Its holder.
    pub holder: PersonName,
    /// The code by which the valid form is checked, if it has one.
    pub code: Option<String>,
}

/// A credential as it is printed.
pub async fn get_credential_paper(ctx: &Ctx<'_>, id: Uuid) -> Result<Printed> {
    let case = credential(ctx, id).await?;
    authorize(ctx.actor, &policy::GET_CREDENTIAL_PAPER, &case.target(today(ctx).await?).reading)?;
    let (sheet, code, last) =
        tokio::try_join!(sheet_of(ctx, case.credential.person_id), code_of(ctx, id), last_of(ctx, id))?;
    let data = last.as_ref().map(|form| form.form(&case.credential.data));
    let mut credential = case.credential;
    let duplicate = data.is_some();
    credential.data = data.unwrap_or(credential.data);
    let code = last.map(|form| form.code).or(code);
    Ok(Printed { credential, duplicate, holder: sheet.person.data.name, code })
}
