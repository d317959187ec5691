//! Pictures of anything: whatever the texts and links hold, SVG keeps the rules and DOT parses.

use citegraph::draw::{Theme, dot, svg};
use proptest::prelude::*;

use super::{checker, graphs};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_picture_is_drawn(
        years in prop::collection::vec(prop::option::of(1995u16..2030), 0..14),
        links in prop::collection::vec((0usize..16, 0usize..16), 0..40),
        texts in prop::collection::vec(any::<String>(), 14),
    ) {
        let mut picture = graphs::plain(&years, links);
        for (card, text) in picture.cards.iter_mut().zip(&texts) {
            card.id.clone_from(text);
            card.heading.clone_from(text);
            card.url = Some(format!("https://example.org/{text}"));
        }
        picture.title.clone_from(&texts[0]);
        let theme = Theme::builtin();
        let faults = checker::faults(&svg(&picture, &theme));
        prop_assert!(faults.is_empty(), "{faults:#?}");
        let parsed = graphviz_rust::parse(&dot(&picture, &theme));
        prop_assert!(parsed.is_ok(), "{parsed:?}");
    }
}
