//! The header block: where it ends, and what its fields say.

use super::lines::Line;
use crate::model::{Block, Field, Header, Language, PartialDate, Role, Span};
use crate::tables::{DatePatterns, LanguageTable};

/// The header block stands on the first page.
const REACH: usize = 70;

/// A label found at the start of a line, and the bytes of label, colon and blanks.
fn label<'a>(text: &'a str, labels: &[String]) -> Option<&'a str> {
    let hit = labels
        .iter()
        .filter_map(|label| strip_ignoring_case(text, label))
        .min_by_key(|rest| rest.len())?;
    let rest = hit.trim_start();
    rest.strip_prefix(':').map(str::trim_start)
}

fn strip_ignoring_case<'a>(text: &'a str, label: &str) -> Option<&'a str> {
    let head = text.get(..label.len())?;
    head.eq_ignore_ascii_case(label).then(|| &text[label.len()..])
}

/// The lines of the header block: none if both are 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Extent {
    /// The index of the line with the subject.
    pub subject: usize,
    /// One past the index of the last line.
    pub end: usize,
}

/// The header block ends with its subject.
pub(super) fn extent(lines: &[Line<'_>], table: &LanguageTable) -> Extent {
    let reach = &lines[..lines.len().min(REACH)];
    let is_subject = |l: &Line<'_>| label(plain(l.text), &table.header.subject).is_some();
    let Some(subject) = reach.iter().position(is_subject) else {
        return Extent::default();
    };
    let more = lines[subject..]
        .windows(2)
        .take(6)
        .take_while(|pair| goes_on(&pair[0], &pair[1]))
        .count();
    Extent {
        subject,
        end: subject + 1 + more,
    }
}

/// Whether a line belongs to the subject; a blank line before it may only set all lines apart.
fn goes_on(last: &Line<'_>, line: &Line<'_>) -> bool {
    let broken = last.text.ends_with(['-', '\u{ad}']) || line.text.starts_with(char::is_lowercase);
    line.gap == 0 || line.gap == 1 && (broken || line.text.starts_with(['-', '–', '—']))
}

fn plain(text: &str) -> &str {
    text.trim_start_matches("**")
}

/// Reads the fields from the header blocks; spans are those of the repaired text.
pub(super) fn parse(repaired: &str, blocks: &[Block], table: &LanguageTable, dates: &DatePatterns) -> Header {
    let mut header = Header::default();
    let mut lines: Vec<Span> = blocks
        .iter()
        .filter(|b| b.role == Role::Header)
        .map(|b| b.span)
        .collect();
    if lines.is_empty() {
        lines = blocks
            .iter()
            .take(12)
            .filter(|b| b.span.len() <= 120 && b.number.is_none() && !matches!(b.role, Role::Note(_)))
            .map(|b| b.span)
            .collect();
    }
    let mut open = None;
    let mut before = "";
    let mut waits = false;
    for span in lines {
        let text = &repaired[span.start..span.end];
        // A narrow column breaks its labels ("Ankstesnio |dokumento Nr.: 12930/22").
        let over_two = [before, text].join(" ");
        if waits {
            fill(&mut header, text, span);
        }
        waits = text.trim_end().ends_with(':');
        open = labelled(&mut header, text, span, table)
            .or_else(|| labelled(&mut header, &over_two, span, table))
            .or(open.filter(|_| continues_subject(&mut header, text, span)));
        before = text;
        if open.is_none() {
            unlabelled(&mut header, text, span, (table, dates));
        }
    }
    // A running foot alone gives the number and none of the fields.
    if header.number.is_none() || header.subject.is_none() {
        flattened(&mut header, repaired, table);
    }
    header
}

/// A number on the line behind its label.
fn fill(header: &mut Header, text: &str, span: Span) {
    let open = [&mut header.previous, &mut header.commission_document];
    let waiting = open.into_iter().flatten().find(|field| field.value.is_empty());
    if let Some(field) = waiting.filter(|_| starts_with_number(text)) {
        field.value = text.trim().to_owned();
        field.span = span;
    }
}

fn starts_with_number(text: &str) -> bool {
    text.split_whitespace().next().is_some_and(is_number)
}

/// How far a header may reach of which a converter has made one line, in bytes.
const FLAT: usize = 1500;

/// How much of it may be the subject.
const FLAT_SUBJECT: usize = 400;

/// A header in one line ("Bryssel den 20 november 2017 (OR. en) 14435/17 LÄGESRAPPORT från: ... Föreg. dok. nr: 13943/17"):
/// the number behind the original language, and what stands behind the labels.
fn flattened(header: &mut Header, repaired: &str, table: &LanguageTable) {
    let head = &repaired[..repaired.floor_char_boundary(FLAT.min(repaired.len()))];
    let Some(at) = head
        .find("(OR.")
        .and_then(|at| Some(at + head[at..].find(')')? + 1))
    else {
        return;
    };
    let at = past_procedure(head, at);
    let number = numbers(head, at).filter(|field| is_number(field.value.split(' ').next().unwrap_or("")));
    if number.is_none() {
        return;
    }
    header.number = number;
    let words = &table.header;
    let behind = |labels: &[String]| label_within(&head[at..], labels).map(|end| at + end);
    let slots = [
        (&words.previous, &mut header.previous),
        (&words.commission_document, &mut header.commission_document),
    ];
    for (labels, slot) in slots {
        *slot = slot.take().or_else(|| numbers(head, behind(labels)?));
    }
    if header.subject.is_none() {
        header.subject = behind(&words.subject).map(|start| subject(repaired, start));
    }
}

/// A label with its procedure is no longer than this many bytes.
const PROCEDURE: usize = 120;

/// The place behind the number of a procedure that stands before that of the document ("Interinstitutional File: 2015/0287 (COD)").
fn past_procedure(head: &str, at: usize) -> usize {
    let rest = &head[at..head.floor_char_boundary((at + PROCEDURE).min(head.len()))];
    let label = rest
        .find(':')
        .filter(|colon| !rest[..*colon].contains(|c: char| c.is_ascii_digit()));
    let number = label.and_then(|colon| Some(colon + rest[colon..].find(')')? + 1));
    let is_procedure = |end: &usize| {
        let bracket = rest[..*end].rfind('(').map(|open| &rest[open + 1..end - 1]);
        bracket.is_some_and(|kind| kind.len() >= 3 && kind.chars().all(|c| c.is_ascii_uppercase()))
    };
    number.filter(is_procedure).map_or(at, |end| at + end)
}

/// The rest of the line, without the subject codes before it ("CYBER 183 TELECOM 303").
fn subject(repaired: &str, start: usize) -> Field {
    let mut start = start;
    while let Some(length) = leading_code(&repaired[start..]) {
        start += length;
    }
    let line = repaired[start..].split('\n').next().unwrap_or("");
    let end = start + line.floor_char_boundary(FLAT_SUBJECT.min(line.len()));
    Field {
        value: repaired[start..end].trim().to_owned(),
        span: Span::new(start, end),
    }
}

fn leading_code(text: &str) -> Option<usize> {
    let number = text.find(' ')? + 1;
    let end = number + text[number..].find(' ')?;
    is_subject_code(&text[..end]).then_some(end + 1)
}

/// Where the first of these labels, with its colon, ends in a text.
fn label_within(text: &str, labels: &[String]) -> Option<usize> {
    let starts = text.match_indices(' ').map(|(blank, _)| blank + 1);
    starts
        .filter_map(|start| label(&text[start..], labels))
        .map(|rest| text.len() - rest.len())
        .next()
}

/// The numbers that begin at a place, with their versions: "13943/17 + COR 1".
fn numbers(text: &str, at: usize) -> Option<Field> {
    let rest = text[at..].trim_start();
    let start = text.len() - rest.len();
    let belongs = |word: &&str| {
        let bare = word.trim_end_matches(',');
        matches!(
            bare,
            "+" | "REV" | "COR" | "ADD" | "DCL" | "INIT" | "ST" | "final"
        ) || bare.starts_with(|c: char| c.is_ascii_digit())
            || bare.contains('(') && bare.contains(')')
    };
    let words = rest.split([' ', '\n']).take_while(belongs);
    let length = words.map(|word| word.len() + 1).sum::<usize>().min(rest.len());
    let value = rest[..length].trim_end().trim_end_matches(',');
    (!value.is_empty()).then(|| Field {
        value: value.to_owned(),
        span: Span::new(start, start + value.len()),
    })
}

/// Reads a line that begins with a label; says so where the field may go on over the next lines.
fn labelled(header: &mut Header, text: &str, span: Span, table: &LanguageTable) -> Option<()> {
    let words = &table.header;
    let field = |rest: &str| Field {
        value: rest.trim().to_owned(),
        span: Span::new(span.end - rest.len(), span.end),
    };
    if let Some(rest) = label(text, &words.subject) {
        header.subject = header.subject.take().or(Some(field(rest)));
        return Some(());
    }
    let slots = [
        (&words.previous, &mut header.previous),
        (&words.commission_document, &mut header.commission_document),
        (&words.from, &mut header.from),
        (&words.to, &mut header.to),
    ];
    for (labels, slot) in slots {
        if let Some(rest) = label(text, labels) {
            *slot = slot.take().or(Some(field(rest)));
            return None;
        }
    }
    None
}

fn continues_subject(header: &mut Header, text: &str, span: Span) -> bool {
    if let Some(subject) = &mut header.subject {
        subject.value.push(' ');
        subject.value.push_str(text);
        subject.span.end = span.end;
    }
    header.subject.is_some()
}

/// Reads a line without label: date line, language, number, version, subject code, type of document.
fn unlabelled(header: &mut Header, text: &str, span: Span, (table, dates): (&LanguageTable, &DatePatterns)) {
    let field = || Field {
        value: text.to_owned(),
        span,
    };
    let trimmed = text.trim();
    if header.date.is_none()
        && let Some(date) = date_line(trimmed, dates)
    {
        header.place = place(trimmed, span);
        header.date = Some(date);
    } else if is_version(trimmed) {
        let above = |number: &&mut Field| number.span.end + 1 >= span.start && !number.value.contains("REV");
        if let Some(number) = header.number.as_mut().filter(above) {
            number.value = format!("{} {trimmed}", number.value);
            number.span.end = span.end;
        }
    } else if is_number(trimmed) && may_be_own(header, trimmed) {
        header.number = Some(field());
    } else if is_subject_code(trimmed) {
        header.subject_codes.push(field());
    } else if header.kind.is_none() && table.header.kinds.iter().any(|k| k == trimmed) {
        header.kind = Some(field());
    } else if header.institution.is_none()
        && header.date.is_none()
        && header.number.is_none()
        && trimmed.len() > 8
    {
        header.institution = names_institution(trimmed, table).then(field);
    }
    if let Some(code) = text.find("(OR.").and_then(|at| text.get(at + 4..at + 7)) {
        header.original_language = header.original_language.or(Language::parse(code.trim()));
    }
}

/// Whether a number is that of the document: the first, or the Council's own where a cover note first names what it covers.
fn may_be_own(header: &Header, number: &str) -> bool {
    let of_council = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    match &header.number {
        None => true,
        Some(first) => header.original_language.is_some() && !of_council(&first.value) && of_council(number),
    }
}

fn names_institution(text: &str, table: &LanguageTable) -> bool {
    let text = text.to_lowercase();
    let names = table.body.council.iter().chain(&table.body.european_council);
    names
        .filter(|n| n.len() > 5)
        .any(|n| text.starts_with(&n.to_lowercase()))
}

/// "Brussels, 18 July 2022 (OR. en)": a place, a comma or blank, a date.
fn date_line(text: &str, dates: &DatePatterns) -> Option<PartialDate> {
    let line = text.split('(').next()?.trim().trim_end_matches('.');
    let hits = dates.find_in(line, Span::new(0, line.len()));
    let hit = hits.iter().find(|h| h.date.is_full())?;
    let before = line[..hit.span.start].trim();
    let words = before.split_whitespace().count();
    (hit.span.end == line.len() && words <= 3 && before.chars().next().is_none_or(char::is_uppercase))
        .then_some(hit.date)
}

fn place(text: &str, span: Span) -> Option<Field> {
    let end = text.find([',', ' '])?;
    let value = text[..end].to_owned();
    value.chars().next()?.is_alphabetic().then(|| Field {
        value,
        span: Span::new(span.start, span.start + end),
    })
}

fn is_version(text: &str) -> bool {
    let mut words = text.split_whitespace();
    matches!(words.next(), Some("REV" | "COR" | "ADD"))
        && words
            .next()
            .is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
}

/// "11406/22", "15315/1/25 REV 1", "ST 6122 2015 INIT", "EUCO 7/23", "PE-CONS 12/24", "COM(2024) 417 final".
pub(super) fn is_number(text: &str) -> bool {
    // Most lines are told by their first letter.
    let opens = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || c.is_whitespace();
    if text.len() > 30 || !text.starts_with(opens) {
        return false;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let first = text.split_whitespace().next().unwrap_or("");
    let series = matches!(first, "ST" | "EUCO" | "PE-CONS" | "SN" | "CM" | "DS" | "WK");
    let slashed =
        first.contains('/') && first.bytes().all(|b| b.is_ascii_digit() || b == b'/') && first.len() >= 6;
    let of_commission = ["COM(", "JOIN(", "SWD("]
        .iter()
        .any(|series| text.starts_with(series));
    digits >= 3 && (series || slashed || of_commission)
}

/// "COPS 362", "CFSP/PESC 993", "CSDP/PSDC 480".
fn is_subject_code(text: &str) -> bool {
    let Some((code, number)) = text.rsplit_once(' ') else {
        return false;
    };
    let capitals = code
        .chars()
        .all(|c| c.is_uppercase() || matches!(c, '/' | '-' | ' ' | '&') || c.is_ascii_digit());
    capitals
        && code.len() >= 2
        && (1..=4).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_digit())
}
