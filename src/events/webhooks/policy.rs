//! Who keeps webhooks.

use crate::authz::Reach::Below;
use crate::authz::Role::{Auditor, Integration, MinistryOfficer, MunicipalOfficer};
use crate::authz::{Cell, Rule, cell};

/// Those who may follow the changes of the circle anyway.
const KEEPING: &[Cell] = &[cell(&[Integration, MinistryOfficer, MunicipalOfficer], Below)];

const READING: &[Cell] = &[cell(&[Integration, MinistryOfficer, MunicipalOfficer, Auditor], Below)];

/// Having a system told of the changes of an organization's circle.
pub static CREATE_WEBHOOK: Rule = Rule::new("create_webhook", KEEPING);

/// Listing webhooks.
pub static LIST_WEBHOOKS: Rule = Rule::new("list_webhooks", READING);

/// Reading one webhook.
pub static GET_WEBHOOK: Rule = Rule::new("get_webhook", READING);

/// Changing where and of what it is told.
pub static UPDATE_WEBHOOK: Rule = Rule::new("update_webhook", KEEPING).seen_by(&GET_WEBHOOK);

/// Letting it rest.
pub static PAUSE_WEBHOOK: Rule = Rule::new("pause_webhook", KEEPING).seen_by(&GET_WEBHOOK);

/// Telling it again, from where it was left.
pub static RESUME_WEBHOOK: Rule = Rule::new("resume_webhook", KEEPING).seen_by(&GET_WEBHOOK);

/// Ending it for good.
pub static DELETE_WEBHOOK: Rule = Rule::new("delete_webhook", KEEPING).seen_by(&GET_WEBHOOK);

/// Giving it a new secret.
pub static ROTATE_WEBHOOK_SECRET: Rule = Rule::new("rotate_webhook_secret", KEEPING).seen_by(&GET_WEBHOOK);

/// Reading what it was told and how that went.
pub static LIST_WEBHOOK_DELIVERIES: Rule =
    Rule::new("list_webhook_deliveries", READING).seen_by(&GET_WEBHOOK);

/// Telling it something once more.
pub static REPLAY_WEBHOOK_DELIVERY: Rule =
    Rule::new("replay_webhook_delivery", KEEPING).seen_by(&GET_WEBHOOK);

/// The end of one that does not answer; the clock's, and no role's.
pub static SWEEP_SILENT_WEBHOOK: Rule = Rule::new("sweep_silent_webhook", &[]);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_WEBHOOK,
    &LIST_WEBHOOKS,
    &GET_WEBHOOK,
    &UPDATE_WEBHOOK,
    &PAUSE_WEBHOOK,
    &RESUME_WEBHOOK,
    &DELETE_WEBHOOK,
    &ROTATE_WEBHOOK_SECRET,
    &LIST_WEBHOOK_DELIVERIES,
    &REPLAY_WEBHOOK_DELIVERY,
];
