//! Everything that documents about a route are made of.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::approvals::model::{Act, DecisionKind};
use crate::authz::Role;
use crate::diagnostics::deficits::model::DeficitState;
use crate::error::Text;
use crate::learning_routes::cards::model::ApprovedCard;
use crate::learning_routes::model::RouteDraft;
use crate::learning_routes::versions::model::VersionCause;
use crate::regulations::model::BindingRegulation;
use crate::regulations::profile::{ApprovalSubjectKind, ControlKind, ControlObject};

/// A difficulty of the learner.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The deficit.
    pub id: Uuid,
    /// Its competency.
    pub title: String,
    /// Where it stands.
    pub state: DeficitState,
    /// The day it was found.
    pub on: NaiveDate,
}

/// A result of diagnostics, a need, an act, or a paper about training.
#[derive(Debug, Clone)]
pub struct Paper {
    /// The record.
    pub id: Uuid,
    /// Title.
    pub title: String,
    /// Its number.
    pub number: Option<String>,
    /// Its day.
    pub on: Option<NaiveDate>,
}

/// A control of the route's fulfilment.
#[derive(Debug, Clone)]
pub struct Control {
    /// Which: preliminary, ongoing or final.
    pub kind: ControlKind,
    /// Of what.
    pub object: ControlObject,
    /// When it is due.
    pub planned_on: NaiveDate,
    /// When it was done.
    pub done_on: Option<NaiveDate>,
    /// What it found.
    pub finding: Option<String>,
}

/// A report on a stage.
#[derive(Debug, Clone)]
pub struct Report {
    /// The stage.
    pub stage_id: Uuid,
    /// Its title.
    pub title: String,
    /// The form of the report.
    pub form: String,
    /// The day it was handed in.
    pub on: NaiveDate,
}

/// A hearing of interim results.
#[derive(Debug, Clone)]
pub struct Heard {
    /// The council.
    pub council: Text,
    /// Number of the minutes.
    pub protocol_number: Option<String>,
    /// The day.
    pub on: NaiveDate,
}

/// A version of the route.
#[derive(Debug, Clone)]
pub struct Version {
    /// Its number.
    pub number: i32,
    /// Why it was taken.
    pub cause: VersionCause,
    /// Words.
    pub note: Option<String>,
    /// The day.
    pub on: NaiveDate,
}

/// A decision of the chain.
#[derive(Debug, Clone)]
pub struct Decided {
    /// The request it was taken on.
    pub request_id: Uuid,
    /// What was decided.
    pub kind: DecisionKind,
    /// As what.
    pub role: Option<Role>,
    /// By whom.
    pub person_id: Option<Uuid>,
    /// The day.
    pub on: NaiveDate,
    /// The act.
    pub act: Option<Act>,
}

/// A route with everything that documents name beside it.
pub struct Sources {
    /// The route.
    pub draft: RouteDraft,
    /// Its regulation.
    pub regulation: BindingRegulation,
    /// The learner's post.
    pub position: Option<String>,
    /// Today.
    pub today: NaiveDate,
    /// Names of people.
    pub people: HashMap<Uuid, String>,
    /// Names of organizations.
    pub places: HashMap<Uuid, String>,
    /// The needs that it answers.
    pub needs: Vec<Paper>,
    /// Difficulties of the learner.
    pub difficulties: Vec<Finding>,
    /// Results of diagnostics of the learner.
    pub results: Vec<Paper>,
    /// Papers of the route's activities, and those handed in with its growth cards.
    pub papers: Vec<Paper>,
    /// Acts about the working group of the route.
    pub acts: Vec<Paper>,
    /// Controls of its fulfilment.
    pub controls: Vec<Control>,
    /// Reports on its stages.
    pub reports: Vec<Report>,
    /// Hearings of its interim results.
    pub heard: Vec<Heard>,
    /// Its growth cards: first day of the period, and the day they were handed in.
    pub growth_cards: Vec<(NaiveDate, NaiveDate)>,
    /// Versions of the route.
    pub versions: Vec<Version>,
    /// Its cards that were approved, newest first.
    pub cards: Vec<ApprovedCard>,
    /// Decisions of its newest request; on the card also those of the card that is approved as the route is now (P3-22).
    pub decided: Vec<Decided>,
}

impl Sources {
    /// What is approved when the card is: the card itself where the regulation has a chain for it (P3-22), else the route.
    pub fn card_subject(&self) -> ApprovalSubjectKind {
        match self.regulation.profile.chains.get(ApprovalSubjectKind::RouteCard) {
            Some(_) => ApprovalSubjectKind::RouteCard,
            None => ApprovalSubjectKind::Route,
        }
    }
}
