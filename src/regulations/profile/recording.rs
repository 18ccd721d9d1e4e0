//! Section `recording`: who writes credit books, who confirms documents about training.

use super::macros::{rules, section, vocabulary};
use super::rule::RolesRule;
use crate::authz::Role;
use crate::values::DocumentKind;

section! {
    /// Recording of training (учёт обучения).
    pub struct RecordingProfile {
        /// Who confirms credentials reported by people. Absent: director and deputy of the person's school.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub credential_confirmers: Option<RolesRule>,
        /// Who receives documents handed in at school. Absent: nobody need do so.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub credential_receivers: Option<RolesRule>,
        /// Who writes entries of credit books. Empty: credit books are not used.
        #[schema(max_items = 64)]
        pub credit_book_writers: Vec<CreditBookWriterRule>,
        /// How credit books are opened. Absent: they are not used.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub credit_books: Option<CreditBooksRule>,
        /// The document given on completion by organizers here. Absent: as the provider does.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub completion_document: Option<CompletionDocumentRule>,
    }
}

vocabulary! {
    /// Whose entries a writer may make (чьи записи).
    pub enum RecordScope {
        /// Only of the offering or association the writer leads.
        OwnOffering = "own_offering",
        /// Of everything the writer's organization holds.
        OwnOrganization = "own_organization",
    }

    /// When a credit book exists (открытие зачётной книжки).
    pub enum CreditBookOpening {
        /// On the wish of the teacher (добровольно).
        OnRequest = "on_request",
        /// For every teacher.
        ForEveryone = "for_everyone",
    }

    /// A field of the document on completion (реквизит документа).
    pub enum CompletionDocumentField {
        /// Topic (тематика).
        Topic = "topic",
        /// Academic hours (количество часов).
        Hours = "hours",
        /// First and last day (сроки).
        Dates = "dates",
    }
}

rules! {
    /// A writer of credit-book entries (кто вносит записи).
    pub struct CreditBookWriterRule {
        /// The role; each at most once.
        pub role: Role,
        /// Whose entries.
        pub scope: RecordScope,
    }

    /// Credit books (зачётные книжки).
    pub struct CreditBooksRule {
        /// When a book exists.
        pub opening: CreditBookOpening,
        /// Who issues the books.
        #[schema(min_items = 1, max_items = 64)]
        pub issued_by: Vec<Role>,
    }

    /// The document on completion (документ по завершении).
    pub struct CompletionDocumentRule {
        /// Its kind.
        pub kind: DocumentKind,
        /// What it must say.
        #[schema(min_items = 1, max_items = 64)]
        pub required_fields: Vec<CompletionDocumentField>,
        /// `true`: only when the content is mastered in full. Default: `false`.
        #[serde(default)]
        pub full_completion_only: bool,
        /// Who issues it.
        #[schema(min_items = 1, max_items = 64)]
        pub issued_by: Vec<Role>,
    }
}
