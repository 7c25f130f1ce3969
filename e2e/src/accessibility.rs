//! WCAG 2.2 A and AA as far as a machine can judge: the vendored axe-core, run inside the page.

use serde_json::{Value, json};

use crate::browser::Browser;

const AXE: &str = include_str!("../vendor/axe-core/axe.min.js");

/// The rule for target sizes is new in 2.2 and off unless it is asked for.
const RUN: &str = r"
    const [tags, done] = arguments;
    const options = {
        runOnly: { type: 'tag', values: tags },
        rules: { 'target-size': { enabled: true } },
        resultTypes: ['violations', 'incomplete'],
    };
    // Colours that are on their way to another theme are nobody's.
    for (const moving of document.getAnimations()) {
        if (moving.effect.getComputedTiming().endTime !== Infinity) moving.finish();
    }
    // Words in the colour of what lies behind them are left undecided by axe: it takes them for hidden on purpose.
    const isUnseen = (node) => node.any.some((check) => check.data?.messageKey === 'equalRatio');
    const unseen = (results) => results.incomplete
        .filter((rule) => rule.id === 'color-contrast')
        .map((rule) => ({ ...rule, nodes: rule.nodes.filter(isUnseen) }))
        .filter((rule) => rule.nodes.length > 0);
    window.axe.run(document, options).then(
        (results) => done({ violations: [...results.violations, ...unseen(results)] }),
        (error) => done({ error: String(error) }),
    );
";

const TAGS: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

/// One rule that the page breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// As in the list of axe-core, such as `color-contrast`.
    pub rule: String,
    pub help: String,
    /// Where, as selectors, each with what is wrong there.
    pub places: Vec<String>,
}

impl Browser {
    /// Every rule of WCAG 2.2 A and AA that this page breaks in its present state.
    pub async fn violations(&self) -> Vec<Violation> {
        // Half a megabyte: a page that has it from the look before keeps it.
        if self.script("return 'axe' in window", vec![]).await == false {
            self.script(AXE, vec![]).await;
        }
        let answer = self.client.execute_async(RUN, vec![json!(TAGS)]).await;
        let answer = answer.unwrap_or_else(|error| panic!("axe-core could not run: {error}"));
        let Some(found) = answer["violations"].as_array() else {
            panic!("axe-core failed: {}", answer["error"]);
        };
        found.iter().map(violation).collect()
    }

    /// The page breaks no rule.
    pub async fn axe(&self) {
        let violations = self.violations().await;
        if !violations.is_empty() {
            self.fail(&format!("the page breaks rules of WCAG 2.2: {violations:#?}")).await;
        }
    }
}

fn violation(value: &Value) -> Violation {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let place = |node: &Value| {
        let summary = text(&node["failureSummary"]).replace('\n', " ");
        format!("{}: {summary}", node["target"])
    };
    Violation {
        rule: text(&value["id"]),
        help: text(&value["help"]),
        places: value["nodes"].as_array().into_iter().flatten().map(place).collect(),
    }
}
