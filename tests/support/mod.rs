//! What integration tests share. A test binary takes it with `#[path = "../support/mod.rs"] mod support;`.
#![allow(
    clippy::allow_attributes,
    dead_code,
    unused_imports,
    unreachable_pub,
    reason = "every test binary uses another part of it, so none may be expected to be unused"
)]

pub mod app;
pub mod build_account;
pub mod build_after_course;
pub mod build_approvals;
pub mod build_books;
pub mod build_cards;
pub mod build_diagnostics;
pub mod build_directory;
pub mod build_events;
pub mod build_following;
pub mod build_frdo;
pub mod build_grozny;
pub mod build_guidance;
pub mod build_hours;
pub mod build_imports;
pub mod build_kinds;
pub mod build_monitoring;
pub mod build_orders;
pub mod build_plans;
pub mod build_proposals;
pub mod build_registry;
pub mod build_regulations;
pub mod build_requests;
pub mod build_reviews;
pub mod build_revisions;
pub mod build_routes;
pub mod build_training;
pub mod build_webhooks;
pub mod changes;
pub mod client;
pub mod database;
pub mod folder;
pub mod golden;
pub mod held;
pub mod issuer;
pub mod owner;
pub mod pdf_text;
pub mod positive;
pub mod regulated_training;
pub mod world;

pub use app::TestApp;
pub use client::{Answer, Client};
pub use database::TestDatabase;
pub use folder::TestFolder;
pub use issuer::TestIssuer;

// As in the program: a server is started for nearly every test, and that is mostly allocating.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
