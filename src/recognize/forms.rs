//! The forms of a name besides the one that the tables give: in other cases, with its owner inside it, with its first
//! letter changed. The rules stand in the language tables; endings behind the last letter are told when a name is met.

use crate::tables::{Declension, LanguageTable};

/// A word shorter than this bears no ending that can be told.
const SHORTEST: usize = 4;

/// All other forms of a name in a language.
pub(super) fn forms(name: &str, table: &LanguageTable) -> Vec<String> {
    let mut forms: Vec<String> = declined(name, &table.declension).collect();
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

/// The name in its other cases: its noun and the adjectives before it take the endings of one case after the other.
fn declined<'a>(name: &'a str, declensions: &'a [Declension]) -> impl Iterator<Item = String> + 'a {
    let words: Vec<&str> = name.split(' ').collect();
    declensions.iter().flat_map(move |declension| {
        let cases = head(&words, declension).map_or(0..0, |_| 1..declension.noun.len());
        let words = words.clone();
        cases.map(move |case| in_case(&words, declension, case))
    })
}

/// The place of the noun that heads a name: the first word with the ending of the declension, or the last.
fn head(words: &[&str], declension: &Declension) -> Option<usize> {
    let fits = |word: &&str| ends(word, declension.noun.first());
    if declension.last {
        words.iter().rposition(|word| fits(word))
    } else {
        let adjective = |word: &&&str| !fits(word) && ends(word, declension.adjective.first());
        let before = words.iter().take_while(adjective).count();
        words.get(before).filter(|word| fits(word)).map(|_| before)
    }
}

fn ends(word: &str, ending: Option<&String>) -> bool {
    word.chars().count() >= SHORTEST && ending.is_some_and(|ending| word.ends_with(ending.as_str()))
}

fn in_case(words: &[&str], declension: &Declension, case: usize) -> String {
    let noun = head(words, declension).unwrap_or(0);
    let word = |(place, word): (usize, &&str)| {
        let endings = match place.cmp(&noun) {
            std::cmp::Ordering::Less => &declension.adjective,
            std::cmp::Ordering::Equal => &declension.noun,
            std::cmp::Ordering::Greater => return (*word).to_owned(),
        };
        with_ending(word, endings, case).unwrap_or_else(|| (*word).to_owned())
    };
    let words: Vec<String> = words.iter().enumerate().map(word).collect();
    words.join(" ")
}

fn with_ending(word: &str, endings: &[String], case: usize) -> Option<String> {
    let first = endings.first().filter(|first| ends(word, Some(first)))?;
    Some(format!(
        "{}{}",
        word.strip_suffix(first.as_str())?,
        endings.get(case)?
    ))
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
fn mutated<'a>(name: &'a str, mutation: &'a [[String; 2]]) -> impl Iterator<Item = String> + 'a {
    mutation
        .iter()
        .filter_map(|[plain, changed]| Some(format!("{changed}{}", name.strip_prefix(plain.as_str())?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declension(noun: &[&str], adjective: &[&str], last: bool) -> Declension {
        let owned = |endings: &[&str]| endings.iter().map(|e| (*e).to_owned()).collect();
        Declension {
            noun: owned(noun),
            adjective: owned(adjective),
            last,
        }
    }

    #[test]
    fn noun_and_adjectives_take_the_ending_of_one_case() {
        let slovene = [declension(&["ija", "ije", "ijo"], &["a", "e", "o"], false)];
        let forms: Vec<String> = declined("kibernetska strategija EU za prihodnost", &slovene).collect();
        assert_eq!(
            forms,
            [
                "kibernetske strategije EU za prihodnost",
                "kibernetsko strategijo EU za prihodnost"
            ]
        );
        let lithuanian = [declension(&["is", "io", "iu"], &["is", "io", "iu"], true)];
        let forms: Vec<String> = declined("Strateginis saugumo ir gynybos kelrodis", &lithuanian).collect();
        assert_eq!(
            forms,
            [
                "Strateginio saugumo ir gynybos kelrodio",
                "Strateginiu saugumo ir gynybos kelrodiu"
            ]
        );
        assert_eq!(declined("nabor orodij za 5G", &slovene).count(), 0);
    }

    #[test]
    fn the_first_letter_may_change() {
        let mutation = [
            ["C".to_owned(), "gC".to_owned()],
            ["B".to_owned(), "mB".to_owned()],
        ];
        assert_eq!(
            mutated("Coinbhinsiún", &mutation).collect::<Vec<_>>(),
            ["gCoinbhinsiún"]
        );
    }
}
