//! How things look: a theme file (data/themes, or one of the user's) in, colors, dashes, widths and fonts out.

use std::collections::BTreeMap;

use serde::Deserialize;
use thiserror::Error;
use toml::{Table, Value};

use super::font::Fonts;
use super::picture::State;
use crate::model::Relation;

/// The themes that come along, the default first.
const BUILTIN: [(&str, &str); 3] = [
    ("default", include_str!("../../data/themes/default.toml")),
    ("print", include_str!("../../data/themes/print.toml")),
    ("dark", include_str!("../../data/themes/dark.toml")),
];

/// Why a text is no theme.
#[derive(Debug, Error)]
pub enum ThemeError {
    /// It is no TOML, or says what no theme says.
    #[error("{0}")]
    Toml(#[from] toml::de::Error),
    /// A color that outputs do not understand.
    #[error("`{0}` is no color of the form #RRGGBB")]
    Color(String),
}

/// A theme: looks, and the font that labels are measured and drawn in.
#[derive(Debug, Clone, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Background, bands, axis and text outside cards.
    pub page: Page,
    /// Shades of values.
    pub measure: MeasureLook,
    /// Shades of generations.
    pub depth: DepthLook,
    /// The casing of the longest chain.
    pub chain: ChainLook,
    card: BTreeMap<String, CardLook>,
    relation: BTreeMap<String, RelationLook>,
    /// The fonts.
    #[serde(skip)]
    pub fonts: Fonts,
}

/// Colors outside cards.
#[derive(Debug, Clone, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Behind everything.
    pub background: String,
    /// Every second year.
    pub band: String,
    /// Thin lines between years.
    pub grid: String,
    /// The axis.
    pub axis: String,
    /// The headline.
    pub title: String,
    /// Text.
    pub text: String,
    /// Text of less weight.
    pub muted: String,
}

/// The shades between which values are drawn.
#[derive(Debug, Clone, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct MeasureLook {
    /// The shade of 0.
    pub low: String,
    /// The shade of the highest value.
    pub high: String,
    /// Text on shades nearer to low.
    pub text_on_low: String,
    /// Text on shades nearer to high.
    pub text_on_high: String,
}

/// The fills of works one generation away and of the farthest.
#[derive(Debug, Clone, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct DepthLook {
    /// One reference away from the work in question.
    pub near: String,
    /// The farthest.
    pub far: String,
}

/// The lines on both sides of the longest chain.
#[derive(Debug, Clone, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct ChainLook {
    /// Their color.
    pub color: String,
    /// Their width in px.
    pub width: f64,
}

/// The look of a card.
#[derive(Debug, Clone, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct CardLook {
    /// Inside.
    pub fill: String,
    /// Outline.
    pub stroke: String,
    /// Text.
    pub text: String,
    /// Text of less weight.
    pub muted: String,
    /// Width of the outline in px.
    pub width: f64,
    /// Lengths of stroke and gap; empty for solid.
    pub dash: Vec<f64>,
}

/// The look of a reference.
#[derive(Debug, Clone, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct RelationLook {
    /// What the legend says.
    pub label: String,
    /// Color of line and arrowhead.
    pub color: String,
    /// Width of the line in px.
    pub width: f64,
    /// Lengths of stroke and gap; empty for solid.
    pub dash: Vec<f64>,
}

impl Theme {
    /// The default theme.
    pub fn builtin() -> Self {
        // The tests hold the files to be right; should one not be, a picture without colors still is one.
        Self::parse("").unwrap_or_default()
    }

    /// The names of the themes that come along.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILTIN.iter().map(|(name, _)| *name)
    }

    /// A theme that comes along.
    ///
    /// ```
    /// use citegraph::draw::Theme;
    /// assert!(Theme::names().all(|name| Theme::named(name).is_some()));
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        let (_, text) = BUILTIN.iter().find(|(known, _)| *known == name)?;
        Self::parse(text).ok()
    }

    /// Reads a theme file. What it does not say is as in the default theme.
    ///
    /// # Errors
    /// When the text is no TOML, holds an unknown key or a color that is not of the form #RRGGBB.
    pub fn parse(text: &str) -> Result<Self, ThemeError> {
        let mut table: Table = toml::from_str(BUILTIN[0].1)?;
        merge(&mut table, toml::from_str(text)?);
        check_colors(&table)?;
        Ok(Value::Table(table).try_into()?)
    }

    /// The look of cards in a state.
    pub fn card(&self, state: State) -> CardLook {
        let name = match state {
            State::Focus => "focus",
            State::InCorpus => "in-corpus",
            State::CitedOnly => "cited-only",
        };
        self.card.get(name).cloned().unwrap_or_default()
    }

    /// The shade of a value, as a share (0 to 1) of the highest.
    pub fn shade(&self, share: f64) -> String {
        mixed(&self.measure.low, &self.measure.high, share)
    }

    /// The color of text on the shade of a value: that for high ones as far down as it is read well.
    pub fn text_on(&self, share: f64) -> String {
        let shade = self.shade(share);
        let (low, high) = (&self.measure.text_on_low, &self.measure.text_on_high);
        if contrast(high, &shade) >= 4.5 {
            high.clone()
        } else {
            low.clone()
        }
    }

    /// The fill of a work some generations away, where the farthest is `farthest` away.
    pub fn tint(&self, depth: usize, farthest: usize) -> String {
        let share = depth.saturating_sub(1) as f64 / farthest.saturating_sub(1).max(1) as f64;
        mixed(&self.depth.near, &self.depth.far, share)
    }

    /// The fill of what is outlined in the color of a relation: a breath of it on the page.
    pub fn breath(&self, relation: Relation) -> String {
        mixed(&self.page.background, &self.relation(relation).color, 0.1)
    }

    /// The look of references of a relation.
    pub fn relation(&self, relation: Relation) -> RelationLook {
        self.relation.get(relation.as_str()).cloned().unwrap_or_default()
    }
}

/// Puts the entries of a table over those of another.
fn merge(base: &mut Table, over: Table) {
    for (key, value) in over {
        match (base.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => merge(below, above),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

/// Every text of a theme is a color, but for labels.
fn check_colors(table: &Table) -> Result<(), ThemeError> {
    table.iter().try_for_each(|(key, value)| match value {
        Value::Table(inner) => check_colors(inner),
        Value::String(text) if key != "label" && !is_color(text) => Err(ThemeError::Color(text.clone())),
        _ => Ok(()),
    })
}

fn is_color(text: &str) -> bool {
    text.len() == 7 && text.starts_with('#') && text[1..].bytes().all(|b| b.is_ascii_hexdigit())
}

/// Red, green or blue of a color, which are at 1, 3 and 5 in its text.
fn channel(color: &str, at: usize) -> f64 {
    let digits = color.get(at..at + 2).unwrap_or("00");
    f64::from(u8::from_str_radix(digits, 16).unwrap_or(0))
}

fn mixed(from: &str, to: &str, share: f64) -> String {
    let mix = |at: usize| {
        let (from, to) = (channel(from, at), channel(to, at));
        (from + (to - from) * share).round() as u8
    };
    format!("#{:02X}{:02X}{:02X}", mix(1), mix(3), mix(5))
}

/// How well two colors are told apart, from 1 to 21: "contrast ratio" of the Web Content Accessibility Guidelines 2.1.
///
/// ```
/// use citegraph::draw::theme::contrast;
/// assert!((contrast("#FFFFFF", "#000000") - 21.0).abs() < 1e-9);
/// ```
pub fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// "Relative luminance" of the same.
fn luminance(color: &str) -> f64 {
    let linear = |at: usize| {
        let value = channel(color, at) / 255.0;
        if value <= 0.03928 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(1) + 0.7152 * linear(3) + 0.0722 * linear(5)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATES: [State; 3] = [State::Focus, State::InCorpus, State::CitedOnly];

    fn themes() -> impl Iterator<Item = (&'static str, Theme)> {
        BUILTIN
            .iter()
            .map(|(name, text)| (*name, Theme::parse(text).unwrap()))
    }

    #[test]
    fn every_file_is_complete_and_names_nothing_else() {
        for (name, text) in BUILTIN {
            let theme: Theme = toml::from_str(text).unwrap();
            assert_eq!(theme.relation.len(), Relation::ALL.len(), "{name}");
            assert_eq!(theme.card.len(), STATES.len(), "{name}");
            for relation in Relation::ALL {
                assert!(!theme.relation(relation).color.is_empty(), "{name}: {relation}");
            }
        }
    }

    #[test]
    fn a_theme_file_may_say_only_what_it_changes() {
        let theme =
            Theme::parse("[page]\nbackground = \"#FFFDF5\"\n[relation.cites]\nlabel = \"nennt\"").unwrap();
        assert_eq!(theme.page.background, "#FFFDF5");
        assert_eq!(theme.page.text, Theme::builtin().page.text);
        assert_eq!(theme.relation(Relation::Cites).label, "nennt");
        for (text, reason) in [
            (
                "[page]\nbackground = \"white\"",
                "`white` is no color of the form #RRGGBB",
            ),
            ("[page]\nbackgroud = \"#FFFFFF\"", "unknown field `backgroud`"),
            ("[page", "unclosed table"),
        ] {
            let error = Theme::parse(text).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }

    // Hand-calculated: the luminance of #767676 is 0.1812, so that its contrast on white is 1.05 / 0.2312 = 4.54.
    #[test]
    fn contrast_is_that_of_the_guidelines() {
        assert!((contrast("#767676", "#FFFFFF") - 4.54).abs() < 0.01);
    }

    #[test]
    fn text_has_a_contrast_of_four_and_a_half_in_every_theme() {
        for (name, theme) in themes() {
            let page = &theme.page;
            let mut pairs = Vec::new();
            for ground in [&page.background, &page.band] {
                pairs.extend(
                    [&page.title, &page.text, &page.muted].map(|text| (text.clone(), ground.clone())),
                );
                pairs.extend(Relation::ALL.map(|one| (theme.relation(one).color, ground.clone())));
            }
            for state in STATES {
                let look = theme.card(state);
                pairs.extend([(look.text, look.fill.clone()), (look.muted, look.fill)]);
            }
            for state in [State::InCorpus, State::CitedOnly] {
                let look = theme.card(state);
                let tints = (1..=5).flat_map(|depth| {
                    [&look.text, &look.muted].map(|text| (text.clone(), theme.tint(depth, 5)))
                });
                pairs.extend(tints);
            }
            for relation in Relation::ALL {
                pairs.extend([&page.text, &page.muted].map(|text| (text.clone(), theme.breath(relation))));
            }
            let shades = (0..=100).map(|percent| f64::from(percent) / 100.0);
            pairs.extend(shades.map(|share| (theme.text_on(share), theme.shade(share))));
            for (text, ground) in pairs {
                assert!(
                    contrast(&text, &ground) >= 4.5,
                    "{name}: {text} on {ground}: {}",
                    contrast(&text, &ground)
                );
            }
        }
    }

    #[test]
    fn lines_have_a_contrast_of_three_in_every_theme() {
        for (name, theme) in themes() {
            let strokes = STATES.map(|state| theme.card(state).stroke);
            let lines = strokes
                .iter()
                .chain([&theme.page.axis, &theme.chain.color, &theme.measure.high]);
            for line in lines {
                for ground in [&theme.page.background, &theme.page.band] {
                    assert!(
                        contrast(line, ground) >= 3.0,
                        "{name}: {line} on {ground}: {}",
                        contrast(line, ground)
                    );
                }
            }
        }
    }

    #[test]
    fn relations_and_states_differ_without_color() {
        for (name, theme) in themes() {
            let looks = Relation::ALL.map(|relation| theme.relation(relation));
            let marks: std::collections::BTreeSet<String> = looks
                .iter()
                .map(|look| format!("{:?} {}", look.dash, look.width))
                .collect();
            assert_eq!(marks.len(), Relation::ALL.len(), "{name}: {marks:?}");
            let [focus, inside, cited] = STATES.map(|state| theme.card(state));
            assert!(
                contrast(&focus.fill, &inside.fill) >= 3.0,
                "{name}: the focus stands out by lightness"
            );
            assert_ne!(inside.dash, cited.dash, "{name}");
        }
    }
}
