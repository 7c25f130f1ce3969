//! The alphabet of text messages (GSM 03.38 / 3GPP TS 23.038, default table and its extension).
//! One character outside it would turn a message of 160 characters into segments of 67.
//! Owns counting and replacing; never decides what is said.

/// Septets of one unsegmented message.
pub(crate) const SEGMENT: usize = 160;

const ONE: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡\
                   ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const TWO: &str = "^{}\\[~]|€";

/// How many septets a character takes; None if the alphabet has no such character.
fn septets(c: char) -> Option<usize> {
    if ONE.contains(c) {
        Some(1)
    } else if TWO.contains(c) {
        Some(2)
    } else {
        None
    }
}

/// Septets of a text in which [`plain`] has left only known characters; an unknown one counts as too long.
pub(crate) fn length(text: &str) -> usize {
    text.chars().map(|c| septets(c).unwrap_or(SEGMENT)).sum()
}

/// The text in characters every phone shows: accents are dropped where the alphabet lacks them,
/// typographic signs become plain ones, the rest a question mark.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if septets(c).is_some() => out.push(c),
            c if c.is_whitespace() => out.push(' '),
            c if is_mark(c) => {}
            c => out.push_str(replacement(c).unwrap_or("?")),
        }
    }
    out
}

/// Combining accents and invisible characters.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2069}' | '\u{FE0F}' | '\u{FEFF}')
        || c.is_control()
}

fn replacement(c: char) -> Option<&'static str> {
    const TABLE: [(&str, &str); 46] = [
        ("áâãāăą", "a"),
        ("ÀÁÂÃĀĂĄ", "A"),
        ("çćĉċč", "c"),
        ("ĆĈĊČ", "C"),
        ("ďđð", "d"),
        ("ĎĐÐ", "D"),
        ("êëēĕėęě", "e"),
        ("ÈÊËĒĔĖĘĚ", "E"),
        ("ĝğġģ", "g"),
        ("ĜĞĠĢ", "G"),
        ("ĥħ", "h"),
        ("ĤĦ", "H"),
        ("íîïĩīĭįı", "i"),
        ("ÌÍÎÏĨĪĬĮİ", "I"),
        ("ĵ", "j"),
        ("Ĵ", "J"),
        ("ķ", "k"),
        ("Ķ", "K"),
        ("ĺļľŀł", "l"),
        ("ĹĻĽĿŁ", "L"),
        ("ńņň", "n"),
        ("ŃŅŇ", "N"),
        ("óôõōŏő", "o"),
        ("ÒÓÔÕŌŎŐ", "O"),
        ("ŕŗř", "r"),
        ("ŔŖŘ", "R"),
        ("śŝşšș", "s"),
        ("ŚŜŞŠȘ", "S"),
        ("ţťŧț", "t"),
        ("ŢŤŦȚ", "T"),
        ("úûũūŭůűų", "u"),
        ("ÙÚÛŨŪŬŮŰŲ", "U"),
        ("ŵ", "w"),
        ("Ŵ", "W"),
        ("ýÿŷ", "y"),
        ("ÝŶŸ", "Y"),
        ("źżž", "z"),
        ("ŹŻŽ", "Z"),
        ("œ", "oe"),
        ("Œ", "OE"),
        ("‘’‚‛`´′ʼ", "'"),
        ("“”„‟«»″", "\""),
        ("‐‑‒–—―−", "-"),
        ("…", "..."),
        ("·•", "."),
        ("ºª°", "."),
    ];
    TABLE.iter().find(|(from, _)| from.contains(c)).map(|(_, to)| *to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alphabet_has_127_printable_places() {
        // 128 places of the default table, one of which is the escape to the extension.
        assert_eq!(ONE.chars().count(), 127);
        assert_eq!(length("año 5€"), 7);
    }

    #[test]
    fn spanish_is_readable_without_its_accents() {
        assert_eq!(plain("Código – Recepción “Ñandú”"), "Codigo - Recepcion \"Ñandu\"");
        assert_eq!(plain("cafe\u{0301}\u{a0}Łódź…"), "cafe Lodz...");
        assert_eq!(plain("Дом 5"), "??? 5");
    }

    proptest::proptest! {
        #[test]
        fn whatever_comes_in_only_known_characters_go_out(text in ".{0,60}") {
            let sent = plain(&text);
            proptest::prop_assert!(sent.chars().all(|c| septets(c).is_some()), "{sent:?}");
        }
    }
}
