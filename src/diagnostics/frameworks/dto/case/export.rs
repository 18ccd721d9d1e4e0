//! A framework as a CASE package.

use uuid::Uuid;

use super::{CaseAssociation, CaseDocument, CaseItem, CaseLink, CasePackage};
use crate::diagnostics::PublicationState;
use crate::diagnostics::frameworks::model::Competency;
use crate::diagnostics::frameworks::service::FrameworkTree;

const CHILD: &str = "isChildOf";

fn uri(known: Option<&String>, identifier: Uuid) -> String {
    known.cloned().unwrap_or_else(|| format!("urn:uuid:{identifier}"))
}

fn link(row: &Competency) -> CaseLink {
    let identifier = row.item.identifier.unwrap_or(row.id);
    CaseLink { title: row.item.title.clone(), identifier, uri: uri(row.item.uri.as_ref(), identifier) }
}

impl From<FrameworkTree> for CasePackage {
    fn from(tree: FrameworkTree) -> Self {
        let (framework, rows) = (&tree.framework, &tree.competencies);
        let identifier = framework.data.identifier.unwrap_or(framework.id);
        let at = framework.changed_at;
        let root = CaseLink {
            title: framework.data.title.clone(),
            identifier,
            uri: uri(framework.data.uri.as_ref(), identifier),
        };
        let parent = |row: &Competency| rows.iter().find(|above| Some(above.id) == row.parent_id);
        // The tree has no identifiers of its own: that of the child, turned by its parent, is the same every time.
        let children = (0_i32..).zip(rows).map(|(place, row)| {
            let (origin, destination) = (link(row), parent(row).map_or_else(|| root.clone(), link));
            let identifier = Uuid::from_u128(origin.identifier.as_u128() ^ destination.identifier.as_u128());
            CaseAssociation {
                identifier,
                uri: uri(None, identifier),
                association_type: CHILD.to_owned(),
                sequence_number: Some(place),
                origin,
                destination,
                notes: None,
                last_change_date_time: at,
            }
        });
        let others = tree.associations.iter().map(|one| {
            let origin = rows.iter().find(|row| row.id == one.origin_id);
            CaseAssociation {
                identifier: one.identifier,
                uri: uri(None, one.identifier),
                association_type: one.kind.case_name().to_owned(),
                sequence_number: None,
                origin: origin.map_or_else(|| root.clone(), link),
                destination: CaseLink {
                    title: one.destination_title.clone().unwrap_or_default(),
                    identifier: one.destination_identifier,
                    uri: uri(one.destination_uri.as_ref(), one.destination_identifier),
                },
                notes: one.notes.clone(),
                last_change_date_time: at,
            }
        });
        let associations = children.chain(others).collect();
        let items = rows.iter().map(|row| item(row, at)).collect();
        let adopted = framework.state == PublicationState::Published;
        let document = CaseDocument {
            identifier,
            uri: root.uri.clone(),
            framework_type: Some(framework.data.kind.as_str().to_owned()),
            case_version: Some("1.1".to_owned()),
            creator: framework.data.creator.clone().unwrap_or_else(|| framework.owner_id.to_string()),
            title: framework.data.title.clone(),
            last_change_date_time: at,
            description: framework.data.description.clone(),
            version: Some(framework.data.edition.to_string()),
            adoption_status: Some(if adopted { "Adopted" } else { "Draft" }.to_owned()),
        };
        Self { document, items, associations }
    }
}

fn item(row: &Competency, at: chrono::DateTime<chrono::Utc>) -> CaseItem {
    let place = link(row);
    let code = &row.item.code;
    let (full, short) = match &row.item.description {
        Some(words) => (words.clone(), Some(row.item.title.clone())),
        None => (row.item.title.clone(), None),
    };
    CaseItem {
        identifier: place.identifier,
        uri: place.uri,
        full_statement: full,
        abbreviated_statement: short,
        human_coding_scheme: (*code != place.identifier.to_string()).then(|| code.clone()),
        item_type: row.item.item_type.clone().or_else(|| Some(row.item.kind.as_str().to_owned())),
        notes: row.item.job_function.clone(),
        last_change_date_time: at,
    }
}
