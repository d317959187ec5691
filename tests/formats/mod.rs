//! Documents that are no plain text: the same document gives the same references in each format, and what is broken or
//! hostile is named and harms nothing else.

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod links;
#[cfg(test)]
mod make;
#[cfg(test)]
mod marks;
#[cfg(test)]
mod same;

#[cfg(test)]
use citegraph::read;

#[cfg(test)]
use crate::knowledge::TABLES;

/// The text of the one document of a file.
#[cfg(test)]
fn text_of(path: &str, bytes: &[u8]) -> String {
    let parts = read::parts(path, bytes);
    assert_eq!(parts.len(), 1, "{path}");
    let reading = read::read(path, parts[0].bytes.as_ref().unwrap(), &TABLES, None);
    reading.unwrap().document.text.original().to_owned()
}
