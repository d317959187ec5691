//! Words as search compares them: lower case and without accents, in Latin, Greek and Cyrillic letters alike.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text with its letters folded; all else stays.
///
/// ```
/// use citegraph::index::fold;
/// assert_eq!(fold("Συμβούλιο ΤΗΣ Ένωσης"), "συμβουλιο τησ ενωσησ");
/// assert_eq!(fold("Łączność, Straße, Søfart"), "lacznosc, strasse, sofart");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    push_folded(&mut folded, text);
    folded
}

fn push_folded(folded: &mut String, text: &str) {
    if text.is_ascii() {
        let start = folded.len();
        folded.push_str(text);
        folded[start..].make_ascii_lowercase();
        return;
    }
    for c in text
        .nfd()
        .filter(|c| c.is_ascii() || !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
    {
        match c {
            'ς' => folded.push('σ'),
            'ł' => folded.push('l'),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ħ' => folded.push('h'),
            'ı' => folded.push('i'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            // What capital letters with a dot above leave behind.
            c if is_combining_mark(c) => {}
            c => folded.push(c),
        }
    }
}

/// The folded words of a text, a blank between them: runs of letters and digits.
///
/// ```
/// assert_eq!(citegraph::index::folded_words("Doc. 10289/23, «Éire»"), "doc 10289 23 eire");
/// ```
pub fn folded_words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for word in text
        .split(|c: char| !is_of_word(c))
        .filter(|word| !word.is_empty())
    {
        if !words.is_empty() {
            words.push(' ');
        }
        push_folded(&mut words, word);
    }
    words
}

/// Whether a character is a part of a word.
pub(super) fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || !c.is_ascii() && is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_do_not_matter_in_any_language() {
        for (written, folded) in [
            ("Договор за Европейския съюз", "договор за европеиския съюз"),
            ("Evropská unie, členské státy", "evropska unie, clenske staty"),
            ("Rådets konklusioner", "radets konklusioner"),
            ("Schlußfolgerungen", "schlussfolgerungen"),
            ("SCHLUẞFOLGERUNGEN", "schlussfolgerungen"),
            ("Ευρωπαϊκό Συμβούλιο", "ευρωπαικο συμβουλιο"),
            ("nõukogu järeldused", "noukogu jareldused"),
            ("Comhairle an Aontais Eorpaigh", "comhairle an aontais eorpaigh"),
            ("İstanbul", "istanbul"),
            ("Tarybos išvados", "tarybos isvados"),
            (
                "Kunsill tal-Unjoni Ewropea: ħidma",
                "kunsill tal-unjoni ewropea: hidma",
            ),
            ("ubezpieczeń społecznych", "ubezpieczen spolecznych"),
            ("Consiliul European și țările", "consiliul european si tarile"),
        ] {
            assert_eq!(fold(written), folded);
            assert_eq!(fold(folded), folded);
        }
    }

    #[test]
    fn composed_and_decomposed_letters_are_one() {
        assert_eq!(folded_words("cafe\u{301} noir"), folded_words("café noir"));
    }
}
