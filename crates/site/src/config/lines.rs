//! Where in the file something is that a problem names: whoever corrects it need not search.

/// More places than these help nobody.
const LINES_MOST: usize = 3;

/// The problem, and the lines of the file that have the name it quotes. Of several names the rarest leads there; one that is
/// everywhere or nowhere leads nowhere.
pub fn located(problem: &str, text: &str) -> String {
    let names = problem.split('"').skip(1).step_by(2).filter(|name| !name.is_empty());
    let places = names.map(|name| lines_with(&format!("\"{name}\""), text));
    let rarest = places.filter(|lines| (1..=LINES_MOST).contains(&lines.len())).min_by_key(Vec::len);
    match rarest.as_deref() {
        None => problem.to_owned(),
        Some([line]) => format!("{problem} (line {line})"),
        Some(lines) => {
            let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
            format!("{problem} (lines {})", lines.join(", "))
        }
    }
}

/// Comments aside.
fn lines_with(name: &str, text: &str) -> Vec<usize> {
    let lines = (1..).zip(text.lines());
    lines.filter(|(_, line)| line.split('#').next().unwrap_or(line).contains(name)).map(|at| at.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "data = \"d\"\n[[bus]]\nname = \"Rear\" # not \"Lobby\"\n[[bus]]\nname = \"Lobby\"\n\
                        bank = \"Rear\"\n";

    #[test]
    fn a_name_leads_to_its_lines() {
        assert_eq!(located("bus \"Lobby\" has no line", FILE), "bus \"Lobby\" has no line (line 5)");
        assert_eq!(located("two are called \"Rear\"", FILE), "two are called \"Rear\" (lines 3, 6)");
    }

    #[test]
    fn the_rarest_name_leads_there_and_none_leads_nowhere() {
        let both = "bank \"Rear\" hangs on \"Lobby\"";
        assert_eq!(located(both, FILE), format!("{both} (line 5)"));
        for nowhere in ["listen is empty: such as \"127.0.0.1:8080\"", "no name at all", "\"\" is empty"] {
            assert_eq!(located(nowhere, FILE), nowhere);
        }
    }
}
