//! The least a Tauri window can be: one page, no plugins, no commands. The benches compare Perennial with it.

fn main() -> tauri::Result<()> {
    tauri::Builder::default().run(tauri::generate_context!())
}
