//! How things look: data/themes/default.toml in, colors, dashes and widths out.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::picture::State;
use crate::model::Relation;

const DEFAULT: &str = include_str!("../../data/themes/default.toml");

/// A theme.
#[derive(Debug, Clone, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// Background, bands, axis and text outside cards.
    pub page: Page,
    /// Shades of values.
    pub measure: MeasureLook,
    card: BTreeMap<String, CardLook>,
    relation: BTreeMap<String, RelationLook>,
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
    /// The theme of data/themes/default.toml.
    pub fn builtin() -> Self {
        // The tests hold the file to be right; should it not be, a picture without colors still is one.
        Self::parse(DEFAULT).unwrap_or_default()
    }

    /// Reads a theme file.
    ///
    /// # Errors
    /// What toml says of a text that is no theme: a missing or unknown key, with its line.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
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
        let channel = |color: &str, at: usize| {
            let digits = color.get(at..at + 2).unwrap_or("00");
            f64::from(u8::from_str_radix(digits, 16).unwrap_or(0))
        };
        let mix = |at: usize| {
            let (low, high) = (channel(&self.measure.low, at), channel(&self.measure.high, at));
            (low + (high - low) * share).round() as u8
        };
        format!("#{:02X}{:02X}{:02X}", mix(1), mix(3), mix(5))
    }

    /// The color of text on the shade of a value: where they change, both have a contrast of 4.5 or so.
    pub fn text_on(&self, share: f64) -> String {
        if share > 0.745 {
            &self.measure.text_on_high
        } else {
            &self.measure.text_on_low
        }
        .clone()
    }

    /// The look of references of a relation.
    pub fn relation(&self, relation: Relation) -> RelationLook {
        self.relation.get(relation.as_str()).cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(color: &str) -> f64 {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.03928 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    // WCAG 2.1, "contrast ratio".
    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn the_file_names_every_relation_and_state_and_nothing_else() {
        let theme = Theme::parse(DEFAULT).unwrap();
        assert_eq!(theme.relation.len(), Relation::ALL.len());
        assert_eq!(theme.card.len(), 3);
        for relation in Relation::ALL {
            assert!(!theme.relation(relation).color.is_empty(), "{relation}");
        }
    }

    #[test]
    fn contrast_is_enough() {
        let theme = Theme::builtin();
        for state in [State::Focus, State::InCorpus, State::CitedOnly] {
            let look = theme.card(state);
            assert!(contrast(&look.text, &look.fill) >= 4.5 && contrast(&look.muted, &look.fill) >= 4.5);
            assert!(contrast(&look.stroke, &theme.page.background) >= 3.0);
        }
        for relation in Relation::ALL {
            assert!(
                contrast(&theme.relation(relation).color, &theme.page.band) >= 4.5,
                "{relation}"
            );
        }
        for percent in 0..=100 {
            let share = f64::from(percent) / 100.0;
            assert!(
                contrast(&theme.text_on(share), &theme.shade(share)) >= 4.5,
                "{percent} %"
            );
        }
        assert!(contrast(&theme.page.muted, &theme.page.background) >= 4.5);
    }

    #[test]
    fn relations_differ_without_color() {
        let theme = Theme::builtin();
        let marks: std::collections::BTreeSet<String> = Relation::ALL
            .iter()
            .map(|r| {
                let look = theme.relation(*r);
                let gray = if luminance(&look.color) < 0.05 {
                    "dark"
                } else {
                    "mid"
                };
                format!("{:?} {} {gray}", look.dash, look.width)
            })
            .collect();
        assert!(marks.len() >= Relation::ALL.len() - 1, "{marks:?}");
    }
}
