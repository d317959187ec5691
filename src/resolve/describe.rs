//! What an id alone tells of a work: how people write it, its kind, its date, its address in a public register.

use crate::model::{Kind, PartialDate, WorkId};

/// The label of an id: the number as people write it; for names, the words of the slug.
pub fn label(id: &WorkId) -> String {
    let text = id.as_str();
    let parts: Vec<&str> = text.split('-').collect();
    match parts.as_slice() {
        ["ST", number, year, rest @ ..] => format!("{number}/{}{}", short_year(year), versions(rest)),
        ["COUNCIL", "CONCLUSIONS", date @ ..] => format!("Council conclusions of {}", date_label(date)),
        ["EUCO", "CONCLUSIONS", date @ ..] => format!("European Council conclusions of {}", date_label(date)),
        [
            series @ ("COM" | "JOIN" | "SWD" | "SEC" | "C" | "EEAS" | "HR"),
            year,
            number,
        ] => format!("{series}({year}) {number}"),
        [series @ ("EUCO" | "SN" | "DS" | "CM"), number, year] => {
            format!("{series} {number}/{}", short_year(year))
        }
        ["WK", number, year] => format!("WK {number}/{year}"),
        ["PE", "CONS", number, year] => format!("PE-CONS {number}/{}", short_year(year)),
        ["CASE", court, number, year] => format!("Case {court}-{number}/{year}"),
        ["PROC", year, number, kind] => format!("{year}/{number}({kind})"),
        ["EP", term, "TA", year, number] => format!("{term}_TA({year}){number}"),
        ["EP", series, number, year] => format!("{series}-{number}/{year}"),
        ["ECLI", rest @ ..] => format!("ECLI:{}", rest.join(":")),
        ["ECR", year, series, page] => format!("[{year}] ECR {series}-{page}"),
        ["PROTOCOL", number] => format!("Protocol No {number}"),
        ["OSCE", "PC", "DEC", number] => format!("PC.DEC/{number}"),
        ["OSCE", body, "DEC", number, year] => format!("{body}.DEC/{number}/{year}"),
        ["UN", "S", "RES", number, year] => format!("S/RES/{number} ({year})"),
        ["UN", organ, "RES", number, item] => format!("{organ}/RES/{number}/{item}"),
        ["UN", organ, number, item] => format!("{organ}/{number}/{item}"),
        [treaty @ ("TEU" | "TFEU" | "TEC" | "EAEC"), article] => format!("Article {article} {treaty}"),
        [treaty @ ("TEU" | "TFEU" | "TEC" | "EAEC"), article, paragraph] => {
            format!("Article {article}({paragraph}) {treaty}")
        }
        ["CHARTER", article] => format!("Article {article} of the Charter"),
        ["OJ", rest @ ..] => journal(rest),
        _ => celex(text).unwrap_or_else(|| name(text)),
    }
}

fn short_year(year: &str) -> &str {
    year.get(2..4).unwrap_or(year)
}

fn versions(rest: &[&str]) -> String {
    rest.iter().map(|part| format!(" {part}")).collect()
}

fn date_label(parts: &[&str]) -> String {
    let digits: Vec<&str> = parts
        .iter()
        .copied()
        .take_while(|p| p.bytes().all(|b| b.is_ascii_digit()))
        .collect();
    PartialDate::parse(&digits.join("-")).map_or_else(|| parts.join("-"), PartialDate::written)
}

fn journal(rest: &[&str]) -> String {
    match rest {
        [series, issue, year, month, day, page] => format!(
            "OJ {series} {issue}, {day}.{month}.{year}, p. {}",
            page.trim_start_matches('P')
        ),
        [series, issue, year, month, day] => format!("OJ {series} {issue}, {day}.{month}.{year}"),
        [series, year, number] => format!("OJ {series}, {year}/{number}"),
        [series, year, issue, number] => format!("{year}/{series} {issue}/{number:0>2}"),
        rest => format!("OJ {}", rest.join(" ")),
    }
}

/// Year, letter and number of a CELEX id of sector 3.
fn celex_parts(text: &str) -> Option<(u16, char, u32)> {
    let rest = text.strip_prefix('3')?;
    let year = rest.get(..4)?.parse().ok()?;
    let letter = rest.chars().nth(4).filter(char::is_ascii_uppercase)?;
    // "32023H0120-01" is the first act of 20 January, written 32023H0120(01).
    let number = rest.get(5..)?.split('-').next().filter(|n| n.len() >= 4)?;
    Some((year, letter, number.parse().ok()?))
}

fn celex(text: &str) -> Option<String> {
    if text.contains('-') {
        return None;
    }
    let (year, letter, number) = celex_parts(text)?;
    let noun = match letter {
        'R' => "Regulation",
        'L' => "Directive",
        'D' => "Decision",
        'F' => "Framework Decision",
        'H' => "Recommendation",
        'E' => "CFSP act",
        _ => return None,
    };
    // Since 2015 the year comes first, in all acts; before, in directives and decisions only.
    Some(match letter {
        'R' if year < 2015 => format!("{noun} No {number}/{year}"),
        'R' => format!("{noun} (EU) {year}/{number}"),
        _ if year < 2000 => format!("{noun} {}/{number}", year % 100),
        _ => format!("{noun} {year}/{number}"),
    })
}

fn name(text: &str) -> String {
    let mut words = text.replace('-', " ");
    if text.bytes().all(|b| !b.is_ascii_uppercase()) {
        words[..1.min(text.len())].make_ascii_uppercase();
    }
    words
}

/// The kind that an id shows.
pub fn kind(id: &WorkId) -> Option<Kind> {
    let text = id.as_str();
    let first = text.split('-').next().unwrap_or("");
    match first {
        _ if id.is_dated_conclusions() => Some(Kind::Conclusions),
        "ST" | "PE" | "WK" | "SN" | "DS" | "CM" | "ESDC" => Some(Kind::CouncilDocument),
        "EUCO" => Some(Kind::EuropeanCouncilDocument),
        "COM" | "JOIN" | "SWD" | "SEC" | "C" | "EEAS" | "HR" => Some(Kind::CommissionDocument),
        "EP" => Some(Kind::ParliamentDocument),
        "PROC" => Some(Kind::Procedure),
        "CASE" | "ECLI" | "ECR" => Some(Kind::Case),
        "UN" => Some(Kind::UnDocument),
        "OJ" => Some(Kind::OfficialJournal),
        "TEU" | "TFEU" | "TEC" | "EAEC" | "CHARTER" | "PROTOCOL" => Some(Kind::Treaty),
        _ => celex_parts(text).map(|_| Kind::LegalAct),
    }
}

/// Whether a number or an issue of the Official Journal may be that of a work of this date, as far as the dates tell: it is
/// of the same year or the next to it.
pub fn may_be_of(number: &WorkId, work: Option<PartialDate>) -> bool {
    match (date(number), work) {
        (Some(number), Some(work)) => number.years().abs_diff(work.years()) <= 1,
        _ => true,
    }
}

/// The date that an id shows: of a number only its year.
pub fn date(id: &WorkId) -> Option<PartialDate> {
    let text = id.as_str();
    let parts: Vec<&str> = text.split('-').collect();
    let year = |part: &str| part.parse().ok().and_then(PartialDate::year);
    match parts.as_slice() {
        ["COUNCIL" | "EUCO", "CONCLUSIONS", rest @ ..] => {
            let digits: Vec<&str> = rest
                .iter()
                .copied()
                .take(3)
                .take_while(|p| p.bytes().all(|b| b.is_ascii_digit()))
                .collect();
            PartialDate::parse(&digits.join("-"))
        }
        ["ST" | "EUCO" | "WK" | "SN" | "DS" | "CM", _, y, ..] => year(y),
        [
            "COM" | "JOIN" | "SWD" | "SEC" | "C" | "EEAS" | "HR" | "PROC" | "ESDC",
            y,
            ..,
        ] => year(y),
        ["PE", "CONS", _, y] => year(y),
        ["OJ", _, _, y, m, d, ..] => PartialDate::parse(&format!("{y}-{m}-{d}")),
        ["OJ", _, y, _] | ["OJ", _, y, _, _] => year(y),
        _ => celex_parts(text).and_then(|(y, _, _)| PartialDate::year(y)),
    }
}

/// Its address in a public register.
pub fn url(id: &WorkId) -> Option<String> {
    let text = id.as_str();
    let parts: Vec<&str> = text.split('-').collect();
    match parts.as_slice() {
        ["ST", number, year, rest @ ..] => {
            let version = if rest.is_empty() {
                "INIT".to_owned()
            } else {
                rest.join("-")
            };
            Some(format!(
                "https://data.consilium.europa.eu/doc/document/ST-{number}-{year}-{version}/en/pdf"
            ))
        }
        [series @ ("COM" | "JOIN" | "SWD" | "SEC"), year, number] => Some(format!(
            "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri={series}:{year}:{number}:FIN"
        )),
        _ if celex_parts(text).is_some() => {
            let [act, part @ ..] = parts.as_slice() else {
                return None;
            };
            let part: String = part.iter().map(|part| format!("({part})")).collect();
            Some(format!(
                "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:{act}{part}"
            ))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_written_as_people_write_them() {
        for (id, expected) in [
            ("ST-10289-2023", "10289/23"),
            ("ST-15315-2025-REV-1", "15315/25 REV 1"),
            (
                "COUNCIL-CONCLUSIONS-2022-07-18",
                "Council conclusions of 18 July 2022",
            ),
            (
                "EUCO-CONCLUSIONS-2024-04",
                "European Council conclusions of April 2024",
            ),
            ("32018D1993", "Decision 2018/1993"),
            ("32014R0910", "Regulation No 910/2014"),
            ("TEU-42-7", "Article 42(7) TEU"),
            ("OJ-L-320-2018-12-17-P28", "OJ L 320, 17.12.2018, p. 28"),
            ("OJ-C-2023-20-1", "2023/C 20/01"),
            ("JOIN-2020-18", "JOIN(2020) 18"),
            ("global-gateway", "Global gateway"),
        ] {
            assert_eq!(label(&WorkId::new(id)), expected);
        }
    }
}
