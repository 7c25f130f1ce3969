//! A hand at the simulated wall, from whatever page is open.

use serde_json::json;
use vestibule_e2e::Browser;

/// While its coil is still energised a door that is pushed springs open again; a hand pushes until it stays shut.
const HAND: &str = "const [url, act] = arguments;
    const lay = async () => {
        const answer = await fetch(url, { method: 'POST', body: new URLSearchParams({ act }) });
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        const forms = [...page.querySelectorAll('form')].filter((form) => form.getAttribute('action') === url);
        const open = forms.some((form) => form.querySelector('[value=push_shut]'));
        return answer.ok && (act !== 'push_shut' || !open) ? true : lay();
    };
    return lay()";

/// `push_shut`, `pull_open`, `jam` or `unjam` the door of a compartment, by its number in the order of installation.
pub async fn lay(browser: &Browser, compartment: u32, act: &str) {
    let url = format!("/demo/wall/door/{compartment}");
    let done = browser.script(HAND, vec![json!(url), json!(act)]).await;
    assert_eq!(done, json!(true), "no hand could be laid on the door of compartment {compartment}");
}
