//! What can go wrong, in words a person can act on. Knows neither the web nor the database.

mod code;
mod field;
mod text;

pub use code::Code;
pub use field::FieldProblem;
pub use text::{Language, Text};

/// The result of everything that may be refused.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A refusal: a stable code, words in two languages, and every wrong field at once.
#[derive(Debug)]
pub struct Error {
    /// What kind of refusal; decides the HTTP status.
    pub code: Code,
    /// What exactly, when the title of the code does not say enough.
    pub detail: Option<Text>,
    /// Every wrong field of the request.
    pub fields: Vec<FieldProblem>,
    /// After how many seconds it makes sense to try again.
    pub retry_after: Option<u32>,
    /// For the log only; never shown to a caller.
    pub cause: Option<String>,
}

impl Error {
    /// A refusal whose title says it all.
    pub const fn new(code: Code) -> Self {
        Self { code, detail: None, fields: Vec::new(), retry_after: None, cause: None }
    }

    /// Adds what exactly was wrong.
    #[must_use]
    pub fn detail(mut self, ru: impl Into<String>, en: impl Into<String>) -> Self {
        self.detail = Some(Text::owned(ru, en));
        self
    }

    /// Adds the cause for the log.
    #[must_use]
    pub fn cause(mut self, cause: impl ToString) -> Self {
        self.cause = Some(cause.to_string());
        self
    }

    /// Says when to try again.
    #[must_use]
    pub const fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Well-formed but wrong: these fields, all of them.
    pub const fn invalid(fields: Vec<FieldProblem>) -> Self {
        Self { code: Code::Invalid, detail: None, fields, retry_after: None, cause: None }
    }

    /// One wrong field.
    pub fn field(pointer: impl Into<String>, code: &'static str, ru: &str, en: &str) -> Self {
        Self::invalid(vec![FieldProblem::new(pointer, code, Text::owned(ru, en))])
    }

    /// There is no such thing, or the caller may not know that there is.
    pub const fn not_found() -> Self {
        Self::new(Code::NotFound)
    }

    /// What a body names and the caller may not know of is a wrong field, whether it exists or not: the answer to a
    /// path is 404, the answer to a body is 422, and neither tells which.
    #[must_use]
    pub fn in_body(self, pointer: &str) -> Self {
        if self.code != Code::NotFound {
            return self;
        }
        Self {
            cause: self.cause,
            ..Self::field(pointer, "unknown", "Такой записи нет", "There is no such record")
        }
    }

    /// The same refusal of a body that holds what was judged under that pointer.
    #[must_use]
    pub fn under(mut self, pointer: &str) -> Self {
        for field in &mut self.fields {
            field.pointer.insert_str(0, pointer);
        }
        self
    }

    /// Something broke that a caller cannot mend.
    pub fn internal(cause: impl ToString) -> Self {
        Self::new(Code::Internal).cause(cause)
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.code.name())?;
        if let Some(cause) = &self.cause {
            write!(f, ": {cause}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

impl From<Code> for Error {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

impl From<Vec<FieldProblem>> for Error {
    fn from(fields: Vec<FieldProblem>) -> Self {
        Self::invalid(fields)
    }
}
