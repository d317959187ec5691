//! The shape of numbers of acts: `(EU) 2016/679`, `(EC) No 1907/2006`, `95/46/EC`, `1082/2013/EU`, `17/62`. What stands on
//! either side of a stroke goes in; the number with the legal orders of its suffix and its possible readings comes out.
//! Which of them is meant takes the noun, which is not looked at here.

use memchr::memchr_iter;

use super::lexicon::ActType;
use super::scene::Scene;
use crate::model::Span;
use crate::tables::{LanguageTable, full_year};

/// The years that acts bear.
const YEARS: std::ops::RangeInclusive<u16> = 1952..=2035;

/// From 2015 on the year stands first in the numbers of all acts.
const YEAR_FIRST: u16 = 2015;

/// How far back the bracket and the word for number may reach.
const LEAD: usize = 48;

/// The legal order that a suffix names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Eu,
    Ec,
    Eec,
    Euratom,
    Ecsc,
    Cfsp,
    Jha,
}

impl Order {
    /// When acts bore the suffix, with a year to spare at either end.
    fn bears(self, year: u16) -> bool {
        match self {
            Self::Eu => year >= 2009,
            Self::Ec => (1992..=2010).contains(&year),
            Self::Eec => year <= 1994,
            Self::Euratom => true,
            Self::Ecsc => year <= 2002,
            Self::Cfsp => year >= 1993,
            Self::Jha => (1993..=2010).contains(&year),
        }
    }
}

/// Where the suffix stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `(EU) 2016/679`
    Bracketed,
    /// `95/46/EC`
    Behind,
    /// `17/62`
    Bare,
}

/// A number as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number<'a> {
    /// With its bracket, the word for number and its suffix.
    pub span: Span,
    pub orders: Vec<Order>,
    pub form: Form,
    /// Whether "No" stands before it.
    pub numbered: bool,
    first: &'a str,
    second: &'a str,
}

/// A number read: which part is the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reading {
    pub year: u16,
    pub number: u32,
    pub year_first: bool,
}

/// All numbers of the scene that have the shape of acts, in order.
pub(super) fn find<'a>(scene: &Scene<'a>) -> Vec<Number<'a>> {
    let offset = scene.span.start;
    memchr_iter(b'/', scene.slice(scene.span).as_bytes())
        .filter_map(|stroke| around(scene, offset + stroke))
        .collect()
}

/// The number around a stroke.
fn around<'a>(scene: &Scene<'a>, stroke: usize) -> Option<Number<'a>> {
    let bytes = scene.text.as_bytes();
    let left = bytes[scene.span.start..stroke]
        .iter()
        .rev()
        .take_while(|b| b.is_ascii_digit())
        .count();
    let right = bytes[stroke + 1..]
        .iter()
        .take_while(|b| b.is_ascii_digit())
        .count();
    if !(1..=4).contains(&left) || !(1..=4).contains(&right) {
        return None;
    }
    let digits = Span::new(stroke - left, stroke + 1 + right);
    let (first, second) = (
        &scene.text[digits.start..stroke],
        &scene.text[stroke + 1..digits.end],
    );
    if !starts_number(scene.text, digits.start) || first.starts_with('0') && first.len() != 2 {
        return None;
    }
    let (start, numbered) = number_word(scene, digits.start);
    let bracket = bracketed(scene, start);
    let behind = suffix_behind(scene, digits.end);
    let (start, end, orders, form) = match (bracket, behind) {
        (Some((open, orders)), None) => (open, digits.end, orders, Form::Bracketed),
        (_, Some((end, orders))) => (start, end, orders, Form::Behind),
        (None, None) => (start, digits.end, Vec::new(), Form::Bare),
    };
    let whole =
        ends_number(scene.text, end) && !(form != Form::Behind && second.starts_with('0') && right != 2);
    whole.then(|| Number {
        span: Span::new(start, end),
        orders,
        form,
        numbered,
        first,
        second,
    })
}

/// Where the number starts with the word for number before it, and whether there is one.
fn number_word(scene: &Scene<'_>, at: usize) -> (usize, bool) {
    let window = blank_trimmed(scene.behind(at, LEAD));
    let tables = scene.tables.languages().iter().flat_map(|t| &t.act.number);
    let word = tables
        .filter(|w| window.ends_with(w.as_str()))
        .filter(|w| {
            let before = window[..window.len() - w.len()].chars().next_back();
            !before.is_some_and(char::is_alphanumeric)
        })
        .max_by_key(|w| w.len());
    let gap = scene.behind(at, LEAD).len() - window.len();
    word.map_or((at, false), |word| (at - gap - word.len(), true))
}

/// The bracket right before: where it opens and what it names.
fn bracketed(scene: &Scene<'_>, at: usize) -> Option<(usize, Vec<Order>)> {
    let window = scene.behind(at, LEAD);
    let inner = blank_trimmed(window).strip_suffix(')')?;
    let open = inner.rfind('(')?;
    let orders: Option<Vec<Order>> = inner[open + 1..]
        .split(',')
        .map(|suffix| order(scene, suffix.trim()))
        .collect();
    Some((at - window.len() + open, orders?))
}

/// The suffix behind a stroke, perhaps with another after a comma ("/EC, ECSC").
fn suffix_behind(scene: &Scene<'_>, at: usize) -> Option<(usize, Vec<Order>)> {
    let rest = scene.ahead(at, LEAD).strip_prefix('/')?;
    let word = letters(rest);
    let mut orders = vec![order(scene, word)?];
    let mut end = at + 1 + word.len();
    while let Some(rest) = scene.ahead(end, LEAD).strip_prefix(", ") {
        let word = letters(rest);
        // A list of acts goes on with a bracket or a number, never with the bare name of a legal order.
        let Some(more) = order(scene, word).filter(|o| matches!(o, Order::Euratom | Order::Ecsc | Order::Ec))
        else {
            break;
        };
        orders.push(more);
        end += 2 + word.len();
    }
    Some((end, orders))
}

fn letters(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    &text[..end]
}

/// The legal order that a suffix names: in the language of the text, else in any ("ES" is one thing in Czech and another
/// in Lithuanian).
fn order(scene: &Scene<'_>, suffix: &str) -> Option<Order> {
    let all = || scene.tables.languages().iter();
    order_in(scene.table, suffix).or_else(|| all().find_map(|t| order_in(t, suffix)))
}

fn order_in(table: &LanguageTable, suffix: &str) -> Option<Order> {
    let act = &table.act;
    let rows = [
        (&act.eu, Order::Eu),
        (&act.ec, Order::Ec),
        (&act.eec, Order::Eec),
        (&act.euratom, Order::Euratom),
        (&act.ecsc, Order::Ecsc),
        (&act.cfsp, Order::Cfsp),
        (&act.jha, Order::Jha),
    ];
    rows.into_iter()
        .find(|(forms, _)| forms.iter().any(|f| f == suffix))
        .map(|(_, order)| order)
}

/// The text without one blank at its end.
fn blank_trimmed(text: &str) -> &str {
    text.strip_suffix([' ', '\u{a0}']).unwrap_or(text)
}

fn starts_number(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    match before.next() {
        Some('º' | 'ª') => true,
        Some(c) if c.is_alphanumeric() => false,
        Some('/' | '-' | '‑' | '–' | '_' | '=') => false,
        Some('.' | ',') => !before.next().is_some_and(|c| c.is_ascii_digit()),
        _ => true,
    }
}

fn ends_number(text: &str, at: usize) -> bool {
    let mut after = text[at..].chars();
    match after.next() {
        Some(c) if c.is_alphanumeric() => false,
        Some('/' | '_') => false,
        Some('-' | '.' | ',') => !after.next().is_some_and(|c| c.is_ascii_digit()),
        // "2020/0359(COD)" is a procedure.
        Some('(') => !after.next().is_some_and(char::is_uppercase),
        _ => true,
    }
}

impl Number<'_> {
    /// The readings that a type of act allows, the likelier first; several only where the words do not tell.
    pub fn readings(&self, noun: Option<ActType>) -> Vec<Reading> {
        let mut readings: Vec<Reading> = self.year_first().into_iter().chain(self.number_first()).collect();
        let fits = |r: &Reading| self.orders.iter().all(|o| o.bears(r.year));
        // Suffixes are at times wrong: they decide between readings and forbid none.
        if readings.iter().any(fits) {
            readings.retain(fits);
        }
        if let (2, Some(number_first)) = (readings.len(), self.is_number_first(noun)) {
            readings.retain(|r| r.year_first != number_first);
        }
        readings
    }

    /// Whether the number stands before the year, as far as form and type of act tell.
    fn is_number_first(&self, noun: Option<ActType>) -> Option<bool> {
        use ActType::{Decision, Regulation};
        match (self.form, noun) {
            (_, Some(noun)) if !matches!(noun, Decision | Regulation) => Some(false),
            _ if self.numbered => Some(true),
            (Form::Bracketed, _) => year(self.first).map(|y| y < YEAR_FIRST),
            (Form::Behind, Some(Regulation)) => Some(true),
            (_, Some(Decision)) => Some(false),
            _ => None,
        }
    }

    fn year_first(&self) -> Option<Reading> {
        Some(Reading {
            year: year(self.first)?,
            number: self.second.parse().ok().filter(|n| *n > 0)?,
            year_first: true,
        })
    }

    fn number_first(&self) -> Option<Reading> {
        let year = year(self.second).filter(|y| *y < YEAR_FIRST)?;
        Some(Reading {
            year,
            number: self.first.parse().ok().filter(|n| *n > 0)?,
            year_first: false,
        })
    }
}

/// Years have four digits; those of the last century are written with two as well.
fn year(digits: &str) -> Option<u16> {
    full_year(digits).filter(|y| YEARS.contains(y) && (digits.len() == 4 || *y < 2000))
}

impl<'a> Number<'a> {
    /// A number without suffix takes that of the act before it in its list ("Regulations (EU) 2016/679 and 2018/1725").
    pub fn with_orders_of(self, before: &Number<'_>) -> Self {
        if self.form != Form::Bare {
            return self;
        }
        Self {
            orders: before.orders.clone(),
            form: before.form,
            ..self
        }
    }
}
