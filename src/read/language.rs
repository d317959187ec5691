//! Which language a text is in.

use crate::model::Language;
use crate::tables::Tables;

/// How much text is looked at, in bytes: more does not change the answer.
const SAMPLE: usize = 4000;

/// Below this many letters the answer is chance.
const ENOUGH_LETTERS: usize = 40;

/// How many words are looked at before the model is asked, and how few are too few to tell by.
const WORDS: usize = 160;
const FEW_WORDS: usize = 30;

/// How many words of a passage are looked at to see that it is in the language of its document.
const PASSAGE_WORDS: usize = 40;

/// The language of a text, from its middle; none where there are too few letters to tell.
pub(super) fn identify(text: &str, tables: &Tables) -> Option<Language> {
    let sample = middle(text);
    let counts = tables.function_words().count(sample, WORDS);
    // The model reads every letter and knows every language: it is asked where the small words leave a doubt.
    let clear = counts.clear().filter(|_| counts.all >= FEW_WORDS);
    clear.or_else(|| by_model(sample, tables))
}

fn by_model(sample: &str, tables: &Tables) -> Option<Language> {
    let letters = sample.chars().filter(|c| c.is_alphabetic());
    if letters.take(ENOUGH_LETTERS).count() < ENOUGH_LETTERS {
        return None;
    }
    let (code, _) = tables.identifier()?.classify(sample)?;
    Language::parse(code)
}

/// The language of a passage of a document in `language`.
pub(super) fn of_passage(text: &str, language: Language, tables: &Tables) -> Language {
    let words = tables.function_words();
    if words.abound(text, language, (PASSAGE_WORDS / 6, PASSAGE_WORDS)) {
        return language;
    }
    let counts = words.count(text, PASSAGE_WORDS);
    if counts.of(language) >= counts.most() {
        language
    } else {
        by_model(middle(text), tables).unwrap_or(language)
    }
}

fn middle(text: &str) -> &str {
    let start = text.len().saturating_sub(SAMPLE) / 2;
    let end = start + SAMPLE.min(text.len());
    &text[text.floor_char_boundary(start)..text.ceil_char_boundary(end)]
}
