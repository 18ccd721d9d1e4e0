//! Which rows are loaded together.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

/// The rows in portions of about `size`; rows with a common mark, directly or through other rows, are in one portion
/// and in their order. Those who do not meet go by their marks, so that two files with the same people in another
/// order take hold of them in the same order and never wait for each other in a ring.
pub(super) fn portions<M: Ord + Hash>(marks: &[Vec<M>], size: usize) -> Vec<Vec<usize>> {
    let mut sets = Sets((0..marks.len()).collect());
    let mut first: HashMap<&M, usize> = HashMap::new();
    for (row, marks) in marks.iter().enumerate() {
        for mark in marks {
            let met = *first.entry(mark).or_insert(row);
            sets.join(met, row);
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for row in 0..marks.len() {
        groups.entry(sets.root(row)).or_default().push(row);
    }
    let mut portions: Vec<Vec<usize>> = Vec::new();
    for group in groups.into_values() {
        // Filled up in the order of the file, and sorted when the portion is full.
        match portions.last_mut() {
            Some(last) if last.len() + group.len() <= size => last.extend(group),
            _ => portions.push(group),
        }
    }
    for portion in &mut portions {
        let mut least: HashMap<usize, Option<&M>> = HashMap::new();
        for row in portion.iter() {
            let mark = marks.get(*row).and_then(|marks| marks.iter().min());
            let known = least.entry(sets.root(*row)).or_insert(mark);
            *known = mark.min(*known);
        }
        let mut sorted: Vec<(Option<&M>, usize)> =
            portion.iter().map(|row| (least.get(&sets.root(*row)).copied().flatten(), *row)).collect();
        sorted.sort_unstable();
        *portion = sorted.into_iter().map(|(_, row)| row).collect();
    }
    portions
}

/// Disjoint sets of rows: each row points towards the first row of its set.
struct Sets(Vec<usize>);

impl Sets {
    fn towards(&self, row: usize) -> usize {
        self.0.get(row).copied().unwrap_or(row)
    }

    fn root(&mut self, mut row: usize) -> usize {
        loop {
            let next = self.towards(row);
            if next == row {
                return row;
            }
            let after = self.towards(next);
            self.point(row, after);
            row = after;
        }
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.point(one.max(other), one.min(other));
    }

    fn point(&mut self, row: usize, to: usize) {
        if let Some(place) = self.0.get_mut(row) {
            *place = to;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::portions;

    fn of(marks: &[&str], size: usize) -> Vec<Vec<usize>> {
        let marks: Vec<Vec<String>> =
            marks.iter().map(|marks| marks.split_whitespace().map(str::to_owned).collect()).collect();
        portions(&marks, size)
    }

    #[test]
    fn rows_that_meet_are_together_and_the_others_fill_up() {
        assert_eq!(of(&["a", "b", "a", "c"], 2), [vec![0, 2], vec![1, 3]]);
        assert_eq!(of(&["", "", ""], 2), [vec![0, 1], vec![2]]);
        assert_eq!(of(&["a", "b", "a b", "c"], 2), [vec![0, 1, 2], vec![3]]);
        assert_eq!(of(&["a", "a", "a"], 2), [vec![0, 1, 2]], "those who meet are never parted");
        assert!(of(&[], 2).is_empty());
    }

    #[test]
    fn rows_that_do_not_meet_go_by_their_marks() {
        assert_eq!(of(&["c", "a", "b"], 9), [vec![1, 2, 0]]);
        assert_eq!(of(&["b", "c a", "a", ""], 9), [vec![3, 1, 2, 0]], "those who meet stay in their order");
    }
}
