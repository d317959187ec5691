//! How a picture is to look: theme, font, pixels and engine as typed in, what draws it out.

use std::path::{Path, PathBuf};

use citegraph::draw::font::Fonts;
use citegraph::draw::theme::contrast;
use citegraph::draw::{Background, PaintError, Picture, Raster, Theme, dot, pdf, png, svg};
use clap::{Args, ValueEnum};

use super::graphviz;
use super::outcome::Failure;
use super::output::Format;

const WHITE: &str = "#FFFFFF";

/// Looks, as typed.
#[derive(Debug, Clone, Args)]
pub struct StyleArgs {
    /// The theme of a picture: default, print (gray), dark, or a file that says what is other than in the default one
    #[arg(
        long,
        value_name = "NAME|FILE",
        default_value = "default",
        help_heading = "Picture"
    )]
    theme: String,
    /// The font to measure and draw in, TrueType or OpenType; given twice, the second is its bold face
    #[arg(long, value_name = "FILE", help_heading = "Picture")]
    font: Vec<PathBuf>,
    /// Pixels of a PNG for each px; 2 suits slides
    #[arg(long, value_name = "N", default_value_t = 2.0, value_parser = scale, help_heading = "Picture")]
    scale: f64,
    /// What lies behind a PNG; without it the page of the theme
    #[arg(long, value_name = "WHAT", help_heading = "Picture")]
    background: Option<Behind>,
    /// Leave out the source line at the foot
    #[arg(long, help_heading = "Picture")]
    no_footer: bool,
    /// Who puts works in their places: citegraph, or an installed Graphviz, by its command `dot` or the one in GRAPHVIZ_DOT
    #[arg(
        long,
        value_name = "ENGINE",
        default_value = "citegraph",
        help_heading = "Picture"
    )]
    engine: Engine,
}

/// Backgrounds by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Behind {
    /// Nothing
    Transparent,
    /// White
    White,
}

/// Engines by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Engine {
    /// The layout of this program
    Citegraph,
    /// An installed Graphviz
    Graphviz,
}

/// Looks, ready for use.
#[derive(Debug)]
pub struct Style {
    theme: Theme,
    raster: Raster,
    footer: bool,
    engine: Engine,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            theme: Theme::builtin(),
            raster: Raster::default(),
            footer: true,
            engine: Engine::Citegraph,
        }
    }
}

fn scale(text: &str) -> Result<f64, String> {
    let scale = text
        .parse()
        .ok()
        .filter(|scale: &f64| *scale > 0.0 && scale.is_finite());
    scale.ok_or_else(|| "no number above 0".to_owned())
}

impl StyleArgs {
    /// Reads theme and font.
    pub fn style(&self) -> Result<Style, Failure> {
        let mut theme = theme(&self.theme)?;
        theme.fonts = fonts(&self.font)?;
        let background = match self.background {
            None => Background::Page,
            Some(Behind::Transparent) => Background::Transparent,
            Some(Behind::White) => Background::White,
        };
        if background == Background::White && contrast(&theme.page.text, WHITE) < 4.5 {
            let sentence = format!("the text of the theme {} cannot be read on white", self.theme);
            return Err(Failure::Usage(sentence));
        }
        let scale = self.scale;
        Ok(Style {
            theme,
            raster: Raster { scale, background },
            footer: !self.no_footer,
            engine: self.engine,
        })
    }
}

fn theme(name: &str) -> Result<Theme, Failure> {
    if let Some(theme) = Theme::named(name) {
        return Ok(theme);
    }
    let file = Path::new(name);
    if !file.exists() {
        let names: Vec<&str> = Theme::names().collect();
        let sentence = format!(
            "there is no theme {name}, and no such file; themes: {}",
            names.join(", ")
        );
        return Err(Failure::Usage(sentence));
    }
    let text = String::from_utf8(read(file)?).map_err(|_| refused(file, "it is no text"))?;
    Theme::parse(&text).map_err(|error| refused(file, error))
}

fn fonts(files: &[PathBuf]) -> Result<Fonts, Failure> {
    let Some(regular) = files.first() else {
        return Ok(Fonts::builtin());
    };
    let bold = files.get(1).map(|file| read(file)).transpose()?;
    let fonts = Fonts::builtin().preferring(read(regular)?, bold);
    fonts.map_err(|error| refused(regular, error))
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(file).map_err(|error| refused(file, super::inputs::reason(&error)))
}

fn refused(file: &Path, reason: impl std::fmt::Display) -> Failure {
    Failure::Usage(format!("cannot use {}: {reason}", file.display()))
}

impl Style {
    /// A picture in a format.
    pub fn draw(&self, picture: &Picture, format: Format) -> Result<Vec<u8>, Failure> {
        let mut picture = picture.clone();
        if !self.footer {
            picture.footer.clear();
        }
        let failed = |error: PaintError| Failure::NotDrawn(error.to_string());
        match format {
            Format::Dot => Ok(dot(&picture, &self.theme).into_bytes()),
            Format::Png => png(&self.svg(&picture)?, &self.theme.fonts, self.raster).map_err(failed),
            Format::Pdf => pdf(&self.svg(&picture)?, &self.theme.fonts).map_err(failed),
            _ => Ok(self.svg(&picture)?.into_bytes()),
        }
    }

    fn svg(&self, picture: &Picture) -> Result<String, Failure> {
        match self.engine {
            Engine::Citegraph => Ok(svg(picture, &self.theme)),
            Engine::Graphviz if picture.is_network() => graphviz::svg(&dot(picture, &self.theme)),
            Engine::Graphviz => Err(Failure::Usage(
                "Graphviz does not draw this view; leave --engine out".to_owned(),
            )),
        }
    }
}
