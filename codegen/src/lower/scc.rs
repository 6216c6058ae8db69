//! Cycles in a graph of definitions.

/// Returns, for each node, the number of its strongly connected component. Two nodes have the same
/// number if each can be reached from the other. An edge is part of a cycle if both of its ends have
/// the same number.
pub(super) fn strongly_connected(edges: &[Vec<usize>]) -> Vec<usize> {
    // Kosaraju's algorithm, without recursion, as a description can be deep.
    let mut backwards = vec![Vec::new(); edges.len()];
    for (from, targets) in edges.iter().enumerate() {
        for to in targets {
            backwards[*to].push(from);
        }
    }
    let mut numbers = vec![usize::MAX; edges.len()];
    for start in finished(edges).into_iter().rev() {
        let mut queue = vec![start];
        while let Some(node) = queue.pop() {
            if numbers[node] == usize::MAX {
                numbers[node] = start;
                queue.extend(&backwards[node]);
            }
        }
    }
    numbers
}

/// The nodes in the order in which a depth-first search is done with them.
fn finished(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut seen = vec![false; edges.len()];
    let mut finished = Vec::with_capacity(edges.len());
    for start in 0..edges.len() {
        let mut path = vec![(start, 0)];
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        while let Some((node, next)) = path.last_mut() {
            match edges[*node].get(*next) {
                Some(target) => {
                    *next += 1;
                    if !std::mem::replace(&mut seen[*target], true) {
                        path.push((*target, 0));
                    }
                }
                None => {
                    finished.push(*node);
                    path.pop();
                }
            }
        }
    }
    finished
}
