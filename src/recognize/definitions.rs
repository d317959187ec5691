//! Local definitions: a text gives what it just referred to a short form ("(hereinafter ‘the Strategy’)", "(‘Toolbox’)")
//! and uses that from there on. Both the definition and the later uses refer to what was defined.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, MatchKind};

use super::back::{Bound, act_of, is_cited, is_free, merged, scene_at};
use super::found::Found;
use super::lexicon::{Hit, Word};
use super::names::FORMED;
use super::phrase::without_article;
use super::scene::Scene;
use super::squeeze::key;
use crate::model::{Designation, Document, Kind, Sign, Span, WorkId};

/// The rule of the words that define.
const DEFINITION: &str = "definition";
/// The rule of later uses.
const DEFINED: &str = "defined-name";

/// How far before the defining words the reference may end: acts have long titles.
const REACH: usize = 400;

/// No short form is longer than this many bytes.
const LONGEST: usize = 100;

/// Marks that open and close a short form.
const QUOTES: [(char, &[char]); 10] = [
    ('"', &['"', '”']),
    ('\'', &['\'', '’']),
    ('“', &['”', '“', '"']),
    ('‘', &['’']),
    ('’', &['’']),
    ('„', &['“', '”', '"', '‟']),
    ('‚', &['‘', '’']),
    ('«', &['»']),
    ('»', &['«', '»']),
    ('”', &['”']),
];

/// A short form and what it stands for.
struct Definition {
    /// The form as its text gives it, with its article where it would be a common word without.
    form: String,
    /// How many bytes of it are the article.
    article: usize,
    /// Where it is given.
    span: Span,
    /// Whether it is a single noun of the tables: "the Strategy", not any strategy.
    plain: bool,
    /// The defining words.
    phrase: Option<Span>,
    /// What it stands for.
    antecedent: Span,
    /// The treaty, where that is one of its articles.
    treaty: Option<WorkId>,
    kind: Kind,
    confidence: f32,
}

/// The mentions with the short forms that the document defines.
pub(super) fn with_short_forms(document: &Document, scenes: &[Scene<'_>], found: Vec<Found>) -> Vec<Found> {
    let definitions = definitions(scenes, &found);
    if definitions.is_empty() {
        return found;
    }
    let known = found
        .iter()
        .filter(|f| f.rule != FORMED)
        .map(|f| f.span)
        .collect::<Vec<Span>>();
    let mut bound: Vec<Bound> = definitions
        .iter()
        .filter(|d| is_free(&known, d.span))
        .map(given)
        .collect();
    bound.extend(uses(document, scenes, (&definitions, &known)));
    bound.sort_by_key(|b| b.found.span);
    // A name told by its form alone gives way to what the text says of it.
    let mut found = found;
    found.retain(|f| f.rule != FORMED || !overlaps(&bound, f.span));
    merged(found, bound)
}

fn overlaps(bound: &[Bound], span: Span) -> bool {
    let next = bound.partition_point(|b| b.found.span.end <= span.start);
    bound.get(next).is_some_and(|b| b.found.span.overlaps(span))
}

fn given(definition: &Definition) -> Bound {
    let phrase = definition.phrase.map(|span| (Sign::Definition, span));
    bound(definition, definition.span, DEFINITION).map_found(|found| found.told_by(phrase))
}

fn bound(definition: &Definition, span: Span, rule: &'static str) -> Bound {
    let treaty = definition.treaty.clone().map(Designation::Identified);
    let found = Found::new(span, definition.kind, treaty.unwrap_or(Designation::Words), rule)
        .with_confidence(definition.confidence * 0.9)
        .told_by([(Sign::Antecedent, definition.antecedent)]);
    Bound {
        found,
        antecedent: definition.antecedent,
    }
}

/// All definitions, in order of place.
fn definitions(scenes: &[Scene<'_>], found: &[Found]) -> Vec<Definition> {
    let mut definitions: Vec<Definition> = Vec::new();
    for scene in scenes {
        let phrases = scene.words.iter().filter(|h| h.word == Word::Defines);
        definitions.extend(phrases.filter_map(|hit| by_phrase(scene, found, hit)));
        let first = found.partition_point(|f| f.span.start < scene.span.start);
        let inside = found[first..]
            .iter()
            .take_while(|f| f.span.start < scene.span.end);
        definitions.extend(inside.filter_map(|f| by_quotes(scene, f)));
    }
    definitions.sort_by_key(|d| d.span.start);
    definitions.dedup_by_key(|d| d.span.start);
    definitions
}

/// "(hereinafter ‘the Strategy’)", "(hierna: de strategie)", ", im Folgenden „Strategie“,".
fn by_phrase(scene: &Scene<'_>, found: &[Found], hit: &Hit) -> Option<Definition> {
    let told = scene.slice(hit.span).contains(' ');
    let (form, quoted) = short_form(scene, hit.span.end, told)?;
    let before = scene.behind(hit.span.start, 3);
    let bracketed = before.trim_end().ends_with('(');
    if !quoted && !bracketed {
        return None;
    }
    let stop = hit.span.start - (before.len() - before.trim_end_matches([' ', '(', ',']).len());
    let last = found.partition_point(|f| f.span.start < stop);
    let near = found[..last].iter().rev().take(12).filter(|f| {
        let gap = scene.between(f.span.end, stop);
        f.span.end <= stop && gap.len() <= REACH && !gap.contains(['\n', ';']) && !ends_sentence(gap)
    });
    let of = near
        .filter(|f| fits(scene, f, form.inner, Bracket::Phrase))
        .min_by_key(|f| (stop - f.span.end, std::cmp::Reverse(f.span.len())))?;
    definition(scene, of, form, Some(hit.span))
}

/// A full stop before a blank and a capital ends a sentence; that of an abbreviation or a date does not.
fn ends_sentence(gap: &str) -> bool {
    gap.match_indices(". ").any(|(at, _)| {
        let word = gap[..at].rsplit(' ').next().unwrap_or("");
        word.chars().count() > 4 && gap[at + 2..].starts_with(char::is_uppercase)
    })
}

/// "Framework for a joint response (‘Cyber Toolbox’)": quotes in a bracket right behind the reference.
fn by_quotes(scene: &Scene<'_>, of: &Found) -> Option<Definition> {
    let open = [of.span.end, of.reach].into_iter().find_map(|end| {
        let rest = scene.text.get(end..)?;
        let after = rest.strip_prefix(' ').unwrap_or(rest);
        after.starts_with('(').then(|| end + rest.len() - after.len() + 1)
    })?;
    let (form, quoted) = short_form(scene, open, false)?;
    let closed = scene.text.get(form.end..)?.starts_with(')');
    let bracket = if form.whole == form.inner {
        Bracket::Name
    } else {
        Bracket::Phrase
    };
    (quoted && closed && fits(scene, of, form.inner, bracket)).then_some(())?;
    definition(scene, of, form, None)
}

/// A short form as it stands: with its article, without, and the end of its quotes.
#[derive(Debug, Clone, Copy)]
struct Form {
    whole: Span,
    inner: Span,
    end: usize,
}

/// The short form that begins at `at`, and whether it stands in quotes. Without quotes, colon, capital or several words
/// that say so ("hereinafter called") a word is no name.
fn short_form(scene: &Scene<'_>, at: usize, told: bool) -> Option<(Form, bool)> {
    let window = scene.ahead(at, LONGEST + 24);
    let lead = |text: &str| text.trim_start_matches([' ', ':', ',', '–', '-', '—']).len();
    let mut start = at + window.len() - lead(window);
    let marked = scene.between(at, start).contains([':', '–', '—']);
    let mut rest = &window[start - at..];
    // The article may stand before the quotes: the “Strategy”.
    let outer = without_article(rest, &scene.lexicon.phrases);
    if rest[outer..].starts_with(|c| close_of(c).is_some()) {
        start += outer;
        rest = &rest[outer..];
    }
    let quote = rest
        .chars()
        .next()
        .and_then(|c| close_of(c).map(|close| (c.len_utf8(), close)));
    let (from, length, quoted) = match quote {
        Some((open, close)) => (start + open, end_of_quote(&rest[open..], close)?, true),
        None => (start, rest.find(')')?, false),
    };
    let text = scene.between(from, from + length).trim_end();
    let article = without_article(text, &scene.lexicon.phrases);
    let inner = Span::new(from + article, from + text.len());
    let named = quoted || marked || told || scene.slice(inner).starts_with(char::is_uppercase);
    let end = from + length + if quoted { closing(scene, from + length) } else { 0 };
    (named && is_short(scene.slice(inner))).then_some((
        Form {
            whole: Span::new(from, inner.end),
            inner,
            end,
        },
        quoted,
    ))
}

fn close_of(open: char) -> Option<&'static [char]> {
    QUOTES.iter().find(|(c, _)| *c == open).map(|(_, close)| *close)
}

/// Where a quotation ends: an apostrophe inside a word closes nothing.
fn end_of_quote(text: &str, close: &[char]) -> Option<usize> {
    text.char_indices().find_map(|(at, c)| {
        let after = text[at + c.len_utf8()..].chars().next();
        (close.contains(&c) && !after.is_some_and(char::is_alphanumeric)).then_some(at)
    })
}

fn closing(scene: &Scene<'_>, at: usize) -> usize {
    scene
        .text
        .get(at..)
        .and_then(|t| t.chars().next())
        .map_or(0, char::len_utf8)
}

/// Up to eight words, with letters, without marks that names do not hold.
fn is_short(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (1..=8).contains(&words)
        && text.len() <= LONGEST
        && text.chars().filter(|c| c.is_alphabetic()).count() > 1
        && !text.contains(['(', '\n', ';', '"', '“', '„', '«'])
}

/// Whether a short form may be one of this reference. The institution or fund that an act sets up is not the act, and what
/// conclusions are about is not the conclusions: the noun of the form has to be that of the reference.
fn fits(scene: &Scene<'_>, of: &Found, form: Span, bracket: Bracket) -> bool {
    let words = || {
        scene
            .words_from(form.start)
            .iter()
            .take_while(|h| h.span.end <= form.end)
    };
    let text = scene.slice(form);
    match of.kind {
        _ if of.rule == super::select::OWN_TITLE => false,
        Kind::LegalAct => {
            let own = act_of(scene, of);
            let noun = words().find_map(|h| match h.word {
                Word::Act(act) => Some(act),
                _ => None,
            });
            let ends = |act: Option<_>| own.is_some() && own == act;
            noun.map_or_else(|| is_compound(scene, of, text), |act| ends(Some(act)))
        }
        Kind::Conclusions => words().any(|h| {
            matches!(
                h.word,
                Word::Conclusions | Word::CouncilConclusions | Word::EuropeanCouncilConclusions
            )
        }),
        Kind::CommissionDocument => {
            shares_word(scene, of, text)
                || words().any(|h| matches!(h.word, Word::Communication | Word::JointCommunication))
        }
        Kind::Instrument | Kind::Treaty => {
            shares_word(scene, of, text)
                || is_initials(scene, of, text)
                || bracket == Bracket::Name && is_name(text)
        }
        _ => false,
    }
}

/// How a short form is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bracket {
    /// With words that say so, or an article.
    Phrase,
    /// Nothing but quotes, right behind the reference: another name of it.
    Name,
}

/// "Sendai Framework (the Framework)": a word of four letters or more, whatever its case ending.
fn shares_word(scene: &Scene<'_>, of: &Found, text: &str) -> bool {
    let known = key(scene.slice(Span::new(of.span.start, of.reach.max(of.span.end))));
    text.split(|c: char| !c.is_alphanumeric()).map(key).any(|word| {
        let letters = word.chars().count();
        let kept = if letters > 5 { letters - 2 } else { letters };
        let stem: String = word.chars().take(kept).collect();
        letters > 3 && known.contains(&stem)
    })
}

/// "Cyber Resilience Act (CRA)": the first letters of words of the name, in order.
fn is_initials(scene: &Scene<'_>, of: &Found, text: &str) -> bool {
    let mut words = scene.slice(of.span).split(|c: char| !c.is_alphanumeric());
    let short = text.chars().count() > 1 && text.chars().all(char::is_uppercase);
    short
        && text
            .chars()
            .all(|letter| words.any(|w| w.chars().next().is_some_and(|c| c.to_uppercase().eq([letter]))))
}

/// Two words or more with capitals.
fn is_name(text: &str) -> bool {
    text.split(' ')
        .filter(|w| w.starts_with(char::is_uppercase))
        .count()
        > 1
}

/// "datadirektivet", "Datenrichtlinie", "GDPR": a word that ends in the noun of the act, or its initials.
fn is_compound(scene: &Scene<'_>, of: &Found, text: &str) -> bool {
    let Some(noun) = of
        .clues
        .iter()
        .find(|(sign, _)| *sign == Sign::Noun)
        .map(|(_, span)| key(scene.slice(*span)))
    else {
        return false;
    };
    let word = key(text.split_whitespace().next_back().unwrap_or(""));
    let stem: String = noun.chars().take((noun.chars().count() * 2 / 3).max(4)).collect();
    let initials = text.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
        && text.chars().count() > 2
        && noun.chars().next().is_some_and(|n| key(text).ends_with(n));
    initials || (stem.chars().count() >= 4 && word.contains(&stem))
}

fn definition(scene: &Scene<'_>, of: &Found, form: Form, phrase: Option<Span>) -> Option<Definition> {
    // What the tables know by that name is that, whatever it stands beside.
    let known = scene.names_from(form.inner).any(|n| n.span == form.inner);
    let article = form.inner.start - form.whole.start;
    let common = is_common(scene, form.inner);
    let (form_text, article) = match (common, article) {
        (true, 0) => (String::new(), 0),
        (true, length) => (scene.slice(form.whole).to_owned(), length),
        _ => (scene.slice(form.inner).to_owned(), 0),
    };
    (!known).then_some(Definition {
        form: form_text,
        article,
        plain: is_plain(scene, form.inner),
        span: form.inner,
        phrase,
        antecedent: of.span,
        treaty: treaty_of(of),
        kind: of.kind,
        confidence: of.confidence,
    })
}

/// The treaty of an article: "Article 45 of the Charter of Fundamental Rights (‘the Charter’)".
fn treaty_of(of: &Found) -> Option<WorkId> {
    match &of.designation {
        Designation::Identified(id) if of.kind == Kind::Treaty && !id.as_str().starts_with("PROTOCOL") => {
            let (treaty, _) = id.as_str().split_once('-')?;
            Some(WorkId::new(treaty))
        }
        _ => None,
    }
}

fn is_plain(scene: &Scene<'_>, form: Span) -> bool {
    scene
        .words_from(form.start)
        .first()
        .is_some_and(|h| h.span == form)
}

/// One word in lower case that is no compound: "de strategie" is defined, any "strategie" is not.
fn is_common(scene: &Scene<'_>, form: Span) -> bool {
    let text = scene.slice(form);
    let short = text.chars().count() <= 10;
    !text.contains(' ') && text.starts_with(char::is_lowercase) && (short || is_plain(scene, form))
}

/// The later uses of all short forms.
fn uses(
    document: &Document,
    scenes: &[Scene<'_>],
    (definitions, taken): (&[Definition], &[Span]),
) -> Vec<Bound> {
    let mut forms: Vec<&str> = definitions.iter().map(|d| d.form.as_str()).collect();
    forms.retain(|form| !form.is_empty());
    forms.sort_unstable();
    forms.dedup();
    let searcher = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(&forms);
    let Ok(searcher) = searcher else { return Vec::new() };
    let mut of_form: HashMap<&str, Vec<&Definition>> = HashMap::new();
    for definition in definitions {
        of_form
            .entry(definition.form.as_str())
            .or_default()
            .push(definition);
    }
    let text = document.text.repaired();
    let from = definitions.first().map_or(0, |d| d.span.end);
    let mut bound = Vec::new();
    for hit in searcher.find_iter(&text[from..]) {
        let span = Span::new(from + hit.start(), from + hit.end());
        let known = &of_form[forms[hit.pattern().as_usize()]];
        let before = known.partition_point(|d| d.span.end < span.start);
        let Some(definition) = before.checked_sub(1).map(|last| known[last]) else {
            continue;
        };
        let Some(span) = scene_at(scenes, span.start).and_then(|scene| used(scene, span, definition)) else {
            continue;
        };
        if is_free(taken, span) {
            bound.push(self::bound(definition, span, DEFINED));
        }
    }
    bound
}

/// The span of a use without its article, if the form stands there as a word of its own and not inside a longer name.
fn used(scene: &Scene<'_>, span: Span, definition: &Definition) -> Option<Span> {
    let before = scene.text[..span.start].chars().next_back();
    if before.is_some_and(char::is_alphanumeric)
        || (before == Some('-') && !follows_article(scene, span.start))
    {
        return None;
    }
    let end = scene.lexicon.end_with_inflection(scene.text, span.end)?;
    if definition.plain && (is_cited(scene, end) || !is_definite(scene, span, definition)) {
        return None;
    }
    let form = &definition.form[definition.article..];
    let name = form.starts_with(char::is_uppercase) && !form.contains(' ');
    let inside = name && (follows_capital(scene, span.start) || precedes_capital(scene, end));
    (!inside && !scene.text[end..].starts_with('-'))
        .then_some(Span::new(span.start + definition.article, end))
}

/// Whether a single noun has an article or a word that points back before it, in a language that has articles.
fn is_definite(scene: &Scene<'_>, span: Span, definition: &Definition) -> bool {
    let phrases = &scene.lexicon.phrases;
    let before = scene.behind(span.start, 24).trim_end();
    let word = before.rsplit(' ').next().unwrap_or("").to_lowercase();
    let pointed = || {
        [&phrases.article, &phrases.that, &phrases.this]
            .iter()
            .any(|set| set.contains(&word))
    };
    definition.article > 0 || phrases.article.is_empty() || pointed()
}

/// Maltese glues its article to the word: "tad-|Direttiva".
fn follows_article(scene: &Scene<'_>, at: usize) -> bool {
    let word = scene.behind(at, 12).rsplit(' ').next().unwrap_or("");
    scene.lexicon.phrases.determiner.contains_any_case(word)
}

/// "Cyber |Strategy": another name ends in the form.
pub(super) fn follows_capital(scene: &Scene<'_>, at: usize) -> bool {
    let before = scene.behind(at, 40);
    let word = before
        .strip_suffix(' ')
        .unwrap_or("")
        .rsplit(' ')
        .next()
        .unwrap_or("");
    let phrases = &scene.lexicon.phrases;
    let lower = word.to_lowercase();
    let function = phrases.determiner.contains(&lower) || phrases.article.contains(&lower);
    word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic) && !function
}

/// "Strategy| Paper": another name begins with it.
fn precedes_capital(scene: &Scene<'_>, at: usize) -> bool {
    scene
        .ahead(at, 8)
        .strip_prefix(' ')
        .is_some_and(|rest| rest.starts_with(char::is_uppercase))
}
