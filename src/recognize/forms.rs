//! The forms of a name besides the one that the tables give: in other cases, with its owner inside it, with its first
//! letter changed. The rules stand in the language tables; endings behind the last letter are told when a name is met.

use crate::model::Span;
use crate::tables::{Declension, LanguageTable};

/// A word bears an ending that can be told if both together have as many letters: "akt" bears "kt" but not "t".
const SHORTEST: usize = 5;

/// All other forms of a name in a language.
pub(super) fn forms(name: &str, table: &LanguageTable) -> Vec<String> {
    let mut forms = declined(name, &table.declension);
    forms.extend(lengthened(name, &table.lengthened));
    let named: Vec<&str> = std::iter::once(name)
        .chain(forms.iter().map(String::as_str))
        .collect();
    let owned: Vec<String> = named.iter().flat_map(|form| owned(form, table)).collect();
    let changed: Vec<String> = named
        .iter()
        .flat_map(|form| mutated(form, &table.mutation))
        .collect();
    forms.extend(owned);
    forms.extend(changed);
    forms.sort();
    forms.dedup();
    forms.retain(|form| form != name);
    forms
}

/// The name with the Union called otherwise ("strategija |Evropske unije| za varnost", "strategija |EU| za varnost").
pub(super) fn alike(name: &str, table: &LanguageTable) -> Vec<String> {
    let called = &table.link.alike;
    let place = |owner: &String| whole(name, owner).map(|at| Span::new(at, at + owner.len()));
    let longest = called.iter().filter_map(place).max_by_key(|span| span.len());
    let Some(owner) = longest else { return Vec::new() };
    let (before, after) = (&name[..owner.start], &name[owner.end..]);
    let others = called
        .iter()
        .filter(|other| **other != name[owner.start..owner.end]);
    others.map(|other| format!("{before}{other}{after}")).collect()
}

/// Where words stand in a name that no letter runs into.
fn whole(name: &str, words: &str) -> Option<usize> {
    let alone = |at: &usize| {
        !name[..*at].ends_with(char::is_alphanumeric)
            && !name[at + words.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-')
    };
    name.match_indices(words).map(|(at, _)| at).find(alone)
}

/// The name in its other cases: its noun and the adjectives that go with it take the endings of one case after the other.
fn declined(name: &str, declensions: &[Declension]) -> Vec<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let mut forms = Vec::new();
    for declension in declensions {
        for noun in &declension.noun {
            if let Some(place) = head(&words, noun, declension) {
                let cases = 1..noun.split(' ').count();
                forms.extend(cases.map(|case| in_case(&words, (place, noun), declension, case)));
            }
        }
    }
    forms
}

/// The place of the noun that heads a name: the last word with the ending of the noun, or the last such that none but
/// adjectives stand before.
fn head(words: &[&str], noun: &str, declension: &Declension) -> Option<usize> {
    let fits = |word: &&str| ends(word, noun);
    if declension.last {
        return words.iter().rposition(fits);
    }
    let adjective = |word: &&&str| row(word, &declension.adjective).is_some();
    let before = words.iter().take_while(adjective).count();
    words[..words.len().min(before + 1)].iter().rposition(fits)
}

/// Whether a word has the first of some endings, that of the nominative.
fn ends(word: &str, endings: &str) -> bool {
    let first = endings.split(' ').next().unwrap_or(endings);
    let stem = word.strip_suffix(first);
    stem.is_some_and(|stem| !stem.ends_with('-')) && word.chars().chain(first.chars()).count() >= SHORTEST
}

/// The endings that a word goes through.
fn row<'a>(word: &str, rows: &'a [String]) -> Option<&'a str> {
    rows.iter()
        .map(String::as_str)
        .find(|endings| ends(word, endings))
}

fn in_case(words: &[&str], (place, noun): (usize, &str), declension: &Declension, case: usize) -> String {
    let behind = words[place + 1..]
        .iter()
        .take_while(|word| row(word, &declension.behind).is_some())
        .count();
    let word = |(at, word): (usize, &&str)| {
        let endings = match at {
            _ if at < place => row(word, &declension.adjective),
            _ if at == place => Some(noun),
            _ if at <= place + behind => row(word, &declension.behind),
            _ => None,
        };
        let changed = endings.and_then(|endings| with_ending(word, endings, case));
        changed.unwrap_or_else(|| (*word).to_owned())
    };
    let words: Vec<String> = words.iter().enumerate().map(word).collect();
    words.join(" ")
}

fn with_ending(word: &str, endings: &str, case: usize) -> Option<String> {
    let mut endings = endings.split(' ');
    let stem = word.strip_suffix(endings.next()?)?;
    Some(format!("{stem}{}", endings.nth(case - 1)?))
}

/// The name with its last vowel as it sounds before an ending (Hungarian: "Alapokmánya", "Alapokmányá|ra").
fn lengthened<'a>(name: &'a str, pairs: &'a [String]) -> impl Iterator<Item = String> + 'a {
    let pairs = pairs.iter().filter_map(|pair| {
        let mut letters = pair.chars();
        Some((letters.next()?, letters.next()?))
    });
    pairs.filter_map(|(short, long)| Some(format!("{}{long}", name.strip_suffix(short)?)))
}

/// The name with its owner before the preposition that goes on with what it is for ("strategija |EU |za varnostno unijo").
fn owned<'a>(name: &'a str, table: &'a LanguageTable) -> impl Iterator<Item = String> + 'a {
    let bears = table.link.owner.iter().any(|owner| name.contains(owner.as_str()));
    let starts = name.match_indices(' ').map(|(at, _)| at + 1);
    let prepositions = || {
        table
            .purpose
            .iter()
            .chain(&table.link.on)
            .filter(|word| !word.contains(' '))
    };
    let goes_on = |at: &usize| {
        prepositions().any(|word| {
            let rest = name[*at..].strip_prefix(word.as_str());
            rest.is_some_and(|rest| rest.starts_with(' ') || word.ends_with('-'))
        })
    };
    let place = starts.into_iter().find(goes_on).filter(|_| !bears);
    place.into_iter().flat_map(move |at| {
        let owners = table.link.owner.iter();
        owners.map(move |owner| format!("{}{owner} {}", &name[..at], &name[at..]))
    })
}

/// The name as its first letter changes behind other words (Irish: "Coinbhinsiún", "an |gCoinbhinsiún|").
fn mutated<'a>(name: &'a str, mutation: &'a [String]) -> impl Iterator<Item = String> + 'a {
    mutation.iter().flat_map(|row| {
        let mut letters = row.split(' ');
        let rest = letters.next().and_then(|plain| name.strip_prefix(plain));
        letters.filter_map(move |changed| Some(format!("{changed}{}", rest?)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declension(noun: &[&str], adjective: &[&str]) -> Declension {
        let owned = |rows: &[&str]| rows.iter().map(|row| (*row).to_owned()).collect();
        Declension {
            noun: owned(noun),
            adjective: owned(adjective),
            behind: Vec::new(),
            last: false,
        }
    }

    fn forms_of(name: &str, declension: Declension) -> Vec<String> {
        declined(name, &[declension])
    }

    #[test]
    fn noun_and_adjectives_take_the_ending_of_one_case() {
        let slovene = || declension(&["ija ije ijo", "uda ude udo"], &["a e o"]);
        assert_eq!(
            forms_of("kibernetska strategija EU za prihodnost", slovene()),
            [
                "kibernetske strategije EU za prihodnost",
                "kibernetsko strategijo EU za prihodnost"
            ]
        );
        assert_eq!(
            forms_of("Evropska pobuda", slovene()),
            ["Evropske pobude", "Evropsko pobudo"]
        );
        assert_eq!(forms_of("nabor orodij za 5G", slovene()).len(), 0);
    }

    #[test]
    fn a_noun_may_stand_behind_what_belongs_to_it() {
        let lithuanian = Declension {
            last: true,
            ..declension(&["is io iu"], &["is io iu"])
        };
        assert_eq!(
            forms_of("Strateginis saugumo ir gynybos kelrodis", lithuanian),
            [
                "Strateginio saugumo ir gynybos kelrodio",
                "Strateginiu saugumo ir gynybos kelrodiu"
            ]
        );
    }

    #[test]
    fn adjectives_may_stand_behind_their_noun() {
        let polish = Declension {
            behind: vec!["ska skiej".to_owned()],
            ..declension(&["cja cji"], &["ska skiej"])
        };
        assert_eq!(
            forms_of("konwencja budapeszteńska o cyberprzestępczości", polish),
            ["konwencji budapeszteńskiej o cyberprzestępczości"]
        );
    }

    #[test]
    fn the_first_letter_may_change() {
        let mutation = ["C Ch gC".to_owned(), "B Bh mB".to_owned()];
        assert_eq!(
            mutated("Coinbhinsiún", &mutation).collect::<Vec<_>>(),
            ["Choinbhinsiún", "gCoinbhinsiún"]
        );
    }
}
