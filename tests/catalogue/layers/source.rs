//! The sources of `oauth-core` as files that name each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::Visit;
use syn::{Item, UseTree, Visibility};
use xtask::{files, read};

/// A file that names something of another file, wherever that is re-exported.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Arrow {
    /// The file that names it, relative to `oauth-core/src`.
    pub(super) from: String,
    /// The file that defines it.
    pub(super) to: String,
    /// Its name.
    pub(super) name: String,
}

impl fmt::Display for Arrow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} -> {}: `{}`", self.from, self.to, self.name)
    }
}

type Path = Vec<String>;

/// One file.
#[derive(Default)]
struct Module {
    file: String,
    /// The names that it defines.
    defined: BTreeSet<String>,
    /// The names that it brings in, with their paths.
    imported: BTreeMap<String, Path>,
    /// The names among them that it hands on.
    handed_on: BTreeSet<String>,
    /// The paths that it names, and the single words.
    named: BTreeSet<Path>,
}

pub(super) fn root() -> PathBuf {
    xtask::root().join("oauth-core/src")
}

/// The arrows between all files, but those of these names.
pub(super) fn arrows(papers: &[&str]) -> BTreeSet<Arrow> {
    let modules: BTreeMap<Path, Module> =
        files(&root(), "rs").into_iter().map(|path| module(&path)).collect();
    let is_paper = |path: &[String]| papers.contains(&path.first().map_or("lib", String::as_str));
    let mut arrows = BTreeSet::new();
    for (path, module) in modules.iter().filter(|(path, _)| !is_paper(path)) {
        let imported = module.imported.iter().filter(|(name, _)| {
            // Handed on from a file of its own folder is no arrow; used, it is.
            let is_used = module.named.contains(std::slice::from_ref(*name));
            !module.handed_on.contains(*name) || is_used
        });
        let named =
            imported.map(|(_, target)| target).chain(module.named.iter().filter(|named| named.len() > 1));
        for named in named {
            let Some(target) = absolute(&modules, path, named) else { continue };
            let Some(to) = definer(&modules, &target, 0) else { continue };
            if to != path && !is_paper(to) && !to.is_empty() {
                let name = target.last().cloned().unwrap_or_default();
                arrows.insert(Arrow { from: module.file.clone(), to: modules[to].file.clone(), name });
            }
        }
        // What is handed on from another folder is there for readers above, and an arrow all the same.
        for target in module.handed_on.iter().filter_map(|name| module.imported.get(name)) {
            let Some(target) = absolute(&modules, path, target) else { continue };
            if let Some(to) =
                definer(&modules, &target, 0).filter(|to| !to.is_empty() && to.first() != path.first())
            {
                let name = target.last().cloned().unwrap_or_default();
                arrows.insert(Arrow { from: module.file.clone(), to: modules[to].file.clone(), name });
            }
        }
    }
    arrows
}

fn module(path: &std::path::Path) -> (Path, Module) {
    let file = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
    let mut at: Path = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if at.last().is_some_and(|last| last == "mod" || last == "lib") {
        at.pop();
    }
    let mut module = Module { file, ..Module::default() };
    let parsed = syn::parse_file(&read(path)).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()));
    module.visit_file(&parsed);
    (at, module)
}

impl Module {
    fn import(&mut self, tree: &UseTree, before: &[String], is_handed_on: bool) {
        let with = |name: &syn::Ident| before.iter().cloned().chain([name.to_string()]).collect::<Path>();
        let (name, path) = match tree {
            UseTree::Path(inner) => return self.import(&inner.tree, &with(&inner.ident), is_handed_on),
            UseTree::Group(group) => {
                return group.items.iter().for_each(|tree| self.import(tree, before, is_handed_on));
            }
            UseTree::Name(name) if name.ident == "self" => {
                (before.last().cloned().unwrap_or_default(), before.to_vec())
            }
            UseTree::Name(name) => (name.ident.to_string(), with(&name.ident)),
            UseTree::Rename(rename) => {
                // `as _` brings in a trait without a name.
                let name = if rename.rename == "_" {
                    with(&rename.ident).join("::")
                } else {
                    rename.rename.to_string()
                };
                (name, with(&rename.ident))
            }
            UseTree::Glob(_) => return,
        };
        if is_handed_on {
            self.handed_on.insert(name.clone());
        }
        self.imported.insert(name, path);
    }

    /// Paths in the arguments of a macro, which syn does not read.
    fn read_tokens(&mut self, tokens: TokenStream) {
        let mut path = Path::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) if colons == 2 || path.is_empty() => path.push(ident.to_string()),
                TokenTree::Ident(ident) => self.name(std::mem::replace(&mut path, vec![ident.to_string()])),
                TokenTree::Punct(punct) if punct.as_char() == ':' => {
                    colons += 1;
                    continue;
                }
                TokenTree::Group(group) => {
                    self.name(std::mem::take(&mut path));
                    self.read_tokens(group.stream());
                }
                _ => self.name(std::mem::take(&mut path)),
            }
            colons = 0;
        }
        self.name(path);
    }

    fn name(&mut self, path: Path) {
        // The first word by itself as well: it may be an import.
        if let Some(first) = path.first() {
            self.named.insert(vec![first.clone()]);
            self.named.insert(path);
        }
    }
}

impl<'ast> Visit<'ast> for Module {
    fn visit_item(&mut self, item: &'ast Item) {
        let name = match item {
            Item::Const(item) => Some(&item.ident),
            Item::Enum(item) => Some(&item.ident),
            Item::Fn(item) => Some(&item.sig.ident),
            Item::Static(item) => Some(&item.ident),
            Item::Struct(item) => Some(&item.ident),
            Item::Trait(item) => Some(&item.ident),
            Item::Type(item) => Some(&item.ident),
            Item::Use(item) => {
                self.import(&item.tree, &[], !matches!(item.vis, Visibility::Inherited));
                return;
            }
            // Tests are not part of the house.
            Item::Mod(item) if item.content.is_some() && item.ident.to_string().contains("test") => return,
            _ => None,
        };
        self.defined.extend(name.map(ToString::to_string));
        syn::visit::visit_item(self, item);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.name(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        self.read_tokens(called.tokens.clone());
    }
}

/// A path from the root of the crate, if it is one of this crate's.
fn absolute(modules: &BTreeMap<Path, Module>, at: &[String], named: &[String]) -> Option<Path> {
    let (first, rest) = named.split_first()?;
    let joined = |start: &[String]| Some([start, rest].concat());
    match first.as_str() {
        "crate" => joined(&[]),
        "self" => joined(at),
        "super" => {
            let parent = at.split_last().map_or(&[][..], |(_, parent)| parent);
            let is_relative = rest.first().is_some_and(|next| next == "super");
            if is_relative { absolute(modules, parent, rest) } else { joined(parent) }
        }
        _ => {
            let child = [at, std::slice::from_ref(first)].concat();
            if modules.contains_key(&child) {
                return Some([at, named].concat());
            }
            let imported = modules.get(at)?.imported.get(first)?;
            let is_ours =
                imported.first().is_some_and(|first| ["crate", "self", "super"].contains(&first.as_str()));
            if is_ours { Some([absolute(modules, at, imported)?, rest.to_vec()].concat()) } else { None }
        }
    }
}

/// The module that defines what a path names, through all that hands it on.
fn definer<'m>(modules: &'m BTreeMap<Path, Module>, path: &[String], depth: usize) -> Option<&'m Path> {
    let length = (0..=path.len()).rev().find(|length| modules.contains_key(&path[..*length]))?;
    let (at, module) = modules.get_key_value(&path[..length])?;
    let Some((name, rest)) = path[length..].split_first() else { return Some(at) };
    match module.imported.get(name).filter(|_| !module.defined.contains(name)) {
        Some(imported) if depth < 16 => {
            let target = absolute(modules, at, imported)?;
            definer(modules, &[&target, rest].concat(), depth + 1)
        }
        _ => Some(at),
    }
}
