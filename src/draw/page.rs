//! What a picture is asked to fit: the page, in.

/// A page, at 96 px to the inch: 12 px on it are 9 pt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Page {
    /// A slide of 13⅓ by 7½ inches.
    Slide,
    /// A4, upright.
    A4,
    /// A4, lying.
    A4Landscape,
    /// A3, upright.
    A3,
    /// As large as the picture needs.
    #[default]
    Free,
}

impl Page {
    /// All pages.
    pub const ALL: [Self; 5] = [Self::Slide, Self::A4, Self::A4Landscape, Self::A3, Self::Free];

    /// The name that options take.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Slide => "16:9",
            Self::A4 => "a4",
            Self::A4Landscape => "a4-landscape",
            Self::A3 => "a3",
            Self::Free => "free",
        }
    }

    /// The page of a name.
    ///
    /// ```
    /// use citegraph::draw::Page;
    /// assert_eq!(Page::parse("a4-landscape"), Some(Page::A4Landscape));
    /// assert_eq!(Page::parse("a5"), None);
    /// ```
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| page.as_str() == name)
    }

    /// Width and height in px; none where the picture may have any size. The sizes of ISO 216 are rounded down.
    pub fn size(self) -> Option<(f64, f64)> {
        match self {
            Self::Slide => Some((1280.0, 720.0)),
            Self::A4 => Some((793.0, 1122.0)),
            Self::A4Landscape => Some((1122.0, 793.0)),
            Self::A3 => Some((1122.0, 1587.0)),
            Self::Free => None,
        }
    }
}
