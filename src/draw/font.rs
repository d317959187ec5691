//! Text in, its width out, measured with the font it is drawn in: the embedded one (data/fonts) or one asked for. Also
//! wraps text into lines of a width.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use thiserror::Error;
use ttf_parser::{Face, name_id};

const REGULAR: &[u8] = include_bytes!("../../data/fonts/NotoSans-Regular.subset.ttf");
const BOLD: &[u8] = include_bytes!("../../data/fonts/NotoSans-Bold.subset.ttf");

/// What an output asks for after the measured families: narrower ones, so that nothing grows out of its card.
const SUBSTITUTES: &str = "Arial, Liberation Sans, Helvetica, sans-serif";

/// Width of a character that the font lacks, in em: no letter of another script is wider.
const UNKNOWN_ADVANCE: f64 = 1.0;

/// Regular or bold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Boldness {
    /// Running text.
    Regular,
    /// Headings.
    Bold,
}

/// Why a file is no font for pictures.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FontError {
    /// It cannot be read as one.
    #[error("it is no TrueType or OpenType font: {0}")]
    NoFont(String),
    /// Nothing can ask for it.
    #[error("the font does not say which family it is of")]
    NoFamily,
}

/// The fonts that text is measured and drawn in: one asked for, if any, and behind it the embedded one.
#[derive(Clone)]
pub struct Fonts(Vec<Arc<Family>>);

/// A family in two weights, which may be the same file.
struct Family {
    name: String,
    regular: Cut,
    bold: Cut,
}

/// A font file and how wide its characters are, in em.
#[derive(Default)]
struct Cut {
    file: Cow<'static, [u8]>,
    advances: HashMap<char, f64>,
}

impl Cut {
    fn new(file: Cow<'static, [u8]>) -> Result<(Self, Option<String>), FontError> {
        let face = Face::parse(&file, 0).map_err(|error| FontError::NoFont(error.to_string()))?;
        let mut advances = HashMap::new();
        let tables = face.tables().cmap.into_iter().flat_map(|cmap| cmap.subtables);
        for table in tables.filter(ttf_parser::cmap::Subtable::is_unicode) {
            table.codepoints(|code| {
                let glyph = table.glyph_index(code).filter(|glyph| glyph.0 != 0);
                let advance = glyph.and_then(|glyph| face.glyph_hor_advance(glyph));
                if let (Some(c), Some(advance)) = (char::from_u32(code), advance) {
                    advances.insert(c, f64::from(advance) / f64::from(face.units_per_em()));
                }
            });
        }
        let family = family(&face);
        Ok((Self { file, advances }, family))
    }

    fn embedded(file: &'static [u8]) -> Self {
        // The tests hold the embedded files to be fonts.
        Self::new(Cow::Borrowed(file))
            .map(|(cut, _)| cut)
            .unwrap_or_default()
    }
}

/// The family a font is of, as outputs ask for it.
fn family(face: &Face) -> Option<String> {
    let names = || face.names().into_iter().filter(|name| name.is_unicode());
    let named = |id| {
        names()
            .find(|name| name.name_id == id)
            .and_then(|name| name.to_string())
    };
    named(name_id::TYPOGRAPHIC_FAMILY).or_else(|| named(name_id::FAMILY))
}

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Fonts").field(&self.families()).finish()
    }
}

impl Default for Fonts {
    fn default() -> Self {
        Self::builtin()
    }
}

impl Fonts {
    /// The embedded font.
    pub fn builtin() -> Self {
        Self(vec![Arc::new(Family {
            name: "Noto Sans".to_owned(),
            regular: Cut::embedded(REGULAR),
            bold: Cut::embedded(BOLD),
        })])
    }

    /// Another font before the embedded one, which stays for what the other lacks. Without a bold file the regular one stands
    /// in for it.
    ///
    /// # Errors
    /// When a file is no font or names no family.
    pub fn preferring(self, regular: Vec<u8>, bold: Option<Vec<u8>>) -> Result<Self, FontError> {
        let bold = bold.unwrap_or_else(|| regular.clone());
        let (regular, name) = Cut::new(Cow::Owned(regular))?;
        let (bold, _) = Cut::new(Cow::Owned(bold))?;
        let family = Family {
            name: name.ok_or(FontError::NoFamily)?,
            regular,
            bold,
        };
        let mut families = vec![Arc::new(family)];
        families.extend(self.0);
        Ok(Self(families))
    }

    /// The families an output asks for, the measured ones first.
    pub fn families(&self) -> String {
        let names = self.0.iter().map(|family| family.name.as_str());
        names.chain([SUBSTITUTES]).collect::<Vec<_>>().join(", ")
    }

    /// The font files themselves, for outputs that bring them along.
    pub fn files(&self) -> impl Iterator<Item = &[u8]> {
        let cuts = self.0.iter().flat_map(|family| [&family.regular, &family.bold]);
        cuts.map(|cut| cut.file.as_ref())
    }

    fn advance_of(&self, c: char, boldness: Boldness) -> Option<f64> {
        let cut = |family: &'_ Arc<Family>| match boldness {
            Boldness::Regular => family.regular.advances.get(&c).copied(),
            Boldness::Bold => family.bold.advances.get(&c).copied(),
        };
        self.0.iter().find_map(cut)
    }

    fn advance(&self, c: char, boldness: Boldness) -> f64 {
        self.advance_of(c, boldness).unwrap_or(UNKNOWN_ADVANCE)
    }

    /// Whether there is a glyph for every character, so that the width is the true one and no estimate.
    pub fn covers(&self, text: &str) -> bool {
        !text.is_empty() && self.lacks(text).is_none()
    }

    /// The first character of a text that no font has a glyph for.
    pub fn lacks(&self, text: &str) -> Option<char> {
        text.chars()
            .find(|c| self.advance_of(*c, Boldness::Regular).is_none())
    }

    /// The width in px of a line of text at a size in px: the sum of advances, which kerning can only narrow.
    ///
    /// ```
    /// use citegraph::draw::font::{Boldness, Fonts};
    /// let fonts = Fonts::builtin();
    /// let narrow = fonts.width("ill", 12.0, Boldness::Regular);
    /// assert!(narrow > 5.0 && narrow < fonts.width("WWW", 12.0, Boldness::Regular));
    /// ```
    pub fn width(&self, text: &str, size: f64, boldness: Boldness) -> f64 {
        text.chars().map(|c| self.advance(c, boldness)).sum::<f64>() * size
    }

    /// Breaks text into at most `lines` lines no wider than `width`. Breaks at blanks and after hyphens and slashes,
    /// inside a word only when it alone is too wide; what does not fit in the last line is cut with an ellipsis.
    pub fn wrap(&self, text: &str, style: TextStyle, width: f64, lines: usize) -> Vec<String> {
        let mut wrapped: Vec<String> = Vec::new();
        for piece in pieces(text) {
            let fits = |line: &str| self.width(line.trim_end(), style.size, style.boldness) <= width;
            match wrapped.last_mut() {
                Some(line) if fits(&format!("{line}{piece}")) => line.push_str(piece),
                _ if fits(piece) => wrapped.push(piece.to_owned()),
                _ => self.push_broken(&mut wrapped, piece, style, width),
            }
            if wrapped.len() > lines {
                break;
            }
        }
        self.cut(&mut wrapped, style, width, lines);
        wrapped.iter().map(|line| line.trim_end().to_owned()).collect()
    }

    /// Breaks a piece wider than a line: with a hyphen inside a word, and never so that one or two characters are left alone.
    fn push_broken(&self, wrapped: &mut Vec<String>, piece: &str, style: TextStyle, width: f64) {
        let fits = |text: &str| self.width(text, style.size, style.boldness) <= width;
        let mut rest = piece;
        while !fits(rest.trim_end()) {
            let ends: Vec<usize> = rest.char_indices().map(|(at, _)| at).skip(1).collect();
            let line = |end: usize| format!("{}{}", &rest[..end], hyphen(rest, end));
            let fitting = ends.iter().take_while(|end| fits(&line(**end))).count();
            let kept = fitting.min(ends.len().saturating_sub(LEAST_PART - 1)).max(1);
            let Some(end) = ends.get(kept - 1) else { break };
            wrapped.push(line(*end));
            rest = &rest[*end..];
        }
        wrapped.push(rest.to_owned());
    }

    fn cut(&self, wrapped: &mut Vec<String>, style: TextStyle, width: f64, lines: usize) {
        if wrapped.len() <= lines {
            return;
        }
        wrapped.truncate(lines);
        if let Some(last) = wrapped.last_mut() {
            let whole = last.len();
            while !last.is_empty()
                && self.width(&format!("{}…", last.trim_end()), style.size, style.boldness) > width
            {
                last.pop();
            }
            if last.len() < whole {
                drop_stump(last);
            }
            let kept = last
                .trim_end_matches(|c: char| c.is_whitespace() || ",;:–-(".contains(c))
                .len();
            last.truncate(kept);
            last.push('…');
        }
    }
}

/// A part of a broken word is at least so long.
const LEAST_PART: usize = 3;
/// What is left of a cut word says nothing if it is shorter than this.
const LEAST_STUMP: usize = 4;

/// The hyphen to set where text is broken: between two letters.
fn hyphen(text: &str, at: usize) -> &'static str {
    let (before, after) = text.split_at(at);
    let between = before.ends_with(char::is_alphabetic) && after.starts_with(char::is_alphabetic);
    if between { "-" } else { "" }
}

/// Drops the first letters of a word that was cut after them, where another word stands before it.
fn drop_stump(line: &mut String) {
    let Some((words, stump)) = line.rsplit_once(' ') else {
        return;
    };
    let letters = stump.chars().count();
    if letters < LEAST_STUMP && !words.is_empty() {
        line.truncate(words.len());
    }
}

/// Size and boldness of a run of text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextStyle {
    /// Size in px.
    pub size: f64,
    /// Boldness.
    pub boldness: Boldness,
}

impl TextStyle {
    /// Running text of a size in px.
    pub const fn regular(size: f64) -> Self {
        Self {
            size,
            boldness: Boldness::Regular,
        }
    }

    /// Bold text of a size in px.
    pub const fn bold(size: f64) -> Self {
        Self {
            size,
            boldness: Boldness::Bold,
        }
    }
}

/// The pieces between which a line may break, each with the blank that follows it. Numbers like 2022/2555 stay whole.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let breaks = move |(at, c): &(usize, char)| match c {
        ' ' | '–' | '—' => true,
        '-' | '/' => !(at.checked_sub(1).is_some_and(is_digit) && is_digit(at + 1)),
        _ => false,
    };
    let ends = text
        .char_indices()
        .filter(breaks)
        .map(|(at, c)| at + c.len_utf8());
    let mut start = 0;
    let pieces = ends.chain([text.len()]).map(move |end| {
        let piece = &text[start..end];
        start = end;
        piece
    });
    pieces.filter(|piece| !piece.is_empty())
}

/// The text on one line: white space becomes single blanks, control characters and direction overrides go.
pub fn one_line(text: &str) -> String {
    let visible = |c: &char| !c.is_control() && !is_invisible(*c);
    let spaced: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .filter(visible)
        .collect();
    spaced
        .split(' ')
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Characters without a width of their own that confuse viewers: soft hyphens, direction overrides, non-characters.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}')
        || (c as u32) & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_covers_the_scripts_of_the_union_and_our_signs() {
        let fonts = Fonts::builtin();
        for boldness in [Boldness::Regular, Boldness::Bold] {
            for c in "AaŽžŁłȘșĦħĠġŐőÐþΑάΏώЖжЪъѝ0–—‘’“”„…‑·→←↑↓≈≠−€№²³⁴«»".chars()
            {
                assert!(fonts.advance_of(c, boldness).is_some(), "no glyph for {c}");
            }
        }
    }

    #[test]
    fn another_font_comes_first_and_the_embedded_one_stays_behind_it() {
        let fonts = Fonts::builtin().preferring(BOLD.to_vec(), None).unwrap();
        assert_eq!(
            fonts.width("a", 10.0, Boldness::Regular),
            Fonts::builtin().width("a", 10.0, Boldness::Bold)
        );
        assert_eq!(fonts.files().count(), 4);
        assert!(matches!(
            Fonts::builtin().preferring(b"no font".to_vec(), None),
            Err(FontError::NoFont(_))
        ));
        assert_eq!(fonts.lacks("aש"), Some('ש'));
    }

    #[test]
    fn wrapped_lines_fit_and_lose_nothing_unless_cut() {
        let fonts = Fonts::builtin();
        let style = TextStyle::regular(12.0);
        let text = "Council conclusions on the development of the European Union's cyber posture";
        let lines = fonts.wrap(text, style, 150.0, 9);
        assert!(lines.len() > 2 && lines.join(" ") == text);
        let cut = fonts.wrap(text, style, 150.0, 2);
        assert!(cut.len() == 2 && cut[1].ends_with('…'));
        for line in lines.iter().chain(&cut) {
            assert!(fonts.width(line, 12.0, Boldness::Regular) <= 150.0);
        }
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken() {
        let fonts = Fonts::builtin();
        let lines = fonts.wrap(&"W".repeat(40), TextStyle::bold(12.0), 60.0, 99);
        assert!(lines.len() > 5 && lines.concat().replace('-', "") == "W".repeat(40));
        let fits = |line: &String| fonts.width(line, 12.0, Boldness::Bold) <= 60.0;
        assert!(lines.iter().all(fits), "{lines:?}");
    }

    #[test]
    fn a_broken_word_bears_a_hyphen_and_leaves_no_stump() {
        let fonts = Fonts::builtin();
        let style = TextStyle::regular(12.0);
        let word = "Schlussfolgerungen:";
        let narrow = fonts.width("Schlussfolgerungen", 12.0, Boldness::Regular) + 1.0;
        let lines = fonts.wrap(word, style, narrow, 9);
        assert_eq!(lines, ["Schlussfolgerung-", "en:"]);
        // "Council conclusions on the" with room for the first letters of "the" alone.
        let width = fonts.width("Council conclusions on th…", 12.0, Boldness::Regular);
        let cut = fonts.wrap("Council conclusions on themes", style, width, 1);
        assert_eq!(cut, ["Council conclusions on…"]);
    }

    #[test]
    fn a_number_is_not_broken_at_its_slash() {
        let fonts = Fonts::builtin();
        let lines = fonts.wrap(
            "Directive 2022/2555 and/or more",
            TextStyle::regular(12.0),
            100.0,
            9,
        );
        assert_eq!(lines, ["Directive", "2022/2555 and/", "or more"]);
        assert!(fonts.wrap("", TextStyle::regular(12.0), 100.0, 9).is_empty());
    }

    #[test]
    fn one_line_drops_what_would_confuse_viewers() {
        assert_eq!(one_line(" a\n\tb\u{7}\u{202E}c\u{FFFE}\u{AD} "), "a bc");
    }
}
