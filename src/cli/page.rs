//! What pictures are asked to fit, as typed.

use citegraph::draw::{Citations, Grouping, Page, Plan};
use clap::Args;

/// Page, lanes and what is left out.
#[derive(Debug, Clone, Args)]
pub struct PageArgs {
    /// The page a picture is to fit with text of 9 pt: 16:9, a4, a4-landscape, a3 or free
    #[arg(long, value_name = "PAGE", default_value = "16:9", value_parser = page, help_heading = "Picture")]
    page: Page,
    /// Put works in lanes by body, kind or community, or in none
    #[arg(long, value_name = "LANES", default_value = "none", value_parser = grouping, help_heading = "Picture")]
    lanes: Grouping,
    /// Hide plain citations that a longer way implies
    #[arg(long, help_heading = "Picture")]
    reduce: bool,
}

impl PageArgs {
    /// What the layout is asked.
    pub fn plan(&self) -> Plan {
        Plan {
            page: self.page,
            grouping: self.lanes,
            citations: if self.reduce {
                Citations::Reduced
            } else {
                Citations::All
            },
        }
    }
}

/// The page alone, for pictures that have lanes of their own or none.
#[derive(Debug, Clone, Args)]
pub struct PaperArgs {
    /// The page a picture is to fit: 16:9, a4, a4-landscape, a3 or free
    #[arg(long, value_name = "PAGE", default_value = "16:9", value_parser = page, help_heading = "Picture")]
    page: Page,
}

impl PaperArgs {
    /// What the layout is asked.
    pub fn plan(&self) -> Plan {
        Plan {
            page: self.page,
            ..Plan::default()
        }
    }
}

fn page(name: &str) -> Result<Page, String> {
    let names = Page::ALL.map(Page::as_str).join(", ");
    Page::parse(name).ok_or_else(|| format!("no page; one of: {names}"))
}

fn grouping(name: &str) -> Result<Grouping, String> {
    let names = Grouping::ALL.map(Grouping::as_str).join(", ");
    Grouping::parse(name).ok_or_else(|| format!("no lanes; one of: {names}"))
}
