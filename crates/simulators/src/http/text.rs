//! Elements of XML found by their names, as simply as small devices do it.

/// The text of the first element of this name, whatever its prefix.
pub(crate) fn between(xml: &str, name: &str) -> Option<String> {
    let mut rest = xml;
    loop {
        let start = rest.find('<')?;
        let inside = &rest[start + 1..];
        let end = inside.find('>')?;
        let tag = inside[..end].split([' ', '/', '\t', '\r', '\n']).next().unwrap_or_default();
        let local = tag.rsplit(':').next().unwrap_or_default();
        let after = &inside[end + 1..];
        if local == name && !inside.starts_with('/') {
            let text = &after[..after.find('<').unwrap_or(after.len())];
            return Some(
                text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"),
            );
        }
        rest = after;
    }
}
