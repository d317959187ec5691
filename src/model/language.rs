//! The 24 official languages of the EU.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The codes (ISO 639-1), in alphabetical order.
pub const CODES: [&str; 24] = [
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt",
    "nl", "pl", "pt", "ro", "sk", "sl", "sv",
];

/// Their names in English.
const NAMES: [&str; 24] = [
    "Bulgarian",
    "Czech",
    "Danish",
    "German",
    "Greek",
    "English",
    "Spanish",
    "Estonian",
    "Finnish",
    "French",
    "Irish",
    "Croatian",
    "Hungarian",
    "Italian",
    "Lithuanian",
    "Latvian",
    "Maltese",
    "Dutch",
    "Polish",
    "Portuguese",
    "Romanian",
    "Slovak",
    "Slovenian",
    "Swedish",
];

/// One of the 24 official languages, ordered by its ISO 639-1 code.
///
/// ```
/// use citegraph::model::Language;
/// assert_eq!(Language::parse("NL").map(|l| l.code()), Some("nl"));
/// assert!(Language::parse("tlh").is_none());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Language(u8);

impl Language {
    /// English, the language of names and of documents too short to tell.
    pub const ENGLISH: Self = Self(5);

    /// The language of an ISO 639-1 code in either case.
    pub fn parse(code: &str) -> Option<Self> {
        let lower = || code.bytes().map(|byte| byte.to_ascii_lowercase());
        let place = CODES.binary_search_by(|known| known.bytes().cmp(lower())).ok()?;
        Some(Self(place as u8))
    }

    /// The ISO 639-1 code in lower case.
    pub fn code(self) -> &'static str {
        CODES[self.0 as usize]
    }

    /// Its name in English.
    ///
    /// ```
    /// use citegraph::model::Language;
    /// assert_eq!(Language::parse("mt").map(|l| l.name()), Some("Maltese"));
    /// ```
    pub fn name(self) -> &'static str {
        NAMES[self.0 as usize]
    }

    /// Its place among [`CODES`].
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// All 24.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..CODES.len() as u8).map(Self)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.code().to_owned()
    }
}

impl TryFrom<String> for Language {
    type Error = String;
    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::parse(&code)
            .ok_or_else(|| format!("`{code}` is not the code of an official language of the EU"))
    }
}
