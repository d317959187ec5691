//! How the document stands to what it refers to, from where the reference stands.

use super::found::Found;
use super::lexicon::{Hit, Word};
use super::phrase::ends_sentence;
use super::scene::{Scene, written_call};
use crate::model::{Block, Kind, Relation, Role, Span};

/// How many words may stand between a cue and what it governs.
const REACH_WORDS: usize = 9;

/// The same for a phrase that opens a paragraph.
const REACH_OF_OPENING: usize = 30;

/// A phrase opens an item if no more than this many bytes stand before it.
const OPENING: usize = 4;

/// A relation and the phrase that sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Governed {
    pub relation: Relation,
    /// None where the place of the mention tells, or nothing does.
    pub cue: Option<Span>,
}

impl Governed {
    /// A relation that no phrase sets.
    pub fn by_place(relation: Relation) -> Self {
        Self { relation, cue: None }
    }

    fn by_cue((cue, relation): (Span, Relation)) -> Self {
        Self {
            relation,
            cue: Some(cue),
        }
    }
}

/// The relation of a mention: of the nearest cue that governs it, else of the one before it in the same list, else of
/// the phrase that introduces its list.
pub(super) fn relation(
    scene: &Scene<'_>,
    block: &Block,
    (found, following): (&Found, &[Found]),
    before: Option<(&Found, Governed)>,
) -> Governed {
    if let Some((_, governed)) = before.filter(|(last, _)| titles(last, found)) {
        return governed;
    }
    if let Some((_, governed)) = before.filter(|(last, _)| nicknames(scene, last, found)) {
        return governed;
    }
    let cue = cue_beside(scene, found)
        .or_else(|| cue_after(scene, found, following))
        .or_else(|| cue_before(scene, block, found));
    if let Some(told) = cue {
        let own = is_of_proposal(told, found, before.map(|(last, _)| last));
        return if own {
            Governed::by_place(Relation::Cites)
        } else {
            Governed::by_cue(told)
        };
    }
    let shares = |(last, governed): &(&Found, Governed)| {
        if holds(last, found) {
            return governed.relation != Relation::Itself;
        }
        let end = end_in_list(scene, last, found.span.start);
        block.span.contains(last.span) && end <= found.span.start && coordinates(scene, end, found.span.start)
    };
    if let Some((last, governed)) = before.filter(shares) {
        let own = governed
            .cue
            .is_some_and(|cue| is_of_proposal((cue, governed.relation), found, Some(last)));
        return if own {
            Governed::by_place(Relation::Cites)
        } else {
            governed
        };
    }
    opening(scene, block, found)
        .or_else(|| governed(scene, block))
        .map_or(Governed::by_place(Relation::Cites), Governed::by_cue)
}

/// Whether a number is that of the proposal which amends the act before it ("a regulation amending Regulation (EU) 2019/1020,
/// COM(2022) 454").
fn is_of_proposal((cue, relation): (Span, Relation), found: &Found, last: Option<&Found>) -> bool {
    matches!(relation, Relation::Amends | Relation::Repeals)
        && matches!(found.kind, Kind::CommissionDocument | Kind::Procedure)
        && last.is_some_and(|last| last.kind == Kind::LegalAct && last.span.start >= cue.end)
}

/// The phrase that opens one of the citations before the recitals, which end in a comma: it governs the whole of it ("– having
/// regard to the joint communication entitled ‘The strategy: an open, safe cyberspace’ (JOIN(2013)0001),").
fn opening(scene: &Scene<'_>, block: &Block, found: &Found) -> Option<(Span, Relation)> {
    let is_citation = scene
        .between(block.span.start, block.span.end)
        .trim_end()
        .ends_with(',');
    let first = scene.words_from(block.span.start).iter();
    let opens =
        first.take_while(|h| h.span.start <= block.span.start + OPENING && h.span.end <= found.span.start);
    let cue = |h: &Hit| matches!(h.word, Word::Cue(Relation::Recalls)).then_some((h.span, Relation::Recalls));
    is_citation.then(|| opens.into_iter().find_map(cue)).flatten()
}

/// Whether a mention stands in the title of the communication before it.
fn titles(last: &Found, found: &Found) -> bool {
    last.kind == Kind::CommissionDocument && holds(last, found)
}

/// Whether a mention is the nickname, in a bracket, of the act or name before it ("Regulation (EU) 2019/881 of 17 April 2019
/// (Cybersecurity Act)").
fn nicknames(scene: &Scene<'_>, last: &Found, found: &Found) -> bool {
    let named = matches!(last.kind, Kind::LegalAct | Kind::Instrument);
    if !named || found.kind != Kind::Instrument {
        return false;
    }
    let end = end_in_list(scene, last, found.span.start);
    let gap = scene.between(end.min(found.span.start), found.span.start);
    matches!(gap.trim(), "(" | "(\"" | "(“" | "(„" | "(«")
}

/// Whether a mention stands inside the phrase of the one before it: the instrument that conclusions are on.
fn holds(last: &Found, found: &Found) -> bool {
    last.span.start < found.span.start && found.span.end <= last.reach
}

/// Where a member of a list ends: with its phrase, an act with its number, and either with its own date ("Decision 2002/475/JHA of
/// 13 June 2002", "the Versailles Declaration of 11 March 2022").
fn end_in_list(scene: &Scene<'_>, last: &Found, next: usize) -> usize {
    let end = match last.kind {
        Kind::LegalAct => last.span.end,
        _ => last.reach.max(last.span.end),
    };
    let date = scene.dates_ahead(end, 40).into_iter().next();
    let own = date.filter(|d| d.span.end <= next && scene.links(end, d.span.start));
    own.map_or(end, |d| d.span.end)
}

/// A cue right before the mention, with nothing but an article between: it governs before any cue behind ("die Strategie
/// im Einklang mit den Schlussfolgerungen umzusetzen").
fn cue_beside(scene: &Scene<'_>, found: &Found) -> Option<(Span, Relation)> {
    let start = found.span.start;
    let last = scene.words_before(start, 60).next_back()?;
    match last.word {
        Word::Cue(relation) if !scene.names_around(last.span) && scene.links(last.span.end, start) => {
            Some((last.span, relation))
        }
        _ => None,
    }
}

/// How many mentions may stand between one and the cue behind it.
const MEMBERS: usize = 6;

/// A cue behind the mention ("het mondiaal digitaal pact uit te voeren"), behind the list that it is a member of ("X:n ja
/// Y:n mukaisesti"), or behind a phrase with a cue of its own ("die Strategie im Einklang mit den Leitlinien umzusetzen").
fn cue_after(scene: &Scene<'_>, found: &Found, following: &[Found]) -> Option<(Span, Relation)> {
    let mut last = found;
    let mut listed = true;
    for next in following.iter().map(Some).chain([None]).take(MEMBERS) {
        let told = after(scene, last.span.end).or_else(|| after(scene, last.reach));
        if told.is_some() {
            return told.filter(|(_, relation)| !listed || shares(*relation, found, last));
        }
        let next = next?;
        let (end, start) = (end_in_list(scene, last, next.span.start), next.span.start);
        listed = coordinates(scene, end, start);
        let passes = listed || cue_beside(scene, next).is_some() && is_phrase(scene, end, start);
        if start < end || !passes {
            return None;
        }
        last = next;
    }
    None
}

/// Whether a cue behind the last member of a list governs an earlier one: an amendment is of acts alone.
fn shares(relation: Relation, found: &Found, last: &Found) -> bool {
    found.kind == last.kind || matches!(relation, Relation::InLineWith | Relation::BuildsOn)
}

/// The cue that stands right behind a place.
fn after(scene: &Scene<'_>, at: usize) -> Option<(Span, Relation)> {
    scene
        .words_from(at)
        .iter()
        .take_while(|h| {
            scene
                .between(at, h.span.start)
                .trim_matches(['"', '”', '“', '»', ' '])
                .is_empty()
        })
        .find_map(|h| match h.word {
            Word::CueAfter(relation) => Some((h.span, relation)),
            _ => None,
        })
}

/// Whether a few words without punctuation stand between.
fn is_phrase(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    let gap = scene.between(from, to);
    gap.len() < 60 && !gap.contains([',', ';', ':', '.', '\n'])
}

/// Whether a word is the first of the noun of an act ("Implementing Decision").
fn opens_noun(scene: &Scene<'_>, span: Span) -> bool {
    let here = scene
        .words_from(span.start)
        .iter()
        .take_while(|h| h.span.start == span.start);
    here.into_iter()
        .any(|h| matches!(h.word, Word::Act(_)) && h.span.end > span.end)
}

/// A cue before the mention in its sentence, with only a few words between, none of them another verb's.
fn cue_before(scene: &Scene<'_>, block: &Block, found: &Found) -> Option<(Span, Relation)> {
    let in_name = |span: Span| scene.names_around(span) || opens_noun(scene, span);
    let cues = scene
        .words_before(found.span.start, 140)
        .filter(|h| h.span.start >= block.span.start && !in_name(h.span));
    let (span, relation) = cues
        .filter_map(|h| match h.word {
            Word::Cue(relation) => Some((h.span, relation)),
            _ => None,
        })
        .next_back()?;
    let gap = scene.between(span.end, found.span.start);
    let words = gap.split_whitespace().count();
    // "– having regard to the proposal of the Commission of 16 December 2020 for a directive on ...": the whole item is governed.
    let opens = span.start <= block.span.start + OPENING && relation == Relation::Recalls;
    let near = words <= if opens { REACH_OF_OPENING } else { REACH_WORDS }
        && !gap.contains([';', '\n'])
        && !gap.contains(": ")
        && !ends_sentence(gap);
    // After a comma only a list goes on, and that is followed from member to member.
    let straight = !gap.contains(", ") || relation == Relation::Recalls;
    // "a decision amending Decision 2001/822/EC on association (8423/05)": the number is that of the change.
    let changes = matches!(relation, Relation::Amends | Relation::Repeals);
    let beside = changes && found.kind == Kind::CouncilDocument && gap.contains('(');
    (near && straight && !beside && !stops(scene, gap)).then_some((span, relation))
}

/// Whether a verb or conjunction stands between that takes the object for itself.
fn stops(scene: &Scene<'_>, gap: &str) -> bool {
    let stop = &scene.lexicon.phrases.stop;
    gap.split_whitespace()
        .any(|w| stop.contains(w.trim_matches(',')) || is_verb_in_capitals(w))
}

fn is_verb_in_capitals(word: &str) -> bool {
    word.chars().count() > 5 && word.chars().all(char::is_uppercase)
}

/// The gap behind the mark of an ordinal number ("artigos 7|.º, 8.º e 11.º", "člancima 47|. i 48.").
fn without_ordinal<'a>(scene: &Scene<'_>, from: usize, gap: &'a str) -> &'a str {
    let number = scene.behind(from, 1).ends_with(|c: char| c.is_ascii_digit());
    let rest = gap.trim_start_matches(['.', 'º', '°']);
    let goes_on = rest
        .trim_start_matches([',', ' '])
        .starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    if number && (goes_on || rest.trim() == ",") {
        rest
    } else {
        gap
    }
}

/// What stands between two members of a list is no longer than this many bytes.
const LISTED: usize = 64;

/// Whether only a list word and articles stand between two mentions ("X, Y and the Z").
fn coordinates(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    let gap = scene.between(from.min(to), to);
    let gap = &gap[written_call(gap)..];
    if gap.len() > LISTED {
        return false;
    }
    let plain = without_ordinal(scene, from, gap).trim_start_matches([')', '"', '”']);
    let offset = to - plain.len();
    let and = scene.joins(offset, to);
    and || plain.trim() == "," || (plain.trim_start().starts_with(',') && scene.links(offset, to))
}

/// The relation of the phrase that introduces the list, or of the words that open an item or a paragraph.
fn governed(scene: &Scene<'_>, block: &Block) -> Option<(Span, Relation)> {
    let governor = block.governor.filter(|_| block.role == Role::Item)?;
    first_cue(scene, governor)
}

/// A cue in a governing phrase, if it governs to the end of the phrase.
fn first_cue(scene: &Scene<'_>, governor: Span) -> Option<(Span, Relation)> {
    let cues = scene
        .words_before(governor.end, governor.len())
        .filter(|h| h.span.start >= governor.start);
    let (span, relation) = cues
        .filter_map(|h| match h.word {
            Word::Cue(relation) => Some((h.span, relation)),
            _ => None,
        })
        .next_back()?;
    let rest = scene.between(span.end, governor.end).split_whitespace().count();
    (rest <= REACH_WORDS).then_some((span, relation))
}
