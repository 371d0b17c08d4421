//! Tells Tauri which commands there are, so that each one needs a permission of its own.

use std::{env, error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let list = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("commands.txt");
    println!("cargo::rerun-if-changed={}", list.display());
    // A build script is short-lived and the manifest wants names for as long as it runs.
    let names: Vec<&'static str> = fs::read_to_string(list)?
        .lines()
        .map(|name| &*Box::leak(name.to_owned().into_boxed_str()))
        .collect();
    let manifest = tauri_build::AppManifest::new().commands(names.leak());
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?;
    Ok(())
}
