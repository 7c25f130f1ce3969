//! Labels whose symbols name their recipient, as a scanner types them.

/// A FedEx label: its number, whom and where it names. Separators as scanners type them that cannot send control characters.
pub fn fedex(number: &str, name: &str, (postal, street, second): (&str, &str, &str)) -> String {
    format!(
        "[)><RS>01<GS>02{postal}<GS>840<GS>019<GS>{number}0201<GS>FDE<GS>1<GS>326<GS><GS>1/1<GS>5.00LB<GS>N<GS>{street}\
         <GS>NEW YORK<GS>NY<GS>{name}<RS>06<GS>10ZGH006<GS>14Z{second}<RS><EOT>"
    )
}

/// Where Maple Court's first house stands.
pub const HERE: (&str, &str) = ("10013", "14 MAPLE ST");
