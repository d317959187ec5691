//! A message in, its text and its attachments out. The text is that of the author, in HTML only where there is no plain
//! one; who wrote to whom and about what is left out.

use std::borrow::Cow;

use mail_parser::{MessageParser, MimeHeaders, PartType};

use super::{Part, ReadError};

/// How far into a message its header is looked for.
const HEAD: usize = 256 * 1024;

/// Whether the bytes begin with the header of a message: nothing but fields, among them one that only messages have.
pub(super) fn is_message(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let mut telling = false;
    let mut from = false;
    for line in head.split(|b| *b == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            return telling && from;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let colon = line.iter().position(|b| *b == b':').unwrap_or(0);
        let name = line[..colon].to_ascii_lowercase();
        if name.is_empty() || !name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-') {
            return false;
        }
        const TELLING: [&[u8]; 5] = [
            b"mime-version",
            b"message-id",
            b"received",
            b"return-path",
            b"delivered-to",
        ];
        telling |= TELLING.contains(&name.as_slice());
        from |= matches!(name.as_slice(), b"from" | b"sender");
    }
    false
}

/// The text of a message under its own path, then its attachments below it.
pub(super) fn parts(path: &str, bytes: &[u8]) -> Vec<Part<'static>> {
    let Some(message) = MessageParser::default().parse(bytes) else {
        let error = ReadError::Damaged {
            format: "e-mail",
            reason: "it has no header".to_owned(),
        };
        return vec![Part {
            path: path.to_owned(),
            bytes: Err(error),
        }];
    };
    let plain = message.text_bodies().find_map(|part| match &part.body {
        PartType::Text(text) => Some(text.to_string()),
        _ => None,
    });
    let html = || {
        message.html_bodies().find_map(|part| match &part.body {
            // The fragment of a page is not told from text by its beginning.
            PartType::Html(html) => Some(format!("<!DOCTYPE html>\n{html}")),
            _ => None,
        })
    };
    let body = plain.filter(|text| !text.trim().is_empty()).or_else(html);
    let body = body.filter(|text| !text.trim().is_empty()).map(|text| Part {
        path: path.to_owned(),
        bytes: Ok(Cow::Owned(text.into_bytes())),
    });
    let attachments = message.attachments().enumerate().map(|(at, part)| {
        let name = part.attachment_name().map(str::to_owned);
        let name = name.unwrap_or_else(|| format!("attachment-{}", at + 1));
        Part {
            path: format!("{path}/{}", name.replace(['/', '\\'], "-")),
            bytes: Ok(Cow::Owned(part.contents().to_vec())),
        }
    });
    body.into_iter().chain(attachments).collect()
}
