//! A work in, the body out that issued it, as far as its kind and id tell.

use std::fmt;

use serde::Serialize;

use crate::model::{Kind, Work};

/// Who issued a work, in the order of protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Issuer {
    /// The European Parliament.
    Parliament,
    /// The European Council.
    EuropeanCouncil,
    /// The Council of the European Union.
    Council,
    /// The Commission, also with the High Representative.
    Commission,
    /// The Court of Justice.
    Court,
    /// Acts of the Union: the number of an act does not say which institution passed it.
    Union,
    /// The United Nations.
    UnitedNations,
    /// Others, and works that do not tell.
    Other,
}

impl Issuer {
    /// Who issued a work.
    ///
    /// ```
    /// use citegraph::analyze::Issuer;
    /// use citegraph::model::{Kind, Work, WorkId};
    /// let work = Work::new(WorkId::new("EUCO-CONCLUSIONS-2023-06-30"), Kind::Conclusions, "June 2023");
    /// assert_eq!(Issuer::of(&work), Issuer::EuropeanCouncil);
    /// ```
    pub fn of(work: &Work) -> Self {
        let id = work.id.as_str();
        match work.kind {
            Kind::EuropeanCouncilDocument => Self::EuropeanCouncil,
            Kind::Conclusions if id.starts_with("EUCO-") => Self::EuropeanCouncil,
            Kind::ParliamentDocument => Self::Parliament,
            Kind::CouncilDocument | Kind::Conclusions => Self::Council,
            Kind::CommissionDocument => Self::Commission,
            Kind::Case => Self::Court,
            Kind::LegalAct if is_commission_celex(id) => Self::Commission,
            Kind::LegalAct | Kind::Treaty | Kind::OfficialJournal => Self::Union,
            Kind::UnDocument => Self::UnitedNations,
            Kind::Procedure | Kind::Instrument | Kind::Meeting | Kind::Url => Self::Other,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Parliament => "European Parliament",
            Self::EuropeanCouncil => "European Council",
            Self::Council => "Council",
            Self::Commission => "Commission",
            Self::Court => "Court of Justice",
            Self::Union => "Acts of the Union",
            Self::UnitedNations => "United Nations",
            Self::Other => "Other",
        }
    }
}

impl fmt::Display for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Sector 5 of CELEX with the letters of the Commission: proposals (PC), communications and other documents (DC), joint ones
/// with the High Representative (JC), staff working documents (SC).
fn is_commission_celex(id: &str) -> bool {
    id.starts_with('5')
        && id
            .get(5..7)
            .is_some_and(|letters| ["PC", "DC", "JC", "SC"].contains(&letters))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::WorkId;

    #[test]
    fn kind_and_id_tell_who_issued_a_work() {
        for (id, kind, issuer) in [
            ("ST-10289-2023", Kind::CouncilDocument, Issuer::Council),
            (
                "COUNCIL-CONCLUSIONS-2015-02-10",
                Kind::Conclusions,
                Issuer::Council,
            ),
            (
                "EUCO-7-2023",
                Kind::EuropeanCouncilDocument,
                Issuer::EuropeanCouncil,
            ),
            ("EP-P9-TA-2020-0014", Kind::ParliamentDocument, Issuer::Parliament),
            ("JOIN-2020-18", Kind::CommissionDocument, Issuer::Commission),
            ("52020JC0018", Kind::LegalAct, Issuer::Commission),
            ("32022L2555", Kind::LegalAct, Issuer::Union),
            ("CASE-C-311-18", Kind::Case, Issuer::Court),
            ("UN-A-RES-70-237", Kind::UnDocument, Issuer::UnitedNations),
            ("global-gateway", Kind::Instrument, Issuer::Other),
        ] {
            assert_eq!(Issuer::of(&Work::new(WorkId::new(id), kind, id)), issuer, "{id}");
        }
    }
}
