//! Dates as documents give them: a year, a month of a year, or a day.

use std::fmt;

use serde::{Deserialize, Serialize};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date of which the day, or the day and the month, may be unknown.
///
/// Ordering is by year, then month, then day, an unknown part before every known one.
///
/// ```
/// use citegraph::model::PartialDate;
/// let month = PartialDate::month(2020, 11).unwrap();
/// let day = PartialDate::day(2020, 11, 17).unwrap();
/// assert!(month.is_compatible(day) && month != day);
/// assert_eq!(day.to_string(), "2020-11-17");
/// assert!(PartialDate::day(2022, 6, 31).is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PartialDate {
    year: u16,
    month: Option<u8>,
    day: Option<u8>,
}

impl PartialDate {
    /// A year alone.
    pub fn year(year: u16) -> Option<Self> {
        (1800..=2199).contains(&year).then_some(Self {
            year,
            month: None,
            day: None,
        })
    }

    /// A month (1 to 12) of a year; none if there is no such month.
    pub fn month(year: u16, month: u8) -> Option<Self> {
        let date = Self::year(year)?;
        (1..=12).contains(&month).then_some(Self {
            month: Some(month),
            ..date
        })
    }

    /// A day of a month; none if the calendar has no such day.
    pub fn day(year: u16, month: u8, day: u8) -> Option<Self> {
        let date = Self::month(year, month)?;
        jiff::civil::Date::new(
            i16::try_from(year).ok()?,
            i8::try_from(month).ok()?,
            i8::try_from(day).ok()?,
        )
        .ok()?;
        Some(Self {
            day: Some(day),
            ..date
        })
    }

    /// The year.
    pub fn years(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12, where known.
    pub fn months(self) -> Option<u8> {
        self.month
    }

    /// The day of the month where known.
    pub fn days(self) -> Option<u8> {
        self.day
    }

    /// Whether day, month and year are known.
    pub fn is_full(self) -> bool {
        self.day.is_some()
    }

    /// Whether both may be the same day: what both know is equal.
    pub fn is_compatible(self, other: Self) -> bool {
        fn agree(a: Option<u8>, b: Option<u8>) -> bool {
            a.is_none() || b.is_none() || a == b
        }
        self.year == other.year && agree(self.month, other.month) && agree(self.day, other.day)
    }

    /// Whether this date lies after the other whatever the unknown parts are.
    pub fn is_surely_after(self, other: Self) -> bool {
        !self.is_compatible(other) && self > other
    }

    /// Days since the year 0, unknown parts taken as the first: for distances between dates.
    pub fn day_number(self) -> i32 {
        let (year, month) = (i32::from(self.year), i32::from(self.month.unwrap_or(1)));
        let (y, m) = if month <= 2 {
            (year - 1, month + 9)
        } else {
            (year, month - 3)
        };
        // The calendar counted from March, so that leap days come last.
        365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + i32::from(self.day.unwrap_or(1)) - 1
    }

    /// The day's name in English, for full dates.
    pub fn weekday(self) -> Option<&'static str> {
        let (month, day) = (self.month?, self.day?);
        let date = jiff::civil::Date::new(self.year as i16, month as i8, day as i8).ok()?;
        Some(
            [
                "Monday",
                "Tuesday",
                "Wednesday",
                "Thursday",
                "Friday",
                "Saturday",
                "Sunday",
            ][date.weekday().to_monday_zero_offset() as usize],
        )
    }

    /// The date as people write it in English: "18 July 2022", "July 2022", "2022".
    pub fn written(self) -> String {
        let month = self
            .month
            .and_then(|m| MONTHS.get(usize::from(m).wrapping_sub(1)));
        match (self.day, month) {
            (Some(day), Some(month)) => format!("{day} {month} {}", self.year),
            (None, Some(month)) => format!("{month} {}", self.year),
            _ => self.year.to_string(),
        }
    }

    /// Reads `2022`, `2022-07` or `2022-07-18`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
        let date = match (parts.next(), parts.next()) {
            (None, _) => Self::year(year),
            (Some(month), None) => Self::month(year, month.parse().ok()?),
            (Some(month), Some(day)) => Self::day(year, month.parse().ok()?, day.parse().ok()?),
        }?;
        (parts.next().is_none() && date.to_string() == text).then_some(date)
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for PartialDate {
    type Error = String;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
            .ok_or_else(|| format!("`{text}` is not a date of the form 2022, 2022-07 or 2022-07-18"))
    }
}
