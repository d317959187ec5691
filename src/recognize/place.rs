//! From what the rules found to mentions: where each stands, its relation, the footnote it calls or stands in, and the
//! mentions that give its number.

use std::collections::HashMap;

use super::found::Found;
use super::identity::{Identity, in_furniture};
use super::lexicon::{Hit, Word};
use super::links::{self, Linked};
use super::phrase::ends_sentence;
use super::relations::{self, Governed};
use super::scene::Scene;
use crate::model::{
    Block, Clue, Designation, Document, Kind, Mention, PartialDate, Passage, Relation, Role, Sign, Span,
};

/// How much text around a mention its snippet shows, in bytes on either side.
const AROUND: usize = 110;

/// A mention on its way to its place.
pub(super) struct Placed {
    /// Its span in the repaired text.
    pub span: Span,
    /// The end of the whole phrase.
    reach: usize,
    /// The footnote it stands in, by place among those of the document.
    in_note: Option<usize>,
    /// The footnote it calls.
    calls_note: Option<usize>,
    /// The relation of the act in whose title it stands ("Regulation (EU) 2019/881 on ENISA and repealing Regulation ..."):
    /// a note behind the title is of that act.
    titled: Option<Relation>,
    pub mention: Mention,
}

/// The act in whose title others are amended or repealed.
#[derive(Default)]
struct Titles<'a> {
    act: Option<(&'a Found, Governed)>,
}

impl<'a> Titles<'a> {
    /// The relation of the act that is open where a changed one stands; any other act opens a title of its own.
    fn around(&mut self, scene: &Scene<'_>, (found, governed): (&'a Found, Governed)) -> Option<Relation> {
        if !is_change(governed) {
            if found.kind == Kind::LegalAct {
                self.act = Some((found, governed));
            }
            return None;
        }
        self.open(scene, found.span.start)
            .map(|governed| governed.relation)
    }

    /// The relation of a name: in a bracket behind the last act of a title it is that of the act which bears the title.
    fn named(
        &self,
        scene: &Scene<'_>,
        (found, governed): (&Found, Governed),
        last: Option<(&Found, Governed)>,
    ) -> Governed {
        let behind = last.filter(|(act, relation)| {
            is_change(*relation) && scene.between(act.span.end, found.span.start).trim() == "("
        });
        match behind.and_then(|_| self.open(scene, found.span.start)) {
            Some(title) if found.kind == Kind::Instrument => title,
            _ => governed,
        }
    }

    fn open(&self, scene: &Scene<'_>, at: usize) -> Option<Governed> {
        let (act, governed) = self.act?;
        let gap = scene.between(act.span.end, at);
        (act.span.end <= at && gap.len() < TITLE && !gap.contains([';', '\n']) && !ends_sentence(gap))
            .then_some(governed)
    }
}

/// The title of an act is no longer than this many bytes.
const TITLE: usize = 1000;

fn is_change(governed: Governed) -> bool {
    matches!(governed.relation, Relation::Amends | Relation::Repeals)
}

/// The mentions of a document in order of place in the original.
pub(super) fn mentions(
    document: &Document,
    scenes: &[Scene<'_>],
    (found, links): (&[Found], &[Linked<'_>]),
    identity: &Identity,
) -> Vec<Mention> {
    let mut placed: Vec<Placed> = Vec::with_capacity(found.len());
    let mut last: Option<(&Found, Governed)> = None;
    let mut titles = Titles::default();
    for (at, this) in found.iter().enumerate() {
        let Some((scene, block)) = context(document, scenes, this.span.start) else {
            continue;
        };
        let following = found.get(at + 1..).unwrap_or_default();
        let governed = own_relation(document, identity, this, block)
            .map(Governed::by_place)
            .unwrap_or_else(|| relations::relation(scene, block, (this, following), last));
        let governed = titles.named(scene, (this, governed), last);
        let mut placing = place(document, scene, block, (this, governed));
        placing.titled = titles.around(scene, (this, governed));
        placed.push(placing);
        // What stands inside a mention, as its topic, is no member of a list.
        if last.is_none_or(|(outer, _)| this.span.end > outer.reach) {
            last = Some((this, governed));
        }
    }
    inherit_from_calls(document, &mut placed);
    identify(document, &mut placed);
    links::attach(links, &mut placed);
    let mut mentions: Vec<Mention> = in_order(placed).into_iter().map(|p| p.mention).collect();
    mentions.extend(running_feet(document, identity));
    mentions
}

fn context<'a>(
    document: &'a Document,
    scenes: &'a [Scene<'a>],
    at: usize,
) -> Option<(&'a Scene<'a>, &'a Block)> {
    let block = document
        .blocks
        .partition_point(|b| b.span.start <= at)
        .checked_sub(1)?;
    let scene = scenes.partition_point(|s| s.span.start <= at).checked_sub(1)?;
    Some((&scenes[scene], &document.blocks[block]))
}

/// Self and previous document are told by place and identity, not by words.
fn own_relation(document: &Document, identity: &Identity, found: &Found, block: &Block) -> Option<Relation> {
    let header = &document.header;
    // The version of a number may stand on the next line, outside the field.
    let start = Span::new(found.span.start, found.span.start + 1);
    let within = |field: &Option<crate::model::Field>| field.as_ref().is_some_and(|f| f.span.contains(start));
    if within(&header.previous) || within(&header.commission_document) {
        return Some(Relation::PreviousDocument);
    }
    let in_subject = within(&header.subject)
        && matches!(&found.designation, Designation::Conclusions { topic, date, .. } if topic.is_some() || date.is_some());
    if found.rule == super::select::OWN_TITLE || identity.is_titled(found) {
        return Some(Relation::Itself);
    }
    let governed = block.governor.is_some() && block.role == Role::Item;
    // Whether that of the Commission is the document's own, its head tells.
    let numbered = within(&header.number) && found.kind != Kind::CommissionDocument;
    (in_subject || numbered || (identity.is_named_by(found) && !governed)).then_some(Relation::Itself)
}

fn place(
    document: &Document,
    scene: &Scene<'_>,
    block: &Block,
    (found, governed): (&Found, Governed),
) -> Placed {
    let notes = &document.footnotes;
    let in_note = match block.role {
        Role::Note(_) => Some(notes.partition_point(|n| n.note.start < block.span.start)),
        _ => None,
    };
    // An item may run on to other calls: its own is the first.
    let call = || {
        scene
            .call_at(found.span.end)
            .or_else(|| scene.call_at(found.reach))
    };
    let calls_note = if in_note.is_none() { call() } else { None };
    let number = |note: Option<usize>| note.and_then(|n| notes.get(n)).map(|n| n.number);
    let mut mention = mention(document, scene, block, (found, governed));
    mention.in_note = number(in_note);
    mention.calls_note = number(calls_note);
    Placed {
        span: found.span,
        reach: found.reach,
        in_note,
        calls_note,
        titled: None,
        mention,
    }
}

fn mention(
    document: &Document,
    scene: &Scene<'_>,
    block: &Block,
    (found, governed): (&Found, Governed),
) -> Mention {
    Mention {
        passage: passage(document, block, found.span),
        language: scene.language,
        kind: found.kind,
        designation: with_names(scene, found),
        relation: governed.relation,
        dated: date_beside(scene, found),
        pinpoint: found.pinpoint.clone(),
        in_note: None,
        calls_note: None,
        identified_by: Vec::new(),
        link: None,
        clues: clues(document, scene, (found, governed.cue)),
        rule: found.rule.clone(),
        confidence: found.confidence,
    }
}

/// What the mention and its relation were told by, in the original.
fn clues(document: &Document, scene: &Scene<'_>, (found, cue): (&Found, Option<Span>)) -> Vec<Clue> {
    let cue = cue.map(|span| (Sign::Cue, span));
    let told = found.clues.iter().copied().chain(cue);
    told.map(|(sign, span)| clue(document, scene, (sign, span)))
        .collect()
}

fn clue(document: &Document, scene: &Scene<'_>, (sign, repaired): (Sign, Span)) -> Clue {
    let span = document.text.to_original(repaired);
    let wanted = |h: &&Hit| {
        h.span == repaired && matches!(h.word, Word::Cue(_) | Word::CueAfter(_)) == (sign == Sign::Cue)
    };
    let words = scene
        .words_from(repaired.start)
        .iter()
        .take_while(|h| h.span.start == repaired.start);
    Clue {
        sign,
        span,
        line: document.text.line(span.start),
        text: document.text.original()[span.start..span.end].to_owned(),
        list: words.filter(wanted).map(|h| h.word.list().into()).next(),
    }
}

/// Fills in the instruments that the topic of conclusions names.
fn with_names(scene: &Scene<'_>, found: &Found) -> Designation {
    let mut designation = found.designation.clone();
    if let Designation::Conclusions {
        about,
        topic: Some(_),
        ..
    } = &mut designation
    {
        *about = scene.names_in(Span::new(found.span.start, found.reach + 1));
    }
    designation
}

fn date_beside(scene: &Scene<'_>, found: &Found) -> Option<PartialDate> {
    if !matches!(found.kind, Kind::Instrument | Kind::CommissionDocument) {
        return None;
    }
    let date = scene.dates_ahead(found.span.end, 40).into_iter().next()?;
    let beside = date.span.start > found.span.end && scene.links(found.span.end, date.span.start);
    beside.then_some(date.date)
}

fn passage(document: &Document, block: &Block, span: Span) -> Passage {
    let original = document.text.to_original(span);
    let text = &document.text.original()[original.start..original.end];
    Passage {
        span: original,
        line: document.text.line(original.start),
        page: document.text.page(original.start),
        text: text.to_owned(),
        snippet: snippet(document.text.repaired(), block.span, span),
        paragraph: block.number.clone(),
    }
}

/// The words around a span, inside its block, cut at blanks.
fn snippet(text: &str, block: Span, span: Span) -> String {
    let limit = block.end.max(span.end);
    let from = text
        .floor_char_boundary(span.start.saturating_sub(AROUND))
        .max(block.start.min(span.start));
    let until = text
        .floor_char_boundary((span.end + AROUND).min(text.len()))
        .min(limit);
    let start = if from <= block.start {
        from
    } else {
        text[from..span.start]
            .find(' ')
            .map_or(span.start, |i| from + i + 1)
    };
    let end = if until == limit {
        until
    } else {
        text[span.end..until]
            .rfind(' ')
            .map_or(span.end, |i| span.end + i)
    };
    let mut snippet = String::with_capacity(end - start + 8);
    if start > block.start {
        snippet.push_str("… ");
    }
    // Repaired text has single blanks only.
    snippet.push_str(text[start..end].trim());
    if end < limit {
        snippet.push_str(" …");
    }
    snippet
}

/// A footnote has the relation of what calls it; where the call hangs on words behind a mention, of that mention.
fn inherit_from_calls(document: &Document, placed: &mut [Placed]) {
    let mut calling: HashMap<usize, Relation> = HashMap::new();
    for caller in placed.iter() {
        if let Some(note) = caller.calls_note {
            calling
                .entry(note)
                .or_insert(caller.titled.unwrap_or(caller.mention.relation));
        }
    }
    for (note, footnote) in document.footnotes.iter().enumerate() {
        if let Some(relation) = footnote
            .call
            .and_then(|call| relation_before(document, placed, call))
        {
            calling.entry(note).or_insert(relation);
        }
    }
    for placed in placed
        .iter_mut()
        .filter(|p| p.mention.relation == Relation::Cites)
    {
        if let Some(relation) = placed.in_note.and_then(|note| calling.get(&note)) {
            placed.mention.relation = *relation;
        }
    }
}

/// The relation of the last mention before a call, in the same block.
fn relation_before(document: &Document, placed: &[Placed], call: usize) -> Option<Relation> {
    let last = placed.partition_point(|p| p.span.start < call).checked_sub(1)?;
    let block = document
        .blocks
        .partition_point(|b| b.span.start <= call)
        .checked_sub(1)?;
    (placed[last].span.start >= document.blocks[block].span.start)
        .then_some(placed[last].titled.unwrap_or(placed[last].mention.relation))
}

/// Links each mention to those that give its number: in the note it calls, or in a bracket right behind it.
fn identify(document: &Document, placed: &mut [Placed]) {
    let mut in_notes: Vec<(usize, usize)> = placed
        .iter()
        .enumerate()
        .filter_map(|(i, p)| p.in_note.filter(|_| gives_number(&p.mention)).map(|n| (n, i)))
        .collect();
    in_notes.sort_unstable();
    let brackets: Vec<(usize, usize)> = (1..placed.len())
        .filter_map(|i| bracketed(document, placed, i))
        .collect();
    for placed in placed.iter_mut() {
        if let Some(note) = placed.calls_note {
            let first = in_notes.partition_point(|(n, _)| *n < note);
            placed.mention.identified_by = in_notes[first..]
                .iter()
                .take_while(|(n, _)| *n == note)
                .map(|(_, i)| *i)
                .collect();
        }
    }
    for case in 1..placed.len() {
        if is_reported(document, placed, case) {
            placed[case - 1].mention.identified_by.push(case);
        }
    }
    for (named, number) in brackets {
        let named = owner(placed, named, number);
        if is_proposal_to_change(&placed[named].mention, &placed[number].mention) {
            continue;
        }
        placed[named].mention.identified_by.push(number);
        let relation = placed[named].mention.relation;
        if relation != Relation::Itself {
            in_bracket(document, placed, number).for_each(|i| placed[i].mention.relation = relation);
        }
    }
}

/// How many mentions back the act may stand in whose title others are amended.
const TITLED: usize = 8;

/// Whose place of publication a bracket gives: behind the title of an act that amends others, that of the act, unless it has
/// one already ("Decision (CFSP) 2020/651 amending Decision (CFSP) 2019/797 (OJ L 153, 15.5.2020, p. 4)").
fn owner(placed: &[Placed], named: usize, number: usize) -> usize {
    let published = |i: usize| placed[i].mention.kind == Kind::OfficialJournal;
    if !published(number) || placed[named].titled.is_none() {
        return named;
    }
    let own = |j: &usize| placed[*j].mention.kind == Kind::LegalAct && placed[*j].titled.is_none();
    let act = (named.saturating_sub(TITLED)..named).rev().find(own);
    let open = |j: &usize| !placed[*j].mention.identified_by.iter().any(|i| published(*i));
    act.filter(open).unwrap_or(named)
}

/// "proposal for a regulation amending Regulation (EU) 2015/848 (COM(2017)0422)", "adopted a decision amending Decision
/// 2001/822/EC (8423/05)": the number is that of what changes the act, and not of the act.
fn is_proposal_to_change(act: &Mention, number: &Mention) -> bool {
    matches!(act.relation, Relation::Amends | Relation::Repeals)
        && matches!(
            number.kind,
            Kind::CommissionDocument | Kind::CouncilDocument | Kind::Procedure
        )
}

/// How far behind a case its identifier in the reports may stand: the names of the parties come between.
const PARTIES: usize = 160;

/// Whether the mention at `i` is the ECLI or the place in the reports of the case before it ("C-311/18, Facebook Ireland and
/// Schrems, EU:C:2020:559").
fn is_reported(document: &Document, placed: &[Placed], i: usize) -> bool {
    let by = |placed: &Placed, numbered: bool| match &placed.mention.designation {
        Designation::Identified(id) => {
            placed.mention.kind == Kind::Case && id.as_str().starts_with("CASE-") == numbered
        }
        _ => false,
    };
    let text = document.text.repaired();
    let gap = text.get(placed[i - 1].span.end..placed[i].span.start);
    by(&placed[i - 1], true)
        && by(&placed[i], false)
        && gap.is_some_and(|gap| gap.len() <= PARTIES && !gap.contains([';', '\n']))
}

/// A number in a bracket and the versions named with it ("10474/17 + COR 1") that have no relation of their own yet.
fn in_bracket(document: &Document, placed: &[Placed], first: usize) -> std::vec::IntoIter<usize> {
    let text = document.text.repaired();
    let together = |i: &usize| {
        text.get(placed[first].span.end..placed[*i].span.start)
            .is_some_and(|gap| !gap.contains([')', '\n']))
    };
    let rest = (first + 1..placed.len()).take_while(together);
    let open = |i: &usize| placed[*i].mention.relation == Relation::Cites;
    std::iter::once(first)
        .chain(rest)
        .filter(open)
        .collect::<Vec<_>>()
        .into_iter()
}

fn gives_number(mention: &Mention) -> bool {
    !matches!(mention.kind, Kind::Instrument | Kind::Treaty)
        && !matches!(mention.designation, Designation::Words | Designation::Back(_))
}

/// Whether the mention at `i` stands in a bracket right behind an earlier one ("Toolbox (doc. 10474/17)").
fn bracketed(document: &Document, placed: &[Placed], i: usize) -> Option<(usize, usize)> {
    let Placed {
        span: number,
        mention,
        ..
    } = &placed[i];
    if !gives_number(mention) || mention.kind == Kind::Conclusions {
        return None;
    }
    let text = document.text.repaired();
    let fits = |j: &usize| -> bool {
        let other = &placed[*j].mention;
        let gap = text.get(placed[*j].reach..number.start).unwrap_or("\n");
        let gap = if other.kind == Kind::Conclusions || other.dated.is_some() {
            past_topic(gap)
        } else {
            gap
        };
        let inner = gap
            .trim_start_matches([',', ' ', '"', '”'])
            .strip_prefix('(')
            .map(str::trim);
        let word = inner.filter(|i| i.len() <= 12 && !i.contains(' '));
        // "Joint communication of 16 December 2020, JOIN(2020) 18".
        let apposed = other.kind == Kind::CommissionDocument
            && mention.kind == Kind::CommissionDocument
            && matches!(other.designation, Designation::Words)
            && other.rule == super::names::COMMUNICATION
            && matches!(gap, " " | ", ");
        (word.is_some() || apposed) && !gives_council_number(other)
    };
    // Of a name and a name inside it, or inside its phrase, the whole is meant.
    let whole = |j: &usize| {
        let Placed { reach, span, .. } = &placed[*j];
        (*reach, std::cmp::Reverse(span.start), span.len())
    };
    (i.saturating_sub(3)..i)
        .filter(|j| fits(j))
        .max_by_key(whole)
        .map(|j| (j, i))
}

/// The bracket behind the rest of a topic that a comma cut short ("on resilience, deterrence and defence (doc. ..."), or
/// behind the date of a communication.
fn past_topic(gap: &str) -> &str {
    let stops = |(at, c): (usize, char)| match c {
        // The day of a date is an ordinal number: "vom 10. November 2022 (".
        '.' => !gap[..at].ends_with(|c: char| c.is_ascii_digit()),
        c => matches!(c, ';' | ':' | '\n'),
    };
    let bracket = gap
        .find('(')
        .filter(|at| *at < 90 && !gap[..*at].char_indices().any(stops));
    bracket.map_or(gap, |at| &gap[at..])
}

fn gives_council_number(mention: &Mention) -> bool {
    mention.kind == Kind::CouncilDocument
}

/// Sorts by place in the original and lets the links follow.
fn in_order(mut placed: Vec<Placed>) -> Vec<Placed> {
    let place = |placed: &Placed| {
        let span = placed.mention.passage.span;
        (span.start, std::cmp::Reverse(span.end))
    };
    let mut order: Vec<usize> = (0..placed.len()).collect();
    order.sort_by_key(|i| place(&placed[*i]));
    let mut moved = vec![0; placed.len()];
    for (new, old) in order.iter().enumerate() {
        moved[*old] = new;
    }
    for Placed { mention, .. } in &mut placed {
        mention.identified_by.iter_mut().for_each(|i| *i = moved[*i]);
        if let Designation::Back(i) = &mut mention.designation {
            *i = moved[*i];
        }
    }
    placed.sort_by_key(place);
    placed
}

/// The document's own number in running feet: mentions of itself, after all others.
fn running_feet(document: &Document, identity: &Identity) -> Vec<Mention> {
    let own = |id: &crate::model::WorkId| {
        identity
            .number
            .as_ref()
            .is_some_and(|n| n.without_version() == id.without_version())
    };
    in_furniture(document)
        .into_iter()
        .filter(|(_, id)| own(id))
        .map(|(span, id)| foot(document, span, id))
        .collect()
}

fn foot(document: &Document, span: Span, id: crate::model::WorkId) -> Mention {
    let text = document.text.original()[span.start..span.end].to_owned();
    let line = document.text.line(span.start);
    Mention {
        passage: Passage {
            span,
            line,
            page: document.text.page(span.start),
            snippet: text.clone(),
            text,
            paragraph: None,
        },
        language: document.language,
        kind: Kind::CouncilDocument,
        designation: Designation::Identified(id),
        relation: Relation::Itself,
        dated: None,
        pinpoint: None,
        in_note: None,
        calls_note: None,
        identified_by: Vec::new(),
        link: None,
        clues: Vec::new(),
        rule: "running-foot".into(),
        confidence: 0.9,
    }
}
