//! Choosing one of a few: recipients, sizes, places.
//!
//! Owns: tiles and the door silhouettes of the size screen, drawn to one scale.
//! Never: shows more of a person than the caller hands over (names come in masked).

use maud::{Markup, html};

use super::button::{Post, posting};
use super::icons::{Icon, icon};

/// A big choice with a second line.
#[derive(Clone, Copy, Debug)]
pub struct Tile<'a> {
    pub text: &'a str,
    pub small: Option<&'a str>,
    pub icon: Option<Icon>,
    /// Name and value this tile adds to the post.
    pub value: (&'a str, &'a str),
    /// The likeliest one: marked, and reached by Enter.
    pub suggested: bool,
}

/// A tile alone, inside a form.
pub fn tile(tile: &Tile<'_>) -> Markup {
    html! {
        button class={ "tile" @if tile.suggested { " tile-suggested" } } type="submit" name=(tile.value.0)
            value=(tile.value.1) autofocus[tile.suggested] {
            @if let Some(shape) = tile.icon { (icon(shape)) }
            span class="tile-words" {
                span class="tile-text" { (tile.text) }
                @if let Some(small) = tile.small { span class="tile-small" { (small) } }
            }
        }
    }
}

/// Tiles in one form: a press posts the tile's value.
pub fn tiles(post: &Post<'_>, choices: &[Tile<'_>]) -> Markup {
    posting(post, html! { div class="tiles" { @for choice in choices { (tile(choice)) } } })
}

/// One door size.
#[derive(Clone, Copy, Debug)]
pub struct Size<'a> {
    /// `S`, `M`, `L`, `XL` or what the site calls it.
    pub letter: &'a str,
    /// Inner measures in millimetres.
    pub width_mm: u32,
    pub height_mm: u32,
    /// Measures as shown, e.g. `44 x 20 cm`.
    pub measures: &'a str,
    /// e.g. `6 free`, or where it goes instead when none is: `-> shelf`.
    pub availability: &'a str,
    pub any_free: bool,
    /// It is a door; else a parcel is drawn.
    pub is_door: bool,
    /// Used last time: marked, and reached by Enter.
    pub suggested: bool,
}

/// Sizes as door silhouettes on one floor line, all to one scale. Field `size` carries the letter.
pub fn size_choice(post: &Post<'_>, sizes: &[Size<'_>]) -> Markup {
    let tallest = sizes.iter().map(|size| size.height_mm).max().unwrap_or(1);
    let widest = sizes.iter().map(|size| size.width_mm).max().unwrap_or(1);
    posting(post, html! { div class="sizes" { @for size in sizes { (size_tile(size, widest, tallest)) } } })
}

fn size_tile(size: &Size<'_>, widest: u32, tallest: u32) -> Markup {
    let class = if size.any_free { "size" } else { "size size-full" };
    html! {
        button class={ (class) @if size.suggested { " size-suggested" } } type="submit" name="size" value=(size.letter)
            autofocus[size.suggested] {
            (silhouette(size, widest, tallest))
            span class="size-letter" { (size.letter) }
            span class="size-measures" { (size.measures) }
            span class="size-free" { (size.availability) }
        }
    }
}

fn silhouette(size: &Size<'_>, widest: u32, tallest: u32) -> Markup {
    let left = (widest - size.width_mm) / 2;
    let top = tallest - size.height_mm;
    let latch_x = left + size.width_mm - size.width_mm.min(60) / 2 - 8;
    html! {
        svg class="silhouette" viewBox={ "-6 -6 " (widest + 12) " " (tallest + 18) } aria-hidden="true" focusable="false" {
            line class="silhouette-floor" x1="-6" x2=(widest + 6) y1=(tallest + 6) y2=(tallest + 6) {}
            rect class="silhouette-door" x=(left) y=(top) width=(size.width_mm) height=(size.height_mm) rx="8" {}
            @if size.is_door { circle class="silhouette-latch" cx=(latch_x) cy=(top + size.height_mm / 2) r="11" {} }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(letter: &'static str, height_mm: u32, any_free: bool) -> Size<'static> {
        let availability = if any_free { "3 free" } else { "to the shelf" };
        Size {
            letter,
            width_mm: 440,
            height_mm,
            measures: "",
            availability,
            any_free,
            is_door: true,
            suggested: letter == "M",
        }
    }

    #[test]
    fn silhouettes_share_one_scale_and_one_floor() {
        let post = Post::screen("/size", "t");
        let page = size_choice(&post, &[size("S", 100, true), size("M", 200, true), size("L", 400, false)])
            .into_string();
        assert_eq!(page.matches(r#"viewBox="-6 -6 452 418""#).count(), 3, "{page}");
        for (top, height) in [(300, 100), (200, 200), (0, 400)] {
            assert!(page.contains(&format!(r#"y="{top}" width="440" height="{height}""#)), "{page}");
        }
    }

    #[test]
    fn a_full_size_says_where_it_goes_and_can_still_be_chosen() {
        let page = size_choice(&Post::screen("/size", "t"), &[size("L", 400, false)]).into_string();
        assert!(
            page.contains("size-full") && page.contains("to the shelf") && !page.contains("disabled"),
            "{page}"
        );
    }
}
