//! The text of an SVG of ours in, PNG or PDF out, with the very fonts that it was measured in. Nothing of the system is read: a
//! character that these fonts lack is an error, never a gap.

mod pdf;
mod png;

use std::sync::Arc;

use resvg::usvg::{self, fontdb, roxmltree};
use thiserror::Error;

use super::font::Fonts;

pub use pdf::pdf;
pub use png::{Background, Raster, png};

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PaintError {
    /// A character would be missing.
    #[error(
        "the font has no glyph for `{character}` (U+{:04X}), which stands in \"{text}\"; name one that has it with --font, or draw an SVG",
        *character as u32
    )]
    Glyph {
        /// The character.
        character: char,
        /// The line of text.
        text: String,
    },
    /// It is no SVG.
    #[error("the SVG cannot be read: {0}")]
    Svg(String),
    /// More pixels than anybody can want.
    #[error("{width} by {height} pixels are too many; ask for a smaller scale")]
    Size {
        /// Pixels across.
        width: u64,
        /// Pixels down.
        height: u64,
    },
    /// The file could not be made.
    #[error("the file cannot be made: {0}")]
    File(String),
}

/// Reads an SVG with these fonts; rules of style may change its looks.
fn tree(svg: &str, fonts: &Fonts, style: &str) -> Result<usvg::Tree, PaintError> {
    let document = parsed(svg)?;
    check_glyphs(&document, fonts)?;
    let mut known = fontdb::Database::new();
    fonts.files().for_each(|file| known.load_font_data(file.to_vec()));
    let options = usvg::Options {
        fontdb: Arc::new(known),
        style_sheet: Some(style.to_owned()),
        ..usvg::Options::default()
    };
    usvg::Tree::from_xmltree(&document, &options).map_err(|error| PaintError::Svg(error.to_string()))
}

/// Ours have no document type, those of Graphviz do.
fn parsed(svg: &str) -> Result<roxmltree::Document<'_>, PaintError> {
    let options = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..Default::default()
    };
    roxmltree::Document::parse_with_options(svg, options).map_err(|error| PaintError::Svg(error.to_string()))
}

fn check_glyphs(document: &roxmltree::Document, fonts: &Fonts) -> Result<(), PaintError> {
    let drawn = document
        .descendants()
        .filter(|node| node.has_tag_name("text") || node.parent().is_some_and(|p| p.has_tag_name("text")));
    for text in drawn.filter_map(|node| node.text()) {
        if let Some(character) = fonts.lacks(text) {
            return Err(PaintError::Glyph {
                character,
                text: text.to_owned(),
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::{Picture, Theme, svg};

    fn drawn(title: &str) -> String {
        svg(&Picture::new(title, ""), &Theme::builtin())
    }

    #[test]
    fn a_missing_glyph_is_an_error_that_names_it() {
        let error = png(&drawn("the title שלום"), &Fonts::builtin(), Raster::default()).unwrap_err();
        assert!(
            error
                .to_string()
                .contains("`ש` (U+05E9), which stands in \"the title שלום\""),
            "{error}"
        );
        assert_eq!(
            pdf(&drawn("שלום"), &Fonts::builtin()).map_err(|e| matches!(e, PaintError::Glyph { .. })),
            Err(true)
        );
    }

    #[test]
    fn the_scale_gives_the_pixels_and_white_or_nothing_lies_behind() {
        let text = drawn("Ψηφιακή διπλωματία, кибердипломация");
        let pixels = |scale, background| {
            let file = png(&text, &Fonts::builtin(), Raster { scale, background }).unwrap();
            resvg::tiny_skia::Pixmap::decode_png(&file).unwrap()
        };
        let (one, two) = (
            pixels(1.0, Background::Page),
            pixels(2.0, Background::Transparent),
        );
        assert_eq!((one.width() * 2, one.height() * 2), (two.width(), two.height()));
        let corner = |map: &resvg::tiny_skia::Pixmap| map.pixel(0, 0).map(|p| (p.red(), p.alpha()));
        assert_eq!(corner(&one), Some((255, 255)));
        assert_eq!(corner(&two), Some((0, 0)));
        let inked = one.pixels().iter().filter(|p| p.red() < 128).count();
        assert!(inked > 200, "the title is drawn: {inked}");
    }

    #[test]
    fn too_many_pixels_are_refused() {
        let raster = Raster {
            scale: 1e6,
            ..Raster::default()
        };
        assert!(matches!(
            png(&drawn("a"), &Fonts::builtin(), raster),
            Err(PaintError::Size { .. })
        ));
    }
}
