//! The mutants of a description: each of its nodes deleted, duplicated, misspelt or given another type.

use fastrand::Rng;

use crate::document::{Node, Placed, Way};

/// The values that replace a node, one of each JSON type.
pub const VALUES: [&str; 6] = ["\"text\"", "12345", "true", "null", "{}", "[]"];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    Delete,
    Duplicate,
    Misspell,
    /// Replaces the node by the value of this index in [`VALUES`].
    Retype(usize),
}

pub struct Mutant {
    pub change: Change,
    pub way: Way,
    /// The keys of the path in the original.
    pub keys: Vec<String>,
    /// Names in the node and its path, by which other places may refer to it, or it to them.
    pub names: Vec<String>,
}

/// Returns every change of every node except the root.
pub fn mutants(original: &Node) -> Vec<Mutant> {
    let (_, placed) = original.write();
    let mut mutants = Vec::new();
    for Placed { way, keys, .. } in placed.into_iter().skip(1) {
        let in_object = matches!(original.at(&way[..way.len() - 1]), Node::Object(_));
        let node = original.at(&way);
        let retypes = (0..VALUES.len()).filter(|index| kind(node) != kind_of_text(VALUES[*index]));
        let mut changes = vec![Change::Delete, Change::Duplicate];
        changes.extend(in_object.then_some(Change::Misspell));
        changes.extend(retypes.map(Change::Retype));
        mutants.extend(changes.into_iter().map(|change| Mutant {
            change,
            way: way.clone(),
            keys: keys.clone(),
            names: names(node, &keys),
        }));
    }
    mutants
}

/// Returns the words of the keys of the path and of the strings in the node.
pub fn names(node: &Node, keys: &[String]) -> Vec<String> {
    let mut texts = keys.to_vec();
    let mut queue = vec![node];
    while let Some(node) = queue.pop() {
        match node {
            Node::Scalar(text) => texts.push(text.clone()),
            Node::List(items) => queue.extend(items),
            Node::Object(entries) => queue.extend(entries.iter().map(|(_, value)| value)),
        }
    }
    let parts = texts
        .iter()
        .flat_map(|text| text.split(['{', '}', '/', '"', '#']));
    let parts = parts.filter(|part| part.len() > 1 && part.parse::<usize>().is_err());
    parts.map(str::to_owned).collect()
}

pub fn kind(node: &Node) -> char {
    match node {
        Node::Scalar(text) => kind_of_text(text),
        Node::List(_) => '[',
        Node::Object(_) => '{',
    }
}

/// The JSON type of a text, as its first character tells it.
pub fn kind_of_text(text: &str) -> char {
    match text.chars().next().expect("there is a text") {
        '0'..='9' | '-' => '0',
        't' | 'f' => 't',
        first => first,
    }
}

/// Returns the changed description, and the path of the changed node in it.
pub fn changed(original: &Node, mutant: &Mutant, rng: &mut Rng) -> (Node, Way) {
    let mut tree = original.clone();
    let (step, parent) = mutant.way.split_last().expect("not the root");
    let mut way = mutant.way.clone();
    match (mutant.change, tree.at_mut(parent)) {
        (Change::Delete, Node::Object(entries)) => {
            entries.remove(*step);
            way.pop();
        }
        (Change::Delete, Node::List(items)) => {
            items.remove(*step);
            way.pop();
        }
        (Change::Duplicate, Node::Object(entries)) => {
            entries.insert(step + 1, entries[*step].clone());
            way = [parent, &[step + 1]].concat();
        }
        (Change::Duplicate, Node::List(items)) => {
            items.insert(step + 1, items[*step].clone());
            way = [parent, &[step + 1]].concat();
        }
        (Change::Misspell, Node::Object(entries)) => {
            entries[*step].0 = misspelt(&entries[*step].0, rng);
        }
        (Change::Retype(index), holder) => {
            *holder.at_mut(&[*step]) = match VALUES[index] {
                "{}" => Node::Object(Vec::new()),
                "[]" => Node::List(Vec::new()),
                scalar => Node::Scalar(scalar.to_owned()),
            };
        }
        (_, Node::Scalar(_) | Node::List(_)) => panic!("a list has no keys"),
    }
    (tree, way)
}

/// Returns the key with one letter replaced.
pub fn misspelt(key: &str, rng: &mut Rng) -> String {
    let mut letters: Vec<char> = key.chars().collect();
    let at = rng.usize(..letters.len());
    letters[at] = match letters[at] {
        'q' => 'z',
        _ => 'q',
    };
    letters.into_iter().collect()
}
