//! All rules on all stretches; then the longest match wins, and a mention inside another stays only where both refer.

use super::found::Found;
use super::scene::Scene;
use super::{
    acts, addresses, conclusions, council, dated, families, instruments, journal, names, resolutions,
    treaties,
};
use crate::model::{Designation, Document, Kind};
use crate::tables::Tables;

/// The rule that finds a document's own title.
pub(super) const OWN_TITLE: &str = "own-title";

/// The mentions of a document in order of place, the longer before the shorter.
pub(super) fn longest(document: &Document, scenes: &[Scene<'_>], tables: &Tables) -> Vec<Found> {
    let text = document.text.repaired();
    let mut found = families::find(text, tables);
    let further: Vec<Found> = scenes
        .iter()
        .flat_map(|scene| families::further(scene, &found))
        .collect();
    found.extend(further);
    found.extend(council::find(text));
    for scene in scenes {
        found.extend(of_scene(document, scene));
    }
    found.extend(own_title(document, &found));
    let addresses = addresses::find(text, tables);
    found.retain(|f| {
        let near = addresses.partition_point(|(span, _)| span.end <= f.span.start);
        !addresses.get(near).is_some_and(|(span, _)| span.overlaps(f.span))
    });
    found.extend(addresses.into_iter().filter_map(|(_, found)| found));
    families::told_by_journal(&mut found);
    found.sort_by(|a, b| {
        (a.span.start, std::cmp::Reverse(a.span.end), rank(b)).cmp(&(
            b.span.start,
            std::cmp::Reverse(b.span.end),
            rank(a),
        ))
    });
    let formed = found.extract_if(.., |f| f.rule == names::FORMED).collect();
    with_formed(without_overlaps(found, tables), formed)
}

/// A name told by its form alone stands only where nothing else does.
fn with_formed(mut known: Vec<Found>, formed: Vec<Found>) -> Vec<Found> {
    let free = |f: &Found| {
        let near = known.partition_point(|k| k.span.start < f.span.end);
        !known[near.saturating_sub(12)..near]
            .iter()
            .any(|k| k.span.overlaps(f.span))
    };
    let free: Vec<Found> = formed.into_iter().filter(free).collect();
    known.extend(free);
    known.sort_by_key(|f| (f.span.start, std::cmp::Reverse(f.span.end)));
    known
}

fn of_scene(document: &Document, scene: &Scene<'_>) -> Vec<Found> {
    let mut found = acts::find(scene);
    found.extend(journal::find(scene));
    found.extend(treaties::find(scene));
    found.extend(conclusions::find(scene));
    found.extend(instruments::find(scene));
    found.extend(dated::find(scene));
    let communications = names::communications(scene);
    found.extend(names::numbered_titles(scene, &communications));
    found.extend(communications);
    found.extend(names::find(scene));
    let first = document
        .blocks
        .partition_point(|b| b.span.start < scene.span.start);
    let blocks = document.blocks[first..]
        .iter()
        .take_while(|b| b.span.end <= scene.span.end);
    let listed: Vec<Found> = blocks
        .filter_map(|block| conclusions::listed(scene, block))
        .collect();
    // An item that is an act by number is that act and no conclusions.
    let acts: Vec<usize> = found
        .iter()
        .filter(|f| f.kind == Kind::LegalAct)
        .map(|f| f.span.start)
        .collect();
    found.extend(listed.into_iter().filter(|l| !begins_with_act(l, &acts)));
    found.extend(resolutions::find(scene));
    found
}

/// How far into an item its act may begin: behind an issuer ("Rådets afgørelse (FUSP) 2019/797").
const ISSUER: usize = 30;

/// Whether one of the acts, in order of place, stands where the item begins.
fn begins_with_act(listed: &Found, acts: &[usize]) -> bool {
    let first = acts.partition_point(|start| *start < listed.span.start);
    acts.get(first)
        .is_some_and(|start| start - listed.span.start <= ISSUER)
}

/// The subject of the header names the document itself; conclusions and acts in it do so on their own.
fn own_title(document: &Document, found: &[Found]) -> Option<Found> {
    let subject = document.header.subject.as_ref()?;
    let own = |f: &&Found| {
        subject.span.contains(f.span)
            && matches!(
                f.kind,
                Kind::Conclusions | Kind::LegalAct | Kind::CommissionDocument | Kind::CouncilDocument
            )
    };
    let short = (12..300).contains(&subject.span.len());
    (short && !found.iter().any(|f| own(&f))).then(|| {
        Found::new(subject.span, Kind::CouncilDocument, Designation::Words, OWN_TITLE).with_confidence(0.97)
    })
}

/// The surer rule wins where two find the same words.
fn rank(found: &Found) -> u32 {
    (found.confidence * 100.0) as u32
}

/// Keeps what stands beside the last of those kept, in place: in a long document they are many.
fn without_overlaps(mut found: Vec<Found>, tables: &Tables) -> Vec<Found> {
    let mut kept = 0_usize;
    for at in 0..found.len() {
        let candidate = &found[at];
        let mut outer = found[kept.saturating_sub(12)..kept]
            .iter()
            .filter(|k| k.span.overlaps(candidate.span));
        if outer.all(|k| {
            may_hold(k, candidate) && !(k.kind == Kind::Conclusions && is_subject(candidate, tables))
        }) {
            found.swap(kept, at);
            kept += 1;
        }
    }
    found.truncate(kept);
    found
}

/// Whether a name is one that serves as the subject of conclusions ("the EU's cyber posture").
fn is_subject(found: &Found, tables: &Tables) -> bool {
    let row = |id: &crate::model::WorkId| tables.instruments.iter().find(|row| row.id == *id);
    matches!(&found.designation, Designation::Identified(id) if row(id).is_some_and(|r| r.subject))
}

/// Whether both may stand: conclusions on an instrument and the instrument, a communication and the strategy it sets
/// out, the guidelines of a toolbox and the toolbox. Two of a kind never share their words, but for the articles between
/// the ends of a range: they share its dash.
fn may_hold(outer: &Found, inner: &Found) -> bool {
    match (outer.kind, inner.kind) {
        _ if outer.span == inner.span && outer.designation == inner.designation => false,
        (Kind::Conclusions, Kind::Conclusions) => {
            outer.rule == "conclusions-listed"
                && matches!(&inner.designation, Designation::Conclusions { date: Some(_), .. })
        }
        (Kind::Conclusions | Kind::CommissionDocument, _) => true,
        (Kind::Treaty, Kind::Treaty) => outer.span == inner.span,
        _ if outer.rule == OWN_TITLE => true,
        (Kind::Instrument, Kind::Instrument) => {
            outer.rule == "instrument-name" && inner.rule == "instrument-name" && outer.span != inner.span
        }
        _ => false,
    }
}
