//! What the invented labels' symbols hold, in the carriers' byte shapes and with check digits that hold.

use crate::chance::Chance;
use vestibule_intake::check_digit::Rule;
use zxingcpp::BarcodeFormat;

/// The kinds of symbols that are measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Usps,
    Ups,
    Qr,
    DataMatrix,
    FedEx,
    MaxiCode,
}

pub const KINDS: [Kind; 6] = [Kind::Usps, Kind::Ups, Kind::Qr, Kind::DataMatrix, Kind::FedEx, Kind::MaxiCode];

impl Kind {
    pub const fn format(self) -> BarcodeFormat {
        match self {
            Self::Usps | Self::Ups => BarcodeFormat::Code128,
            Self::Qr => BarcodeFormat::QRCode,
            Self::DataMatrix => BarcodeFormat::DataMatrix,
            Self::FedEx => BarcodeFormat::PDF417,
            Self::MaxiCode => BarcodeFormat::MaxiCode,
        }
    }

    /// The writer's options: columns and error correction as carriers print them.
    pub const fn options(self) -> &'static str {
        match self {
            Self::Usps => "gs1",
            Self::FedEx => "columns=14,eclevel=5",
            Self::Ups | Self::Qr | Self::DataMatrix | Self::MaxiCode => "",
        }
    }

    /// What is written.
    pub fn payload(self, chance: &mut Chance) -> String {
        match self {
            Self::Usps => format!("(420){}(94){}", chance.digits(5), chance.digits(20)),
            Self::Ups => ups(chance),
            Self::Qr => format!("VP7K{}", token(chance)),
            Self::DataMatrix => format!("{}{}", chance.digits(20), token(chance)),
            Self::FedEx => {
                let person = Person::invented(chance);
                fedex(chance, &person)
            }
            Self::MaxiCode => maxicode(chance),
        }
    }
}

/// Whom a label is for.
pub struct Person {
    pub name: String,
    pub street: String,
    pub second_line: String,
    pub postal: String,
}

impl Person {
    pub fn invented(chance: &mut Chance) -> Self {
        let given = chance.of::<str>(&["MARIA", "JAMES", "ELENA", "AHMED", "PRIYA", "OLIVER"]);
        let family = chance.of::<str>(&["GARCIA", "WALTON", "KOVACS", "HASSAN", "RAMAN", "BERG"]);
        let number = 100 + chance.below(899);
        Self {
            name: format!("{given} {family}"),
            street: format!("{number} ELM STREET"),
            second_line: format!("APT {}", 100 + chance.below(1_400)),
            postal: chance.digits(5),
        }
    }
}

fn token(chance: &mut Chance) -> String {
    const LETTERS: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    (0..26).map(|_| char::from(LETTERS[chance.below(LETTERS.len())])).collect()
}

/// The digit with which the rule holds, and another serial where none does.
fn with_check(rule: &Rule, chance: &mut Chance, serial: impl Fn(&mut Chance) -> String) -> String {
    loop {
        let serial = serial(chance);
        if let Some(check) = (b'0'..=b'9').find(|check| rule.holds(serial.as_bytes(), *check)) {
            return format!("{serial}{}", char::from(check));
        }
    }
}

pub fn ups(chance: &mut Chance) -> String {
    let number = with_check(&Rule::UPS, chance, |chance| {
        format!("{}{}{}{}", chance.digits(1), "R8", chance.digits(3), chance.digits(9))
    });
    format!("1Z{number}")
}

pub fn fedex(chance: &mut Chance, person: &Person) -> String {
    let number = with_check(&Rule::FEDEX, chance, |chance| chance.digits(11));
    let Person { name, street, second_line, postal } = person;
    let fields = [
        format!("02{postal}"),
        "840".into(),
        "20".into(),
        number,
        "FDEG".into(),
        chance.digits(9),
        "099".into(),
        String::new(),
        "1/1".into(),
        "5.00LB".into(),
        "N".into(),
        street.clone(),
        "NEW YORK".into(),
        "NY".into(),
        name.clone(),
    ];
    let meter = chance.digits(9);
    format!(
        "[)>\u{1e}01\u{1d}{}\u{1e}06\u{1d}10ZGH007\u{1d}12Z{}\u{1d}14Z{second_line}\u{1d}15Z{meter}\u{1d}32Z02\u{1e}\u{4}",
        fields.join("\u{1d}"),
        chance.digits(10),
    )
}

/// In mode 4: the writer at hand does not split the primary message off. Its modules are the same.
fn maxicode(chance: &mut Chance) -> String {
    let number = ups(chance);
    let (zip, class) = (chance.digits(5), &number[8..10]);
    let fields = [
        format!("96{zip}0000"),
        "840".into(),
        format!("0{class}"),
        format!("1Z{}", &number[10..]),
        "UPSN".into(),
        number[2..8].to_owned(),
        "089".into(),
        String::new(),
        "1/1".into(),
        "10".into(),
        "Y".into(),
    ];
    format!("[)>\u{1e}01\u{1d}{}\u{1e}\u{4}", fields.join("\u{1d}"))
}
