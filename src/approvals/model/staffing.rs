//! Whether there are people enough: nobody takes two steps of substance in one round.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::chain::{Chain, Position, Step};
use super::guards::took_a_step;
use super::request::Request;
use super::state::State;

/// Why a further step cannot be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortage {
    /// Nobody may take it.
    Nobody,
    /// Whoever may take it is needed at that step, which nobody else could take then.
    NeededAt(Position),
}

/// The steps that each need a person of their own: the chain waits for them, somebody decides at them and no body does,
/// and the submission has not taken them.
pub fn personal_steps<'a>(request: &'a Request, chain: &'a Chain) -> impl Iterator<Item = &'a Step> {
    let personal = |step: &&Step| step.blocking && step.kind.is_of_substance() && !step.group;
    chain.steps().iter().filter(personal).filter(|step| !request.taken().contains(&step.position))
}

/// Whether a further step, which `asked` could take, leaves every other step somebody: in this round, where some have taken
/// a step already, and in a later one, where everything is asked again. A seat that is vacant anyway waits for a successor:
/// that is nothing the further step brings about.
///
/// # Errors
/// There is nobody for it, or a step that would have nobody then.
pub fn leaves_enough(
    request: &Request,
    chain: &Chain,
    asked: &[Uuid],
    holders: impl Fn(&Step) -> Vec<Uuid>,
) -> Result<(), Shortage> {
    for later_round in [false, true] {
        let free = |person: &Uuid| {
            !request.is_own_of(*person) && (later_round || !took_a_step(request, chain, *person))
        };
        let people = |held: Vec<Uuid>| held.into_iter().filter(free).collect::<Vec<Uuid>>();
        let steps: Vec<&Step> = personal_steps(request, chain)
            .filter(|step| later_round || is_to_come(request, chain, step.position))
            .collect();
        let mut candidates: Vec<Vec<Uuid>> = steps.iter().map(|step| people(holders(step))).collect();
        let before = most_staffed(&candidates);
        let asked = people(asked.to_vec());
        if asked.is_empty() {
            return Err(Shortage::Nobody);
        }
        let needs_one =
            |(_, people): &(&&Step, &Vec<Uuid>)| people.iter().any(|person| asked.contains(person));
        let rival = steps.iter().zip(&candidates).find(needs_one).map(|(step, _)| step.position);
        candidates.push(asked);
        if most_staffed(&candidates) == before {
            return Err(rival.map_or(Shortage::Nobody, Shortage::NeededAt));
        }
    }
    Ok(())
}

/// Whether the request has not passed the step in this round.
fn is_to_come(request: &Request, chain: &Chain, position: Position) -> bool {
    matches!(&request.state, State::InReview { step, .. } if !chain.stands_before(position, *step))
}

/// How many of the steps can have a person at most, nobody twice: a maximum matching by augmenting paths. Chains are short.
fn most_staffed(candidates: &[Vec<Uuid>]) -> usize {
    let mut staff = HashMap::new();
    (0..candidates.len()).filter(|step| find_for(*step, candidates, &mut HashSet::new(), &mut staff)).count()
}

/// Finds the step a person; if need be one whom another step can spare.
fn find_for(
    step: usize,
    candidates: &[Vec<Uuid>],
    tried: &mut HashSet<Uuid>,
    staff: &mut HashMap<Uuid, usize>,
) -> bool {
    for person in candidates.get(step).into_iter().flatten() {
        if !tried.insert(*person) {
            continue;
        }
        let spared = match staff.get(person).copied() {
            Some(other) => find_for(other, candidates, tried, staff),
            None => true,
        };
        if spared {
            staff.insert(*person, step);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(numbers: &[u128]) -> Vec<Uuid> {
        numbers.iter().copied().map(Uuid::from_u128).collect()
    }

    #[test]
    fn people_are_moved_where_nobody_else_can_go() {
        let count = |steps: &[&[u128]]| {
            most_staffed(&steps.iter().map(|numbers| people(numbers)).collect::<Vec<_>>())
        };
        assert_eq!(count(&[]), 0);
        assert_eq!(count(&[&[1], &[1]]), 1);
        assert_eq!(count(&[&[1, 2], &[1]]), 2);
        assert_eq!(count(&[&[1, 2], &[2, 3], &[1], &[3, 4]]), 4);
        assert_eq!(count(&[&[1, 2], &[1, 2], &[1, 2]]), 2);
        assert_eq!(count(&[&[], &[4]]), 1);
    }
}
