//! The Damm check digit: finds every single wrong digit and every swap of two neighbours.
//!
//! Source: H. Michael Damm, "Total anti-symmetrische Quasigruppen" (2004); the order-10 table given there.

const TABLE: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

fn interim(digits: &str) -> Option<u8> {
    digits.bytes().try_fold(0u8, |interim, byte| {
        byte.is_ascii_digit().then(|| TABLE[usize::from(interim)][usize::from(byte - b'0')])
    })
}

/// The digit to append. None unless `digits` are decimal digits.
pub fn check_digit(digits: &str) -> Option<char> {
    interim(digits).map(|digit| char::from(b'0' + digit))
}

/// Whether the last digit is the check digit of those before it. False for anything that is not at least two digits.
pub fn is_valid(digits: &str) -> bool {
    digits.len() >= 2 && interim(digits) == Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_example() {
        assert_eq!(check_digit("572"), Some('4'));
        assert!(is_valid("5724"));
        assert!(!is_valid("5742"));
        assert!(!is_valid("57a4"));
        assert!(!is_valid(""));
    }

    #[test]
    fn finds_every_single_error_and_every_adjacent_swap() {
        let code = "482991304";
        let code = format!("{code}{}", check_digit(code).unwrap());
        for at in 0..code.len() {
            for digit in b'0'..=b'9' {
                let mut typed = code.clone().into_bytes();
                if typed[at] != digit {
                    typed[at] = digit;
                    assert!(!is_valid(std::str::from_utf8(&typed).unwrap()));
                }
            }
            let mut typed = code.clone().into_bytes();
            if at + 1 < typed.len() && typed[at] != typed[at + 1] {
                typed.swap(at, at + 1);
                assert!(!is_valid(std::str::from_utf8(&typed).unwrap()));
            }
        }
    }
}
