//! Writes the files made from the command list into the repository given as the argument; `cargo xtask bindings` runs it.

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    let root = env::args_os()
        .nth(1)
        .ok_or_else(|| io::Error::other("say where the repository is"))?;
    for (path, text) in perennial_app::bindings::files() {
        let path = Path::new(&root).join(path);
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            continue;
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, text)?;
        println!("wrote {}", path.display());
    }
    Ok(())
}
