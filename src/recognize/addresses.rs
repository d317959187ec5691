//! Addresses on the web: one that holds an identifier is one mention of what it identifies, and nothing inside any address
//! is a mention of its own.

use memchr::memmem;

use super::families::found;
use super::found::Found;
use crate::model::{Kind, Span, WorkId};
use crate::tables::{FamilyHit, Tables, stands_alone};

/// What an address is known by where the scheme is left out: "data.europa.eu/eli/reg/2016/679/oj".
const HOST: &str = "europa.eu/";

/// All addresses of the text in order of place, with the mention that each is, if any.
pub(super) fn find(text: &str, tables: &Tables) -> Vec<(Span, Option<Found>)> {
    let schemes = memmem::find_iter(text.as_bytes(), "://");
    let mut anchors: Vec<usize> = schemes.chain(memmem::find_iter(text.as_bytes(), HOST)).collect();
    anchors.sort_unstable();
    let mut addresses: Vec<(Span, Option<Found>)> = Vec::new();
    for anchor in anchors {
        if addresses.last().is_none_or(|(span, _)| span.end <= anchor) {
            let span = around(text, anchor);
            addresses.push((span, mention(text, span, tables)));
        }
    }
    addresses
}

/// The address around an anchor: up to a blank or a mark that none may hold, without the marks that close a sentence.
fn around(text: &str, anchor: usize) -> Span {
    let stops = |c: char| {
        c.is_whitespace() || matches!(c, '<' | '>' | '"' | '«' | '»' | '“' | '”' | '„' | '[' | ']' | '|')
    };
    let start = text[..anchor]
        .rfind(|c: char| stops(c) || matches!(c, '(' | ';' | ','))
        .map_or(0, |at| text.ceil_char_boundary(at + 1));
    let end = text[anchor..].find(stops).map_or(text.len(), |at| anchor + at);
    let mut address = text[start..end].trim_end_matches(['.', ',', ';', ':', '!', '?']);
    if address.ends_with(')') && address.matches(')').count() > address.matches('(').count() {
        address = address[..address.len() - 1].trim_end_matches(['.', ',', ';']);
    }
    Span::new(start, start + address.len())
}

fn mention(text: &str, span: Span, tables: &Tables) -> Option<Found> {
    let address = decoded(&text[span.start..span.end]);
    Some(Found {
        span,
        reach: span.end,
        ..found(hit(&address, tables)?)
    })
}

/// What an address identifies: its kind and its id.
pub(super) fn identified(address: &str, tables: &Tables) -> Option<(Kind, WorkId)> {
    let address = decoded(address);
    let hit = hit(&address, tables)?;
    Some((hit.row.kind, hit.id))
}

fn hit<'t>(address: &str, tables: &'t Tables) -> Option<FamilyHit<'t>> {
    let named = tables.addresses.find(address, |_, _| true).into_iter().next();
    named.or_else(|| tables.families.find(address, stands_alone).into_iter().next())
}

/// The address with its escapes of ASCII undone: `CELEX%3A32016R0679`.
fn decoded(address: &str) -> String {
    let mut parts = address.split('%');
    let mut text = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let code = part.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code.filter(u8::is_ascii) {
            Some(byte) => {
                text.push(char::from(byte));
                text.push_str(&part[2..]);
            }
            None => {
                text.push('%');
                text.push_str(part);
            }
        }
    }
    text
}
