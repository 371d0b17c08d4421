//! Counting tests by what the test runners print.

/// Tests that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// That passed.
    pub passed: u64,
    /// That failed.
    pub failed: u64,
}

impl Count {
    /// What came since an earlier count.
    pub fn since(self, earlier: Self) -> Self {
        Self {
            passed: self.passed - earlier.passed,
            failed: self.failed - earlier.failed,
        }
    }

    /// Takes a line of cargo's: `test result: ok. 9 passed; 0 failed; 5 ignored; …`.
    pub fn cargo(&mut self, line: &str) {
        if let Some(rest) = line.strip_prefix("test result: ") {
            self.passed += before(rest, " passed");
            self.failed += before(rest, " failed");
        }
    }

    /// Takes a line of vitest's: `Tests  2 failed | 31 passed (33)`.
    pub fn vitest(&mut self, line: &str) {
        if let Some(rest) = line.trim_start().strip_prefix("Tests ") {
            self.passed += before(rest, " passed");
            self.failed += before(rest, " failed");
        }
    }
}

/// The number right before a word; 0 where the word does not come.
fn before(text: &str, word: &str) -> u64 {
    let Some((start, _)) = text.split_once(word) else {
        return 0;
    };
    start
        .rsplit(|c: char| !c.is_ascii_digit())
        .next()
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Count;

    #[test]
    fn lines_of_cargo_add_up() {
        let mut count = Count::default();
        count.cargo("test result: ok. 9 passed; 0 failed; 5 ignored; 0 measured; 0 filtered out; finished in 0.00s");
        count.cargo(
            "test result: FAILED. 1 passed; 3 failed; 0 ignored; 0 measured; 1 filtered out",
        );
        count.cargo("the parser passed; 7 failed");
        assert_eq!(
            count,
            Count {
                passed: 10,
                failed: 3
            }
        );
    }

    #[test]
    fn lines_of_vitest_add_up() {
        let mut count = Count::default();
        count.vitest("      Tests  2 failed | 31 passed (33)");
        count.vitest(" Test Files  1 failed | 4 passed (5)");
        count.vitest("      Tests  5 passed (5)");
        assert_eq!(
            count,
            Count {
                passed: 36,
                failed: 2
            }
        );
    }
}
