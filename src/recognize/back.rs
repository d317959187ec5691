//! Back references: words that point to an earlier reference of the same kind ("that Directive", "the said conclusions",
//! "ibid.", "the Strategy"). Without an antecedent in reach they are no mention, and none jumps over a citation that could
//! not be recognized.

use super::definitions::follows_capital;
use super::found::Found;
use super::identity::Identity;
use super::lexicon::{ActType, Hit, Word};
use super::phrases::Phrases;
use super::scene::Scene;
use super::squeeze::key;
use crate::model::{Block, Designation, Document, Footnote, Kind, Role, Sign, Span};

/// The rule of "that Directive".
const POINTED: &str = "back-reference";
/// The rule of "the Strategy".
const NAMED: &str = "back-reference-name";
/// The rule of "ibid." and "op. cit.".
const IBID: &str = "back-reference-note";

/// How far back the antecedent may stand, in bytes.
const REACH: usize = 1500;

/// How much of the beginning of a document tells what it is itself.
const FIRST_PAGE: usize = 1000;

/// A mention on its way and the span of the earlier one that it means.
pub(super) struct Bound {
    pub found: Found,
    pub antecedent: Span,
}

impl Bound {
    /// The same with another mention.
    pub fn map_found(self, change: impl FnOnce(Found) -> Found) -> Self {
        Self {
            found: change(self.found),
            ..self
        }
    }
}

/// The mentions with the back references that have an antecedent.
pub(super) fn with_back_references(
    document: &Document,
    scenes: &[Scene<'_>],
    found: Vec<Found>,
    identity: &Identity,
) -> Vec<Found> {
    let page = Page {
        document,
        scenes,
        found: &found,
        taken: found.iter().map(|f| f.span).collect(),
        identity,
    };
    let mut bound: Vec<Bound> = Vec::new();
    for scene in scenes {
        for hit in &scene.words {
            bound.extend(page.bind(scene, hit));
        }
    }
    // A word may be the noun of an act and the head of a name.
    bound.dedup_by_key(|b| b.found.span);
    bound.extend(page.notes());
    merged(found, bound)
}

/// Adds bound mentions to those found, which stand in order of place, and lets each name the place of its antecedent among
/// all of them.
pub(super) fn merged(mut found: Vec<Found>, mut bound: Vec<Bound>) -> Vec<Found> {
    if bound.is_empty() {
        return found;
    }
    bound.sort_by_key(|b| order(b.found.span));
    let (old, new): (Vec<_>, Vec<_>) = (
        found.iter().map(|f| order(f.span)).collect(),
        bound.iter().map(|b| order(b.found.span)).collect(),
    );
    for one in &mut found {
        if let Designation::Back(at) = &mut one.designation {
            *at += new.partition_point(|place| *place < old[*at]);
        }
    }
    let mut antecedents = Vec::with_capacity(bound.len());
    for (
        at,
        Bound {
            found: one,
            antecedent,
        },
    ) in bound.into_iter().enumerate()
    {
        let before = old.partition_point(|place| *place <= new[at]);
        antecedents.push((at + before, antecedent));
        found.push(one);
    }
    found.sort_by_key(|one| order(one.span));
    for (at, antecedent) in antecedents {
        // A short form given behind an article is that of its treaty.
        if matches!(found[at].designation, Designation::Identified(_)) {
            continue;
        }
        let first = found.partition_point(|one| order(one.span) < order(antecedent));
        if found.get(first).is_some_and(|one| one.span == antecedent) {
            found[at].designation = Designation::Back(first);
        }
    }
    found
}

/// By place, the longer before the shorter.
fn order(span: Span) -> (usize, std::cmp::Reverse<usize>) {
    (span.start, std::cmp::Reverse(span.end))
}

/// Whether none of the spans, in order of start, shares words with a span.
pub(super) fn is_free(taken: &[Span], span: Span) -> bool {
    let near = taken.partition_point(|t| t.start < span.end);
    !taken[near.saturating_sub(12)..near]
        .iter()
        .any(|t| t.overlaps(span))
}

/// The scene that a place lies in.
pub(super) fn scene_at<'s, 'a>(scenes: &'s [Scene<'a>], at: usize) -> Option<&'s Scene<'a>> {
    let last = scenes.partition_point(|s| s.span.start <= at).checked_sub(1)?;
    Some(&scenes[last])
}

/// The type of act that a mention names: by its noun, else by the letter of its number.
pub(super) fn act_of(scene: &Scene<'_>, found: &Found) -> Option<ActType> {
    let noun = found
        .clues
        .iter()
        .find(|(sign, _)| *sign == Sign::Noun)
        .map_or(found.span, |(_, span)| *span);
    let words = scene.words_from(noun.start).iter();
    words
        .take_while(|h| h.span.end <= noun.end)
        .find_map(|h| act(h.word))
}

fn act(word: Word) -> Option<ActType> {
    match word {
        Word::Act(act) => Some(act),
        _ => None,
    }
}

/// How words point back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pointer {
    /// "that", "the said": to what was just named.
    That,
    /// "this": the same, unless the document is one itself.
    This,
    /// "the": to what has a name, where only one has.
    Article,
}

/// "Decision A and |Decision B": nothing tells which of the two "that Decision" is.
fn is_listed(scene: &Scene<'_>, one: &Found, other: &Found) -> bool {
    let gap = scene.between(one.span.end, other.span.start);
    let joiner = gap.split_whitespace().next_back().unwrap_or("");
    !gap.contains(['\n', ';'])
        && !gap.contains(". ")
        && (scene.joins(one.span.end, other.span.start)
            || scene.lexicon.phrases.and.contains_any_case(joiner))
}

/// What back references are looked up in.
struct Page<'p, 'a> {
    document: &'a Document,
    scenes: &'p [Scene<'a>],
    found: &'p [Found],
    /// Where the mentions stand.
    taken: Vec<Span>,
    identity: &'p Identity,
}

impl Page<'_, '_> {
    /// The back reference that hangs on a noun.
    fn bind(&self, scene: &Scene<'_>, hit: &Hit) -> Option<Bound> {
        if !is_noun(hit.word) {
            return None;
        }
        let (pointer, words) = pointer(scene, hit)?;
        let single = scene
            .table
            .back
            .single
            .contains(&scene.slice(words).to_lowercase());
        let conjunction = single && is_conclusions(hit.word);
        let capital = !scene.table.back.capital
            || !matches!(hit.word, Word::Act(_) | Word::Head)
            || scene.slice(hit.span).starts_with(char::is_uppercase);
        if !capital || conjunction || !is_free(&self.taken, hit.span) || is_cited(scene, hit.span.end) {
            return None;
        }
        let antecedent = match pointer {
            Pointer::Article => self.only(scene, hit)?,
            Pointer::This if self.is_own(scene, hit) => return None,
            Pointer::This | Pointer::That => self.nearest(scene, hit)?,
        };
        Some(back(hit, (pointer, words), self.origin(antecedent)))
    }

    /// The nearest mention of the same kind, unless it is one of a list or a citation stands between that none is known of.
    fn nearest<'f>(&'f self, scene: &'f Scene<'_>, hit: &'f Hit) -> Option<&'f Found> {
        let mut before = self.before(scene, hit);
        let last = before.next()?;
        let listed = before.next().is_some_and(|other| {
            self.origin(other).designation != self.origin(last).designation && is_listed(scene, other, last)
        });
        (!listed && !self.hides(scene, last, hit) && !is_more(scene, last, hit)).then_some(last)
    }

    /// Whether a citation that no rule could read stands between an antecedent and what points to it.
    fn hides(&self, scene: &Scene<'_>, last: &Found, hit: &Hit) -> bool {
        let between = scene.words_from(last.span.end).iter();
        let mut between = between.take_while(|h| h.span.end <= hit.span.start);
        between.any(|h| {
            let head = h.word == Word::Head;
            let same = same_sort(h.word, hit.word) && (!head || stem(scene, h.span) == stem(scene, hit.span));
            let cited = || is_cited(scene, h.span.end) || head && follows_capital(scene, h.span.start);
            same && is_free(&self.taken, h.span) && cited()
        })
    }

    /// The mention of a name with this noun, where all in reach mean the same.
    fn only<'f>(&'f self, scene: &'f Scene<'_>, hit: &'f Hit) -> Option<&'f Found> {
        if hit.word != Word::Head {
            return None;
        }
        let mut before = self.before(scene, hit);
        let last = before.next()?;
        let alone = before.all(|other| self.origin(other).designation == self.origin(last).designation);
        (alone && !self.hides(scene, last, hit)).then_some(last)
    }

    /// The mention itself, for a short form what it stands for.
    fn origin<'f>(&'f self, found: &'f Found) -> &'f Found {
        match found.designation {
            Designation::Back(index) => self.found.get(index).unwrap_or(found),
            _ => found,
        }
    }

    /// The mentions of the kind of a noun that stand in reach before it, nearest first; names inside others are left out.
    fn before<'f>(&'f self, scene: &'f Scene<'_>, hit: &'f Hit) -> impl Iterator<Item = &'f Found> {
        let from = self.reach(hit.span.start);
        let last = self.found.partition_point(|f| f.span.start < hit.span.start);
        self.found[..last]
            .iter()
            .rev()
            .take_while(move |f| f.span.start >= from)
            .filter(move |f| f.span.end <= hit.span.start && is_of_kind(scene, f, hit))
    }

    /// Where the antecedent may begin: in the same block or the one before; for a note in the note.
    fn reach(&self, at: usize) -> usize {
        let blocks = &self.document.blocks;
        let Some(place) = blocks.partition_point(|b| b.span.start <= at).checked_sub(1) else {
            return at;
        };
        let body = |b: &Block| !matches!(b.role, Role::Note(_) | Role::Header);
        let own = &blocks[place];
        let before = blocks[..place]
            .iter()
            .next_back()
            .filter(|b| body(b) && body(own));
        before.unwrap_or(own).span.start.max(at.saturating_sub(REACH))
    }

    /// Whether the document is itself what the noun says.
    fn is_own(&self, scene: &Scene<'_>, hit: &Hit) -> bool {
        if matches!(hit.word, Word::Conclusions | Word::CouncilConclusions) {
            return self.identity.body.is_some();
        }
        let first = self.document.blocks.first().map_or(0, |b| b.span.start);
        let title = self.document.header.subject.as_ref().map(|s| s.span);
        let on_first_page =
            |h: &&Hit| h.span.start < first + FIRST_PAGE || title.is_some_and(|t| t.contains(h.span));
        self.scenes
            .first()
            .into_iter()
            .flat_map(|s| s.words.iter().take_while(on_first_page))
            .any(|h| match (h.word, hit.word) {
                (Word::Head, Word::Head) => stem(scene, h.span) == stem(scene, hit.span),
                (a, b) => a == b && h.span.start < hit.span.start,
            })
    }

    /// "ibid." and "op. cit." in footnotes.
    fn notes(&self) -> Vec<Bound> {
        let mut bound: Vec<Bound> = Vec::new();
        for scene in self.scenes {
            let hits = scene
                .words
                .iter()
                .filter(|h| matches!(h.word, Word::Ibid | Word::OpCited));
            for hit in hits {
                let antecedent = self.note_before(scene, hit, &bound);
                bound.extend(
                    antecedent
                        .map(|(antecedent, kind, confidence)| note_back(hit, antecedent, kind, confidence)),
                );
            }
        }
        bound
    }

    /// What the note before refers to, if that is one thing: "ibid." never jumps over anything.
    fn note_before(&self, scene: &Scene<'_>, hit: &Hit, bound: &[Bound]) -> Option<(Span, Kind, f32)> {
        let notes = &self.document.footnotes;
        let place = notes
            .partition_point(|n| n.note.start <= hit.span.start)
            .checked_sub(1)?;
        let note = notes.get(place).filter(|n| n.note.contains(hit.span))?;
        let own = Span::new(note.note.start, hit.span.start);
        if hit.word == Word::OpCited {
            let named = self.note_named(scene, hit, &notes[..place])?;
            return self.sole(scene, named.note, bound);
        }
        if self.inside(own).next().is_some() {
            // "10474/17; ibid., p. 3": the same note.
            return self.sole(scene, own, bound);
        }
        let before = place.checked_sub(1).map(|p| &notes[p])?;
        let follows = before.number + 1 == note.number;
        follows.then(|| self.sole(scene, before.note, bound)).flatten()
    }

    /// The note that "op. cit., note 3" names; without a number, where there is only one note before.
    fn note_named<'n>(&self, scene: &Scene<'_>, hit: &Hit, before: &'n [Footnote]) -> Option<&'n Footnote> {
        let mut last = "";
        for word in scene.ahead(hit.span.end, 30).split_whitespace() {
            let digits = word.trim_matches(|c: char| !c.is_ascii_digit());
            let page = scene.table.journal.page.iter().any(|p| p == last);
            if let (false, Ok(number)) = (page, digits.parse::<u16>()) {
                return before.iter().rev().find(|n| n.number == number);
            }
            last = word;
        }
        before.first().filter(|_| before.len() == 1)
    }

    fn inside(&self, span: Span) -> impl Iterator<Item = &Found> {
        let first = self.found.partition_point(|f| f.span.start < span.start);
        self.found[first..]
            .iter()
            .take_while(move |f| f.span.end <= span.end)
    }

    /// The one reference of a stretch: a title, its number and its place of publication are one; a semicolon, a list word or
    /// a number outside of them leads to another.
    fn sole(&self, scene: &Scene<'_>, note: Span, bound: &[Bound]) -> Option<(Span, Kind, f32)> {
        let mut mentions = self.inside(note);
        let Some(first) = mentions.next() else {
            let chain = bound.iter().rev().find(|b| note.contains(b.found.span))?;
            return Some((chain.antecedent, chain.found.kind, chain.found.confidence / 0.75));
        };
        let mut rest = String::from(scene.between(note.start, first.span.start));
        let mut end = first.reach.min(note.end).max(first.span.end);
        for next in mentions {
            if next.span.start >= end {
                let gap = scene.between(end, next.span.start);
                if !is_same_citation(gap) {
                    return None;
                }
                rest.push_str(gap);
            }
            end = end.max(next.span.end);
        }
        rest.push_str(scene.between(end, note.end));
        let sure = !rest.contains(';') && !has_number(scene, &rest);
        sure.then_some((first.span, first.kind, first.confidence))
    }
}

/// Whether only a bracket or a comma stands between a title and its number.
fn is_same_citation(gap: &str) -> bool {
    let gap = gap.trim();
    gap.is_empty() || gap.starts_with(['(', ',']) && gap.split_whitespace().count() <= 3
}

/// Whether a number stands there that is no page.
fn has_number(scene: &Scene<'_>, text: &str) -> bool {
    let mut before = "";
    for word in text.split_whitespace() {
        let page = scene.table.journal.page.iter().any(|p| p == before);
        if word.chars().filter(char::is_ascii_digit).count() > 1 && !page {
            return true;
        }
        before = word;
    }
    false
}

fn note_back(hit: &Hit, antecedent: Span, kind: Kind, confidence: f32) -> Bound {
    let found = Found::new(hit.span, kind, Designation::Words, IBID)
        .with_confidence(confidence * 0.75)
        .told_by([(Sign::Pointer, hit.span), (Sign::Antecedent, antecedent)]);
    Bound { found, antecedent }
}

fn back(hit: &Hit, (pointer, words): (Pointer, Span), of: &Found) -> Bound {
    let whole = Span::new(words.start.min(hit.span.start), words.end.max(hit.span.end));
    let (span, rule, share) = match pointer {
        Pointer::That => (whole, POINTED, 0.75),
        Pointer::This => (whole, POINTED, 0.7),
        Pointer::Article => (hit.span, NAMED, 0.65),
    };
    let told = [
        (Sign::Pointer, words),
        (Sign::Noun, hit.span),
        (Sign::Antecedent, of.span),
    ];
    let found = Found::new(span, of.kind, Designation::Words, rule)
        .with_confidence(of.confidence * share)
        .told_by(told);
    Bound {
        found,
        antecedent: of.span,
    }
}

/// "that Directives apply": more than the one that is named.
fn is_more(scene: &Scene<'_>, last: &Found, hit: &Hit) -> bool {
    let noun = last.clues.iter().find(|(sign, _)| *sign == Sign::Noun);
    let (Some((_, noun)), Word::Act(_)) = (noun, hit.word) else {
        return false;
    };
    let (one, other) = (key(scene.slice(*noun)), key(scene.slice(hit.span)));
    let ending = other.strip_prefix(&one);
    ending.is_some_and(|e| scene.table.back.plural.iter().any(|p| p == e))
}

fn is_conclusions(word: Word) -> bool {
    matches!(
        word,
        Word::Conclusions | Word::CouncilConclusions | Word::EuropeanCouncilConclusions
    )
}

fn is_noun(word: Word) -> bool {
    matches!(
        word,
        Word::Act(_)
            | Word::Head
            | Word::Conclusions
            | Word::CouncilConclusions
            | Word::Communication
            | Word::JointCommunication
    )
}

fn same_sort(a: Word, b: Word) -> bool {
    let communication = |w| matches!(w, Word::Communication | Word::JointCommunication);
    a == b || is_conclusions(a) && is_conclusions(b) || communication(a) && communication(b)
}

/// Whether a mention is of the kind that a noun names.
fn is_of_kind(scene: &Scene<'_>, found: &Found, hit: &Hit) -> bool {
    if found.rule == super::select::OWN_TITLE {
        return false;
    }
    match hit.word {
        Word::Act(act) => found.kind != Kind::Conclusions && act_of(scene, found) == Some(act),
        Word::Conclusions | Word::CouncilConclusions => {
            found.kind == Kind::Conclusions && found.confidence > 0.5
        }
        Word::Communication | Word::JointCommunication => found.kind == Kind::CommissionDocument,
        Word::Head => {
            matches!(
                found.kind,
                Kind::Instrument | Kind::Treaty | Kind::LegalAct | Kind::UnDocument
            ) && bears(scene, found, hit.span)
        }
        _ => false,
    }
}

/// Whether the words of a mention hold a noun, whatever its case ending.
fn bears(scene: &Scene<'_>, found: &Found, noun: Span) -> bool {
    let stem = stem(scene, noun);
    let words = scene.slice(found.span);
    match stem.chars().count() {
        0..4 => words
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| key(word) == stem),
        _ => key(words).contains(&stem),
    }
}

/// A noun without the letters that its cases change.
fn stem(scene: &Scene<'_>, noun: Span) -> String {
    let key = key(scene.slice(noun));
    let letters = key.chars().count();
    let kept = if letters > 5 { letters - 2 } else { letters };
    key.chars().take(kept).collect()
}

/// Whether a number or a topic follows a noun: then it is a citation, recognized or not.
pub(super) fn is_cited(scene: &Scene<'_>, at: usize) -> bool {
    let rest = scene.ahead(at, 40);
    let Some(rest) = rest.strip_prefix(' ') else {
        return false;
    };
    let numbered = |word: &str| word.contains('/') && word.contains(|c: char| c.is_ascii_digit());
    let topic = || {
        let word = rest.split(' ').next().unwrap_or("");
        scene.lexicon.phrases.on.contains(word) && rest.len() > word.len()
    };
    let dated = || {
        let date = scene.dates_ahead(at, 40).into_iter().next();
        date.is_some_and(|d| scene.links(at, d.span.start))
    };
    rest.split(' ').take(3).any(numbered) || topic() || dated()
}

/// The words that point back, before a noun or behind it.
fn pointer(scene: &Scene<'_>, hit: &Hit) -> Option<(Pointer, Span)> {
    let phrases = &scene.lexicon.phrases;
    if !phrases.behind.is_empty()
        && let Some(span) = behind(scene, hit.span.end, phrases)
    {
        return Some((Pointer::That, span));
    }
    let before = scene.behind(hit.span.start, 40);
    // Maltese glues its article to the noun: "dik id-Direttiva".
    let bare = before.trim_end_matches([' ', '-']);
    let bare = match before.ends_with('-') {
        true => bare.rsplit_once(' ').map_or("", |(rest, _)| rest),
        false if before.ends_with(' ') => bare,
        false => return None,
    };
    let offset = hit.span.start - before.len();
    longest_ending(bare, phrases, hit.word == Word::Head)
        .map(|(pointer, start)| (pointer, Span::new(offset + start, offset + bare.len())))
}

/// The longest phrase of at most three words that a text ends in.
fn longest_ending(text: &str, phrases: &Phrases, named: bool) -> Option<(Pointer, usize)> {
    let last = text.rfind(' ').map_or(0, |at| at + 1);
    let mut lower = None;
    // Most nouns stand behind a word that points nowhere: the last word alone is asked first.
    let word = &text[last..];
    let word = if word.starts_with(char::is_uppercase) {
        lower.insert(word.to_lowercase())
    } else {
        word
    };
    phrases.pointers.contains(word).then_some(())?;
    let starts = text.rmatch_indices(' ').map(|(at, _)| at + 1).take(2).chain([0]);
    let mut best = None;
    for start in starts {
        let phrase = text[start..].to_lowercase();
        let pointer = match () {
            () if phrases.that.contains(&phrase) => Some(Pointer::That),
            () if phrases.this.contains(&phrase) => Some(Pointer::This),
            () if named && phrases.article.contains(&phrase) => Some(Pointer::Article),
            () => None,
        };
        best = pointer.map(|p| (p, start)).or(best);
    }
    best
}

/// "an Treoir |sin", "directiva |respectivă".
fn behind(scene: &Scene<'_>, at: usize, phrases: &Phrases) -> Option<Span> {
    let rest = scene.ahead(at, 40).strip_prefix(' ')?;
    let bare = |word: &str| word.trim_end_matches([',', '.', ';', ':', ')']).len();
    let first = bare(rest.split(' ').next().unwrap_or(""));
    let second = rest.match_indices(' ').nth(1).map_or(rest.len(), |(i, _)| i);
    [bare(&rest[..second]), first]
        .into_iter()
        .find(|end| phrases.behind.contains_any_case(&rest[..*end]))
        .map(|end| Span::new(at + 1, at + 1 + end))
}
