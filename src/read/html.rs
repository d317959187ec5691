//! An HTML page in, its text out: blocks as paragraphs, footnotes told by the links between call and note, all other
//! links kept, what a site puts around its pages left out.

use std::collections::HashMap;

use html5gum::{DefaultEmitter, EndTag, StartTag, Token, Tokenizer};

use super::compose::{Composed, Composer};
use super::numbering::{Digits, written};

/// The text of a page.
pub(super) fn text(html: &str) -> Composed {
    let tokens = tokens(html);
    let plan = Plan::of(&tokens);
    let mut page = Page::new(&plan);
    for (at, token) in tokens.iter().enumerate() {
        page.take(at, token);
    }
    while page.open.pop().map(|element| page.leave(&element)).is_some() {}
    page.composer.finish()
}

/// What a page is made of.
enum Item {
    Start(Tag),
    End(String),
    Text(String),
}

struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
    closed: bool,
}

impl Tag {
    fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name)?;
        Some(&found.1)
    }

    /// The names by which a link leads here.
    fn names(&self) -> impl Iterator<Item = &str> {
        let anchor = (self.name == "a").then(|| self.attribute("name")).flatten();
        self.attribute("id").into_iter().chain(anchor)
    }

    /// The place in the same page that it leads to.
    fn leads_to(&self) -> Option<&str> {
        let href = self.attribute("href").filter(|_| self.name == "a")?;
        let (_, place) = href.split_once('#')?;
        (href.starts_with('#') || !href.contains("://")).then_some(place)
    }
}

fn tokens(html: &str) -> Vec<Item> {
    let mut emitter = DefaultEmitter::<()>::default();
    // The content of scripts and styles is no markup.
    emitter.naively_switch_states(true);
    let tokens = Tokenizer::new_with_emitter(html, emitter);
    tokens.filter_map(|token| item(token.ok()?)).collect()
}

fn item(token: Token) -> Option<Item> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match token {
        Token::StartTag(StartTag {
            name,
            attributes,
            self_closing,
            ..
        }) => {
            let attributes = attributes
                .into_iter()
                .map(|(key, value)| (text(&key), text(&value)));
            Some(Item::Start(Tag {
                name: text(&name),
                attributes: attributes
                    .filter(|(key, _)| is_one_of(KEPT, key.as_str()))
                    .collect(),
                closed: self_closing,
            }))
        }
        Token::EndTag(EndTag { name, .. }) => Some(Item::End(text(&name))),
        Token::String(value) => Some(Item::Text(text(&value))),
        _ => None,
    }
}

/// Attributes that say something here.
const KEPT: &str = "id name href class role hidden style start type";

/// What is known of a page before it is read.
#[derive(Default)]
struct Plan {
    /// Anchors that call a note, by their place among the tokens: its label.
    calls: HashMap<usize, String>,
    /// Where the notes begin: the label.
    notes: HashMap<usize, String>,
    /// Whether the site marks what is its content.
    has_main: bool,
}

impl Plan {
    fn of(tokens: &[Item]) -> Self {
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut plan = Self::default();
        for (at, token) in tokens.iter().enumerate() {
            let Item::Start(tag) = token else { continue };
            plan.has_main |= is_main(tag);
            for name in tag.names() {
                places.entry(name).or_insert(at);
            }
        }
        let mut labels: HashMap<String, usize> = HashMap::new();
        for (at, token) in tokens.iter().enumerate() {
            let Item::Start(tag) = token else { continue };
            let Some(place) = tag.leads_to().and_then(|name| places.get(name)).copied() else {
                continue;
            };
            let Some(label) = (place > at).then(|| label(tokens, (at, tag))).flatten() else {
                continue;
            };
            // A label may come again in another part of the page.
            let known = plan.notes.get(&place).cloned();
            let unique = known.unwrap_or_else(|| {
                let count = labels.entry(label.clone()).or_default();
                *count += 1;
                if *count == 1 {
                    label
                } else {
                    format!("{label}-{count}")
                }
            });
            plan.calls.insert(at, unique.clone());
            plan.notes.insert(place, unique);
        }
        plan
    }
}

/// The mark of a note that a link is: "1", "(12)", "[*]", "a", set higher, in brackets or leading to what is called a
/// note. A table of contents has numbers that lead to places, too.
fn label(tokens: &[Item], (anchor, tag): (usize, &Tag)) -> Option<String> {
    let mut words = String::new();
    let before = anchor.checked_sub(1).map(|at| &tokens[at]);
    let mut raised = matches!(before, Some(Item::Start(tag)) if is_raised(tag)) || is_raised(tag);
    for token in tokens[anchor + 1..].iter().take(12) {
        match token {
            Item::Text(text) => words.push_str(text),
            Item::End(name) if name == "a" => break,
            Item::Start(tag) => raised |= is_raised(tag),
            Item::End(_) => {}
        }
    }
    let words = words.trim();
    let inner = words.trim_matches(['(', ')', '[', ']']).trim();
    let opened = matches!(before, Some(Item::Text(text)) if text.ends_with(['(', '[']));
    let bracketed = opened || inner.len() < words.len();
    let place = tag.leads_to().unwrap_or_default().to_lowercase();
    let named = ["ntr", "fn", "ftn", "note", "foot", "nota"]
        .iter()
        .any(|name| place.contains(name));
    let inner: String = inner.chars().filter(|c| !c.is_whitespace()).collect();
    (is_label(&inner) && (raised || bracketed || named)).then_some(inner)
}

fn is_label(words: &str) -> bool {
    let rest = words.trim_start_matches(['*', '†', '‡']);
    match rest.len() {
        0 => (1..=3).contains(&words.chars().count()),
        1 => rest.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()),
        length => length <= 4 && rest.bytes().all(|b| b.is_ascii_digit()),
    }
}

/// Whether a site marks what this holds as its content; EUR-Lex does so by name.
fn is_main(tag: &Tag) -> bool {
    let named = matches!(tag.attribute("id"), Some("TexteOnly" | "document1"));
    named || tag.name == "main" || tag.attribute("role") == Some("main")
}

fn is_one_of(names: &str, name: &str) -> bool {
    names.split(' ').any(|one| one == name)
}

/// Elements of which nothing is text of the page.
const DROPPED: &str = "head script style nav noscript template svg button select textarea iframe object audio video canvas \
    math dialog footer del";

/// Elements without content.
const VOID: &str = "area base br col embed hr img input link meta param source track wbr";

/// Elements inside a line; all others are blocks.
const INLINE: &str = "a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd label mark o:p q rp rt ruby s samp \
    small span strike strong sub sup time tt u var";

/// How deep elements are kept track of: pages that go deeper are damaged or hostile.
const DEPTH: usize = 400;

/// An element that is open.
#[derive(Default)]
struct Open {
    name: String,
    raised: bool,
    link: bool,
    note: bool,
    mark: bool,
    /// For a list, how its items are numbered, and the number of the last one.
    digits: Digits,
    reached: u32,
}

/// The walk through a page.
struct Page<'p> {
    plan: &'p Plan,
    composer: Composer,
    open: Vec<Open>,
    /// The dropped element that is open, and how often.
    dropped: Option<(String, usize)>,
    /// Whether a note runs to the end of its line only.
    short_note: bool,
    /// How many parts of the page that the site marks as content are open.
    main: usize,
    raised: usize,
}

impl<'p> Page<'p> {
    fn new(plan: &'p Plan) -> Self {
        Self {
            plan,
            composer: Composer::default(),
            open: Vec::new(),
            dropped: None,
            short_note: false,
            main: 0,
            raised: 0,
        }
    }

    fn take(&mut self, at: usize, item: &Item) {
        let ends_link = |name: &str, item: &Item| {
            name == "a" && matches!(item, Item::Start(tag) if !is_one_of(INLINE, tag.name.as_str()))
        };
        self.dropped.take_if(|(name, _)| ends_link(name, item));
        if let Some((name, depth)) = &mut self.dropped {
            match item {
                Item::Start(tag) if tag.name == *name && !tag.closed => *depth += 1,
                Item::End(end) if end == name => *depth -= 1,
                _ => {}
            }
            if *depth == 0 {
                self.dropped = None;
            }
            return;
        }
        match item {
            Item::Start(tag) => self.start(at, tag),
            Item::End(name) => self.end(name),
            Item::Text(_) if self.is_outside() => {}
            Item::Text(text) if self.raised > 0 => self.composer.superscript(text),
            Item::Text(text) => self.composer.text(text),
        }
    }

    fn start(&mut self, at: usize, tag: &Tag) {
        let name = tag.name.as_str();
        if is_dropped(tag) {
            let open = !is_one_of(VOID, name) && !tag.closed;
            self.dropped = open.then(|| (name.to_owned(), 1));
            return;
        }
        self.close_implied(name);
        if self.is_outside() && !is_main(tag) {
            return self.push(name, Open::default());
        }
        if !is_one_of(INLINE, name) {
            self.block(name);
        }
        if let Some(label) = self.plan.notes.get(&at) {
            self.begin_note(name, label);
        }
        let mut element = Open {
            raised: is_raised(tag),
            mark: is_main(tag),
            digits: digits(tag),
            reached: tag
                .attribute("start")
                .and_then(|start| start.parse().ok())
                .unwrap_or(1u32)
                .saturating_sub(1),
            note: self.plan.notes.contains_key(&at) && is_holder(name),
            ..Open::default()
        };
        if name == "a" {
            element.link = self.anchor(at, tag);
        }
        self.push(name, element);
    }

    fn push(&mut self, name: &str, element: Open) {
        if is_one_of(VOID, name) || self.open.len() >= DEPTH {
            return;
        }
        self.raised += usize::from(element.raised);
        self.main += usize::from(element.mark);
        self.open.push(Open {
            name: name.to_owned(),
            ..element
        });
    }

    /// Whether the site marks its content and this is none of it.
    fn is_outside(&self) -> bool {
        self.plan.has_main && self.main == 0
    }

    /// What begins with an element that is no part of a line.
    fn block(&mut self, name: &str) {
        match name {
            "br" => self.end_line(true),
            "table" => self.composer.begin_table(),
            "tr" => self.composer.row(),
            "td" | "th" => self.composer.cell(),
            _ => {
                if !self.composer.is_at_start() {
                    self.end_line(false);
                }
                let mark = match name {
                    "li" => self.item(),
                    "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "# ".to_owned(),
                    _ => String::new(),
                };
                self.composer.mark(&mark);
            }
        }
    }

    /// What is printed before the next item of the list that is open.
    fn item(&mut self) -> String {
        let is_list = |element: &&mut Open| matches!(element.name.as_str(), "ol" | "ul" | "menu");
        let list = self.open.iter_mut().rev().find(is_list);
        match list.filter(|list| list.name == "ol") {
            Some(list) => {
                list.reached = list.reached.saturating_add(1);
                let close = if list.digits == Digits::Decimal { '.' } else { ')' };
                format!("{}{close} ", written(list.reached, list.digits))
            }
            None => "- ".to_owned(),
        }
    }

    fn end_line(&mut self, goes_on: bool) {
        if std::mem::take(&mut self.short_note) {
            self.composer.end_note();
        } else if goes_on {
            self.composer.line_break();
        } else {
            self.composer.paragraph();
        }
    }

    /// A link: a call of a note, the way back from one, or one to another document. Whether it is the last.
    fn anchor(&mut self, at: usize, tag: &Tag) -> bool {
        let back = || {
            let note = self.open.iter().any(|element| element.note) || self.short_note;
            note && self.composer.is_at_start() && tag.leads_to().is_some()
        };
        if let Some(label) = self.plan.calls.get(&at) {
            self.composer.call(label);
            self.dropped = Some(("a".to_owned(), 1));
            return false;
        }
        if back() {
            self.dropped = Some(("a".to_owned(), 1));
            return false;
        }
        match tag.attribute("href") {
            Some(href)
                if !href.starts_with('#')
                    && !href.starts_with("mailto:")
                    && !href.starts_with("javascript:") =>
            {
                self.composer.begin_link(href);
                true
            }
            _ => false,
        }
    }

    /// A note is what the element holds that its link leads to, or the block around it.
    fn begin_note(&mut self, name: &str, label: &str) {
        if self.short_note {
            self.end_line(false);
        }
        let around = self
            .open
            .iter_mut()
            .rev()
            .find(|element| !is_one_of(INLINE, element.name.as_str()));
        match around.filter(|around| is_holder(&around.name) && !around.note) {
            _ if is_holder(name) => {}
            Some(holder) => holder.note = true,
            None => self.short_note = true,
        }
        self.composer.begin_note(label);
    }

    /// Elements that end without saying so where another begins.
    fn close_implied(&mut self, name: &str) {
        let ends: &[&str] = match name {
            "li" => &["li"],
            "dt" | "dd" => &["dt", "dd"],
            "td" | "th" => &["td", "th"],
            "tr" => &["tr"],
            "option" => &["option"],
            _ if !is_one_of(INLINE, name) && !is_one_of(VOID, name) => &["p"],
            _ => return,
        };
        let holds = |element: &Open| {
            matches!(
                element.name.as_str(),
                "ul" | "ol" | "dl" | "table" | "td" | "th" | "div" | "section" | "body" | "blockquote"
            ) && !ends.contains(&element.name.as_str())
        };
        let found = self
            .open
            .iter()
            .rposition(|element| ends.contains(&element.name.as_str()) || holds(element));
        if let Some(at) = found.filter(|at| ends.contains(&self.open[*at].name.as_str())) {
            self.close_to(at);
        }
    }

    fn end(&mut self, name: &str) {
        if name == "br" {
            return self.end_line(true);
        }
        if let Some(at) = self.open.iter().rposition(|element| element.name == name) {
            self.close_to(at);
        }
    }

    fn close_to(&mut self, at: usize) {
        while self.open.len() > at {
            if let Some(element) = self.open.pop() {
                self.leave(&element);
            }
        }
    }

    fn leave(&mut self, element: &Open) {
        let name = element.name.as_str();
        self.raised = self.raised.saturating_sub(usize::from(element.raised));
        if element.link {
            self.composer.end_link();
        }
        if name == "table" {
            self.end_short_note();
            self.composer.end_table();
        } else if !is_one_of(INLINE, name) && !matches!(name, "td" | "th" | "tr") {
            self.end_line(false);
        }
        if element.note {
            self.composer.end_note();
        }
        self.main = self.main.saturating_sub(usize::from(element.mark));
    }

    fn end_short_note(&mut self) {
        if self.short_note {
            self.end_line(false);
        }
    }
}

fn digits(tag: &Tag) -> Digits {
    match tag.attribute("type") {
        Some("a") => Digits::Letter,
        Some("A") => Digits::Capital,
        Some("i") => Digits::Roman,
        Some("I") => Digits::CapitalRoman,
        _ => Digits::Decimal,
    }
}

/// Whether an element of this name holds a whole note if its name or its beginning is what the call leads to.
fn is_holder(name: &str) -> bool {
    matches!(name, "p" | "li" | "dd" | "aside" | "tr")
}

fn is_raised(tag: &Tag) -> bool {
    let classes = tag.attribute("class").unwrap_or_default();
    let raised = |class: &str| matches!(class, "super" | "oj-super" | "superscript");
    tag.name == "sup" || classes.split_ascii_whitespace().any(raised)
}

fn is_dropped(tag: &Tag) -> bool {
    let role = tag.attribute("role").unwrap_or_default();
    let style = tag
        .attribute("style")
        .unwrap_or_default()
        .replace(' ', "")
        .to_ascii_lowercase();
    is_one_of(DROPPED, tag.name.as_str())
        || matches!(role, "navigation" | "banner" | "contentinfo" | "search")
        || tag.attribute("hidden").is_some()
        || style.contains("display:none")
}
