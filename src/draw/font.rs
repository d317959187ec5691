//! Text in, its width out, measured with the embedded font (data/fonts), which is also the first one that the outputs ask
//! for. Also wraps text into lines of a width.

use ttf_parser::Face;

const REGULAR: &[u8] = include_bytes!("../../data/fonts/NotoSans-Regular.subset.ttf");
const BOLD: &[u8] = include_bytes!("../../data/fonts/NotoSans-Bold.subset.ttf");

/// The families an output asks for: first the measured one, then narrower ones, so that nothing grows out of its card.
pub const FAMILIES: &str = "Noto Sans, Arial, Liberation Sans, Helvetica, sans-serif";

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

/// The two faces of the embedded font.
pub struct Fonts {
    regular: Option<Face<'static>>,
    bold: Option<Face<'static>>,
}

impl Fonts {
    /// The embedded font.
    pub fn builtin() -> Self {
        Self {
            regular: Face::parse(REGULAR, 0).ok(),
            bold: Face::parse(BOLD, 0).ok(),
        }
    }

    fn advance(&self, c: char, boldness: Boldness) -> f64 {
        let face = match boldness {
            Boldness::Regular => &self.regular,
            Boldness::Bold => &self.bold,
        };
        let Some(face) = face else { return UNKNOWN_ADVANCE };
        face.glyph_index(c)
            .and_then(|glyph| face.glyph_hor_advance(glyph))
            .map_or(UNKNOWN_ADVANCE, |advance| {
                f64::from(advance) / f64::from(face.units_per_em())
            })
    }

    /// Whether the font has a glyph for every character, so that the width is the true one and no estimate.
    pub fn covers(&self, text: &str) -> bool {
        let Some(face) = &self.regular else { return false };
        !text.is_empty() && text.chars().all(|c| face.glyph_index(c).is_some())
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

    fn push_broken(&self, wrapped: &mut Vec<String>, piece: &str, style: TextStyle, width: f64) {
        let mut line = String::new();
        for c in piece.chars() {
            line.push(c);
            if self.width(line.trim_end(), style.size, style.boldness) > width && line.chars().count() > 1 {
                line.pop();
                wrapped.push(std::mem::take(&mut line));
                line.push(c);
            }
        }
        wrapped.push(line);
    }

    fn cut(&self, wrapped: &mut Vec<String>, style: TextStyle, width: f64, lines: usize) {
        if wrapped.len() <= lines {
            return;
        }
        wrapped.truncate(lines);
        if let Some(last) = wrapped.last_mut() {
            while !last.is_empty()
                && self.width(&format!("{}…", last.trim_end()), style.size, style.boldness) > width
            {
                last.pop();
            }
            let kept = last
                .trim_end_matches(|c: char| c.is_whitespace() || ",;:–-(".contains(c))
                .len();
            last.truncate(kept);
            last.push('…');
        }
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

/// The pieces between which a line may break, each with the blank that follows it.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(|c: char| c == ' ' || "-/–—".contains(c))
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
        for face in [&fonts.regular, &fonts.bold] {
            let face = face.as_ref().unwrap();
            for c in "AaŽžŁłȘșĦħĠġŐőÐþΑάΏώЖжЪъѝ0–—‘’“”„…‑·→←↑↓≈≠−€№²³⁴«»".chars()
            {
                assert!(face.glyph_index(c).is_some(), "no glyph for {c}");
            }
        }
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
        assert!(lines.len() > 5 && lines.concat() == "W".repeat(40));
    }

    #[test]
    fn one_line_drops_what_would_confuse_viewers() {
        assert_eq!(one_line(" a\n\tb\u{7}\u{202E}c\u{FFFE}\u{AD} "), "a bc");
    }
}
