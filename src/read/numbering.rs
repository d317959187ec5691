//! The numbers that a word processor prints before paragraphs and does not write into them.

use std::collections::HashMap;

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Digits {
    #[default]
    Decimal,
    /// 01, 02, ... 10.
    Padded,
    Letter,
    Capital,
    Roman,
    CapitalRoman,
    /// No number but a mark.
    Bullet,
    Nothing,
}

/// A level of a list.
#[derive(Debug, Clone, Default)]
pub(super) struct Level {
    pub digits: Digits,
    /// What is printed, with `%1` for the number of the first level.
    pub pattern: String,
    pub start: u32,
}

/// How many levels a list has.
pub(super) const LEVELS: usize = 9;

/// The numbers reached so far, for each list.
#[derive(Debug, Default)]
pub(super) struct Counters(HashMap<String, [Option<u32>; LEVELS]>);

impl Counters {
    /// Begins a list anew.
    pub fn restart(&mut self, list: &str) {
        self.0.remove(list);
    }

    /// Begins a level of a list anew, so that its next number is this one.
    pub fn set(&mut self, list: &str, level: usize, next: u32) {
        let numbers = self.0.entry(list.to_owned()).or_default();
        numbers[level.min(LEVELS - 1)] = next.checked_sub(1);
    }

    /// Goes on by one on a level and gives what is printed, with a blank behind; `- ` for a bullet.
    pub fn next(&mut self, list: &str, levels: &[Level], level: usize) -> String {
        let level = level.min(LEVELS - 1);
        let numbers = self.0.entry(list.to_owned()).or_default();
        for (at, number) in numbers.iter_mut().enumerate().take(level + 1) {
            let start = levels.get(at).map_or(1, |level| level.start);
            *number = match *number {
                Some(reached) if at == level => Some(reached.saturating_add(1)),
                None => Some(start),
                reached => reached,
            };
        }
        numbers[level + 1..].fill(None);
        levels
            .get(level)
            .map_or(String::new(), |own| printed(own, levels, numbers))
    }
}

fn printed(own: &Level, levels: &[Level], numbers: &[Option<u32>; LEVELS]) -> String {
    match own.digits {
        Digits::Bullet => return "- ".to_owned(),
        Digits::Nothing if !own.pattern.contains('%') => return String::new(),
        _ => {}
    }
    let mut text = String::new();
    let mut rest = own.pattern.chars();
    while let Some(c) = rest.next() {
        let place = (c == '%').then(|| rest.clone().next()?.to_digit(10)).flatten();
        match place.filter(|place| *place > 0) {
            Some(place) => {
                rest.next();
                let at = place as usize - 1;
                let digits = levels.get(at).map_or(Digits::Decimal, |level| level.digits);
                text.push_str(&written(numbers.get(at).copied().flatten().unwrap_or(1), digits));
            }
            None => text.push(c),
        }
    }
    if text.trim().is_empty() {
        String::new()
    } else {
        text + " "
    }
}

/// A number in digits, letters or Roman numerals.
pub(super) fn written(number: u32, digits: Digits) -> String {
    match digits {
        Digits::Decimal => number.to_string(),
        Digits::Padded => format!("{number:02}"),
        Digits::Letter => letters(number),
        Digits::Capital => letters(number).to_uppercase(),
        Digits::Roman => roman(number),
        Digits::CapitalRoman => roman(number).to_uppercase(),
        Digits::Bullet | Digits::Nothing => String::new(),
    }
}

/// a to z, then aa to zz, as word processors count.
fn letters(number: u32) -> String {
    let Some(place) = number.checked_sub(1).filter(|place| *place < 26 * 9) else {
        return number.to_string();
    };
    let letter = char::from(b'a' + u8::try_from(place % 26).unwrap_or(0));
    std::iter::repeat_n(letter, place as usize / 26 + 1).collect()
}

fn roman(number: u32) -> String {
    const VALUES: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut left = number;
    let mut text = String::new();
    for (value, sign) in VALUES {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(digits: Digits, pattern: &str) -> Level {
        let pattern = pattern.to_owned();
        Level {
            digits,
            pattern,
            start: 1,
        }
    }

    #[test]
    fn levels_count_below_each_other_and_begin_anew() {
        let levels = [
            level(Digits::Decimal, "%1."),
            level(Digits::Letter, "(%2)"),
            level(Digits::CapitalRoman, "%1.%3"),
        ];
        let mut counters = Counters::default();
        let mut next = |level| counters.next("list", &levels, level);
        let printed = [0, 1, 1, 0, 1, 2].map(&mut next);
        assert_eq!(printed, ["1. ", "(a) ", "(b) ", "2. ", "(a) ", "2.I "]);
        counters.set("list", 0, 7);
        assert_eq!(counters.next("list", &levels, 0), "7. ");
        counters.restart("list");
        assert_eq!(counters.next("list", &levels, 0), "1. ");
    }

    #[test]
    fn numbers_are_written_as_word_processors_do() {
        for (number, digits, expected) in [
            (27, Digits::Letter, "aa"),
            (14, Digits::Roman, "xiv"),
            (1994, Digits::CapitalRoman, "MCMXCIV"),
            (3, Digits::Padded, "03"),
        ] {
            assert_eq!(written(number, digits), expected);
        }
    }
}
