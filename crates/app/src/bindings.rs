//! The texts made from the command list: the TypeScript types, the names the shell declares, the permission list and the
//! reference. They are kept in the repository, and a test compares them with these.

use std::{collections::BTreeMap, fmt::Write as _};

use ts_rs::{Config, TS, TypeVisitor};

#[allow(clippy::wildcard_imports)]
use crate::dto::*;

/// A command as the list names it.
struct Command {
    name: &'static str,
    input: String,
    output: String,
    about: &'static str,
}

/// Every file made from the list: its path from the root of the repository, and what has to stand in it.
pub fn files() -> Vec<(&'static str, String)> {
    let config = Config::default();
    let mut types = Types {
        config: &config,
        declared: BTreeMap::new(),
    };
    types.visit::<crate::Failure>();
    let commands = commands(&config, &mut types);
    vec![
        ("ui/src/api/bindings.ts", typescript(&commands, &types)),
        (
            "src-tauri/commands.txt",
            commands
                .iter()
                .flat_map(|command| [command.name, "\n"])
                .collect(),
        ),
        (
            "src-tauri/capabilities/commands.json",
            permissions(&commands),
        ),
        ("docs/commands.md", reference(&commands)),
        (
            "docs/compliance-rules.md",
            perennial_compliance::reference::reference(),
        ),
    ]
}

fn commands(config: &Config, types: &mut Types<'_>) -> Vec<Command> {
    macro_rules! described {
        ($($name:ident: $area:ident::$body:ident($input:ty) -> $output:ty, $about:literal;)*) => {
            vec![$({
                types.visit::<$input>();
                types.visit::<$output>();
                Command {
                    name: stringify!($name),
                    input: <$input as TS>::name(config),
                    output: <$output as TS>::name(config),
                    about: $about,
                }
            }),*]
        };
    }
    crate::for_each_command!(described)
}

/// Every type that crosses the boundary, by its name.
struct Types<'a> {
    config: &'a Config,
    declared: BTreeMap<String, String>,
}

impl TypeVisitor for Types<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        // Only types of ours are declared somewhere; numbers, texts and lists stand for themselves.
        if T::output_path().is_some() {
            let name = T::ident(self.config);
            if self.declared.contains_key(&name) {
                T::visit_generics(self);
                return;
            }
            let about = T::docs().map(|text| comment(&text)).unwrap_or_default();
            self.declared.insert(
                name,
                format!("{about}export {}", laid_out(&T::decl(self.config))),
            );
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

/// Documentation as a comment of one line.
fn comment(text: &str) -> String {
    let words: Vec<&str> = text
        .lines()
        .map(|line| {
            line.trim()
                .trim_start_matches("/**")
                .trim_end_matches("*/")
                .trim_start_matches('*')
                .trim()
        })
        .filter(|line| !line.is_empty())
        .collect();
    format!("/** {} */\n", words.join(" "))
}

/// A declaration as a person would lay it out: one line of documentation and one field a line.
fn laid_out(declaration: &str) -> String {
    let mut text = String::new();
    let mut about: Option<String> = None;
    for line in declaration.lines().map(str::trim) {
        match (&mut about, line) {
            (None, "/**") => about = Some(String::new()),
            (Some(words), "*/") => {
                // Writing to a String cannot fail.
                let _ = writeln!(text, "  /** {} */", words.trim());
                about = None;
            }
            (Some(words), line) => {
                words.push_str(line.trim_start_matches('*').trim());
                words.push(' ');
            }
            (None, line) if text.is_empty() => text = format!("{line}\n"),
            (None, line) => match line.strip_suffix(" };") {
                Some(field) => {
                    let _ = writeln!(text, "  {}\n}};", field.trim());
                }
                None => {
                    let _ = writeln!(text, "  {line}");
                }
            },
        }
    }
    text
}

fn typescript(commands: &[Command], types: &Types<'_>) -> String {
    let mut text =
        String::from("// Made by `cargo xtask bindings` from crates/app. Do not edit.\n\n");
    for declaration in types.declared.values() {
        text.push_str(declaration);
        text.push('\n');
    }
    text.push_str(
        "/** Every command: what goes in and what comes out. */\nexport interface Commands {\n",
    );
    for Command {
        name,
        input,
        output,
        about,
    } in commands
    {
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "  /** {about} */\n  {name}: {{ input: {input}; output: {output} }};"
        );
    }
    text.push_str("}\n");
    text
}

fn permissions(commands: &[Command]) -> String {
    let granted: Vec<String> = commands
        .iter()
        .map(|command| format!("    \"allow-{}\"", command.name.replace('_', "-")))
        .collect();
    format!(
        r#"{{
  "$schema": "../gen/schemas/desktop-schema.json",
  "identifier": "commands",
  "description": "The commands of Perennial, one permission each. Made by `cargo xtask bindings` from crates/app.",
  "windows": ["main"],
  "permissions": [
{}
  ]
}}
"#,
        granted.join(",\n")
    )
}

fn reference(commands: &[Command]) -> String {
    let mut text = String::from(
        "# Commands of the window\n\nMade by `cargo xtask bindings` from the one list in `crates/app/src/command_list.rs`. \
         The types are those of\n`ui/src/api/bindings.ts`. Each command has a permission of its own; the command line \
         calls the same bodies.\n\n| Command | Takes | Gives | What it does |\n|---|---|---|---|\n",
    );
    for Command {
        name,
        input,
        output,
        about,
    } in commands
    {
        let _ = writeln!(text, "| `{name}` | `{input}` | `{output}` | {about} |");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::files;

    #[test]
    fn each_command_has_a_name_a_permission_types_and_a_line_in_the_reference() {
        let files = files();
        let text = |path: &str| &files.iter().find(|(name, _)| *name == path).unwrap().1;
        let names: Vec<&str> = text("src-tauri/commands.txt").lines().collect();
        assert!(names.len() > 50);
        for name in names {
            assert!(
                text("ui/src/api/bindings.ts").contains(&format!("\n  {name}: {{ input: ")),
                "{name}"
            );
            let permission = format!("\"allow-{}\"", name.replace('_', "-"));
            assert!(
                text("src-tauri/capabilities/commands.json").contains(&permission),
                "{name}"
            );
            assert!(
                text("docs/commands.md").contains(&format!("| `{name}` |")),
                "{name}"
            );
        }
    }

    #[test]
    fn every_type_a_command_uses_is_declared_once() {
        let files = files();
        let bindings = &files[0].1;
        for name in ["Failure", "Empty", "Page<T>", "Amount", "BookInfo"] {
            assert_eq!(
                bindings.matches(&format!("export type {name} = ")).count(),
                1,
                "{name}"
            );
        }
    }
}
