//! The card of a route: its blocks in the order of the regulation.

use super::super::dto::{RouteCardDocument, RouteCardSection, RouteDocumentFact};
use super::super::model::Sources;
use super::super::words::Words;
use super::{day, decisions, fact, head, hours_of, lines, paper_day, paper_name, version_words};
use crate::learning_routes::model::progress;
use crate::regulations::profile::RouteCardBlock;

/// The blocks of a card where the regulation does not name any.
const USUAL_BLOCKS: &[RouteCardBlock] = &[
    RouteCardBlock::Learner,
    RouteCardBlock::Topic,
    RouteCardBlock::Dates,
    RouteCardBlock::Activities,
    RouteCardBlock::Hours,
    RouteCardBlock::Results,
    RouteCardBlock::Updates,
    RouteCardBlock::Approval,
];

/// The card of a route, block by block as its regulation says.
pub fn card(sources: &Sources, words: Words) -> RouteCardDocument {
    let rule = sources.regulation.profile.route.content.card.as_ref();
    let blocks = rule.map_or(USUAL_BLOCKS, |rule| rule.blocks.as_slice());
    RouteCardDocument {
        head: head(sources, words),
        blocks: blocks.iter().map(|block| section(sources, words, *block)).collect(),
    }
}

fn section(sources: &Sources, words: Words, block: RouteCardBlock) -> RouteCardSection {
    let (route, text) = (&sources.draft.route, &sources.draft.note);
    let head = head(sources, words);
    let say = |ru, en| words.say(ru, en);
    let facts: Vec<Option<RouteDocumentFact>> = match block {
        RouteCardBlock::Learner => vec![
            fact(say("Фамилия, имя, отчество", "Name"), Some(head.learner_name)),
            fact(say("Должность", "Post"), head.position),
            fact(say("Организация", "Organization"), Some(head.organization_name)),
        ],
        RouteCardBlock::Topic => vec![
            fact(say("Тема", "Topic"), Some(route.title.clone())),
            fact(say("Цель", "Goal"), text.goal.clone()),
            fact(say("Направления", "Directions"), text.directions.clone()),
        ],
        RouteCardBlock::Dates => {
            vec![fact(
                say("Срок", "Term"),
                Some(format!("{} – {}", day(route.starts_on), day(route.ends_on))),
            )]
        }
        RouteCardBlock::Hours => {
            let progress = progress(&sources.draft.activities);
            vec![
                fact(say("Всего, ч", "Planned, hours"), hours_of(Some(progress.planned_hours))),
                fact(say("Пройдено, ч", "Completed, hours"), hours_of(Some(progress.completed_hours))),
            ]
        }
        RouteCardBlock::Product => vec![fact(say("Продукт", "Product"), text.expected_product.clone())],
        RouteCardBlock::Results => {
            let mut facts =
                vec![fact(say("Ожидаемый результат", "Expected result"), text.expected_result.clone())];
            facts.extend(sources.papers.iter().map(|paper| fact(paper_name(paper), Some(paper_day(paper)))));
            facts
        }
        RouteCardBlock::Updates => sources
            .versions
            .iter()
            .map(|version| fact(day(version.on), Some(version_words(version, words))))
            .collect(),
        RouteCardBlock::Activities | RouteCardBlock::Approval => Vec::new(),
    };
    RouteCardSection {
        block,
        heading: words.block(block),
        facts: facts.into_iter().flatten().collect(),
        lines: if block == RouteCardBlock::Activities { lines(sources, words) } else { Vec::new() },
        decisions: if block == RouteCardBlock::Approval { decisions(sources, words) } else { Vec::new() },
    }
}
