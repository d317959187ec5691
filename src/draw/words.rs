//! The few words that pictures add of their own: dates and what legend and axis say. English for now; one place to widen.

use crate::model::{Kind, PartialDate};

/// What an undated card bears instead of a date.
pub const UNDATED: &str = "undated";
/// The legend's word for the focus.
pub const FOCUS: &str = "work in question";
/// The legend's word for documents of the corpus.
pub const IN_CORPUS: &str = "document in the corpus";
/// The legend's word for documents that are only cited.
pub const CITED_ONLY: &str = "cited, not in the corpus";
/// The legend's word for instruments.
pub const INSTRUMENT: &str = "instrument";
/// The same where no document says what its dashes mean.
pub const INSTRUMENT_CITED: &str = "instrument, not in the corpus";
/// The legend's word for references reached by a corrected date.
pub const CORRECTED: &str = "date in the text corrected";
/// What the subtitle says of arrows.
pub const ARROWS: &str = "arrows point from the citing work to the cited one";
/// What the notes say of the axis.
pub const AXIS: &str = "Years are widened where works are dense.";
/// What the notes say of years that share a band.
pub const SHARED: &str = "Years of few works share a band, later ones farther right.";
/// What the notes say of folded years.
pub const FOLDED: &str = "A break in the axis folds years without works.";
/// What the notes say of undated works.
pub const UNDATED_NOTE: &str = "Undated works stand beside what cites them.";
/// What the notes say of rankings.
pub const RANKING: &str =
    "The larger and the stronger in shade, the higher the value; the number in a node is its rank.";
/// What the notes say of works of equal value.
pub const TIES: &str = "Works of equal value share a rank; letters tell them apart.";
/// What the legend says of the longest chain.
pub const CHAIN: &str = "longest chain";
/// What the notes say of generations.
pub const DEPTH: &str = "The fainter the shade of a work, the more references away it is.";
/// What the notes say of lanes.
pub const LANES: &str = "The outline of a work says how it refers, × in how many passages.";
/// What stands in the place of the network of an empty picture.
pub const EMPTY: &str = "No works to show.";

/// A date as it is read: "18 July 2022", "July 2022", "2022".
///
/// ```
/// use citegraph::{draw::words, model::PartialDate};
/// assert_eq!(words::date(PartialDate::day(2022, 7, 18).unwrap()), "18 July 2022");
/// ```
pub fn date(date: PartialDate) -> String {
    date.written()
}

/// The name of a band of the axis: "2022", "2013–2015", "undated".
pub fn years(years: Option<(u16, u16)>) -> String {
    match years {
        Some((first, last)) if first < last => format!("{first}–{last}"),
        Some((year, _)) => year.to_string(),
        None => UNDATED.to_owned(),
    }
}

/// How many of the hidden works stand on cards that sum them up; nothing where none do.
pub fn summed_up(on_cards: usize, hidden: usize) -> Option<String> {
    (on_cards > 0)
        .then(|| format!("Of the {hidden} hidden works {on_cards} are summed up on cards with a plus."))
}

/// What was kept where not all works fit: whether all that the headline counts, and the whole longest chain.
pub fn kept(headline: bool, chain: bool) -> String {
    let parts = [
        (headline, "what the headline counts"),
        (chain, "the longest chain"),
    ];
    let mut kept = vec!["the work in question"];
    kept.extend(
        parts
            .into_iter()
            .filter(|(is_whole, _)| *is_whole)
            .map(|(_, part)| part),
    );
    format!(
        "Kept: {}, then works of the corpus, then those cited most within the lineage.",
        kept.join(", ")
    )
}

/// What is shown and what is hidden.
pub fn shown(works: usize, all: usize, hidden: usize) -> String {
    format!(
        "{works} of {} shown, {} hidden.",
        counted(all, "work"),
        counted(hidden, "reference")
    )
}

/// How many plain citations are hidden because a longer way says the same.
pub fn implied(citations: usize) -> String {
    let verb = if citations == 1 { "is" } else { "are" };
    format!(
        "{} implied by a longer way {verb} hidden.",
        counted(citations, "citation")
    )
}

/// The name of a group of works that refer to each other.
pub fn around(work: &str) -> String {
    format!("around {work}")
}

/// The works that one card stands for.
pub fn more(works: usize, what: &str) -> String {
    format!("+{}", counted(works, what))
}

/// What a work refers to and what refers to it.
pub fn refers(work: &str, cited: usize, citing: usize) -> String {
    let verb = if citing == 1 { "refers" } else { "refer" };
    format!(
        "{work} refers to {}; {} {verb} to it",
        counted(cited, "work"),
        counted(citing, "work")
    )
}

/// How many works refer to a work.
pub fn refer(works: usize, name: &str) -> String {
    match works {
        0 => format!("No work refers to {name}"),
        1 => format!("1 work refers to {name}"),
        _ => format!("{works} works refer to {name}"),
    }
}

/// How many of the works that share the last rank are shown.
pub fn cut_tie(rank: usize, shown: usize, all: usize) -> String {
    format!("Of {all} works that share rank {rank}, {shown} shown, the first by id.")
}

/// A text with its first letter in upper case.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// A picture without one work in question.
pub fn network(works: usize, references: usize) -> String {
    format!(
        "{} and {} between them",
        counted(works, "work"),
        counted(references, "reference")
    )
}

/// How many documents and instruments from when.
pub fn scope(documents: usize, instruments: usize, span: Option<(u16, u16)>) -> String {
    let mut parts = vec![counted(documents, "document")];
    if instruments > 0 {
        parts.push(counted(instruments, "instrument"));
    }
    parts.extend(span.map(|span| years(Some(span))));
    parts.join(", ")
}

/// A number with its noun: "1 work", "2 works".
pub fn counted(number: usize, what: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {what}{ending}")
}

/// What works of a kind are called.
pub fn plural(kind: Kind) -> String {
    match kind {
        Kind::OfficialJournal => "pages of the Official Journal".to_owned(),
        Kind::Conclusions => "sets of conclusions".to_owned(),
        Kind::Url => "web addresses".to_owned(),
        other => format!("{}s", noun(other)),
    }
}

fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::CouncilDocument => "Council document",
        Kind::EuropeanCouncilDocument => "European Council document",
        Kind::CommissionDocument => "Commission document",
        Kind::ParliamentDocument => "Parliament document",
        Kind::Procedure => "procedure",
        Kind::LegalAct => "legal act",
        Kind::OfficialJournal => "page of the Official Journal",
        Kind::Treaty => "treaty article",
        Kind::Case => "case",
        Kind::UnDocument => "UN document",
        Kind::Conclusions => "set of conclusions",
        Kind::Instrument => "instrument",
        Kind::Meeting => "meeting",
        Kind::Url => "web address",
    }
}
