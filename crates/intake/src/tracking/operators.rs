//! Countries whose postal services number international items: two-letter codes, in alphabetical order.

const OPERATORS: &[u8] = b"\
AEAFAGALAMAOARATAUAZBABBBDBEBFBGBHBIBJBNBOBRBSBTBWBYBZCACDCFCGCHCICLCMCNCOCRCUCVCYCZDEDJDKDMDODZ\
ECEEEGERESETFIFJFRGAGBGDGEGHGMGNGQGRGTGWGYHKHNHRHTHUIDIEILINIQIRISITJMJOJPKEKGKHKIKMKNKPKRKWKZLA\
LBLCLILKLRLSLTLULVLYMAMCMDMEMGMKMLMMMNMRMTMUMVMWMXMYMZNANENGNINLNONPNRNZOMPAPEPGPHPKPLPTPYQARORS\
RURWSASBSCSDSESGSISKSLSMSNSOSRSSSTSVSYSZTDTGTHTJTLTMTNTOTRTTTVTZUAUGUSUYUZVAVCVEVNVUWSYEZAZMZW";

/// Whether a postal service has this code.
pub fn is_operator(code: &[u8]) -> bool {
    OPERATORS.chunks_exact(2).any(|known| known == code)
}

#[cfg(test)]
mod tests {
    use super::{OPERATORS, is_operator};

    #[test]
    fn the_list_is_whole_and_in_order() {
        assert_eq!(OPERATORS.len(), 2 * 191);
        let codes: Vec<&[u8]> = OPERATORS.chunks_exact(2).collect();
        assert!(codes.is_sorted_by(|a, b| a < b));
        assert!(is_operator(b"GB") && is_operator(b"CV") && !is_operator(b"XX") && !is_operator(b"ZZ"));
    }
}
