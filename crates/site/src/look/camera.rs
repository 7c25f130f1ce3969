//! Reading by camera, as the pages show it: the key that asks for it, and the place where its picture and its words appear.
//!
//! Owns: the markup that `camera.js` brings to life. Without scripts there is a key that does nothing and everything else works.
//! Never: holds a picture; what a camera sees stays in the page that shows it.

use maud::{Markup, html};

use super::assets::asset;
use super::button::Post;
use super::icons::{Icon, icon};

/// What the page says when there is nothing to see, and around what there is.
#[derive(Clone, Debug)]
pub struct CameraWords {
    /// On the key.
    pub key: String,
    /// Under the picture.
    pub caption: String,
    /// On the key that ends it.
    pub stop: String,
    /// The person, or whoever set the device up, does not allow it.
    pub refused: String,
    /// There is none.
    pub missing: String,
    /// Browsers give no camera to a page that came without TLS.
    pub insecure: String,
    /// It is there and gives no picture, or the reader could not be loaded.
    pub broken: String,
}

/// The key. It is a button of its own, outside any form.
pub fn camera_key(words: &CameraWords) -> Markup {
    html! {
        button class="button button-secondary" type="button" data-camera-key=(asset("camera.js")) {
            (icon(Icon::Camera))
            span class="button-words" { span class="button-label" { (words.key) } }
        }
    }
}

/// Where the picture appears; what was read goes to `post` as field `symbols`. One a page.
pub fn camera(words: &CameraWords, post: &Post<'_>) -> Markup {
    panel(words, post, &[], false)
}

/// The same for codes of ours alone: a label in sight is not read.
pub fn camera_for_codes(words: &CameraWords, post: &Post<'_>) -> Markup {
    panel(words, post, &[], true)
}

/// The same, with words for photos too.
pub fn camera_and_photos(words: &CameraWords, photo: &PhotoWords, post: &Post<'_>) -> Markup {
    let more = [
        ("data-reading", photo.reading.as_str()),
        ("data-nothing", photo.nothing.as_str()),
        ("data-unreadable", photo.unreadable.as_str()),
        ("data-large", photo.large.as_str()),
    ];
    panel(words, post, &more, false)
}

/// What is said of a photo that the page itself reads.
#[derive(Clone, Debug)]
pub struct PhotoWords {
    /// It is being read.
    pub reading: String,
    /// No symbol in it.
    pub nothing: String,
    /// It is no picture.
    pub unreadable: String,
    /// Too many bytes.
    pub large: String,
}

fn panel(words: &CameraWords, post: &Post<'_>, photo: &[(&str, &str)], only_codes: bool) -> Markup {
    let said = |name: &str| photo.iter().find(|(known, _)| *known == name).map(|(_, text)| *text);
    html! {
        div class="camera" data-camera hidden hx-morph-skip data-only[only_codes] data-refused=(words.refused) data-missing=(words.missing)
            data-insecure=(words.insecure) data-broken=(words.broken) data-reading=[said("data-reading")]
            data-nothing=[said("data-nothing")] data-unreadable=[said("data-unreadable")] data-large=[said("data-large")] {
            div class="camera-view" data-camera-view {}
            p class="camera-caption" { (words.caption) }
            p class="camera-word" role="status" data-camera-word {}
            button class="button button-quiet" type="button" data-camera-stop {
                span class="button-words" { span class="button-label" { (words.stop) } }
            }
            form class="scan-target" hidden method="post" action=(post.url) data-camera-target
                hx-post=[post.into.map(|_| post.url)] hx-target=[post.into] hx-swap=[post.into.map(|_| "innerHTML")] {
                input type="hidden" name="csrf" value=(post.csrf);
                input type="hidden" name="symbols";
            }
        }
    }
}

/// Keeps a camera that is on for the next screen that looks through it.
pub fn camera_stays() -> Markup {
    html! { span hidden data-camera-stays {} }
}

/// How a page has the script before any key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begins {
    /// By itself, wherever a screen looks through it.
    ByItself,
    /// When its key is pressed.
    WhenPressed,
}

/// The script itself, for pages that do not wait for the key to load it.
pub fn camera_script(nonce: &str, begins: Begins) -> Markup {
    let (auto, wait) = (begins == Begins::ByItself, begins == Begins::WhenPressed);
    html! { script src=(asset("camera.js")) defer nonce=(nonce) data-auto[auto] data-wait[wait] {} }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> CameraWords {
        let word = |text: &str| text.to_owned();
        CameraWords {
            key: word("Scan"),
            caption: word("Hold it still"),
            stop: word("Stop"),
            refused: word("not allowed"),
            missing: word("none"),
            insecure: word("no TLS"),
            broken: word("broken"),
        }
    }

    #[test]
    fn each_way_it_can_fail_has_its_words_on_the_page() {
        let page = camera(&words(), &Post::screen("/kiosk/symbols", "t")).into_string();
        for word in ["not allowed", "none", "no TLS", "broken"] {
            assert!(page.contains(word), "{word}: {page}");
        }
        let script = String::from_utf8(
            super::super::assets::all().find(|(name, _)| name == "camera.js").expect("it is embedded").1,
        );
        for state in ["refused", "missing", "insecure", "broken", "reading", "nothing", "unreadable", "large"]
        {
            assert!(script.as_ref().is_ok_and(|script| script.contains(&format!("\"{state}\""))), "{state}");
        }
    }

    #[test]
    fn the_key_names_the_script_and_the_script_carries_the_nonce() {
        assert!(camera_key(&words()).into_string().contains(&asset("camera.js")));
        let script = camera_script("n0nce", Begins::ByItself).into_string();
        assert!(script.contains(r#"nonce="n0nce" data-auto"#) && !script.contains("data-wait"), "{script}");
    }
}
