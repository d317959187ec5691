//! All pages in, running heads and feet out of them: told by their form, by coming again at the same place, or because
//! the file marks them.

use std::collections::HashMap;

use super::super::lines::has_form_of_furniture;
use super::Page;
use super::glyphs::Sheet;
use super::line::{self, Line};
use super::rows::Row;

/// The parts of a page that heads stand in, those that count pages and those that stay, and from where on feet stand. The
/// first line of a page may be a heading: "ANNEX 1", "ANNEX 2".
const COUNTING_HEAD: f32 = 0.085;
const HEAD: f32 = 0.12;
const FOOT: f32 = 0.86;
/// Heights that count as the same place differ by less, in points.
const PLACE: f32 = 4.0;
/// How many numbers of a running line may count pages.
const NUMBERS: usize = 3;

/// Takes the running feet that are told by their form out of the rows of a page, and drops what stands beside and below them.
/// They stay in the text, below the notes: they bear the number of the document.
pub(super) fn feet(rows: &mut Vec<Row>, sheet: &Sheet) -> Vec<Line> {
    let line = |row: &Row| line::line(row, &sheet.glyphs);
    let is_foot = |line: &Line| {
        place(line, sheet.height) == Some(Place::Foot) && has_form_of_furniture(line.text().trim())
    };
    let low = rows
        .iter()
        .position(|row| row.y > FOOT * sheet.height)
        .unwrap_or(rows.len());
    let Some(first) = rows[low..].iter().position(|row| is_foot(&line(row))) else {
        return Vec::new();
    };
    let feet = rows.split_off(low + first);
    feet.iter().map(line).filter(is_foot).collect()
}

/// Drops running heads and feet that nothing but their coming again tells, and what the file marks as such.
pub(super) fn drop(pages: &mut [Page]) {
    let marked = pages.iter().flat_map(Page::lines).any(|line| !line.artifact);
    let mut seen: HashMap<Key, usize> = HashMap::new();
    for (at, page) in pages.iter().enumerate() {
        for line in page.lines().filter(|line| place(line, page.height).is_some()) {
            keys(line, at)
                .into_iter()
                .for_each(|key| *seen.entry(key).or_default() += 1);
        }
    }
    let few = pages.len() <= 4;
    let repeats = |line: &Line, at: usize, height: f32| {
        let often = if few && line.y > FOOT * height { 2 } else { 3 };
        let near = |mut key: Key, by: i32| {
            key.place += by;
            seen.get(&key).copied().unwrap_or(0)
        };
        keys(line, at)
            .into_iter()
            .filter(|key| !key.counts() || !(COUNTING_HEAD..FOOT).contains(&(line.y / height)))
            .any(|key| near(key.clone(), -1) + near(key.clone(), 0) + near(key, 1) >= often)
    };
    for (at, page) in pages.iter_mut().enumerate() {
        let height = page.height;
        page.drop(|line| {
            let place = place(line, height);
            match () {
                () if has_form_of_furniture(line.text().trim()) => false,
                // The header block of a document may stand in the head of its first page.
                () if at == 0 && place != Some(Place::Foot) => false,
                () => {
                    (line.artifact && marked)
                        || (place.is_some() && (repeats(line, at, height) || is_page(line, at)))
                }
            }
        });
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Head,
    Foot,
}

fn place(line: &Line, height: f32) -> Option<Place> {
    match line.y / height {
        y if y < HEAD => Some(Place::Head),
        y if y > FOOT => Some(Place::Foot),
        _ => None,
    }
}

/// What lines have in common that come again: their words, their place, and their numbers, which stay or count pages.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    words: String,
    numbers: Vec<(bool, i64)>,
    place: i32,
}

impl Key {
    fn counts(&self) -> bool {
        self.numbers.iter().any(|(counts, _)| *counts)
    }
}

fn keys(line: &Line, page: usize) -> Vec<Key> {
    let text = line.text();
    let (words, numbers) = words_and_numbers(&text);
    let place = (line.y / PLACE).round() as i32;
    let page = i64::try_from(page).unwrap_or(0);
    let counting = numbers.len().min(NUMBERS);
    (0..1usize << counting)
        .map(|counts| {
            let number = |(at, n): (usize, &i64)| {
                let counts = at < NUMBERS && counts >> at & 1 == 1;
                (counts, if counts { n - page } else { *n })
            };
            Key {
                words: words.clone(),
                numbers: numbers.iter().enumerate().map(number).collect(),
                place,
            }
        })
        .collect()
}

fn words_and_numbers(text: &str) -> (String, Vec<i64>) {
    let mut words = String::with_capacity(text.len());
    let mut numbers: Vec<i64> = Vec::new();
    let mut in_number = false;
    for letter in text.chars() {
        match letter.to_digit(10) {
            Some(digit) if in_number => {
                if let Some(number) = numbers.last_mut() {
                    *number = number.saturating_mul(10).saturating_add(i64::from(digit));
                }
            }
            Some(digit) => {
                numbers.push(i64::from(digit));
                words.push('#');
            }
            None => words.push(letter),
        }
        in_number = letter.is_ascii_digit();
    }
    (words, numbers)
}

/// Whether the line is the number of its page.
fn is_page(line: &Line, at: usize) -> bool {
    line.text().trim().parse() == Ok(at + 1)
}
