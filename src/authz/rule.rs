//! One row of a policy table: an operation and the reach of every role that may perform it.

use super::{Reach, Role};

/// Roles that share a reach in a row.
#[derive(Debug)]
pub struct Cell {
    /// The roles.
    pub roles: &'static [Role],
    /// How far their right extends.
    pub reach: Reach,
}

/// Roles that share a reach.
pub const fn cell(roles: &'static [Role], reach: Reach) -> Cell {
    Cell { roles, reach }
}

/// Who may perform one operation of the API.
#[derive(Debug)]
pub struct Rule {
    /// The operationId: one rule for each operation, one operation for each rule.
    pub operation: &'static str,
    /// The grid: which roles, how far.
    pub cells: &'static [Cell],
    /// Who may know that the target exists; decides between 404 and 403. Without it the rule itself decides.
    pub seen_by: Option<&'static Rule>,
    /// Whether an account without any role may perform it as well: what concerns only the caller himself.
    pub even_without_roles: bool,
    /// Separation of duties and other conditions in words, for the documentation.
    pub condition: Option<&'static str>,
}

impl Rule {
    /// A row of a policy table.
    pub const fn new(operation: &'static str, cells: &'static [Cell]) -> Self {
        Self { operation, cells, seen_by: None, even_without_roles: false, condition: None }
    }

    /// The row that says who may see the target.
    #[must_use]
    pub const fn seen_by(mut self, rule: &'static Rule) -> Self {
        self.seen_by = Some(rule);
        self
    }

    /// Everybody who is signed in may perform it, accounts without any role as well.
    #[must_use]
    pub const fn even_without_roles(mut self) -> Self {
        self.even_without_roles = true;
        self
    }

    /// A condition beyond role and reach, in words.
    #[must_use]
    pub const fn condition(mut self, words: &'static str) -> Self {
        self.condition = Some(words);
        self
    }

    /// Every reach the role has in this row.
    pub fn reaches(&self, role: Role) -> impl Iterator<Item = Reach> {
        self.cells.iter().filter(move |cell| cell.roles.contains(&role)).map(|cell| cell.reach)
    }

    /// The line "who may call" of the documentation.
    pub fn who_may_call(&self) -> String {
        let mut lines: Vec<String> = Role::ALL
            .into_iter()
            .filter_map(|role| {
                let reaches: Vec<&str> = self.reaches(role).map(Reach::as_str).collect();
                (!reaches.is_empty()).then(|| format!("`{}` ({})", role.as_str(), reaches.join(", ")))
            })
            .collect();
        if self.even_without_roles {
            lines.push("accounts without any role".to_owned());
        }
        if let Some(words) = self.condition {
            lines.push(words.to_owned());
        }
        format!("**Who may call:** {}.", lines.join(", "))
    }
}
