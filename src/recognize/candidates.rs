//! Names that the gazetteer lacks, told by their form: a head noun with a capital in a name ("Digital Resilience Strategy",
//! "Pakt für Innovation"), or at the end of a compound ("Versailles-verklaring"). They are reported, never linked.

use super::back::is_free;
use super::found::Found;
use super::lexicon::Word;
use super::names::{self, FORMED};
use super::phrase::{topic_end, without_article};
use super::scene::Scene;
use crate::model::{Document, Language, Span};

/// How far a name may go on behind its head noun, in bytes.
const REACH: usize = 90;

/// A name on its way to a list of candidates, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The words of the name, blanks made even.
    pub name: String,
    /// The language of the passage.
    pub language: Language,
    /// The line in the file, from 1.
    pub line: usize,
    /// The words around it.
    pub passage: String,
}

/// The candidates of a document, in order of place; `known` are the mentions that have a name of the tables or a number.
pub(super) fn find(document: &Document, scenes: &[Scene<'_>], found: &[Found]) -> Vec<Candidate> {
    let known: Vec<Span> = found
        .iter()
        .filter(|f| f.rule != FORMED)
        .map(|f| f.span)
        .collect();
    let mut candidates = Vec::new();
    for scene in scenes {
        let free = spans(scene)
            .into_iter()
            .filter_map(|s| before_known(scene, &known, s));
        let bare = free.filter_map(|s| bare(scene, s));
        candidates.extend(bare.map(|span| candidate(document, scene, span)));
    }
    candidates
}

/// Where names may stand, in order of place; those that the form alone tells go before the longer ones that words lead to.
fn spans(scene: &Scene<'_>) -> Vec<Span> {
    let mut spans: Vec<Span> = names::find(scene).into_iter().map(|f| f.span).collect();
    let heads = scene.words.iter().filter(|h| h.word == Word::Head);
    let led = heads.filter_map(|hit| phrase(scene, hit.span));
    for span in led.chain(compounds(scene)).collect::<Vec<_>>() {
        let at = spans.partition_point(|s| s.start < span.end);
        if !spans[at.saturating_sub(2)..at].iter().any(|s| s.overlaps(span)) {
            spans.insert(at, span);
        }
    }
    spans
}

/// The span, if nothing known shares words with it; "Reef Strategy and the |Global Gateway" ends before what is known.
fn before_known(scene: &Scene<'_>, known: &[Span], span: Span) -> Option<Span> {
    if is_free(known, span) {
        return Some(span);
    }
    let next = known.partition_point(|k| k.start <= span.start);
    let end = known.get(next).filter(|k| k.start < span.end)?.start;
    let cut = Span::new(
        span.start,
        trimmed(scene, span.start, scene.between(span.start, end)),
    );
    let mut words = scene
        .words_from(cut.start)
        .iter()
        .take_while(|h| h.span.end <= cut.end);
    let headed = words.any(|h| h.word == Word::Head);
    (headed && is_free(known, cut)).then_some(cut)
}

/// The span without the article it begins with. Where all nouns have capitals, a noun with another determiner is any such thing.
fn bare(scene: &Scene<'_>, span: Span) -> Option<Span> {
    let text = scene.slice(span);
    let phrases = &scene.lexicon.phrases;
    let lead = without_article(text, phrases);
    let word = text[..lead].trim().to_lowercase();
    let definite = lead == 0 || !scene.table.back.capital || phrases.article.contains(&word);
    definite.then(|| Span::new(span.start + lead, span.end))
}

fn candidate(document: &Document, scene: &Scene<'_>, span: Span) -> Candidate {
    let even = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (before, after) = (scene.behind(span.start, 60), scene.ahead(span.end, 60));
    let before = before.split_once(' ').map_or("", |(_, rest)| rest);
    let after = after.rsplit_once(' ').map_or("", |(rest, _)| rest);
    Candidate {
        name: even(scene.slice(span)),
        language: scene.language,
        line: document.text.line(document.text.to_original(span).start),
        passage: even(&format!("{before}{}{after}", scene.slice(span))),
    }
}

/// "Stratégie nationale pour la sécurité": in a sentence, a head noun with a capital that goes on with what it is for.
fn phrase(scene: &Scene<'_>, head: Span) -> Option<Span> {
    let text = scene.slice(head);
    let before = scene.behind(head.start, 40).trim_end();
    let last = before.rsplit(' ').next().unwrap_or("").to_lowercase();
    let opens = before.is_empty() || before.ends_with(OPENING);
    let capital = text.starts_with(char::is_uppercase) && text.contains(char::is_lowercase);
    // Where all nouns have capitals, only the article makes it one in particular.
    let definite = !scene.table.back.capital || scene.lexicon.phrases.article.contains(&last);
    if opens || !capital || !definite {
        return None;
    }
    let end = topic_end(scene, head.end, head.end + REACH);
    let end = names::before_next_head(scene, head.end, end);
    let rest = scene.between(head.end, end);
    leads_to_purpose(scene, rest).then(|| Span::new(head.start, cut(scene, head.end, rest)))
}

/// Marks after which a capital says nothing.
const OPENING: [char; 13] = ['.', ':', ';', '–', '-', '(', '?', '!', '"', '“', '„', '«', '•'];

/// How far into the rest of a name, in words, the preposition may stand: behind two adjectives.
const ADJECTIVES: usize = 2;

fn leads_to_purpose(scene: &Scene<'_>, rest: &str) -> bool {
    let words: Vec<String> = rest.split_whitespace().map(str::to_lowercase).collect();
    let purpose = &scene.table.purpose;
    let leads = |at: usize| {
        purpose.iter().any(|phrase| {
            let length = phrase.split(' ').count();
            words.get(at..at + length).is_some_and(|w| w.join(" ") == *phrase) && words.len() > at + length
        })
    };
    (0..=ADJECTIVES).any(leads)
}

/// At most eight words of what follows a head noun.
fn cut(scene: &Scene<'_>, at: usize, rest: &str) -> usize {
    let last = rest.match_indices(' ').nth(8).map_or(rest.len(), |(i, _)| i);
    trimmed(scene, at, &rest[..last])
}

/// Where a text that begins at `at` ends without list words, articles and commas.
fn trimmed(scene: &Scene<'_>, at: usize, text: &str) -> usize {
    let phrases = &scene.lexicon.phrases;
    let small = [&phrases.and, &phrases.determiner, &phrases.of];
    let mut text = text.trim_end();
    while let Some((before, last)) = text.rsplit_once(' ') {
        if !small.iter().any(|set| set.contains_any_case(last)) {
            break;
        }
        text = before.trim_end();
    }
    at + text.trim_end_matches([',', ' ']).len()
}

/// "Versailles-verklaring": a hyphenated word with a capital that ends in a head noun, whatever the case of the noun.
fn compounds(scene: &Scene<'_>) -> Vec<Span> {
    let heads: Vec<String> = scene.table.head.iter().map(|h| h.to_lowercase()).collect();
    let text = scene.slice(scene.span);
    let mut spans = Vec::new();
    for at in memchr::memchr_iter(b'-', text.as_bytes()) {
        let letter = |c: char| c.is_alphanumeric() || c == '-';
        let from = at
            - text[..at]
                .chars()
                .rev()
                .take_while(|c| letter(*c))
                .map(char::len_utf8)
                .sum::<usize>();
        let tail: usize = text[at + 1..]
            .chars()
            .take_while(|c| c.is_alphanumeric())
            .map(char::len_utf8)
            .sum();
        let noun = text[at + 1..at + 1 + tail].to_lowercase();
        if from < at && text[from..].starts_with(char::is_uppercase) && heads.contains(&noun) {
            spans.push(Span::new(
                scene.span.start + from,
                scene.span.start + at + 1 + tail,
            ));
        }
    }
    spans
}
