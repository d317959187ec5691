//! Works by what they refer to: a [`Crossing`] in, a matrix out.

use super::{Scope, corrected_note, label, scene};
use crate::analyze::Crossing;
use crate::draw::picture::{Matrix, Picture, View};
use crate::draw::plan;
use crate::draw::words::{counted, plural};
use crate::graph::ReferenceGraph;
use crate::model::WorkId;

/// How many columns are shown at most.
const COLUMNS: usize = 12;

/// The matrix of a crossing: the most cited columns, and of the rows that refer to them those that refer to most.
pub fn matrix_picture(graph: &ReferenceGraph, crossing: &Crossing, scope: &Scope) -> Picture {
    let most = crossing.columns.len().min(COLUMNS);
    let columns = plan::fitted(most, scope.plan.page, |columns| {
        matrix_of(graph, crossing, (1, columns), scope)
    });
    let columns = columns_of(&columns).max(most.min(1));
    let rows = crossing.rows.len().min(scope.limit);
    plan::fitted(rows, scope.plan.page, |rows| {
        matrix_of(graph, crossing, (rows, columns), scope)
    })
}

fn columns_of(picture: &Picture) -> usize {
    match &picture.view {
        View::Matrix(matrix) => matrix.columns.len(),
        _ => 0,
    }
}

fn matrix_of(
    graph: &ReferenceGraph,
    crossing: &Crossing,
    (rows, columns): (usize, usize),
    scope: &Scope,
) -> Picture {
    let columns: Vec<WorkId> = crossing
        .columns
        .iter()
        .take(columns)
        .map(|(id, _)| id.clone())
        .collect();
    let rows = fullest(crossing, &columns, rows);
    let ids: Vec<WorkId> = rows.iter().chain(&columns).cloned().collect();
    let mut picture = scene(graph, &ids, &[], scope);
    let place = |id: &WorkId| picture.cards.iter().position(|card| card.id == id.as_str());
    let matrix = Matrix {
        rows: rows.iter().filter_map(place).collect(),
        columns: columns.iter().filter_map(place).collect(),
    };
    picture.links.retain(|link| {
        matrix.rows.contains(&link.citing)
            && matrix.columns.contains(&link.cited)
            && link.citing != link.cited
    });
    picture.notes = notes(crossing, &matrix)
        .into_iter()
        .chain(corrected_note(&picture))
        .collect();
    picture.view = View::Matrix(matrix);
    picture.title = title(graph, crossing);
    picture.subtitle = format!(
        "Columns: {}, the most cited first · a number says in how many passages the work of the row refers to it, all languages added up",
        plural(crossing.kind)
    );
    picture
}

/// The rows that refer to the most of the columns, in their order.
fn fullest(crossing: &Crossing, columns: &[WorkId], limit: usize) -> Vec<WorkId> {
    let filled = |row: &WorkId| {
        crossing
            .cells
            .iter()
            .filter(|cell| cell.citing == *row && columns.contains(&cell.cited))
            .count()
    };
    let mut rows: Vec<(usize, usize)> = crossing
        .rows
        .iter()
        .map(filled)
        .enumerate()
        .filter(|(_, filled)| *filled > 0)
        .collect();
    rows.sort_by_key(|(place, filled)| (std::cmp::Reverse(*filled), *place));
    rows.truncate(limit);
    rows.sort_unstable();
    rows.into_iter()
        .map(|(place, _)| crossing.rows[place].clone())
        .collect()
}

fn notes(crossing: &Crossing, matrix: &Matrix) -> Option<String> {
    let cut =
        |shown: usize, all: usize, noun: &str| (shown < all).then(|| format!("{shown} of {all} {noun}"));
    let rows = cut(matrix.rows.len(), crossing.rows.len(), "works");
    let of_kind = plural(crossing.kind);
    let columns = cut(matrix.columns.len(), crossing.columns.len(), &of_kind);
    let parts: Vec<String> = rows.into_iter().chain(columns).collect();
    (!parts.is_empty()).then(|| format!("{} shown.", parts.join(" and ")))
}

fn title(graph: &ReferenceGraph, crossing: &Crossing) -> String {
    let Some((first, cited)) = crossing.columns.first() else {
        return format!("No work refers to {}", plural(crossing.kind));
    };
    let all = counted(crossing.rows.len(), "work");
    format!("{} is cited most, by {cited} of {all}", label(graph, first))
}
