//! SVG in, PDF out: one page of lines and text that can be searched and copied, with the title, language and description of
//! the picture as metadata and as the text of its figure, and the addresses of works as links.

use krilla::action::LinkAction;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::geom::{Rect, Size};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::tagging::{ContentTag, Node, Tag, TagGroup, TagTree};
use krilla_svg::{SurfaceExt, SvgSettings};
use resvg::usvg::{self, roxmltree};

use super::{Fonts, PaintError, parsed, tree};

/// Points of PDF for each px.
const POINT: f32 = 0.75;

/// Draws an SVG as PDF.
///
/// # Errors
/// When the text is no SVG or a character has no glyph in the fonts.
pub fn pdf(svg: &str, fonts: &Fonts) -> Result<Vec<u8>, PaintError> {
    let tree = tree(svg, fonts, "")?;
    let source = parsed(svg)?;
    let (width, height) = (tree.size().width() * POINT, tree.size().height() * POINT);
    let settings = PageSettings::from_wh(width, height).zip(Size::from_wh(width, height));
    let (settings, size) = settings.ok_or_else(|| PaintError::Svg("it has no size".to_owned()))?;
    let mut document = krilla::Document::new();
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    let content = surface.start_tagged(ContentTag::Other);
    surface.draw_svg(&tree, size, SvgSettings::default());
    surface.end_tagged();
    surface.finish();
    let mut figure = TagGroup::new(Tag::Figure(Some(said(&source, "desc"))));
    figure.push(content);
    let mut tags = vec![Node::Group(figure)];
    for (area, address, title) in links(&source, &tree) {
        let target = Target::Action(LinkAction::new(address).into());
        let link = Annotation::new_link(LinkAnnotation::new(area, target), Some(title));
        let mut group = TagGroup::new(Tag::Link);
        group.push(page.add_tagged_annotation(link));
        tags.push(Node::Group(group));
    }
    page.finish();
    let language = language(&source);
    document.set_tag_tree(TagTree::from(tags).with_lang(Some(language.clone())));
    document.set_metadata(metadata(&source).language(language));
    document
        .finish()
        .map_err(|error| PaintError::File(format!("{error:?}")))
}

fn metadata(source: &roxmltree::Document) -> Metadata {
    Metadata::new()
        .title(said(source, "title"))
        .description(first_sentence(&said(source, "desc")))
        .creator(concat!("citegraph ", env!("CARGO_PKG_VERSION")).to_owned())
}

/// The figure bears the whole description.
fn first_sentence(text: &str) -> String {
    text.split_inclusive(". ")
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_owned()
}

/// The text of the first element of a name below the root.
fn said(source: &roxmltree::Document, name: &str) -> String {
    let mut below = source.root_element().children();
    let text = below.find(|node| node.has_tag_name(("http://www.w3.org/2000/svg", name)));
    text.and_then(|node| node.text()).unwrap_or_default().to_owned()
}

fn language(source: &roxmltree::Document) -> String {
    let language = ("http://www.w3.org/XML/1998/namespace", "lang");
    source
        .root_element()
        .attribute(language)
        .unwrap_or("en")
        .to_owned()
}

/// Where works with an address are on the page, the address, and what to call it.
fn links(source: &roxmltree::Document, tree: &usvg::Tree) -> Vec<(Rect, String, String)> {
    let link = |node: roxmltree::Node| {
        let address = node.attribute(("http://www.w3.org/1999/xlink", "href"))?;
        let drawn = tree.node_by_id(node.parent()?.attribute("id")?)?;
        let area = drawn.abs_bounding_box();
        let area = Rect::from_ltrb(
            area.left() * POINT,
            area.top() * POINT,
            area.right() * POINT,
            area.bottom() * POINT,
        )?;
        let title = node
            .children()
            .find(|child| child.tag_name().name() == "title")
            .and_then(|title| title.text());
        Some((area, address.to_owned(), title.unwrap_or(address).to_owned()))
    };
    let anchors = source.descendants().filter(|node| node.tag_name().name() == "a");
    anchors.filter_map(link).collect()
}
