//! A network whose lists come in any order and say things twice.

use serde_json::Value;
use std::collections::HashMap;

/// Records of a list that are served again later.
const AGAIN: u64 = 4;

/// Chance, and what was served so far.
pub struct Disorder {
    seed: u64,
    served: HashMap<String, Vec<Value>>,
}

impl Disorder {
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            served: HashMap::new(),
        }
    }

    fn below(&mut self, end: usize) -> usize {
        self.seed = self
            .seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let end = u64::try_from(end.max(1)).unwrap();
        usize::try_from((self.seed >> 33) % end).unwrap()
    }

    /// Puts items into an order of chance.
    pub fn order<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            items.swap(last, other);
        }
    }

    /// A page of a list: in another order, with some of it twice and some of what earlier pages had, or all of that.
    pub fn page(&mut self, list: &str, items: &mut Vec<Value>) {
        let own = items.clone();
        let mut again: Vec<Value> = Vec::new();
        for _ in 0..AGAIN {
            let before = self.served.get(list).map_or(0, Vec::len);
            let (one, two) = (self.below(own.len()), self.below(before));
            again.extend(own.get(one).cloned());
            again.extend(self.served.get(list).and_then(|all| all.get(two)).cloned());
        }
        if self.below(5) == 0 {
            again.extend(self.served.get(list).into_iter().flatten().cloned());
        }
        self.served.entry(list.to_owned()).or_default().extend(own);
        items.extend(again);
        self.order(items);
    }

    /// Every list of records in an answer.
    pub fn lists(&mut self, path: &str, value: &mut Value) {
        match value {
            // An envelope of what was asked for, not a list of records.
            Value::Object(fields) if fields.contains_key("actions") => {
                for inner in fields["actions"].as_array_mut().into_iter().flatten() {
                    self.lists(path, inner);
                }
            }
            Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_object) => {
                self.page(path, items);
            }
            Value::Object(fields) => {
                for (name, value) in fields {
                    self.lists(&format!("{path}/{name}"), value);
                }
            }
            _ => {}
        }
    }
}
