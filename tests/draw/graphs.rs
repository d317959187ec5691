//! Pictures to try the drawing on: seeded, of every shape that has given trouble.

use citegraph::draw::{Card, Certainty, Link, Measure, Picture, Shape, State, View, Weight};
use citegraph::model::{PartialDate, Relation};

/// A generator of numbers that is the same everywhere.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 16) % limit.max(1) as u64) as usize
    }
}

const TITLES: [&str; 24] = [
    "Council conclusions on the development of the European Union's cyber posture",
    "A Strategic Compass for Security and Defence – For a European Union that protects its citizens, values and interests and contributes to international peace and security",
    "The EU's Cybersecurity Strategy for the Digital Decade",
    "Council conclusions on EU Digital Diplomacy",
    "EU Cyber Defence Policy Framework",
    "Council conclusions on malicious cyber activities",
    "Council conclusions on Cyber Diplomacy",
    "Council conclusions on a Framework for a Joint EU Diplomatic Response to Malicious Cyber Activities",
    "Joint Communication: Resilience, Deterrence and Defence: Building strong cybersecurity for the EU",
    "Council conclusions on cybersecurity capacity and capabilities building in the EU",
    "Guidelines for the implementation of the framework",
    "EU Human Rights Guidelines on Freedom of Expression Online and Offline",
    "Conclusions on EU external cyber capacity building guidelines",
    "Council conclusions on exploring the potential of the Joint Cyber Unit initiative",
    "Global Gateway",
    "Council Regulation concerning restrictive measures against cyber-attacks threatening the Union or its Member States",
    "Recommendation on coordinated response to large-scale cybersecurity incidents and crises",
    "Conclusions on ICT supply chain security",
    "Conclusions on the significance of 5G to the European economy",
    "Συμπεράσματα του Συμβουλίου σχετικά με την ψηφιακή διπλωματία της ΕΕ",
    "Заключения на Съвета относно киберотбраната на ЕС",
    "EU Action Plan on Human Rights and Democracy 2020–2024",
    "Revised implementing guidelines of the Cyber Diplomacy Toolbox",
    "Council conclusions on the EU's approach to hybrid threats",
];

const INSTRUMENTS: [&str; 24] = [
    "Cyber Diplomacy Toolbox",
    "Global Gateway",
    "Paris Call for Trust and Security in Cyberspace",
    "Christchurch Call",
    "Budapest Convention",
    "NIS 2 Directive",
    "EU Cyber Blueprint",
    "Cyber Solidarity Act",
    "Declaration for the Future of the Internet",
    "Strategic Compass",
    "EU Hybrid Toolbox",
    "Versailles Declaration",
    "UN Charter",
    "Programme of Action",
    "EU CyberNet",
    "European Peace Facility",
    "Digital Services Act",
    "Cyber Resilience Act",
    "Tallinn Mechanism",
    "Team Europe",
    "Digital Decade Policy Programme",
    "EU-CyCLONe",
    "ENISA",
    "Rapid Response Teams",
];

fn card(place: usize, shape: Shape, date: Option<PartialDate>) -> Card {
    let year = date.map_or(22, |d| d.years() % 100);
    let (heading, title) = match shape {
        Shape::Document => (
            format!("{}/{year:02}", 5000 + (place * 1733) % 11000),
            TITLES[place % TITLES.len()].to_owned(),
        ),
        Shape::Instrument => (INSTRUMENTS[place % INSTRUMENTS.len()].to_owned(), String::new()),
    };
    Card {
        id: format!("ST-{place}"),
        shape,
        tooltip: format!("{heading}: {title}"),
        heading,
        title,
        date_label: String::new(),
        date,
        state: State::CitedOnly,
        weight: None,
        depth: None,
        languages: Vec::new(),
        url: None,
    }
}

fn link(citing: usize, cited: usize, relation: Relation) -> Link {
    Link {
        citing,
        cited,
        relation,
        mentions: 1,
        certainty: Certainty::AsWritten,
        tooltip: String::new(),
    }
}

fn day(random: &mut Random, year: u16) -> Option<PartialDate> {
    PartialDate::day(year, 1 + random.below(12) as u8, 1 + random.below(28) as u8)
}

/// The typical briefing: one document recalls twenty others and names instruments; three later ones build on it.
pub fn briefing(instruments: usize) -> Picture {
    let mut random = Random::new(7);
    let mut picture = Picture::new(
        "The 2022 cyber posture is the root of three later sets of conclusions",
        "Lineage of 9364/22, one generation back and two on, 2013–2025",
    );
    let years = [
        2013, 2014, 2015, 2015, 2016, 2017, 2017, 2018, 2018, 2019, 2019, 2019, 2020, 2020, 2020, 2021, 2021,
        2021, 2022, 2022,
    ];
    for (place, year) in years.into_iter().enumerate() {
        let date = day(&mut random, year)
            .filter(|d| d.years() != 2022)
            .or(PartialDate::day(2022, 3, 21));
        picture.cards.push(card(place + 1, Shape::Document, date));
    }
    let hub = picture.cards.len();
    for (number, title, date, state) in [
        (
            "9364/22",
            TITLES[0],
            PartialDate::day(2022, 5, 23),
            State::CitedOnly,
        ),
        ("11406/22", TITLES[3], PartialDate::day(2022, 7, 18), State::Focus),
        (
            "10289/23",
            TITLES[3],
            PartialDate::day(2023, 6, 26),
            State::InCorpus,
        ),
        (
            "15315/1/25 REV 1",
            "Council conclusions on advancing EU Digital Diplomacy",
            PartialDate::day(2025, 11, 20),
            State::InCorpus,
        ),
    ] {
        let mut document = card(0, Shape::Document, date);
        document.id = format!("ST-{}", number.replace(['/', ' '], "-"));
        document.heading = number.to_owned();
        document.title = title.to_owned();
        document.state = state;
        document.url =
            Some("https://data.consilium.europa.eu/doc/document/ST-9364-2022-INIT/en/pdf?a=1&b=2".to_owned());
        picture.cards.push(document);
    }
    for cited in 0..20 {
        picture.links.push(link(
            hub,
            cited,
            if cited % 7 == 3 {
                Relation::Cites
            } else {
                Relation::Recalls
            },
        ));
    }
    picture.links.extend([
        link(hub + 1, hub, Relation::BuildsOn),
        link(hub + 1, 5, Relation::Recalls),
        link(hub + 2, hub + 1, Relation::BuildsOn),
        link(hub + 2, hub, Relation::InLineWith),
        link(hub + 3, hub + 2, Relation::BuildsOn),
        link(hub + 3, hub + 1, Relation::Recalls),
        link(hub + 3, 8, Relation::Cites),
    ]);
    let corrected = picture.links.len() - 2;
    picture.links[corrected].certainty = Certainty::Corrected;
    picture.links[corrected].tooltip =
        "18 June 2022 in the text, a Saturday; read as 18 July 2022".to_owned();
    for place in 0..instruments {
        let instrument = picture.cards.len();
        picture.cards.push(card(place, Shape::Instrument, None));
        let relation = [Relation::Cites, Relation::Cites, Relation::Implements][place % 3];
        for citing in 0..4 {
            if place % 4 == citing || place % 5 == citing {
                picture.links.push(link(hub + citing, instrument, relation));
            }
        }
    }
    picture.notes.push(format!(
        "{0} of {0} works shown, 0 references hidden.",
        picture.cards.len()
    ));
    picture.footer.push(
        "Source: 3 documents of the Council of the European Union, 2022–2025 · citegraph 0.1.0".to_owned(),
    );
    picture
}

/// A citation network in which later works cite earlier ones, mostly recent.
pub fn citations(count: usize, links: usize, seed: u64) -> Picture {
    let mut random = Random::new(seed);
    let mut picture = Picture::new(format!("{count} works and {links} references"), "generated");
    for place in 0..count {
        let year = 2013 + (place * 13 / count) as u16;
        let shape = if random.below(5) == 0 {
            Shape::Instrument
        } else {
            Shape::Document
        };
        let mut card = card(place, shape, day(&mut random, year));
        card.state = [State::InCorpus, State::CitedOnly][random.below(2)];
        picture.cards.push(card);
    }
    let mut seen = std::collections::BTreeSet::new();
    while count > 1 && seen.len() < links.min(count * (count - 1) / 3) {
        let citing = 1 + random.below(count - 1);
        let back = 1 + random.below(citing).min(random.below(citing));
        seen.insert((citing, citing - back));
    }
    for (citing, cited) in seen {
        let relation = [
            Relation::Cites,
            Relation::Recalls,
            Relation::BuildsOn,
            Relation::Cites,
            Relation::InLineWith,
        ][random.below(5)];
        picture.links.push(link(citing, cited, relation));
    }
    picture
}

/// A picture of cards with given years and links.
pub fn plain(years: &[Option<u16>], links: impl IntoIterator<Item = (usize, usize)>) -> Picture {
    let mut picture = Picture::new("A plain graph", "generated");
    for (place, year) in years.iter().enumerate() {
        picture
            .cards
            .push(card(place, Shape::Document, year.and_then(PartialDate::year)));
    }
    picture
        .links
        .extend(links.into_iter().map(|(a, b)| link(a, b, Relation::Cites)));
    picture
}

/// The picture as a ranking.
pub fn ranked(mut picture: Picture) -> Picture {
    let mut count = vec![0; picture.cards.len()];
    picture.links.iter().for_each(|l| count[l.cited] += 1);
    for (card, count) in picture.cards.iter_mut().zip(count) {
        let value = (f64::from(count) + 0.15) / 40.0;
        card.weight = Some(Weight {
            value,
            label: format!("{value:.4}"),
            count: count as usize,
            standing: String::new(),
        });
    }
    picture.view = View::Centrality(Measure {
        name: "PageRank".to_owned(),
        definition: "damping 0.85, from citing to cited".to_owned(),
        counted: "citing works".to_owned(),
        standing: String::new(),
    });
    picture
}

/// All of them, by name.
pub fn all() -> Vec<(String, Picture)> {
    let mut all: Vec<(String, Picture)> = [(15, 24), (45, 90), (120, 260), (400, 1000)]
        .into_iter()
        .map(|(n, m)| (format!("citations-{n}"), citations(n, m, n as u64)))
        .collect();
    let years = |n: usize| (0..n).map(|i| Some(2010 + (i / 2) as u16)).collect::<Vec<_>>();
    let same = |n: usize| vec![Some(2022); n];
    let mut add = |name: &str, picture| all.push((name.to_owned(), picture));
    add("briefing", briefing(24));
    add("briefing-plain", briefing(0));
    add("empty", plain(&[], []));
    add("one", plain(&same(1), []));
    add("alone", plain(&years(12), []));
    add("star-out", plain(&years(40), (0..39).map(|i| (39, i))));
    add("star-in", plain(&years(40), (1..40).map(|i| (i, 0))));
    add("chain", plain(&years(30), (1..30).map(|i| (i, i - 1))));
    add("chain-in-a-year", plain(&same(12), (1..12).map(|i| (i, i - 1))));
    add(
        "lattice",
        plain(&years(36), (6..36).flat_map(|i| [(i, i - 6), (i, i - 5)])),
    );
    add("cycle", plain(&same(8), (0..8).map(|i| (i, (i + 1) % 8))));
    add(
        "backwards",
        plain(&years(20), (1..20).flat_map(|i| [(i, i - 1), (i - 1, i)])),
    );
    add("undated", plain(&[None; 20], (1..20).map(|i| (i, i / 2))));
    add(
        "partly-undated",
        plain(
            &(0..24)
                .map(|i| (i % 3 != 0).then_some(2015 + i / 3))
                .collect::<Vec<_>>(),
            (1..24).map(|i| (i as usize, i as usize / 2)),
        ),
    );
    add(
        "far-apart",
        plain(
            &[Some(1958), Some(1995), Some(2016), Some(2017), Some(2024)],
            [(4, 0), (4, 1), (3, 1), (2, 0), (4, 3)],
        ),
    );
    let mut year = citations(45, 90, 3);
    year.cards
        .iter_mut()
        .for_each(|c| c.date = PartialDate::year(2022));
    add("one-year", year);
    let mut odd = plain(&years(9), [(8, 0), (8, 1), (0, 99), (3, 3), (5, 1), (5, 1)]);
    for (card, id) in odd.cards.iter_mut().zip([
        "",
        "node",
        "a b",
        "\"",
        "<b>&amp;",
        "\\",
        "ü\u{0}\u{7}",
        "a b",
        "שלום عربي",
    ]) {
        card.id = id.to_owned();
        card.heading = id.to_owned();
        card.title = format!("{id} — <i>\"x\\\" & y</i>\nnew line \\");
    }
    add("odd", odd);
    add("ranked", ranked(briefing(10)));
    all
}
