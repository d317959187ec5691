//! A corpus of any size: number of documents and seed in, texts out that refer to each other as Council documents do.
//!
//! Every document has about 20 kB and 4 mentions in a kilobyte. Most are in English, some in Dutch and Danish, and one in
//! ten is a translation of the one before it. One in eight is conclusions of the Council, about six for each working day. They refer to older documents, as the
//! network of [`citations`](super::network::citations) says, by number, by date and topic, or by topic alone; and to
//! acts, articles of treaties and named instruments.

use super::network::{SplitMix, citations};

/// How many paragraphs make about 20 kB.
const PARAGRAPHS: usize = 23;
/// How many links the network has for each document.
const LINKS: usize = 8;
/// How many documents get numbers in one year.
const YEAR: usize = 16_000;
/// The year of the first documents: what they cite besides each other is older.
const FIRST_YEAR: usize = 2025;
/// The number of the first document of a year, as in the register of the Council.
const FIRST_NUMBER: usize = 5000;
/// How many days of each month documents bear.
const DAYS: usize = 28;

/// The words of one language.
struct Words {
    code: &'static str,
    months: [&'static str; 12],
    head: fn(&Work) -> String,
    /// How another document is referred to; `{n}` is its number, `{d}` its date, `{t}` its topic.
    by_number: [&'static str; 3],
    by_date: [&'static str; 2],
    by_topic: &'static str,
    /// References to what is no document of the corpus; `{a}` is the number of an act.
    others: [&'static str; 8],
    /// Sentences without a reference; `{w}` is a noun.
    plain: [&'static str; 8],
}

/// What a document is about and when it was written.
struct Work {
    number: String,
    date: (usize, usize, usize),
    topic: String,
    is_conclusions: bool,
    language: usize,
}

const KINDS: [[&str; 16]; 3] = [
    [
        "digital",
        "maritime",
        "cultural",
        "rural",
        "urban",
        "medical",
        "nuclear",
        "renewable",
        "judicial",
        "fiscal",
        "industrial",
        "scientific",
        "consular",
        "humanitarian",
        "agricultural",
        "statistical",
    ],
    [
        "digitale",
        "maritieme",
        "culturele",
        "landelijke",
        "stedelijke",
        "medische",
        "nucleaire",
        "hernieuwbare",
        "justitiële",
        "fiscale",
        "industriële",
        "wetenschappelijke",
        "consulaire",
        "humanitaire",
        "agrarische",
        "statistische",
    ],
    [
        "digital",
        "maritim",
        "kulturel",
        "landlig",
        "bymæssig",
        "medicinsk",
        "nuklear",
        "vedvarende",
        "retlig",
        "skattemæssig",
        "industriel",
        "videnskabelig",
        "konsulær",
        "humanitær",
        "landbrugsmæssig",
        "statistisk",
    ],
];

const FIELDS: [[&str; 20]; 3] = [
    [
        "skills",
        "ports",
        "heritage",
        "tourism",
        "transport",
        "research",
        "training",
        "energy",
        "cooperation",
        "taxation",
        "standards",
        "data",
        "assistance",
        "aid",
        "markets",
        "accounts",
        "safety",
        "mobility",
        "infrastructure",
        "resilience",
    ],
    [
        "vaardigheden",
        "havens",
        "erfgoed",
        "toerisme",
        "vervoer",
        "onderzoek",
        "opleiding",
        "energie",
        "samenwerking",
        "belasting",
        "normen",
        "gegevens",
        "bijstand",
        "hulp",
        "markten",
        "rekeningen",
        "veiligheid",
        "mobiliteit",
        "infrastructuur",
        "weerbaarheid",
    ],
    [
        "færdigheder",
        "havne",
        "kulturarv",
        "turisme",
        "transport",
        "forskning",
        "uddannelse",
        "energi",
        "samarbejde",
        "beskatning",
        "standarder",
        "data",
        "bistand",
        "nødhjælp",
        "markeder",
        "regnskaber",
        "sikkerhed",
        "mobilitet",
        "infrastruktur",
        "modstandsdygtighed",
    ],
];

const PLACES: [[&str; 20]; 3] = [
    [
        "the Arctic",
        "the Alps",
        "the Baltic Sea",
        "the Black Sea",
        "Central Asia",
        "the Sahel",
        "the Caribbean",
        "the Gulf",
        "the Danube",
        "the Adriatic",
        "the Pyrenees",
        "the Mekong",
        "the Andes",
        "the Horn",
        "the Atlantic",
        "the Pacific",
        "the Carpathians",
        "the Levant",
        "the Great Lakes",
        "the Caucasus",
    ],
    [
        "het Noordpoolgebied",
        "de Alpen",
        "de Oostzee",
        "de Zwarte Zee",
        "Centraal-Azië",
        "de Sahel",
        "de Caraïben",
        "de Golf",
        "de Donau",
        "de Adriatische Zee",
        "de Pyreneeën",
        "de Mekong",
        "de Andes",
        "de Hoorn",
        "de Atlantische Oceaan",
        "de Stille Oceaan",
        "de Karpaten",
        "de Levant",
        "de Grote Meren",
        "de Kaukasus",
    ],
    [
        "Arktis",
        "Alperne",
        "Østersøen",
        "Sortehavet",
        "Centralasien",
        "Sahel",
        "Caribien",
        "Golfen",
        "Donau",
        "Adriaterhavet",
        "Pyrenæerne",
        "Mekong",
        "Andesbjergene",
        "Hornet",
        "Atlanterhavet",
        "Stillehavet",
        "Karpaterne",
        "Levanten",
        "De Store Søer",
        "Kaukasus",
    ],
];

const LANGUAGES: [Words; 3] = [
    Words {
        code: "en",
        months: [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        head: |work| {
            let (date, number) = (date(work, &LANGUAGES[0].months, ""), &work.number);
            let title = if work.is_conclusions {
                format!("Council conclusions on {}", work.topic)
            } else {
                format!("Progress report of the Presidency on {}", work.topic)
            };
            format!(
                "Council of the\nEuropean Union\n\nBrussels, {date}\n(OR. en)\n\n{number}\n\nNOTE\n\nFrom: General Secretariat of the Council\nTo: Delegations\n\nSubject: {title}\n\n{title}\n\n"
            )
        },
        by_number: [
            "The delegations refer to document {n} in this respect.",
            "RECALLING the guidelines set out in document {n}, the Council took note.",
            "Building on document {n}, further steps were agreed.",
        ],
        by_date: [
            "RECALLING the Council conclusions of {d} on {t}, the delegations met.",
            "Building on the Council conclusions on {t} of {d}, work went on.",
        ],
        by_topic: "The Council conclusions on {t} remain the frame.",
        others: [
            "Regulation (EU) {a} applies.",
            "Directive (EU) {a} has been transposed.",
            "Article 42(7) TEU was invoked.",
            "Article 222 TFEU is not touched.",
            "The Cyber Diplomacy Toolbox was used once.",
            "The Strategic Compass sets the pace.",
            "See Decision (EU) {a} for details.",
            "In line with Global Gateway, projects were chosen.",
        ],
        plain: [
            "The delegations exchanged views on the {w} and on the means at hand.",
            "It was felt that the {w} of the regions differ more than is often said.",
            "Several speakers asked for patience, since the {w} take time to mature.",
            "No decision was needed, and the item was closed after a short debate.",
            "The experts will meet again in spring to look at the {w} in more depth.",
            "A majority saw merit in simple rules that small administrations can apply.",
            "The costs were found to be modest when compared with those of the {w}.",
            "Further work on the {w} is welcome, provided that it remains voluntary.",
        ],
    },
    Words {
        code: "nl",
        months: [
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ],
        head: |work| {
            let (date, number) = (date(work, &LANGUAGES[1].months, ""), &work.number);
            let title = if work.is_conclusions {
                format!("Conclusies van de Raad over {}", work.topic)
            } else {
                format!("Voortgangsverslag van het voorzitterschap over {}", work.topic)
            };
            format!(
                "Raad van de\nEuropese Unie\n\nBrussel, {date}\n(OR. en)\n\n{number}\n\nNOTA\n\nvan: het secretariaat-generaal van de Raad\naan: de delegaties\n\nBetreft: {title}\n\n{title}\n\n"
            )
        },
        by_number: [
            "De delegaties verwijzen in dit verband naar document {n}.",
            "HERINNEREND AAN de richtsnoeren in document {n} heeft de Raad kennis genomen.",
            "Voortbouwend op document {n} zijn verdere stappen afgesproken.",
        ],
        by_date: [
            "HERINNEREND AAN de conclusies van de Raad van {d} over {t} kwamen de delegaties bijeen.",
            "Voortbouwend op de conclusies van de Raad over {t} van {d} ging het werk door.",
        ],
        by_topic: "De conclusies van de Raad over {t} blijven het kader.",
        others: [
            "Verordening (EU) {a} is van toepassing.",
            "Richtlijn (EU) {a} is omgezet.",
            "Artikel 42, lid 7, VEU is ingeroepen.",
            "Artikel 222 VWEU blijft onverlet.",
            "Het instrumentarium voor cyberdiplomatie is eenmaal gebruikt.",
            "Het strategisch kompas bepaalt het tempo.",
            "Zie Besluit (EU) {a} voor bijzonderheden.",
            "In lijn met Global Gateway zijn projecten gekozen.",
        ],
        plain: [
            "De delegaties hebben van gedachten gewisseld over de {w} en de beschikbare middelen.",
            "De {w} van de regio's verschillen meer dan vaak wordt gezegd.",
            "Verscheidene sprekers vroegen om geduld, want de {w} hebben tijd nodig.",
            "Er was geen besluit nodig, en het punt werd na een kort debat gesloten.",
            "De deskundigen komen in het voorjaar opnieuw bijeen om de {w} te bekijken.",
            "Een meerderheid zag voordelen in eenvoudige regels voor kleine diensten.",
            "De kosten bleken bescheiden te zijn, vergeleken met die van de {w}.",
            "Verder werk aan de {w} is welkom, mits het vrijwillig blijft.",
        ],
    },
    Words {
        code: "da",
        months: [
            "januar",
            "februar",
            "marts",
            "april",
            "maj",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "december",
        ],
        head: |work| {
            let (date, number) = (date(work, &LANGUAGES[2].months, "."), &work.number);
            let title = if work.is_conclusions {
                format!("Rådets konklusioner om {}", work.topic)
            } else {
                format!("Formandskabets statusrapport om {}", work.topic)
            };
            format!(
                "Rådet for\nDen Europæiske Union\n\nBruxelles, den {date}\n(OR. en)\n\n{number}\n\nNOTE\n\nfra: Generalsekretariatet for Rådet\ntil: delegationerne\n\nVedr.: {title}\n\n{title}\n\n"
            )
        },
        by_number: [
            "Delegationerne henviser i den forbindelse til dokument {n}.",
            "SOM MINDER OM retningslinjerne i dokument {n} har Rådet taget notits.",
            "På grundlag af dokument {n} blev der aftalt yderligere skridt.",
        ],
        by_date: [
            "SOM MINDER OM Rådets konklusioner af {d} om {t} mødtes delegationerne.",
            "Arbejdet fortsatte på grundlag af Rådets konklusioner af {d} om {t}.",
        ],
        by_topic: "Rådets konklusioner om {t} er fortsat rammen.",
        others: [
            "Forordning (EU) {a} finder anvendelse.",
            "Direktiv (EU) {a} er gennemført.",
            "Artikel 42, stk. 7, i TEU blev påberåbt.",
            "Artikel 222 i TEUF berøres ikke.",
            "Cyberdiplomatiske værktøjer blev anvendt én gang.",
            "Det strategiske kompas sætter tempoet.",
            "Se afgørelse (EU) {a} for detaljer.",
            "I overensstemmelse med Global Gateway blev projekterne udvalgt.",
        ],
        plain: [
            "Delegationerne udvekslede synspunkter om {w} og om midlerne.",
            "Regionernes {w} er mere forskellige, end det ofte siges.",
            "Flere talere bad om tålmodighed, da {w} tager tid.",
            "Der var ikke behov for en beslutning, og punktet blev lukket efter en kort debat.",
            "Eksperterne mødes igen til foråret for at se nærmere på {w}.",
            "Et flertal så fordele ved enkle regler for små forvaltninger.",
            "Omkostningerne viste sig at være beskedne i forhold til {w}.",
            "Yderligere arbejde med {w} er velkomment, hvis det er frivilligt.",
        ],
    },
];

fn date(work: &Work, months: &[&str; 12], after_day: &str) -> String {
    let (year, month, day) = work.date;
    format!("{day}{after_day} {} {year}", months[month - 1])
}

/// Documents of a seed, each made when it is asked for.
pub struct Corpus {
    links: Vec<Vec<usize>>,
    seed: u64,
}

impl Corpus {
    /// A corpus of so many documents.
    pub fn new(documents: usize, seed: u64) -> Self {
        let mut links = vec![Vec::new(); documents];
        for (citing, cited) in citations(documents, documents * LINKS, seed) {
            links[citing].push(cited);
        }
        Self { links, seed }
    }

    /// The name of the file of a document: a folder for a thousand of them.
    pub fn name(&self, at: usize) -> String {
        let work = self.work(at);
        format!(
            "{:03}/{}-{}.txt",
            at / 1000,
            work.number.replace(['/', ' '], "-"),
            LANGUAGES[work.language].code
        )
    }

    /// Whether it is the translation of the one before it.
    fn is_translation(at: usize) -> bool {
        at % 10 == 9
    }

    fn work(&self, at: usize) -> Work {
        let original = if Self::is_translation(at) { at - 1 } else { at };
        let mut random = SplitMix::new(self.seed ^ (original as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let (year, place) = (FIRST_YEAR + original / YEAR, original % YEAR);
        let language = match random.below(10) {
            0..7 => 0,
            7..9 => 1,
            _ => 2,
        };
        let language = if original == at {
            language
        } else {
            (language + 1) % LANGUAGES.len()
        };
        let day = place * 12 * DAYS / YEAR;
        let words = [random.below(16), random.below(20), random.below(20)];
        let (kind, field, region) = (
            KINDS[language][words[0]],
            FIELDS[language][words[1]],
            PLACES[language][words[2]],
        );
        let topic = match language {
            0 => format!("{kind} {field} in {region}"),
            1 => format!("{kind} {field} in {region}"),
            _ => format!("{kind} {field} i {region}"),
        };
        Work {
            number: format!("{}/{:02}", FIRST_NUMBER + place, year % 100),
            date: (year, 1 + day / DAYS, 1 + day % DAYS),
            topic,
            is_conclusions: random.below(8) == 0,
            language,
        }
    }

    /// The text of a document.
    pub fn text(&self, at: usize) -> String {
        let work = self.work(at);
        let words = &LANGUAGES[work.language];
        // A translation refers to what its original refers to.
        let original = if Self::is_translation(at) { at - 1 } else { at };
        let mut random = SplitMix::new(self.seed ^ (original as u64).wrapping_mul(0xD1B5_4A32_D192_ED03));
        let mut text = (words.head)(&work);
        for paragraph in 1..=PARAGRAPHS {
            text += &format!("{paragraph}. ");
            for _ in 0..3 {
                text += &self.reference(original, words, &mut random);
                for _ in 0..1 + random.below(5) {
                    let plain = words.plain[random.below(words.plain.len())];
                    text += &plain.replace("{w}", FIELDS[work.language][random.below(20)]);
                    text.push(if random.below(3) == 0 { '\n' } else { ' ' });
                }
            }
            text += "\n\n";
        }
        text
    }

    /// A sentence that refers to one of the documents that this one cites, or to something else.
    fn reference(&self, at: usize, words: &Words, random: &mut SplitMix) -> String {
        let links = &self.links[at];
        if links.is_empty() || random.below(5) < 2 {
            let act = format!(
                "{}/{}",
                2016 + random.below(9),
                100 + random.below(self.links.len() / 8 + 20)
            );
            return words.others[random.below(words.others.len())].replace("{a}", &act) + " ";
        }
        let mut cited = self.work_in(links[random.below(links.len())], words);
        if !cited.is_conclusions {
            // Conclusions are referred to more than notes are.
            cited = self.work_in(links[random.below(links.len())], words);
        }
        let how = match random.below(10) {
            0..3 if cited.is_conclusions => words.by_date[random.below(2)],
            3 if cited.is_conclusions => words.by_topic,
            _ => words.by_number[random.below(3)],
        };
        let date = date(&cited, &words.months, if words.code == "da" { "." } else { "" });
        how.replace("{n}", &cited.number)
            .replace("{d}", &date)
            .replace("{t}", &cited.topic)
            + " "
    }

    /// A work with its topic in the language that speaks of it.
    fn work_in(&self, at: usize, words: &Words) -> Work {
        let mut work = self.work(at);
        let language = LANGUAGES
            .iter()
            .position(|one| one.code == words.code)
            .unwrap_or(0);
        if work.language != language {
            let parts = |of: usize, table: &[&str]| {
                table
                    .iter()
                    .position(|word| work.topic.contains(word))
                    .map_or(of, |at| at)
            };
            let (kind, field, region) = (
                parts(0, &KINDS[work.language]),
                parts(0, &FIELDS[work.language]),
                parts(0, &PLACES[work.language]),
            );
            let within = if language == 2 { "i" } else { "in" };
            work.topic = format!(
                "{} {} {within} {}",
                KINDS[language][kind], FIELDS[language][field], PLACES[language][region]
            );
        }
        work
    }
}
