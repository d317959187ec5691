//! SVG in, PNG out.

use resvg::{tiny_skia, usvg};

use super::{Fonts, PaintError, tree};

/// More pixels than this are refused: they would take gigabytes.
const MOST_PIXELS: f64 = 2.5e8;

/// What lies behind the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Background {
    /// The page of the theme.
    #[default]
    Page,
    /// White paper.
    White,
    /// Nothing.
    Transparent,
}

/// How an SVG becomes pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Raster {
    /// Pixels for each px of the SVG.
    pub scale: f64,
    /// What lies behind.
    pub background: Background,
}

impl Default for Raster {
    fn default() -> Self {
        Self {
            scale: 2.0,
            background: Background::Page,
        }
    }
}

impl Background {
    fn style(self) -> &'static str {
        match self {
            Self::Page => "",
            Self::White => "#picture_background { fill: #FFFFFF }",
            Self::Transparent => "#picture_background { display: none }",
        }
    }
}

/// Draws an SVG as PNG.
///
/// # Errors
/// When the text is no SVG, a character has no glyph in the fonts, or the picture would be too large.
pub fn png(svg: &str, fonts: &Fonts, raster: Raster) -> Result<Vec<u8>, PaintError> {
    let tree = tree(svg, fonts, raster.background.style())?;
    let mut pixels = canvas(tree.size(), raster.scale)?;
    let scale = raster.scale as f32;
    resvg::render(
        &tree,
        tiny_skia::Transform::from_scale(scale, scale),
        &mut pixels.as_mut(),
    );
    pixels
        .encode_png()
        .map_err(|error| PaintError::File(error.to_string()))
}

fn canvas(size: usvg::Size, scale: f64) -> Result<tiny_skia::Pixmap, PaintError> {
    let width = (f64::from(size.width()) * scale).round().max(1.0);
    let height = (f64::from(size.height()) * scale).round().max(1.0);
    let too_many = || PaintError::Size {
        width: width as u64,
        height: height as u64,
    };
    if width * height > MOST_PIXELS {
        return Err(too_many());
    }
    tiny_skia::Pixmap::new(width as u32, height as u32).ok_or_else(too_many)
}
