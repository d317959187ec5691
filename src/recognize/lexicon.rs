//! All words and names of one language, in one tree: a walk from each word of a text finds every place where a rule may start.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;
use memchr::memchr_iter;

use super::forms::{alike, forms};
use super::phrases::{Phrases, lower_case};
use super::squeeze::{Folded, key, stems};
use super::trie::Trie;
use crate::model::{Language, Relation, Span, WorkId};
use crate::tables::{LanguageTable, Tables};

/// What a word of the language tables is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Word {
    Council,
    EuropeanCouncil,
    NotCouncil,
    Organization,
    Governments,
    Commission,
    Parliament,
    Conclusions,
    CouncilConclusions,
    EuropeanCouncilConclusions,
    Act(ActType),
    ParliamentResolution,
    Communication,
    JointCommunication,
    /// The noun of texts that a date tells, and how their English names begin.
    Dated(&'static str),
    Cue(Relation),
    CueAfter(Relation),
    Treaty(&'static str),
    Article,
    Treaties,
    Protocol,
    Journal,
    Head,
    Defines,
    Ibid,
    OpCited,
}

impl Word {
    /// The list of the language table that holds the word.
    pub fn list(self) -> &'static str {
        match self {
            Self::Council => "body.council",
            Self::EuropeanCouncil => "body.european_council",
            Self::NotCouncil => "body.not_council",
            Self::Organization => "body.organization",
            Self::Governments => "body.governments",
            Self::Commission => "body.commission",
            Self::Parliament => "body.parliament",
            Self::ParliamentResolution => "noun.parliament_resolution",
            Self::Conclusions => "noun.conclusions",
            Self::CouncilConclusions => "noun.council_conclusions",
            Self::EuropeanCouncilConclusions => "noun.european_council_conclusions",
            Self::Act(act) => act.list(),
            Self::Communication => "noun.communication",
            Self::JointCommunication => "noun.joint_communication",
            Self::Dated(EU_NATO) => "noun.joint_declaration",
            Self::Dated(_) => "noun.interinstitutional_agreement",
            Self::Cue(relation) => cue_list(relation),
            Self::CueAfter(_) => "cue.after",
            Self::Treaty(_) => "treaty",
            Self::Article => "treaty.article",
            Self::Treaties => "treaty.treaties",
            Self::Protocol => "treaty.protocol",
            Self::Journal => "journal.name",
            Self::Head => "head",
            Self::Defines => "define.phrases",
            Self::Ibid => "back.ibid",
            Self::OpCited => "back.op_cit",
        }
    }
}

/// The joint declarations that are named by their date alone are those of the Union and NATO.
const EU_NATO: &str = "EU-NATO Joint Declaration";

fn cue_list(relation: Relation) -> &'static str {
    match relation {
        Relation::Recalls => "cue.recalls",
        Relation::BuildsOn => "cue.builds_on",
        Relation::InLineWith => "cue.in_line_with",
        Relation::Implements => "cue.implements",
        Relation::Amends => "cue.amends",
        Relation::Repeals => "cue.repeals",
        Relation::Corrects => "cue.corrects",
        Relation::Itself | Relation::PreviousDocument | Relation::Cites => "cue",
    }
}

/// The types of act, each with its letter in a CELEX number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum ActType {
    Regulation,
    Directive,
    Decision,
    FrameworkDecision,
    Recommendation,
    Opinion,
    Resolution,
    JointAction,
    CommonPosition,
}

impl ActType {
    fn list(self) -> &'static str {
        match self {
            Self::Regulation => "noun.regulation",
            Self::Directive => "noun.directive",
            Self::Decision => "noun.decision",
            Self::FrameworkDecision => "noun.framework_decision",
            Self::Recommendation => "noun.recommendation",
            Self::Opinion => "noun.opinion",
            Self::Resolution => "noun.resolution",
            Self::JointAction => "noun.joint_action",
            Self::CommonPosition => "noun.common_position",
        }
    }

    /// The letter of sector 3 of CELEX; none where the number alone does not give one.
    pub fn letter(self) -> Option<char> {
        match self {
            Self::Regulation => Some('R'),
            Self::Directive => Some('L'),
            Self::Decision => Some('D'),
            Self::FrameworkDecision => Some('F'),
            Self::Recommendation => Some('H'),
            Self::JointAction | Self::CommonPosition => Some('E'),
            Self::Opinion | Self::Resolution => None,
        }
    }
}

/// A word found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub span: Span,
    pub word: Word,
}

/// A name of the gazetteer found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NameHit {
    pub span: Span,
    /// Index of the instrument in the tables.
    pub instrument: usize,
}

/// How much the case of the letters counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Any,
    /// The first letter is a capital.
    Initial,
    /// All letters as in the table.
    Exact,
}

#[derive(Debug, Clone, Copy)]
enum Entry {
    Word(Word),
    Name(usize),
}

#[derive(Debug)]
struct Pattern {
    entry: Entry,
    case: Case,
    /// Its letters and digits where their case counts.
    letters: String,
    /// Whether the text of the pattern itself holds a full stop ("EU-U.S. Trade ...").
    has_stop: bool,
    /// How many blanks it holds: "rådskonklusioner" is not "Råds konklusioner".
    blanks: usize,
    /// The mark it ends in: a full stop belongs to an abbreviation where it stands, a plus must stand ("Erasmus+").
    last: char,
}

/// No key is shorter.
const SHORTEST_KEY: usize = 2;

/// The words and names of one language.
#[derive(Debug)]
pub(super) struct Lexicon {
    keys: Trie,
    /// For each key its patterns: one key may be a word and a name, or two names.
    patterns: Vec<Vec<Pattern>>,
    inflection: HashSet<String, FixedState>,
    pub phrases: Phrases,
    /// The stems of names and the instruments they name, for coordinations ("Paris and Christchurch Calls").
    pub names: HashMap<String, usize, FixedState>,
    /// The stems of the first and last words of those names: most coordinations are told by them to make no name.
    pub edges: HashSet<String, FixedState>,
}

impl Lexicon {
    /// The lexicon of a language: its words, its names and the names in English.
    pub fn new(tables: &Tables, language: Language) -> Self {
        let table = tables.language(language);
        let mut builder = Builder::default();
        builder.words(table);
        builder.journal(tables.language(Language::ENGLISH));
        builder.names(tables, language);
        let Builder {
            mut rows,
            names,
            edges,
        } = builder;
        rows.sort_by(|(a, _), (b, _)| a.cmp(b));
        let (mut keys, mut patterns): (Vec<String>, Vec<Vec<Pattern>>) = Default::default();
        for (key, pattern) in rows {
            match patterns.last_mut() {
                Some(patterns) if keys.last() == Some(&key) => patterns.push(pattern),
                _ => {
                    keys.push(key);
                    patterns.push(vec![pattern]);
                }
            }
        }
        let inflection = table.inflection.iter().map(|e| e.to_lowercase()).collect();
        Self {
            keys: Trie::new(keys),
            patterns,
            inflection,
            phrases: Phrases::new(table),
            names,
            edges,
        }
    }

    /// All words and names in a part of a text, in order of place.
    pub fn find(&self, source: &str, part: Span) -> (Vec<Hit>, Vec<NameHit>) {
        let (mut words, mut names) = (Vec::new(), Vec::new());
        let folded = Folded::new(&source[part.start..part.end]);
        folded.each_word(|at| {
            self.keys.each_at(&folded, at, |key, end| {
                let found = Span::new(part.start + at, part.start + end);
                for pattern in &self.patterns[key] {
                    match (pattern.entry, self.accepts(pattern, source, found)) {
                        (Entry::Word(word), Some(span)) => words.push(Hit { span, word }),
                        (Entry::Name(instrument), Some(span)) => names.push(NameHit { span, instrument }),
                        (_, None) => {}
                    }
                }
            });
        });
        words.sort_by_key(|h| (h.span.start, std::cmp::Reverse(h.span.end), h.word));
        words.dedup();
        names.sort_by_key(|h| (h.span.start, std::cmp::Reverse(h.span.end), h.instrument));
        names.dedup();
        (words, names)
    }

    /// The span of the match with its ending, if the match may stand.
    fn accepts(&self, pattern: &Pattern, source: &str, span: Span) -> Option<Span> {
        let marked = source[span.end..].starts_with(pattern.last);
        let end = match pattern.entry {
            _ if pattern.last == '+' => marked.then_some(span.end + 1)?,
            _ if pattern.last == '.' && marked && blanks(source, span) <= pattern.blanks => span.end + 1,
            Entry::Word(_) => {
                (ends_word(source, span.end) && blanks(source, span) <= pattern.blanks).then_some(span.end)?
            }
            Entry::Name(_) => self.end_with_inflection(source, span.end)?,
        };
        let text = &source[span.start..span.end];
        (fits_case(pattern, text) && !breaks(pattern, text)).then_some(Span::new(span.start, end))
    }

    /// Where a name that ends at `end` ends with its inflection; none where a longer word goes on.
    pub fn end_with_inflection(&self, source: &str, end: usize) -> Option<usize> {
        let rest = &source[end..];
        let letters: usize = rest
            .chars()
            .take_while(|c| c.is_alphanumeric())
            .map(char::len_utf8)
            .sum();
        if letters == 0 {
            return Some(end);
        }
        self.inflection
            .contains(lower_case(&rest[..letters]).as_ref())
            .then_some(end + letters)
    }
}

fn blanks(source: &str, span: Span) -> usize {
    let text = &source[span.start..span.end];
    // Most words are one.
    if text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return 0;
    }
    text.matches(char::is_whitespace).count()
}

fn ends_word(source: &str, at: usize) -> bool {
    !source[at..].chars().next().is_some_and(char::is_alphanumeric)
}

fn fits_case(pattern: &Pattern, text: &str) -> bool {
    match pattern.case {
        Case::Any => true,
        Case::Initial => text.chars().next().is_some_and(char::is_uppercase),
        Case::Exact => text
            .chars()
            .filter(|c| c.is_alphanumeric())
            .eq(pattern.letters.chars()),
    }
}

/// A match does not run over the end of a sentence.
fn breaks(pattern: &Pattern, text: &str) -> bool {
    let ends = |blank: usize| text[..blank].ends_with(['.', ';', '?']);
    !pattern.has_stop && memchr_iter(b' ', text.as_bytes()).any(ends)
}

#[derive(Default)]
struct Builder {
    rows: Vec<(String, Pattern)>,
    names: HashMap<String, usize, FixedState>,
    edges: HashSet<String, FixedState>,
}

impl Builder {
    fn add(&mut self, text: &str, entry: Entry, case: Case) {
        let key = key(text);
        if key.len() < SHORTEST_KEY {
            return;
        }
        let letters = match case {
            Case::Exact => text.chars().filter(|c| c.is_alphanumeric()).collect(),
            Case::Any | Case::Initial => String::new(),
        };
        let pattern = Pattern {
            entry,
            case,
            letters,
            has_stop: text.contains(['.', ';', '?']),
            blanks: text.matches(' ').count(),
            last: text.chars().next_back().unwrap_or(' '),
        };
        self.rows.push((key, pattern));
    }

    /// The Official Journal in English: pages of EUR-Lex leave it so in every language.
    fn journal(&mut self, english: &LanguageTable) {
        for name in &english.journal.name {
            self.add(name, Entry::Word(Word::Journal), case_of_word(name));
        }
    }

    fn words(&mut self, table: &LanguageTable) {
        let (body, noun, cue) = (&table.body, &table.noun, &table.cue);
        let rows: [(Word, &[String]); 48] = [
            (Word::Council, &body.council),
            (Word::EuropeanCouncil, &body.european_council),
            (Word::NotCouncil, &body.not_council),
            (Word::Organization, &body.organization),
            (Word::Governments, &body.governments),
            (Word::Commission, &body.commission),
            (Word::Parliament, &body.parliament),
            (Word::ParliamentResolution, &noun.parliament_resolution),
            (Word::Conclusions, &noun.conclusions),
            (Word::CouncilConclusions, &noun.council_conclusions),
            (
                Word::EuropeanCouncilConclusions,
                &noun.european_council_conclusions,
            ),
            (Word::Act(ActType::Regulation), &noun.regulation),
            (Word::Act(ActType::Directive), &noun.directive),
            (Word::Act(ActType::Decision), &noun.decision),
            (Word::Act(ActType::FrameworkDecision), &noun.framework_decision),
            (Word::Act(ActType::Recommendation), &noun.recommendation),
            (Word::Act(ActType::Opinion), &noun.opinion),
            (Word::Act(ActType::Resolution), &noun.resolution),
            (Word::Act(ActType::JointAction), &noun.joint_action),
            (Word::Act(ActType::CommonPosition), &noun.common_position),
            (Word::Communication, &noun.communication),
            (Word::JointCommunication, &noun.joint_communication),
            (Word::Dated(EU_NATO), &noun.joint_declaration),
            (
                Word::Dated("Interinstitutional Agreement"),
                &noun.interinstitutional_agreement,
            ),
            (Word::Cue(Relation::Recalls), &cue.recalls),
            (Word::Cue(Relation::BuildsOn), &cue.builds_on),
            (Word::Cue(Relation::InLineWith), &cue.in_line_with),
            (Word::Cue(Relation::Implements), &cue.implements),
            (Word::Cue(Relation::Amends), &cue.amends),
            (Word::Cue(Relation::Repeals), &cue.repeals),
            (Word::Cue(Relation::Corrects), &cue.corrects),
            (Word::CueAfter(Relation::Recalls), &cue.after.recalls),
            (Word::CueAfter(Relation::BuildsOn), &cue.after.builds_on),
            (Word::CueAfter(Relation::InLineWith), &cue.after.in_line_with),
            (Word::CueAfter(Relation::Implements), &cue.after.implements),
            (Word::CueAfter(Relation::Amends), &cue.after.amends),
            (Word::CueAfter(Relation::Repeals), &cue.after.repeals),
            (Word::Treaty("TEU"), &table.treaty.teu),
            (Word::Treaty("TFEU"), &table.treaty.tfeu),
            (Word::Treaty("TEC"), &table.treaty.tec),
            (Word::Treaty("CHARTER"), &table.treaty.charter),
            (Word::Treaties, &table.treaty.treaties),
            (Word::Protocol, &table.treaty.protocol),
            (Word::Article, &table.treaty.article),
            (Word::Journal, &table.journal.name),
            (Word::Defines, &table.define.phrases),
            (Word::Ibid, &table.back.ibid),
            (Word::OpCited, &table.back.op_cit),
        ];
        for (word, forms) in rows {
            for form in forms {
                self.add(form, Entry::Word(word), case_of_word(form));
            }
        }
        for form in &table.treaty.euratom {
            self.add(form, Entry::Word(Word::Treaty("EAEC")), case_of_word(form));
        }
        for form in &table.head {
            self.add(form, Entry::Word(Word::Head), case_of_word(form));
        }
    }

    fn names(&mut self, tables: &Tables, language: Language) {
        let languages = if language == Language::ENGLISH {
            vec![language]
        } else {
            vec![language, Language::ENGLISH]
        };
        for (place, instrument) in tables.instruments.iter().enumerate() {
            let names: HashSet<&String> = languages
                .iter()
                .filter_map(|l| instrument.names.get(l))
                .flatten()
                .collect();
            let own = instrument.names.get(&language).into_iter().flatten();
            let forms = own.flat_map(|name| forms(name, tables.language(language)));
            let forms: HashSet<String> = forms.filter(|form| !names.contains(form)).collect();
            for form in &forms {
                self.add(form, Entry::Name(place), case_of_name(form));
            }
            for name in names {
                self.add(name, Entry::Name(place), case_of_name(name));
                self.names.insert(stems(name), place);
                let mut words = name
                    .split(|c: char| !c.is_alphanumeric())
                    .filter(|w| !w.is_empty());
                self.edges.extend(words.next().map(stems));
                self.edges.extend(words.next_back().map(stems));
            }
        }
        self.alike(tables, language);
    }

    /// The names with the Union called otherwise, where no instrument bears them.
    fn alike(&mut self, tables: &Tables, language: Language) {
        let table = tables.language(language);
        let mut borne: HashSet<String> = HashSet::new();
        let named = || tables.instruments.iter().map(|row| row.names.get(&language));
        for name in named().flatten().flatten() {
            borne.insert(name.to_lowercase());
        }
        for (place, names) in named().enumerate() {
            for name in names.into_iter().flatten().flat_map(|name| alike(name, table)) {
                if borne.contains(&name.to_lowercase()) {
                    continue;
                }
                self.add(&name, Entry::Name(place), case_of_name(&name));
                for form in forms(&name, table) {
                    self.add(&form, Entry::Name(place), case_of_name(&form));
                }
            }
        }
    }
}

fn case_of_word(form: &str) -> Case {
    let letters = || form.chars().filter(|c| c.is_alphabetic());
    match () {
        () if letters().count() > 1 && letters().all(char::is_uppercase) => Case::Exact,
        () if form.chars().next().is_some_and(char::is_uppercase) => Case::Initial,
        () => Case::Any,
    }
}

fn case_of_name(name: &str) -> Case {
    let letters = || name.chars().filter(|c| c.is_alphanumeric());
    let (capitals, lower) = name.chars().fold((0, 0), |(capitals, lower), c| {
        (
            capitals + usize::from(c.is_uppercase()),
            lower + usize::from(c.is_lowercase()),
        )
    });
    let short = letters().take(8).count() < 8 || !name.contains([' ', '-']);
    match () {
        () if capitals > lower => Case::Exact,
        () if short && name.chars().next().is_some_and(char::is_uppercase) => Case::Initial,
        () => Case::Any,
    }
}

/// The id of the instrument at an index of the tables.
pub(super) fn instrument_id(tables: &Tables, index: usize) -> WorkId {
    tables.instruments[index].id.clone()
}
