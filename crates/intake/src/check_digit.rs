//! The six rules by which carriers compute a check digit over the serial number before it.
//!
//! Owns the arithmetic; which digits a rule covers is the definition's business. A digit that holds proves little: one
//! random number in ten passes most of them.

/// How a check digit follows from the serial number before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Digits times alternating weights, the remainder to the next ten. A letter counts as its place in ASCII less three.
    Mod10 {
        /// Weight of the first, third, ... character.
        even: u32,
        /// Weight of the second, fourth, ... character.
        odd: u32,
        /// A digit that stands in front of the serial number unless the number begins with it.
        before: Option<u8>,
    },
    /// Mod 10 with weights three and one, three for the digit beside the check digit: USPS and GS1.
    Gs1,
    /// Digits times the weights given, modulo 11, modulo 10.
    Weighted(&'static [u32]),
    /// Luhn: every second digit from the right doubled.
    Luhn,
    /// ISO/IEC 7064 MOD 37,36 over digits and letters.
    Mod37_36,
    /// The whole serial number modulo 7.
    Mod7,
    /// UPU S10: weighted modulo 11, with 10 written as 0 and 11 as 5.
    S10,
}

const S10_WEIGHTS: [u32; 8] = [8, 6, 4, 2, 3, 5, 9, 7];

impl Rule {
    /// The rule of FedEx's twelve digits, which longer FedEx codes carry inside.
    pub const FEDEX: Self = Self::Weighted(&[3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1]);
    /// The rule of UPS numbers.
    pub const UPS: Self = Self::Mod10 { even: 1, odd: 2, before: None };

    /// The check character of a serial number of capitals and digits; None where it has characters the rule cannot count.
    pub fn character(self, serial: &[u8]) -> Option<u8> {
        if !serial.iter().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase()) {
            return None;
        }
        match self {
            Self::Mod10 { even, odd, before } => Some(digit(mod10(serial, even, odd, before))),
            Self::Gs1 => Some(digit(gs1(serial))),
            Self::Weighted(weights) => Some(digit(weighted(serial, weights)? % 11 % 10)),
            Self::Luhn => Some(digit(luhn(serial))),
            Self::Mod37_36 => Some(mod37_36(serial)),
            Self::Mod7 => Some(digit(serial.iter().fold(0, |rest, b| (rest * 10 + value(*b)) % 7))),
            Self::S10 => Some(digit(match 11 - weighted(serial, &S10_WEIGHTS)? % 11 {
                10 => 0,
                11 => 5,
                other => other,
            })),
        }
    }

    /// Whether this is the check character of that serial number.
    pub fn holds(self, serial: &[u8], check: u8) -> bool {
        self.character(serial) == Some(check)
    }
}

fn digit(value: u32) -> u8 {
    b'0' + u8::try_from(value % 10).expect("a remainder of ten is a digit")
}

/// What a character counts: digits themselves, letters as UPS counts them.
fn value(byte: u8) -> u32 {
    match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        _ => u32::from(byte - 3) % 10,
    }
}

fn to_ten(sum: u32) -> u32 {
    (10 - sum % 10) % 10
}

fn mod10(serial: &[u8], even: u32, odd: u32, before: Option<u8>) -> u32 {
    let before = before.filter(|digit| serial.first() != Some(digit));
    let all = before.iter().chain(serial).enumerate();
    to_ten(all.map(|(at, b)| value(*b) * if at % 2 == 0 { even } else { odd }).sum())
}

fn gs1(serial: &[u8]) -> u32 {
    let from_the_right = serial.iter().rev().enumerate();
    to_ten(from_the_right.map(|(at, b)| value(*b) * if at % 2 == 0 { 3 } else { 1 }).sum())
}

fn weighted(serial: &[u8], weights: &[u32]) -> Option<u32> {
    let fits = serial.len() == weights.len();
    fits.then(|| serial.iter().zip(weights).map(|(b, weight)| value(*b) * weight).sum())
}

fn luhn(serial: &[u8]) -> u32 {
    let from_the_right = serial.iter().rev().enumerate();
    let counted = from_the_right.map(|(at, b)| match value(*b) {
        single if at % 2 == 1 => single,
        low if low < 5 => low * 2,
        high => high * 2 - 9,
    });
    to_ten(counted.sum())
}

fn mod37_36(serial: &[u8]) -> u8 {
    let product = serial.iter().fold(36, |product, byte| {
        let place = match byte {
            b'0'..=b'9' => u32::from(byte - b'0'),
            _ => u32::from(byte - b'A') + 10,
        };
        let sum = (product + place) % 36;
        (if sum == 0 { 36 } else { sum }) * 2 % 37
    });
    let place = u8::try_from((37 - product) % 36).expect("a remainder of 36 is a byte");
    if place < 10 { b'0' + place } else { b'A' + place - 10 }
}

#[cfg(test)]
mod tests {
    use super::Rule;

    #[test]
    fn worked_examples_of_each_rule() {
        let ups = Rule::Mod10 { even: 1, odd: 2, before: None };
        assert!(ups.holds(b"5R8939035756712", b'7'));
        assert!(Rule::Gs1.holds(b"629104150021", b'3'), "the GTIN-13 of GS1's manual");
        assert!(Rule::Gs1.holds(b"940011120620640626078", b'7'));
        assert!(Rule::Luhn.holds(b"7992739871", b'3'), "the textbook's Luhn number");
        assert!(Rule::S10.holds(b"47312482", b'9'), "the example of the S10 standard");
        assert!(Rule::Mod37_36.holds(b"008182709980000020033350276", b'C'));
        assert!(Rule::Mod7.holds(b"331881002", b'5'));
    }

    #[test]
    fn a_digit_in_front_counts_unless_it_is_there() {
        let ontrac = Rule::Mod10 { even: 1, odd: 2, before: Some(b'4') };
        let plain = Rule::Mod10 { even: 1, odd: 2, before: None };
        assert_eq!(ontrac.character(b"1103150000187"), plain.character(b"41103150000187"));
        assert_eq!(ontrac.character(b"4103150000187"), plain.character(b"4103150000187"));
    }

    #[test]
    fn what_a_rule_cannot_count_has_no_check_digit() {
        assert_eq!(Rule::Luhn.character(b"12-4"), None);
        assert_eq!(Rule::Weighted(&[1, 2]).character(b"123"), None);
        assert_eq!(Rule::S10.character(b"123"), None);
    }
}
