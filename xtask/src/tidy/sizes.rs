//! How long functions and files may be, and how many parameters a function may have. Tests are not
//! measured.

use syn::visit::{self, Visit};

use super::finding::Finding;
use super::ratchets::{Measure, Measured, Ratchets};
use super::rust_file::RustFile;

/// Parameters besides `self`; more of them want a struct.
const PARAMETERS_MAX: usize = 5;

struct Function {
    name: String,
    line: usize,
    lines: usize,
    parameters: usize,
}

pub fn check(files: &[RustFile], ratchets: &Ratchets) -> Vec<Finding> {
    let functions: Vec<(&RustFile, Function)> = files.iter().flat_map(functions).collect();
    let mut measured = Vec::new();
    let mut findings = Vec::new();
    for (file, function) in &functions {
        measured.push(Measured {
            measure: Measure::Function,
            path: &file.path,
            name: &function.name,
            line: function.line,
            lines: function.lines,
        });
        if function.parameters > PARAMETERS_MAX {
            let count = function.parameters;
            let reason = format!(
                "`{}` has {count} parameters, at most {PARAMETERS_MAX}: group them in a struct",
                function.name
            );
            findings.push(Finding::new(&file.path, function.line, reason));
        }
    }
    for file in files {
        let lines = file.line_count - file.test_line_count();
        measured.push(Measured { measure: Measure::File, path: &file.path, name: "", line: 1, lines });
    }
    findings.extend(ratchets.check(&measured));
    findings
}

fn functions(file: &RustFile) -> Vec<(&RustFile, Function)> {
    let mut scan = Scan::default();
    scan.visit_file(&file.syntax);
    let production = scan.found.into_iter().filter(|function| !file.is_test(function.line));
    production.map(|function| (file, function)).collect()
}

#[derive(Default)]
struct Scan {
    found: Vec<Function>,
}

impl Scan {
    /// From the line with `fn` to the closing brace: attributes and documentation do not count.
    fn add(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let line = signature.fn_token.span.start().line;
        let end = block.brace_token.span.close().end().line;
        let typed = |input: &&syn::FnArg| matches!(input, syn::FnArg::Typed(_));
        self.found.push(Function {
            name: signature.ident.to_string(),
            line,
            lines: end - line + 1,
            parameters: signature.inputs.iter().filter(typed).count(),
        });
    }
}

impl<'ast> Visit<'ast> for Scan {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.add(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.add(&item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.add(&item.sig, block);
        }
        visit::visit_trait_item_fn(self, item);
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tidy::ratchets::Ratchets;
    use crate::tidy::rust_file::RustFile;

    fn findings(content: &str) -> Vec<String> {
        let file = RustFile::parse("crates/core/src/a.rs", content).unwrap();
        check(&[file], &Ratchets::default()).into_iter().map(|finding| finding.to_string()).collect()
    }

    fn function(head: &str, lines: usize) -> String {
        format!("{head} {{\n{}}}\n", "    b();\n".repeat(lines - 2))
    }

    #[test]
    fn a_long_function_is_found_wherever_it_stands() {
        assert!(findings(&function("/// Words.\n#[must_use]\nfn a()", 70)).is_empty());
        let long = function("fn a()", 71);
        let reason = "`a` has 71 lines, at most 70";
        assert_eq!(findings(&long), [format!("crates/core/src/a.rs:1: {reason}")]);
        assert_eq!(
            findings(&format!("impl A {{\n{long}}}\n")),
            [format!("crates/core/src/a.rs:2: {reason}")]
        );
        assert_eq!(
            findings(&format!("trait A {{\n{long}}}\n")),
            [format!("crates/core/src/a.rs:2: {reason}")]
        );
    }

    #[test]
    fn a_long_file_is_found() {
        assert!(findings(&"fn a() {}\n".repeat(600)).is_empty());
        let found = findings(&"fn a() {}\n".repeat(601));
        assert_eq!(found, ["crates/core/src/a.rs:1: the file has 601 lines, at most 600"]);
    }

    #[test]
    fn tests_may_be_long() {
        let long = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", function("fn a()", 700));
        assert!(findings(&long).is_empty());
    }

    #[test]
    fn braces_in_texts_and_comments_do_not_count() {
        let tricky = "fn a() {\n    let b = ('{', \"{\", r#\"{\"#); // {\n}\nfn c() {}\n";
        assert!(findings(tricky).is_empty());
    }

    #[test]
    fn too_many_parameters_are_found() {
        assert!(findings("impl A { fn a(&self, a: u8, b: u8, c: u8, d: u8, e: u8) {} }").is_empty());
        assert_eq!(findings("fn a(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8) {}").len(), 1);
    }
}
