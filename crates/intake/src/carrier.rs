//! The companies whose numbers are known. Never decides which one brought a parcel.

/// A company whose tracking numbers have a known form, or any other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is a company's own name")]
pub enum Carrier {
    Amazon,
    CanadaPost,
    Canpar,
    Dhl,
    Dpd,
    FedEx,
    Gofo,
    Landmark,
    LaserShip,
    OldDominion,
    OnTrac,
    Purolator,
    /// Any postal service that numbers by the UPU's S10.
    S10,
    SpeeDee,
    Ups,
    Usps,
    Yodel,
    YunExpress,
    /// A company whose numbers nobody described: accepted like the rest.
    Other,
}

impl Carrier {
    /// The stable code: lower case letters, digits and `_`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Amazon => "amazon",
            Self::CanadaPost => "canadapost",
            Self::Canpar => "canpar",
            Self::Dhl => "dhl",
            Self::Dpd => "dpd",
            Self::FedEx => "fedex",
            Self::Gofo => "gofo",
            Self::Landmark => "landmark",
            Self::LaserShip => "lasership",
            Self::OldDominion => "old_dominion",
            Self::OnTrac => "ontrac",
            Self::Purolator => "purolator",
            Self::S10 => "s10",
            Self::SpeeDee => "speedee",
            Self::Ups => "ups",
            Self::Usps => "usps",
            Self::Yodel => "yodel",
            Self::YunExpress => "yunexpress",
            Self::Other => "other",
        }
    }

    /// As the company writes itself; None for any other.
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::Amazon => "Amazon",
            Self::CanadaPost => "Canada Post",
            Self::Canpar => "Canpar",
            Self::Dhl => "DHL",
            Self::Dpd => "DPD",
            Self::FedEx => "FedEx",
            Self::Gofo => "GOFO",
            Self::Landmark => "Landmark Global",
            Self::LaserShip => "OnTrac (LaserShip)",
            Self::OldDominion => "Old Dominion",
            Self::OnTrac => "OnTrac",
            Self::Purolator => "Purolator",
            Self::S10 => "Post (international)",
            Self::SpeeDee => "Spee-Dee",
            Self::Ups => "UPS",
            Self::Usps => "USPS",
            Self::Yodel => "Yodel",
            Self::YunExpress => "YunExpress",
            Self::Other => return None,
        })
    }
}
