//! Reading the mail, as its reader does.

use serde_json::{Value, json};
use vestibule_e2e::{Browser, Product};

/// A mail with a code in it.
pub struct Mail {
    pub subject: String,
    pub text: String,
    /// Typed at the keypad before the PIN.
    pub keypad: String,
    pub pin: String,
    /// Where its picture can be found on the inbox page.
    pub picture: String,
}

const NEWEST: &str = "const mails = [...document.querySelectorAll('.mail')];
    const mail = mails.find((mail) => mail.querySelector('.mail-head').innerText.includes(arguments[0]));
    const text = (part) => mail.querySelector(part)?.innerText ?? '';
    return [mail.dataset.mail, text('h2'), text('.mail-text')]";

impl Mail {
    /// The newest mail to this address, as soon as there is one with this in its text.
    pub async fn to(browser: &Browser, product: &Product, address: &str, says: &str) -> Self {
        browser.goto(&product.url("inbox")).await;
        browser.see(address).await;
        browser.see(says).await;
        let found = browser.script(NEWEST, vec![json!(address)]).await;
        let text = |at: usize| found[at].as_str().unwrap_or_default().to_owned();
        let (keypad, pin) = digits(&text(2));
        let picture = format!(".mail[data-mail='{}'] .mail-qr", text(0));
        Self { subject: text(1), text: text(2), keypad, pin, picture }
    }

    /// The page behind its link.
    pub fn link(&self) -> &str {
        let link = self.text.split_whitespace().find(|word| word.contains("/l/VL"));
        link.unwrap_or_else(|| panic!("no link in {}", self.text))
    }
}

impl Mail {
    /// The page that answers who stands at a door.
    pub fn answer(&self) -> &str {
        let link = self.text.split_whitespace().find(|word| word.contains("/d/VL"));
        link.unwrap_or_else(|| panic!("no link in {}", self.text))
    }
}

/// The two numbers of the line that says what to type.
pub fn digits(text: &str) -> (String, String) {
    let is_line = |line: &&str| line.starts_with("On the keypad:") || line.starts_with("En el teclado:");
    let line = text.lines().map(str::trim).find(is_line).unwrap_or_default();
    let mut numbers = line.split(',').map(|part| part.chars().filter(char::is_ascii_digit).collect());
    (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default())
}

/// A fact of the demonstration, such as `/courier_codes/0/digits`.
pub fn fact(product: &Product, pointer: &str) -> String {
    let found = product.ready().pointer(pointer).and_then(Value::as_str);
    found.unwrap_or_else(|| panic!("the ready line has no {pointer}: {}", product.ready())).to_owned()
}
