//! A description as a tree that can be changed and written, with the lines of every node.

use serde_yaml::Value;

/// Path from the root to a node: the index among the entries or items of each level.
pub type Way = Vec<usize>;

#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// JSON text.
    Scalar(String),
    List(Vec<Node>),
    /// A key may appear twice.
    Object(Vec<(String, Node)>),
}

/// A node of the text: its path, the keys of its path, and its first and last line.
pub struct Placed {
    pub way: Way,
    pub keys: Vec<String>,
    pub first: usize,
    pub last: usize,
}

impl Node {
    pub fn parse(text: &str) -> Node {
        Node::of(&serde_yaml::from_str(text).expect("the description is YAML"))
    }

    fn of(value: &Value) -> Node {
        match value {
            Value::Sequence(items) => Node::List(items.iter().map(Node::of).collect()),
            Value::Mapping(entries) => {
                let entries = entries.iter().map(|(key, value)| {
                    let key = key.as_str().expect("keys are strings");
                    (key.to_owned(), Node::of(value))
                });
                Node::Object(entries.collect())
            }
            scalar => Node::Scalar(
                serde_json::to_string(scalar).expect("a scalar of YAML is one of JSON"),
            ),
        }
    }

    pub fn at(&self, way: &[usize]) -> &Node {
        match (way, self) {
            ([], node) => node,
            ([step, rest @ ..], Node::List(items)) => items[*step].at(rest),
            ([step, rest @ ..], Node::Object(entries)) => entries[*step].1.at(rest),
            (_, Node::Scalar(_)) => panic!("a scalar has no children"),
        }
    }

    pub fn at_mut(&mut self, way: &[usize]) -> &mut Node {
        match (way, self) {
            ([], node) => node,
            ([step, rest @ ..], Node::List(items)) => items[*step].at_mut(rest),
            ([step, rest @ ..], Node::Object(entries)) => entries[*step].1.at_mut(rest),
            (_, Node::Scalar(_)) => panic!("a scalar has no children"),
        }
    }

    /// Returns the text and the place of each node in it.
    pub fn write(&self) -> (String, Vec<Placed>) {
        let mut writer = Writer::default();
        writer.node(self, &mut Vec::new(), &mut Vec::new());
        writer.text.push('\n');
        (writer.text, writer.placed)
    }
}

#[derive(Default)]
struct Writer {
    text: String,
    line: usize,
    placed: Vec<Placed>,
}

impl Writer {
    fn node(&mut self, node: &Node, way: &mut Way, keys: &mut Vec<String>) {
        let index = self.placed.len();
        self.placed.push(Placed {
            way: way.clone(),
            keys: keys.clone(),
            first: self.line + 1,
            last: 0,
        });
        match node {
            Node::Scalar(text) => self.text.push_str(text),
            Node::List(items) => {
                let items = items.iter().enumerate();
                let parts = items.map(|(step, item)| (step.to_string(), None, item));
                self.parts(['[', ']'], parts.collect(), way, keys);
            }
            Node::Object(entries) => {
                let parts = entries.iter().map(|(key, value)| {
                    let text = serde_json::to_string(key).expect("a key is a string");
                    (key.clone(), Some(text), value)
                });
                self.parts(['{', '}'], parts.collect(), way, keys);
            }
        }
        self.placed[index].last = self.line + 1;
    }

    fn parts(
        &mut self,
        [open, close]: [char; 2],
        parts: Vec<(String, Option<String>, &Node)>,
        way: &mut Way,
        keys: &mut Vec<String>,
    ) {
        self.text.push(open);
        let count = parts.len();
        for (step, (name, key, part)) in parts.into_iter().enumerate() {
            way.push(step);
            keys.push(name);
            self.new_line(way.len());
            if let Some(key) = key {
                self.text.push_str(&format!("{key}: "));
            }
            self.node(part, way, keys);
            if step + 1 < count {
                self.text.push(',');
            }
            way.pop();
            keys.pop();
        }
        if count > 0 {
            self.new_line(way.len());
        }
        self.text.push(close);
    }

    fn new_line(&mut self, depth: usize) {
        self.line += 1;
        self.text.push('\n');
        self.text.push_str(&" ".repeat(2 * depth));
    }
}
