//! Which file names which, and the cycles in this.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::source::{Crate, Module, Segments};

/// For each file, the files that it names, and by which names.
pub struct Graph<'s> {
    arrows: BTreeMap<&'s str, BTreeMap<&'s str, BTreeSet<&'s str>>>,
}

impl<'s> Graph<'s> {
    pub fn of(source: &'s Crate) -> Self {
        let mut arrows: BTreeMap<&str, BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
        for module in source.modules.values() {
            let from = arrows.entry(&module.file).or_default();
            for path in &module.names {
                let Some(target) = definition(source, path, 0) else {
                    continue;
                };
                if target.file != module.file {
                    let name = path.last().expect("it has a target");
                    from.entry(&target.file).or_default().insert(name);
                }
            }
        }
        Graph { arrows }
    }

    /// Every arrow, with its names.
    pub fn arrows(&self) -> impl Iterator<Item = (&'s str, &'s str, &BTreeSet<&'s str>)> {
        let all = self.arrows.iter();
        all.flat_map(|(from, targets)| targets.iter().map(|(to, names)| (*from, *to, names)))
    }

    /// The files that depend on each other, in groups.
    pub fn cycles(&self) -> Vec<BTreeSet<&'s str>> {
        let reached: BTreeMap<&str, BTreeSet<&str>> = self
            .arrows
            .keys()
            .map(|file| (*file, self.reached_from(file)))
            .collect();
        let mut cycles: Vec<BTreeSet<&str>> = Vec::new();
        for (file, targets) in &reached {
            if !cycles.iter().any(|cycle| cycle.contains(file)) && targets.contains(file) {
                let both = targets
                    .iter()
                    .filter(|target| reached[**target].contains(file));
                cycles.push(both.copied().collect());
            }
        }
        cycles
    }

    fn reached_from(&self, file: &str) -> BTreeSet<&'s str> {
        let mut reached = BTreeSet::new();
        let mut next: Vec<&'s str> = self.arrows[file].keys().copied().collect();
        while let Some(file) = next.pop() {
            if reached.insert(file) {
                next.extend(self.arrows[file].keys().copied());
            }
        }
        reached
    }

    /// The arrows between some files, a line each.
    pub fn within(&self, files: &BTreeSet<&str>) -> String {
        let mut text = String::new();
        for (from, to, names) in self.arrows() {
            if files.contains(from) && files.contains(to) {
                let _ = writeln!(text, "  {from} names {names:?} of {to}");
            }
        }
        text
    }
}

/// The module that defines what a path names, unless another crate does.
fn definition<'s>(source: &'s Crate, path: &[String], depth: usize) -> Option<&'s Module> {
    // Globs that import each other.
    if depth > 20 {
        return None;
    }
    let (length, module) = (0..=path.len())
        .rev()
        .find_map(|length| Some((length, source.modules.get(&path[..length])?)))?;
    let Some((name, rest)) = path[length..].split_first() else {
        return Some(module);
    };
    if module.items.contains(name) {
        return Some(module);
    }
    let follow = |target: &Segments| {
        let target = [target.as_slice(), rest].concat();
        (target != path).then(|| definition(source, &target, depth + 1))?
    };
    let mut imports = module.imports.iter();
    if let Some((_, target)) = imports.find(|(bound, _)| bound == name) {
        return follow(target);
    }
    let globs = module.imports.iter().filter(|(bound, _)| bound == "*");
    let mut targets = globs.map(|(_, target)| [target.as_slice(), &path[length..]].concat());
    targets.find_map(|target| definition(source, &target, depth + 1))
}
