//! Treaties and their articles with pinpoints, in either order: `Article 42(7) TEU`, `artikel 42, lid 7, van het Verdrag`,
//! `42. cikk (7) bekezdése`.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::articles::{self, Article};
use super::found::Found;
use super::lexicon::{Hit, Word, instrument_id};
use super::phrases::lower_case;
use super::scene::Scene;
use crate::model::{Designation, Kind, Span, WorkId};

const RULE: &str = "treaty-article";

/// How far behind its articles the name of the treaty may stand.
const REACH: usize = 140;

/// All treaty articles and treaties named alone.
pub(super) fn find(scene: &Scene<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut taken: Vec<Span> = Vec::new();
    let mut known: HashMap<String, &'static str> = HashMap::new();
    let (mut covered, alone_named) = (0, OnceCell::new());
    for hit in scene.words.iter().filter(|h| h.word == Word::Article) {
        // A list reads all its nouns.
        if hit.span.start < covered {
            continue;
        }
        let groups = articles::listed(scene, hit.span);
        let Some(last) = groups.iter().flatten().next_back() else {
            continue;
        };
        covered = last.end;
        for (articles, treaty) in with_treaties(scene, groups, &alone_named) {
            taken.extend(treaty.iter().flat_map(|t| &t.taken));
            for (place, article) in articles.iter().enumerate() {
                let Some(treaty) = &treaty else {
                    found.extend(short(scene, article, &known));
                    continue;
                };
                known.insert(article.number.clone(), treaty.id);
                let span = with_name(article.span, treaty.name, (place, articles.len()));
                found.push(mention(article, treaty.id, span));
            }
        }
    }
    taken.sort();
    found.extend(alone(scene, &taken));
    found.extend(protocols(scene));
    found
}

/// The member of a list next to the name takes it: the last where the name follows, the first where it goes before.
fn with_name(article: Span, name: Option<Span>, (place, members): (usize, usize)) -> Span {
    let Some(name) = name else { return article };
    match () {
        () if name.start >= article.end && place + 1 == members => Span::new(article.start, name.end),
        () if name.end <= article.start && place == 0 => Span::new(name.start, article.end),
        () => article,
    }
}

fn mention(article: &Article, treaty: &str, span: Span) -> Found {
    Found::identified(span, Kind::Treaty, id(article, treaty), RULE).with_pinpoint(Some(article.pinpoint()))
}

/// The id of an article of a treaty, with its first paragraph.
fn id(article: &Article, treaty: &str) -> WorkId {
    let paragraph = article
        .inner
        .first()
        .filter(|p| p.bytes().all(|b| b.is_ascii_digit()));
    match paragraph {
        Some(paragraph) => WorkId::new(format!("{treaty}-{}-{paragraph}", article.number)),
        None => WorkId::new(format!("{treaty}-{}", article.number)),
    }
}

/// "Article 42(7)" again, after its treaty was named: a short form, unless an act follows.
fn short(scene: &Scene<'_>, article: &Article, known: &HashMap<String, &'static str>) -> Option<Found> {
    let treaty = known.get(&article.number).filter(|_| !article.inner.is_empty())?;
    let ahead = scene.ahead(article.span.end, 40);
    let other = ahead.contains(|c: char| c.is_ascii_digit());
    (!other).then(|| Found {
        rule: "treaty-short".into(),
        confidence: 0.8,
        ..mention(article, treaty, article.span)
    })
}

/// The treaty of articles.
struct Named {
    id: &'static str,
    /// Its name, where it stands beside the articles and is part of the mention.
    name: Option<Span>,
    /// The names that are no mentions of their own.
    taken: Vec<Span>,
}

/// The articles of a list with their treaty. Two treaties share a list whose noun is said again: "EU-fördragets artikel 42.7 och
/// artikel 222 i EUF-fördraget".
fn with_treaties<'a>(
    scene: &Scene<'a>,
    mut groups: Vec<Vec<Article>>,
    alone_named: &OnceCell<AloneNamed<'a>>,
) -> Vec<(Vec<Article>, Option<Named>)> {
    let start = groups.iter().flatten().next().map_or(0, |a| a.span.start);
    let end = groups.iter().flatten().next_back().map_or(0, |a| a.end);
    let before = treaty_before(scene, start);
    let after = treaty_after(scene, end, before.is_some());
    let above = || treaty_above(scene, start);
    match (before, after) {
        (Some(before), _) if scene.table.treaty.first => vec![(groups.concat(), Some(before))],
        (before, Some(after)) if groups.len() > 1 => match before.or_else(above) {
            Some(before) => {
                let first = groups.remove(0);
                vec![(first, Some(before)), (groups.concat(), Some(after))]
            }
            None => vec![(groups.concat(), Some(after))],
        },
        (before, after) => {
            let meant = || {
                let alone = alone_named.get_or_init(|| AloneNamed::of(scene));
                treaty_meant(scene, Span::new(start, end), alone)
            };
            vec![(groups.concat(), after.or(before).or_else(above).or_else(meant))]
        }
    }
}

/// What "the Treaty" without its name may mean in a scene.
struct AloneNamed<'a> {
    /// The nouns that it is called by.
    nouns: Vec<&'a str>,
    /// The first treaty that is named, behind which place, and before which no other is.
    only: Option<(&'static str, usize, usize)>,
}

impl<'a> AloneNamed<'a> {
    fn of(scene: &Scene<'a>) -> Self {
        let treaties = || {
            scene.words.iter().filter_map(|h| match h.word {
                Word::Treaty(id) if id != CHARTER => Some((id, h.span.end)),
                _ => None,
            })
        };
        let by_name = scene.names_from(scene.span).filter(|name| {
            instrument_id(scene.tables, name.instrument)
                .as_str()
                .contains("treaty")
        });
        let only = treaties().next().map(|(id, from)| {
            let others = treaties().filter(|(other, _)| *other != id).map(|(_, end)| end);
            let until = others.chain(by_name.map(|name| name.span.end)).min();
            (id, from, until.unwrap_or(usize::MAX))
        });
        Self {
            nouns: heads(scene),
            only,
        }
    }
}

/// "Article 21 of the Treaty": the treaty that the text named before, if it named only one.
fn treaty_meant(scene: &Scene<'_>, articles: Span, alone: &AloneNamed<'_>) -> Option<Named> {
    let (id, from, until) = alone.only?;
    if articles.start < from || articles.start >= until {
        return None;
    }
    let behind = || noun_behind(scene, articles.end, &alone.nouns).filter(|_| !scene.table.treaty.first);
    let noun = behind().or_else(|| noun_before(scene, articles.start, &alone.nouns))?;
    Some(Named {
        id,
        name: Some(noun),
        taken: vec![noun],
    })
}

const CHARTER: &str = "CHARTER";

/// The noun alone of the names of the treaties, behind articles: "of the |Treaty|", "of that |Treaty|".
fn noun_behind(scene: &Scene<'_>, end: usize, nouns: &[&str]) -> Option<Span> {
    let marks = scene.ahead(end, 4);
    let at = end + marks.len() - articles::past_ordinal(marks).len();
    let window = scene.ahead(at, NOUN);
    let ends = |from: usize, noun: &str| !window[from + noun.len()..].starts_with(char::is_alphanumeric);
    let forms = nouns.iter().flat_map(|noun| [noun.to_string(), titled(noun)]);
    let places = forms.filter_map(|noun| Some((window.find(&noun)?, noun)));
    let (from, noun) = places.filter(|(from, noun)| ends(*from, noun)).min()?;
    let phrases = &scene.lexicon.phrases;
    let lead = lower_case(&window[..from]);
    let that = phrases.that.longest_at_end(lead.trim_end()).unwrap_or(0);
    let leads = phrases.make(
        &window[..lead.trim_end().len() - that],
        &[&phrases.of, &phrases.determiner],
    );
    leads.then(|| Span::new(at + from, at + from + noun.len()))
}

/// The same before articles ("a |Szerződés| 21. cikke"): with a capital, as other agreements bear it without one.
fn noun_before(scene: &Scene<'_>, start: usize, nouns: &[&str]) -> Option<Span> {
    let window = scene.behind(start, NOUN);
    let bare = window.strip_suffix(' ')?;
    let noun = nouns.iter().map(|noun| titled(noun)).find(|noun| {
        let before = bare.strip_suffix(noun.as_str());
        before.is_some_and(|before| !before.ends_with(char::is_alphanumeric))
    })?;
    let end = start - (window.len() - bare.len());
    Some(Span::new(end - noun.len(), end))
}

/// The noun of "the Treaty" stands no further than this many bytes from its articles.
const NOUN: usize = 40;

/// The words at an end of the names of both treaties but not of the Charter: what they are, and not whose.
fn heads<'a>(scene: &Scene<'a>) -> Vec<&'a str> {
    let treaty = &scene.table.treaty;
    let words = |names: &'a [String]| ends(names).map(str::to_lowercase).collect::<Vec<_>>();
    let (functioning, charter) = (words(&treaty.tfeu), words(&treaty.charter));
    let is_noun = |word: &String| functioning.contains(word) && !charter.contains(word);
    let mut heads: Vec<&str> = ends(&treaty.teu).collect();
    heads.retain(|word| word.chars().count() > SHORTEST && is_noun(&word.to_lowercase()));
    heads
}

/// No word for a treaty is as short as this.
const SHORTEST: usize = 4;

/// The first and the last words of names of several words.
fn ends(names: &[String]) -> impl Iterator<Item = &str> {
    let first = names.iter().filter_map(|name| Some(name.split_once(' ')?.0));
    first.chain(names.iter().filter_map(|name| Some(name.rsplit_once(' ')?.1)))
}

fn titled(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|c| c.to_uppercase().collect::<String>());
    first.unwrap_or_default() + letters.as_str()
}

/// The treaty named right before the articles ("SEU-sopimuksen 42 artiklan", "LES 42. panta"), perhaps with its
/// abbreviation or what the articles are on between.
fn treaty_before(scene: &Scene<'_>, at: usize) -> Option<Named> {
    let mut hits = scene
        .words_before(at, REACH)
        .rev()
        .filter(|h| matches!(h.word, Word::Treaty(_)));
    let hit = hits.next()?;
    let Word::Treaty(id) = hit.word else { return None };
    let gap = scene.between(hit.span.end, at);
    let between = Span::new(hit.span.end, at);
    if !(is_abbreviation(gap) || is_topic(scene, between) || holds_divisions(scene, between)) {
        return None;
    }
    let full = hits
        .next()
        .filter(|full| full.word == hit.word && scene.between(full.span.end, hit.span.start).trim() == "(")
        .filter(|_| gap.trim() == ")");
    let start = full.map_or(hit.span.start, |full| full.span.start);
    Some(Named {
        id,
        name: Some(Span::new(start, hit.span.end)),
        taken: full.iter().map(|full| full.span).chain([hit.span]).collect(),
    })
}

/// Whether only divisions of a treaty stand between it and its articles ("Articles 2 and 3| and Title V of the |Treaty"), each
/// with its number, in digits or as a word beside it.
fn holds_divisions(scene: &Scene<'_>, between: Span) -> bool {
    let phrases = &scene.lexicon.phrases;
    let text = scene.slice(between);
    let number = |word: &str| {
        let bare = word.trim_matches([',', '.', '(', ')']);
        !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit() || b"IVX".contains(&b))
    };
    let words = text.split_whitespace().filter(|word| !number(word));
    let rest = words.collect::<Vec<_>>().join(" ");
    let known = [&phrases.division, &phrases.and, &phrases.of, &phrases.determiner];
    let numbered = text.split_whitespace().any(number);
    numbered
        && phrases.make(&rest, &known)
        && !phrases.make(&rest, &known[1..])
        && !text.contains([';', ':', '\n'])
}

/// Whether there is nothing in a gap, or an abbreviation or its end: "(LES)".
fn is_abbreviation(gap: &str) -> bool {
    let gap = gap.trim_matches(' ');
    let inner = gap.strip_prefix('(').unwrap_or(gap);
    let letters = inner.strip_suffix(')').unwrap_or(inner);
    gap.is_empty() || letters.len() < inner.len() && letters.chars().all(char::is_uppercase)
}

/// Whether a stretch is what articles are on, before them: "az oktatásról szóló".
fn is_topic(scene: &Scene<'_>, span: Span) -> bool {
    let gap = scene.slice(span).trim();
    let last = gap.rsplit(' ').next().unwrap_or("").to_lowercase();
    let cites = scene.words_from(span.start).iter();
    scene.lexicon.phrases.on_before.contains(&last)
        && !gap.contains(['.', ';', ':', '(', '\n'])
        && !gap.contains(|c: char| c.is_ascii_digit())
        && !cites
            .take_while(|h| h.span.end <= span.end)
            .any(|h| is_other(h.word))
}

/// Whether a word may be another one whose articles follow.
fn is_other(word: Word) -> bool {
    matches!(
        word,
        Word::Act(_)
            | Word::Treaty(_)
            | Word::Protocol
            | Word::Head
            | Word::Communication
            | Word::Conclusions
    )
}

/// How far before its articles a treaty may begin that is named in full.
const ABOVE: usize = 200;

/// The treaty of which these articles matter most ("the Treaty on the Functioning of the European Union (TFEU), and in
/// particular Article 16 thereof"): it is a reference of its own.
fn treaty_above(scene: &Scene<'_>, at: usize) -> Option<Named> {
    let mut before = scene.words_before(at, ABOVE).rev();
    let hit = before.find(|h| matches!(h.word, Word::Treaty(_)))?;
    let Word::Treaty(id) = hit.word else {
        return None;
    };
    let phrases = &scene.lexicon.phrases;
    let gap = lower_case(scene.between(hit.span.end, at));
    let places = phrases
        .particular
        .iter()
        .filter_map(|p| Some((gap.rfind(p.as_str())?, p.len())));
    let (place, length) = places.max()?;
    let leads = phrases.make(&gap[place + length..], &[&phrases.determiner]);
    let clause = &gap[..place];
    let follows =
        phrases.make(clause, &[&phrases.and, &phrases.determiner]) || is_clause(scene, hit.span.end, clause);
    (leads && follows).then(|| Named {
        id,
        name: None,
        taken: Vec::new(),
    })
}

/// The length of brackets right behind a name: they hold its short form ("(“the Charter”)").
fn short_name(clause: &str) -> usize {
    let opens = clause.trim_start().starts_with('(');
    clause.find(')').filter(|_| opens).map_or(0, |close| close + 1)
}

/// Whether the words behind a treaty go on with the same sentence and name nothing else that has articles.
fn is_clause(scene: &Scene<'_>, at: usize, clause: &str) -> bool {
    let within = Span::new(at + short_name(clause), at + clause.len());
    let words = scene.words_from(within.start).iter();
    !clause.contains(['.', ';', ':', '\n'])
        && !clause.contains(|c: char| c.is_ascii_digit())
        && !words
            .take_while(|h| h.span.end <= within.end)
            .any(|h| is_other(h.word))
        && scene.names_in(within).is_empty()
}

/// The treaty named after the articles, with nothing but linking words between; a comma alone leads to one that has no
/// articles of its own behind it, if none stands before.
fn treaty_after(scene: &Scene<'_>, end: usize, is_named_before: bool) -> Option<Named> {
    let marks = scene.ahead(end, 4);
    let ordinal = marks.len() - articles::past_ordinal(marks).len();
    let at = end + ordinal;
    let mut hits = scene
        .words_from(at)
        .iter()
        .take_while(|h| h.span.start < at + REACH);
    let (id, span) = hits.find_map(|h| match h.word {
        Word::Treaty(id) => Some((id, h.span)),
        _ => None,
    })?;
    let gap = scene.between(at, span.start);
    let divided = || !is_named_before && holds_divisions(scene, Span::new(at, span.start));
    let bare = gap.trim().trim_matches(',').is_empty() && gap.contains(',');
    let stands = match () {
        () if scene.table.treaty.first => gap.trim().is_empty() && !has_articles(scene, span),
        () if bare => !is_named_before && !has_articles(scene, span),
        () => scene.links(at, span.start) || divided(),
    };
    (stands && !gap.contains('\n')).then(|| Named {
        id,
        name: Some(span),
        taken: vec![span],
    })
}

/// Whether articles stand right behind a treaty.
fn has_articles(scene: &Scene<'_>, name: Span) -> bool {
    let mut near = scene
        .words_from(name.end)
        .iter()
        .take_while(|h| h.span.start < name.end + 40);
    let word = near.find(|h| h.word == Word::Article);
    let first = word.and_then(|h| articles::headed(scene, h.span).into_iter().next());
    first.is_some_and(|a| a.span.start >= name.end && is_abbreviation(scene.between(name.end, a.span.start)))
}

/// Treaties named without an article.
fn alone<'a>(scene: &'a Scene<'_>, taken: &'a [Span]) -> impl Iterator<Item = Found> + 'a {
    scene
        .words
        .iter()
        .filter(|h| taken.binary_search_by_key(&h.span.start, |s| s.start).is_err())
        .filter_map(|h| match h.word {
            Word::Treaty(id) => Some(Found::new(
                h.span,
                Kind::Treaty,
                Designation::Identified(WorkId::new(id)),
                "treaty-name",
            )),
            _ => None,
        })
}

/// The protocols to the treaties of the Union are numbered from 1 to 37.
const PROTOCOLS: u32 = 37;

/// Protocols cited by number: `Protocol No 21`, `21. jegyzőkönyv`.
fn protocols<'a>(scene: &'a Scene<'_>) -> impl Iterator<Item = Found> + 'a {
    let hits = scene.words.iter().filter(|h| h.word == Word::Protocol);
    hits.filter_map(|h| {
        let (number, span) = numbered(scene, h.span).or_else(|| articles::number_before(scene, h.span))?;
        let number: u32 = number.parse().ok()?;
        let designation = if number <= PROTOCOLS && is_of_union(scene, span) {
            Designation::Identified(WorkId::new(format!("PROTOCOL-{number}")))
        } else {
            Designation::Words
        };
        Some(Found::new(span, Kind::Treaty, designation, "treaty-protocol"))
    })
}

/// The number of a protocol, behind the word for number, perhaps in a bracket ("Protocol (No 21)").
fn numbered(scene: &Scene<'_>, word: Span) -> Option<(String, Span)> {
    let window = scene.ahead(word.end, 24);
    let rest = window.strip_prefix(' ')?;
    let opens = rest.starts_with('(');
    let rest = rest.strip_prefix('(').unwrap_or(rest);
    let tables = scene.tables.languages().iter().flat_map(|t| &t.act.number);
    let number = tables
        .filter(|n| rest.starts_with(n.as_str()))
        .max_by_key(|n| n.len())?;
    let digits = rest[number.len()..].trim_start();
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let stands = !digits[length..].starts_with(|c: char| c.is_alphanumeric() || c == '/');
    let closes = opens && digits[length..].starts_with(')');
    let end = word.end + window.len() - digits.len() + length + usize::from(closes);
    (matches!(length, 1 | 2) && stands && opens == closes)
        .then(|| (digits[..length].to_owned(), Span::new(word.start, end)))
}

/// Other treaties have numbered protocols, too ("Protocol No 13 to the Convention"): those of the Union are named with
/// their treaty or by what they are on.
fn is_of_union(scene: &Scene<'_>, span: Span) -> bool {
    let treaty = |h: &Hit| matches!(h.word, Word::Treaty(_) | Word::Treaties);
    let behind = scene
        .words_from(span.end)
        .iter()
        .take_while(|h| h.span.start < span.end + REACH);
    let rest = scene.ahead(span.end, 32).trim_start_matches([',', ' ', '(']);
    let on = scene.lexicon.phrases.on.iter().any(|on| {
        rest.strip_prefix(on.as_str())
            .is_some_and(|tail| tail.starts_with(' '))
    });
    let before = scene.behind(span.start, SENTENCE).len();
    !is_of_convention(scene, span.end)
        && (on || behind.into_iter().any(treaty) || scene.words_before(span.start, before).any(treaty))
}

/// How far behind a protocol the convention may be named that it belongs to.
const BEHIND: usize = 40;

/// Whether a convention or another treaty by name follows: "to the Convention", "to the ECHR".
fn is_of_convention(scene: &Scene<'_>, at: usize) -> bool {
    let near = Span::new(at, at + scene.ahead(at, REACH).len());
    let mut words = scene.words_from(at).iter();
    let next = words.next().filter(|h| h.span.start < at + BEHIND);
    let mut names = scene.names_from(near).filter(|n| n.span.start < at + BEHIND);
    next.is_some_and(|h| h.word == Word::Head)
        || names.any(|n| scene.tables.instruments[n.instrument].kind == Kind::Treaty)
}

/// How far before a protocol its treaty may be named: a list of articles may stand between.
const SENTENCE: usize = 400;
