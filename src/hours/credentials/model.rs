//! What a credential is.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::hours::model::credential::{Event, State};
use crate::hours::model::{Credit, Document, DocumentIdentity, Issuer, ProviderFacts, Resemblance};
use crate::planning::outside_learning::model::OutsideRoute;
use crate::values::{DocumentKind, Hours, ProgramKind};

/// What a paper says, and what it is about as far as the system knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialData {
    /// The issuer, if it is known to the system.
    pub issuer_id: Option<Uuid>,
    /// The issuer as the paper names it; may be left empty in a new one when `issuer_id` is given.
    pub issuer_name: String,
    /// Kind of paper.
    pub kind: DocumentKind,
    /// Series.
    pub series: Option<String>,
    /// Number of the form.
    pub number: Option<String>,
    /// Registration number.
    pub registration_number: Option<String>,
    /// The program learnt.
    pub program_id: Option<Uuid>,
    /// The single module learnt.
    pub module_id: Option<Uuid>,
    /// The activity of a route it completes.
    pub activity_id: Option<Uuid>,
    /// Kind of program.
    pub program_kind: Option<ProgramKind>,
    /// Title of the program or topic.
    pub title: String,
    /// Academic hours.
    pub hours: Hours,
    /// Credits what was learnt elsewhere: not summed again.
    pub credited: bool,
    /// First day of learning.
    pub started_on: Option<NaiveDate>,
    /// Last day of learning.
    pub completed_on: Option<NaiveDate>,
    /// Day of issue.
    pub issued_on: NaiveDate,
}

impl CredentialData {
    /// The paper; two papers of one issuer are compared by its id where the system knows it.
    pub fn document(&self) -> Document {
        let named = || Issuer::Named(self.issuer_name.clone());
        self.document_of(self.issuer_id.map_or_else(named, Issuer::Known))
    }

    fn document_of(&self, issuer: Issuer) -> Document {
        Document {
            kind: self.kind,
            issuer,
            series: self.series.clone(),
            number: self.number.clone(),
            registration_number: self.registration_number.clone(),
            title: Some(self.title.clone()),
        }
    }

    /// The identity of the paper (design §6.4).
    pub fn identity(&self) -> DocumentIdentity {
        DocumentIdentity::of(&self.document(), Some(self.issued_on))
    }

    /// Whether both are one paper. People name the issuer in words where a provider names it by id, so the words
    /// are compared as well.
    pub fn is_same_paper(&self, other: &Self) -> bool {
        self.identity().is_same_paper(&other.identity()) || self.by_name().is_same_paper(&other.by_name())
    }

    /// Whether a file that brings this paper again says what is recorded: the same paper about the same learning. What a
    /// file does not say is not compared.
    pub fn says_the_same(&self, file: &Self) -> bool {
        let unsaid_or_same = |said: Option<NaiveDate>, known| said.is_none() || said == known;
        self.is_same_paper(file)
            && self.title == file.title
            && self.hours == file.hours
            && self.issued_on == file.issued_on
            && unsaid_or_same(file.started_on, self.started_on)
            && unsaid_or_same(file.completed_on, self.completed_on)
            && (file.program_kind.is_none() || file.program_kind == self.program_kind)
    }

    /// What this paper shares with one of another kind; issuers are compared as for the same paper.
    pub fn resembles(&self, other: &Self) -> Option<Resemblance> {
        // Papers of one kind are the same or are two.
        if self.kind == other.kind {
            return None;
        }
        self.identity().resembles(&other.identity()).or_else(|| self.by_name().resembles(&other.by_name()))
    }

    fn by_name(&self) -> DocumentIdentity {
        DocumentIdentity::of(&self.document_of(Issuer::Named(self.issuer_name.clone())), Some(self.issued_on))
    }

    /// What the paper would credit.
    pub fn claim(&self, id: Uuid, provider: Arc<ProviderFacts>, recorded_at: DateTime<Utc>) -> Credit {
        Credit {
            id,
            hours: self.hours,
            started_on: self.started_on,
            completed_on: self.completed_on,
            issued_on: Some(self.issued_on),
            document: self.document(),
            program_kind: self.program_kind,
            credited: self.credited,
            provider,
            recorded_at,
        }
    }
}

/// A paper about to be recorded.
#[derive(Debug, Clone)]
pub struct NewCredential {
    /// Whose it is.
    pub person_id: Uuid,
    /// The enrollment it certifies.
    pub enrollment_id: Option<Uuid>,
    /// What it says.
    pub data: CredentialData,
    /// Where a loaded paper came from.
    pub external: Option<External>,
    /// What allowed the learning outside the route; one at most.
    pub outside_route: Vec<OutsideRoute>,
}

/// The identifier of a loaded paper in the system it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct External {
    /// The system.
    pub source: String,
    /// The identifier there.
    pub id: String,
}

/// Who brought a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The issuer.
    Provider,
    /// The person.
    Person,
    /// An import.
    Import,
}

impl Origin {
    /// Every origin.
    pub const ALL: [Self; 3] = [Self::Provider, Self::Person, Self::Import];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Person => "person",
            Self::Import => "import",
        }
    }

    /// The origin of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.as_str() == name)
    }
}

/// A recorded paper.
#[derive(Debug, Clone)]
pub struct Credential {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// Whose it is.
    pub person_id: Uuid,
    /// What it says.
    pub data: CredentialData,
    /// Who brought it.
    pub origin: Origin,
    /// Where it stands.
    pub state: State,
    /// Why it was disputed, refused or annulled.
    pub reason: Option<String>,
    /// The account that recorded it.
    pub recorded_by: Uuid,
    /// The account that took the last decision.
    pub decided_by: Option<Uuid>,
    /// When the last decision was taken.
    pub decided_at: Option<DateTime<Utc>>,
    /// Where a loaded paper came from.
    pub external: Option<External>,
    /// Row version.
    pub version: i64,
    /// When it was recorded.
    pub created_at: DateTime<Utc>,
}

/// A paper that stands beside another and may be the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Warning {
    /// The paper that is warned of.
    pub of: Uuid,
    /// The other one.
    pub other: Uuid,
    /// Its kind.
    pub kind: DocumentKind,
    /// What both share.
    pub shared: Resemblance,
}

/// The warnings for each of the papers, from the standing papers of the same people that share a mark with any.
pub fn warnings(papers: &[Credential], alike: &[Credential]) -> Vec<Warning> {
    let mut of_person: HashMap<Uuid, Vec<&Credential>> = HashMap::new();
    for paper in alike {
        of_person.entry(paper.person_id).or_default().push(paper);
    }
    let of = |paper: &Credential, other: &Credential| {
        let shared = paper.data.resembles(&other.data)?;
        Some(Warning { of: paper.id, other: other.id, kind: other.data.kind, shared })
    };
    // What is out is no danger to the ledger.
    let papers = papers.iter().filter(|paper| !matches!(paper.state, State::Refused | State::Annulled));
    papers
        .flat_map(|paper| {
            let others = of_person.get(&paper.person_id).into_iter().flatten();
            others.filter_map(move |other| of(paper, other))
        })
        .collect()
}

/// What may be decided on a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Accept it into the ledger.
    Confirm,
    /// Doubt it.
    Dispute,
    /// Do not accept it.
    Refuse,
    /// Take it out of the ledger again.
    Annul,
}

impl Decision {
    /// Every decision.
    pub const ALL: [Self; 4] = [Self::Confirm, Self::Dispute, Self::Refuse, Self::Annul];

    /// The event of the machine.
    pub fn event(self, reason: Option<&str>) -> Event {
        let reason = reason.unwrap_or_default().to_owned();
        match self {
            Self::Confirm => Event::Confirm,
            Self::Dispute => Event::Dispute { reason },
            Self::Refuse => Event::Refuse { reason },
            Self::Annul => Event::Annul { reason },
        }
    }
}
