//! Rust files, parsed: their syntax tree, their words, and which of their lines are tests.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use super::finding::Finding;
use super::repository::{Repository, is_vendored};

/// One token, or the two colons of a path as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    pub line: usize,
}

pub struct RustFile {
    pub path: String,
    pub line_count: usize,
    pub syntax: syn::File,
    /// Everything but comments, inside macros too.
    pub words: Vec<Word>,
    /// Full paths of what `use` brings in, groups taken apart, with their lines.
    pub imports: Vec<(String, usize)>,
    whole_file_is_test: bool,
    test_lines: Vec<RangeInclusive<usize>>,
}

/// Every Rust file; one that does not parse is a finding.
pub fn parse_all(repository: &Repository) -> (Vec<RustFile>, Vec<Finding>) {
    let mut files = Vec::new();
    let mut findings = Vec::new();
    for text in &repository.texts {
        if !text.path.ends_with(".rs") || is_vendored(&text.path) {
            continue;
        }
        match RustFile::parse(&text.path, &text.content) {
            Ok(file) => files.push(file),
            Err(error) => {
                let line = error.span().start().line;
                findings.push(Finding::new(&text.path, line, format!("does not parse: {error}")));
            }
        }
    }
    mark_test_modules(&mut files);
    (files, findings)
}

impl RustFile {
    pub fn parse(path: &str, content: &str) -> syn::Result<Self> {
        let syntax = syn::parse_file(content)?;
        let stream: TokenStream = content.parse()?;
        let mut words = Vec::new();
        flatten(stream, &mut words);
        let mut scan = Scan::default();
        scan.visit_file(&syntax);
        Ok(Self {
            path: path.to_owned(),
            line_count: content.lines().count(),
            words,
            imports: scan.imports,
            whole_file_is_test: is_test_path(path) || has_cfg_test(&syntax.attrs),
            test_lines: scan.test_lines,
            syntax,
        })
    }

    pub fn is_test(&self, line: usize) -> bool {
        self.whole_file_is_test || self.test_lines.iter().any(|lines| lines.contains(&line))
    }

    /// Number of lines that are tests.
    pub fn test_line_count(&self) -> usize {
        (1..=self.line_count).filter(|line| self.is_test(*line)).count()
    }

    /// Lines on which these words, separated by spaces in the pattern, follow each other.
    pub fn lines_with(&self, pattern: &str) -> Vec<usize> {
        let wanted: Vec<&str> = pattern.split_whitespace().collect();
        let same = |window: &&[Word]| window.iter().zip(&wanted).all(|(word, text)| word.text == *text);
        self.words.windows(wanted.len()).filter(same).map(|window| window[0].line).collect()
    }

    /// Lines that name this path (`std::fs`) in full, or import it or something below it.
    pub fn lines_naming(&self, path: &str) -> Vec<usize> {
        let below = format!("{path}::");
        let imported = self.imports.iter().filter(|(name, _)| name == path || name.starts_with(&below));
        let mut lines = self.lines_with(&path.replace("::", " :: "));
        lines.extend(imported.map(|(_, line)| *line));
        lines
    }

    /// Folder of the package this file belongs to, as `crates/core` or `xtask`.
    pub fn package_folder(&self) -> &str {
        let depth = if self.path.starts_with("crates/") { 2 } else { 1 };
        match self.path.match_indices('/').nth(depth - 1) {
            Some((end, _)) => &self.path[..end],
            None => &self.path,
        }
    }

    /// The name of the module this file is, or of its folder for `lib.rs`, `main.rs` and `mod.rs`.
    pub fn stem(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs")
    }

    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// Tests by their place: the browser tests, integration tests, and files of unit tests.
fn is_test_path(path: &str) -> bool {
    path.starts_with("e2e/") || path.contains("/tests/") || path.ends_with("/tests.rs")
}

/// A module declared `#[cfg(test)] mod name;` is a test though its own file does not say so.
fn mark_test_modules(files: &mut [RustFile]) {
    let mut places = BTreeSet::new();
    for file in files.iter() {
        let inner = match file.stem() {
            "lib" | "main" | "mod" => file.folder().to_owned(),
            stem => format!("{}/{stem}", file.folder()),
        };
        for item in &file.syntax.items {
            if let syn::Item::Mod(module) = item
                && module.content.is_none()
                && has_cfg_test(&module.attrs)
            {
                places.insert(format!("{inner}/{}", module.ident));
            }
        }
    }
    for file in files {
        let is_below = |place: &String| {
            file.path.strip_prefix(place.as_str()).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
        };
        if places.iter().any(is_below) {
            file.whole_file_is_test = true;
        }
    }
}

/// `#[cfg(test)]`, also inside `any` or `all`; not `#[cfg(not(test))]`.
fn has_cfg_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let syn::Meta::List(list) = &attribute.meta else { return false };
        let mut words = Vec::new();
        flatten(list.tokens.clone(), &mut words);
        let names = |text: &str| words.iter().any(|word| word.text == text);
        list.path.is_ident("cfg") && names("test") && !names("not")
    })
}

/// `#[test]`, `#[tokio::test]`.
fn is_test_function(attributes: &[syn::Attribute]) -> bool {
    let last =
        |attribute: &syn::Attribute| attribute.path().segments.last().map(|part| part.ident.to_string());
    attributes.iter().any(|attribute| last(attribute).as_deref() == Some("test"))
}

#[derive(Default)]
struct Scan {
    test_lines: Vec<RangeInclusive<usize>>,
    imports: Vec<(String, usize)>,
}

impl<'ast> Visit<'ast> for Scan {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let is_test = match item {
            syn::Item::Fn(item) => has_cfg_test(&item.attrs) || is_test_function(&item.attrs),
            syn::Item::Mod(item) => has_cfg_test(&item.attrs),
            syn::Item::Impl(item) => has_cfg_test(&item.attrs),
            syn::Item::Use(item) => has_cfg_test(&item.attrs),
            syn::Item::Const(item) => has_cfg_test(&item.attrs),
            syn::Item::Static(item) => has_cfg_test(&item.attrs),
            syn::Item::Struct(item) => has_cfg_test(&item.attrs),
            syn::Item::Enum(item) => has_cfg_test(&item.attrs),
            _ => false,
        };
        if is_test {
            self.test_lines.push(item.span().start().line..=item.span().end().line);
        }
        visit::visit_item(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if has_cfg_test(&item.attrs) {
            self.test_lines.push(item.span().start().line..=item.span().end().line);
        }
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        imports(&item.tree, "", &mut self.imports);
    }
}

fn imports(tree: &syn::UseTree, before: &str, found: &mut Vec<(String, usize)>) {
    let mut add = |name: &syn::Ident| found.push((format!("{before}{name}"), name.span().start().line));
    match tree {
        syn::UseTree::Path(path) => imports(&path.tree, &format!("{before}{}::", path.ident), found),
        syn::UseTree::Name(name) if name.ident == "self" => {
            found.push((before.trim_end_matches("::").to_owned(), name.ident.span().start().line));
        }
        syn::UseTree::Name(name) => add(&name.ident),
        syn::UseTree::Rename(rename) => add(&rename.ident),
        syn::UseTree::Glob(glob) => found.push((format!("{before}*"), glob.span().start().line)),
        syn::UseTree::Group(group) => {
            for tree in &group.items {
                imports(tree, before, found);
            }
        }
    }
}

fn flatten(stream: TokenStream, words: &mut Vec<Word>) {
    let mut half_colon = None;
    for tree in stream {
        match tree {
            TokenTree::Punct(punct) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint => {
                half_colon = Some(punct.span().start().line);
            }
            TokenTree::Punct(punct) => {
                let joined = half_colon.take().is_some() && punct.as_char() == ':';
                let text = if joined { "::".to_owned() } else { punct.as_char().to_string() };
                words.push(Word { text, line: punct.span().start().line });
            }
            TokenTree::Ident(ident) => {
                let line = ident.span().start().line;
                words.push(Word { text: ident.to_string(), line });
            }
            TokenTree::Literal(literal) => {
                let line = literal.span().start().line;
                words.push(Word { text: literal.to_string(), line });
            }
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                words.push(Word { text: open.to_owned(), line: group.span_open().start().line });
                flatten(group.stream(), words);
                words.push(Word { text: close.to_owned(), line: group.span_close().start().line });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{RustFile, parse_all};
    use crate::tidy::repository::Repository;

    fn parse(content: &str) -> RustFile {
        RustFile::parse("crates/core/src/a.rs", content).unwrap()
    }

    #[test]
    fn words_leave_comments_and_strings_out() {
        let file = parse("// std::fs\nconst A: &str = \"std::fs\";\nfn a() { std :: fs::read(A); }\n");
        assert_eq!(file.lines_naming("std::fs"), [3]);
    }

    #[test]
    fn words_inside_macros_are_seen() {
        assert_eq!(parse("fn a() {\n    html! { p { (b.unwrap()) } }\n}\n").lines_with(". unwrap ("), [2]);
    }

    #[test]
    fn grouped_imports_are_taken_apart() {
        let file = parse("use std::{\n    fmt,\n    fs::{self, File},\n};\n");
        assert_eq!(file.lines_naming("std::fs"), [3, 3]);
        assert!(file.lines_naming("std::f").is_empty());
    }

    #[test]
    fn test_lines_are_the_attribute_to_the_closing_brace() {
        let file = parse("fn a() {}\n\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\nfn c() {}\n");
        assert_eq!((1..=7).filter(|line| file.is_test(*line)).collect::<Vec<_>>(), [3, 4, 5, 6]);
        let file = parse("#[cfg(not(test))]\nfn a() {}\n#[tokio::test]\nasync fn b() {}\n");
        assert_eq!(file.test_line_count(), 2);
    }

    #[test]
    fn a_file_declared_as_a_test_module_is_a_test() {
        let (files, findings) = parse_all(&Repository::of(&[
            ("crates/core/src/custody.rs", "#[cfg(test)]\nmod story;\nmod rules;\n"),
            ("crates/core/src/custody/rules.rs", "fn a() {}\n"),
            ("crates/core/src/custody/story.rs", "fn a() {}\n"),
        ]));
        assert!(findings.is_empty());
        assert_eq!(files.iter().map(|file| file.is_test(1)).collect::<Vec<_>>(), [true, false, true]);
    }

    #[test]
    fn a_file_that_does_not_parse_is_found() {
        let (_, findings) = parse_all(&Repository::of(&[("crates/core/src/a.rs", "fn a() {}\nfn {\n")]));
        assert!(findings[0].to_string().starts_with("crates/core/src/a.rs:"), "{findings:?}");
    }

    #[test]
    fn the_package_folder_is_the_part_cargo_knows() {
        assert_eq!(parse("").package_folder(), "crates/core");
        assert_eq!(RustFile::parse("xtask/src/main.rs", "").unwrap().package_folder(), "xtask");
    }
}
