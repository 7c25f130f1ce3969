//! What a person does with hands: pressing, typing, holding a code under the scanner.

use std::path::Path;
use std::time::Duration;

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use serde_json::json;

use crate::browser::{Browser, DEADLINE};

/// Between two keys of a quick typist. The pages take keys that come much faster for a scanner's.
const TYPING: Duration = Duration::from_millis(60);

/// What can be pressed and is called this: exactly, or else the only one whose name contains it.
const PRESSABLE: &str = r#"
    const wanted = arguments[0];
    const called = (element) => (element.ariaLabel ?? element.innerText ?? '').trim().replace(/\s+/g, ' ')
        || (element.value ?? '');
    const all = [...document.querySelectorAll('button, a[href], summary, label, input[type=submit], [role=button]')]
        .filter((element) => element.checkVisibility() && !element.disabled);
    const exact = all.find((element) => called(element) === wanted);
    const near = all.filter((element) => called(element).includes(wanted));
    return exact ?? (near.length === 1 ? near[0] : null);
"#;

/// The keys of a scanner come a few milliseconds apart. A driver presses each with a round trip of its own, and on a
/// busy machine its pauses would be a typist's: so they are pressed in the page, with what a key does by itself.
const SCAN: &str = r#"
    const press = (key) => {
        const field = document.activeElement ?? document.body;
        const typed = field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        field.dispatchEvent(new KeyboardEvent('keyup', { key, bubbles: true }));
        if (!typed || !field.matches('input:not([type=hidden]), textarea')) return;
        if (key === 'Enter') field.form?.requestSubmit();
        else document.execCommand('insertText', false, key);
    };
    for (const key of [...arguments[0], 'Enter']) press(key);
"#;

impl Browser {
    /// Press the button or link with this name as soon as it is there.
    pub async fn press(&self, name: &str) {
        let pressed = self.until(DEADLINE, || async {
            let found = self.client.execute(PRESSABLE, vec![json!(name)]).await?;
            match self.element(&found) {
                // A press that failed did not happen: the element went away or something lay over it.
                Some(element) => element.click().await.map(Some),
                None => Ok(None),
            }
        });
        if let Err(why) = pressed.await {
            self.fail(&format!("nothing called {name:?} could be pressed within {DEADLINE:?}{why}")).await;
        }
    }

    /// Press what a selector finds, as soon as it can be seen.
    pub async fn press_on(&self, css: &str) {
        let pressed = self.until(DEADLINE, || async { self.find(css).await.click().await.map(Some) });
        if let Err(why) = pressed.await {
            self.fail(&format!("{css} could not be pressed within {DEADLINE:?}{why}")).await;
        }
    }

    /// Empty a field and type into it.
    pub async fn fill(&self, css: &str, text: &str) {
        let field = self.find(css).await;
        let emptied = async {
            field.clear().await?;
            field.click().await
        };
        if let Err(error) = emptied.await {
            self.fail(&format!("cannot type into {css}: {error}")).await;
        }
        self.type_keys(text).await;
    }

    /// Choose a file of this machine.
    pub async fn choose_file(&self, css: &str, file: &Path) {
        let path = file.to_str().unwrap_or_else(|| panic!("{} cannot be typed", file.display()));
        if let Err(error) = self.find(css).await.send_keys(path).await {
            self.fail(&format!("{css} takes no file: {error}")).await;
        }
    }

    /// Press one key, wherever the focus is.
    pub async fn key(&self, key: Key) {
        self.keys([char::from(key)], Duration::ZERO).await;
    }

    /// Type wherever the focus is, as on a keypad, at a person's pace.
    pub async fn type_keys(&self, text: &str) {
        self.keys(text.chars(), TYPING).await;
    }

    /// Hold a code under a keyboard-wedge scanner: its characters as keys without a pause, then Enter.
    pub async fn scan(&self, code: &str) {
        self.script(SCAN, vec![json!(code)]).await;
    }

    async fn keys(&self, keys: impl IntoIterator<Item = char>, pace: Duration) {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for value in keys {
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
            if !pace.is_zero() {
                actions = actions.pause(pace);
            }
        }
        let done: Result<(), CmdError> = self.client.perform_actions(actions).await;
        if let Err(error) = done {
            self.fail(&format!("the keys could not be pressed: {error}")).await;
        }
    }
}
