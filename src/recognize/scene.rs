//! What the rules look at: a stretch of text in one language with the words, names and footnote calls in it.

use memchr::{memchr, memrchr};

use super::lexicon::{Hit, Lexicon, NameHit, Word, instrument_id};
use crate::model::{Body, Document, Language, Span, WorkId};
use crate::tables::{DateHit, LanguageTable, Tables};

/// A stretch of a document in one language.
pub(super) struct Scene<'a> {
    pub document: &'a Document,
    /// The repaired text of the whole document; all spans count in it.
    pub text: &'a str,
    /// The part of it that this scene is about.
    pub span: Span,
    pub language: Language,
    pub tables: &'a Tables,
    pub table: &'a LanguageTable,
    pub lexicon: &'a Lexicon,
    /// Words in order of place.
    pub words: Vec<Hit>,
    /// Names in order of place.
    pub names: Vec<NameHit>,
    /// Dates in order of place.
    dates: Vec<DateHit>,
    /// The institutions that open an enacting formula ("The European Parliament, having regard to ..."), in order of place.
    enacting: Vec<Hit>,
}

impl<'a> Scene<'a> {
    /// The scene of a stretch.
    pub fn new(
        document: &'a Document,
        span: Span,
        language: Language,
        (tables, lexicon): (&'a Tables, &'a Lexicon),
    ) -> Self {
        let text = document.text.repaired();
        let (words, mut names) = lexicon.find(text, span);
        leave_out_organizations(&words, &mut names);
        let words = without_contained(words);
        Self {
            document,
            text,
            span,
            language,
            tables,
            table: tables.language(language),
            lexicon,
            enacting: enacting(text, &words),
            words,
            names,
            dates: tables.dates(language).find_in(text, span),
        }
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &'a str {
        self.text.get(span.start..span.end).unwrap_or("")
    }

    /// The text of at most `length` bytes from `at` on, inside the block that `at` is in.
    pub fn ahead(&self, at: usize, length: usize) -> &'a str {
        // A rule may ask beyond the end of the text: there is nothing there.
        if at >= self.span.end || !self.text.is_char_boundary(at) {
            return "";
        }
        let mut end = (at + length).min(self.span.end);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let line = memchr(b'\n', &self.text.as_bytes()[at..end]);
        &self.text[at..line.map_or(end, |length| at + length)]
    }

    /// The text of at most `length` bytes before `at`, inside the block that `at` is in.
    pub fn behind(&self, at: usize, length: usize) -> &'a str {
        if at > self.text.len() || !self.text.is_char_boundary(at) {
            return "";
        }
        let mut start = at.saturating_sub(length).max(self.span.start).min(at);
        while !self.text.is_char_boundary(start) {
            start += 1;
        }
        let line = memrchr(b'\n', &self.text.as_bytes()[start..at]);
        &self.text[line.map_or(start, |length| start + length + 1)..at]
    }

    /// The names inside a span, in order of place.
    pub fn names_from(&self, span: Span) -> impl Iterator<Item = &NameHit> {
        let first = self.names.partition_point(|n| n.span.start < span.start);
        self.names[first..]
            .iter()
            .take_while(move |n| n.span.start < span.end)
            .filter(move |n| n.span.end <= span.end)
    }

    /// The instruments named inside a span, in order of id.
    pub fn names_in(&self, span: Span) -> Vec<WorkId> {
        let inside = self.names_from(span);
        let mut ids: Vec<WorkId> = inside.map(|n| instrument_id(self.tables, n.instrument)).collect();
        ids.sort();
        ids.dedup();
        ids
    }

    /// Whether a span lies inside a name ("Implementing" in the name of guidelines).
    pub fn names_around(&self, span: Span) -> bool {
        let last = self.names.partition_point(|n| n.span.start <= span.start);
        self.names[last.saturating_sub(4)..last]
            .iter()
            .any(|n| n.span.contains(span))
    }

    /// The institution that speaks at a place ("the European Council recalls its conclusions"): the last one named before
    /// in the same block, else the first of the text.
    pub fn speaker(&self, at: usize) -> Option<Word> {
        let first = || {
            self.words
                .iter()
                .take(FIRST)
                .map(|h| h.word)
                .find(|w| is_institution(*w))
        };
        self.named_before(at).or_else(first)
    }

    /// Whether the Parliament speaks: it is named last, or it opened the text and the Commission was named since.
    pub fn is_parliament_speaking(&self, at: usize) -> bool {
        let formula = self.enacting.partition_point(|h| h.span.start < at);
        let opened = formula.checked_sub(1).map(|formula| self.enacting[formula].word);
        let speaker = self.speaker(at);
        speaker == Some(Word::Parliament)
            || opened == Some(Word::Parliament) && speaker == Some(Word::Commission)
    }

    /// The last institution named before a place in the same block.
    fn named_before(&self, at: usize) -> Option<Word> {
        let block = self.behind(at, SENTENCES).len();
        let named: Vec<&Hit> = self.words_before(at, block).collect();
        let speaks =
            |place: &usize| is_institution(named[*place].word) && !self.is_attribute(named[*place], &named);
        (0..named.len()).rev().find(speaks).map(|place| named[place].word)
    }

    /// Whether an institution is only that of conclusions ("the conclusions of |the European Council|").
    fn is_attribute(&self, institution: &Hit, words: &[&Hit]) -> bool {
        let (start, end) = (institution.span.start, institution.span.end);
        let mut nouns = words.iter().filter(|h| h.word == Word::Conclusions);
        nouns.any(|h| {
            let before = h.span.end < start && start - h.span.end <= NOUN && self.links(h.span.end, start);
            before || h.span.start > end && self.leads_to_noun(end, h.span.start)
        })
    }

    /// Whether nothing or a date stands between an institution and the noun of its conclusions ("neuvoston 14 päivänä
    /// maaliskuuta 1995 tekemät päätelmät").
    fn leads_to_noun(&self, end: usize, noun: usize) -> bool {
        let dates = self.dates_in(Span::new(end, noun));
        match (dates.first(), dates.last()) {
            (Some(first), Some(last)) => {
                self.links(end, first.span.start) && self.links(last.span.end, noun) && noun - end <= DATED
            }
            _ => noun - end <= 1,
        }
    }

    /// The words that begin at or after `at`, in order.
    pub fn words_from(&self, at: usize) -> &[Hit] {
        &self.words[self.words.partition_point(|h| h.span.start < at)..]
    }

    /// The words that end at or before `at` and begin within `reach` bytes before it, nearest end last.
    pub fn words_before(&self, at: usize, reach: usize) -> impl DoubleEndedIterator<Item = &Hit> {
        let first = self.words.partition_point(|h| h.span.start + reach < at);
        let last = self.words.partition_point(|h| h.span.start < at);
        self.words[first..last].iter().filter(move |h| h.span.end <= at)
    }

    /// All dates in at most `length` bytes from `at` on, inside the block that `at` is in.
    pub fn dates_ahead(&self, at: usize, length: usize) -> Vec<DateHit> {
        self.dates_in(Span::new(at, at + self.ahead(at, length).len()))
    }

    /// All dates that end in at most `length` bytes before `at`, inside the block that `at` is in.
    pub fn dates_behind(&self, at: usize, length: usize) -> Vec<DateHit> {
        let from = at - self.behind(at, length).len();
        let first = self.dates.partition_point(|d| d.span.end <= from);
        let before = self.dates[first..].iter().take_while(|d| d.span.end <= at);
        before.copied().collect()
    }

    /// All dates in a span.
    pub fn dates_in(&self, span: Span) -> Vec<DateHit> {
        let first = self.dates.partition_point(|d| d.span.start < span.start);
        let inside = self.dates[first..].iter().take_while(|d| d.span.end <= span.end);
        inside.copied().collect()
    }

    /// The text between two places; a break where they do not lie in order.
    pub fn between(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or("\n")
    }

    /// Whether the text between two places is nothing but words that link the parts of a reference.
    pub fn links(&self, from: usize, to: usize) -> bool {
        let phrases = &self.lexicon.phrases;
        from <= to && phrases.make(self.between(from, to), &[&phrases.of, &phrases.determiner])
    }

    /// Whether the text between two places is a list word, a comma or both, perhaps with an article.
    pub fn lists(&self, from: usize, to: usize) -> bool {
        let phrases = &self.lexicon.phrases;
        let gap = self.between(from, to).trim();
        !gap.is_empty() && gap.len() < 40 && phrases.make(gap, &[&phrases.and, &phrases.determiner])
    }

    /// Whether the text between two places is a list word with linking words: "and with the", "en van de".
    pub fn joins(&self, from: usize, to: usize) -> bool {
        let phrases = &self.lexicon.phrases;
        let gap = self.between(from, to).trim();
        !gap.is_empty()
            && gap.len() < 40
            && phrases.make(
                gap,
                &[
                    &phrases.and,
                    &phrases.of,
                    &phrases.determiner,
                    &phrases.particular,
                ],
            )
    }

    /// Like [`Scene::joins`], for two members of a list of dates: a footnote may be called between them ("of 11 May 2011(2) and
    /// 10 March 2010").
    pub fn joins_dates(&self, from: usize, to: usize) -> bool {
        self.joins(from + written_call(self.between(from, to)), to)
    }

    /// Where the Council named at a place ends together with the governments whose representatives met in it ("Council| and the
    /// representatives of the governments of the Member States, meeting within the Council").
    pub fn end_with_governments(&self, council: Span) -> usize {
        let near = |at: usize, word: Word| {
            let reach = at + self.ahead(at, GOVERNMENTS).len();
            let mut words = self.words_from(at).iter().take_while(|h| h.span.end <= reach);
            words.find(|h| h.word == word).map(|h| h.span)
        };
        let Some(governments) = near(council.end, Word::Governments) else {
            return council.end;
        };
        let gap = self.between(council.end, governments.start);
        let first = gap.trim_start().split(' ').next().unwrap_or("");
        if !self.lexicon.phrases.and.contains_any_case(first) || gap.contains(['.', ';', ':']) {
            return council.end;
        }
        let within = near(governments.end, Word::Council).filter(|within| {
            let gap = self.between(governments.end, within.start);
            !gap.contains(['.', ';', ':', '(']) && !gap.contains(|c: char| c.is_ascii_digit())
        });
        let end = within.map_or(governments.end, |within| within.end);
        // "in het kader van de Raad| bijeen,"
        let rest = self
            .ahead(end, ASSEMBLED)
            .split_once(',')
            .map_or("", |(rest, _)| rest);
        let assembled = rest.starts_with(' ') && rest.chars().skip(1).all(char::is_lowercase);
        if assembled { end + rest.len() } else { end }
    }

    /// Whether a footnote is called exactly here.
    pub fn is_called(&self, at: usize) -> bool {
        let notes = &self.document.footnotes;
        let first = notes.partition_point(|n| n.call.is_none_or(|c| c < at));
        notes.get(first).is_some_and(|n| n.call == Some(at))
    }

    /// The footnote (its place among those of the document) called here, or right behind closing marks that follow.
    pub fn call_at(&self, at: usize) -> Option<usize> {
        let closing: usize = self
            .text
            .get(at..)
            .unwrap_or("")
            .chars()
            .take(3)
            .take_while(|c| matches!(c, '"' | '”' | '’' | ')' | '»' | ',' | '.' | ';'))
            .map(char::len_utf8)
            .sum();
        let notes = &self.document.footnotes;
        let first = notes.partition_point(|n| n.call.is_none_or(|c| c < at));
        notes
            .get(first)
            .filter(|n| n.call.is_some_and(|c| c <= at + closing))
            .map(|_| first)
    }
}

/// The length of the call of a footnote that a text begins with, if it is written in brackets: "(2)", " [12]".
pub(super) fn written_call(text: &str) -> usize {
    let bare = text.trim_start();
    let inner = match bare.as_bytes().first() {
        Some(b'(') => bare.split_once(')'),
        Some(b'[') => bare.split_once(']'),
        _ => None,
    };
    let number = inner.map(|(call, _)| &call[1..]);
    match number {
        Some(n) if (1..=3).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()) => {
            text.len() - bare.len() + n.len() + 2
        }
        _ => 0,
    }
}

/// An article before an institution is no longer than this many bytes.
const ARTICLE: usize = 6;

/// Institutions at the start of a line with a comma behind them.
fn enacting(text: &str, words: &[Hit]) -> Vec<Hit> {
    let opens = |h: &&Hit| {
        let from = text.floor_char_boundary(h.span.start.saturating_sub(ARTICLE));
        let before = text[from..h.span.start].rsplit('\n').next().unwrap_or("");
        let alone = h.span.start <= ARTICLE || before.len() < h.span.start - from;
        is_institution(h.word) && alone && text[h.span.end..].starts_with(',')
    };
    words.iter().filter(opens).copied().collect()
}

/// How far behind the Council the governments may be named, and the Council again behind them.
const GOVERNMENTS: usize = 140;

/// No word for "assembled" is longer, in bytes.
const ASSEMBLED: usize = 16;

/// How far back in its block the institution that speaks may be named.
const SENTENCES: usize = 600;

/// How far behind an institution the noun of its conclusions may stand where their date comes between.
const DATED: usize = 100;

/// How far before an institution the noun of its conclusions may end.
const NOUN: usize = 16;

/// Among how many words the first institution of a text is looked for.
const FIRST: usize = 12;

fn is_institution(word: Word) -> bool {
    matches!(
        word,
        Word::Council | Word::EuropeanCouncil | Word::NotCouncil | Word::Parliament | Word::Commission
    )
}

/// The body that a word names.
pub(super) fn body(word: Word) -> Option<Body> {
    match word {
        Word::Council | Word::CouncilConclusions => Some(Body::Council),
        Word::EuropeanCouncil | Word::EuropeanCouncilConclusions => Some(Body::EuropeanCouncil),
        _ => None,
    }
}

/// Leaves out the instruments in the names of organizations: the treaty in "North Atlantic Treaty Organization".
fn leave_out_organizations(words: &[Hit], names: &mut Vec<NameHit>) {
    for word in words.iter().filter(|h| h.word == Word::Organization) {
        names.retain(|n| !word.span.contains(n.span));
    }
}

/// Leaves out what a longer word of the same sort holds: the Council in the European Council, conclusions in
/// Raadsconclusies, decision in framework decision.
fn without_contained(words: Vec<Hit>) -> Vec<Hit> {
    let mut kept: Vec<Hit> = Vec::with_capacity(words.len());
    for hit in words {
        let held = kept
            .iter()
            .rev()
            .take(8)
            .any(|k| k.span.contains(hit.span) && k.span != hit.span && sort(k.word) == sort(hit.word));
        if !held {
            kept.push(hit);
        }
    }
    kept
}

fn sort(word: Word) -> u8 {
    match word {
        Word::Council | Word::EuropeanCouncil | Word::NotCouncil => 0,
        Word::Conclusions | Word::CouncilConclusions | Word::EuropeanCouncilConclusions => 1,
        Word::Act(_) => 2,
        Word::Communication | Word::JointCommunication => 3,
        Word::Commission | Word::Parliament => 12,
        Word::ParliamentResolution => 13,
        Word::Cue(_) | Word::CueAfter(_) => 4,
        Word::Treaty(_) => 5,
        Word::Article => 6,
        Word::Journal => 7,
        Word::Head => 8,
        Word::Protocol => 9,
        Word::Defines => 10,
        Word::Ibid | Word::OpCited => 11,
        Word::Organization => 14,
        Word::Governments => 15,
        Word::Treaties => 16,
        Word::Dated(_) => 17,
    }
}
