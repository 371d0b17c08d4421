//! The window of Perennial: it hosts the UI, hands its commands to `perennial_app` and knows nothing else.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]
#![allow(
    clippy::print_stderr,
    reason = "before there is a window, there is nowhere else to say it"
)]

mod commands;
mod menu;
#[cfg(target_os = "linux")]
mod painting;
mod startup;
mod tray;

use std::process::ExitCode;

use tauri::{Manager, RunEvent};
use tauri_plugin_window_state::StateFlags;

fn main() -> ExitCode {
    if let Some(ended) = perennial_app::serve() {
        return ended;
    }
    let app = tauri::Builder::default()
        // First, so that a second start ends before it has done anything.
        .plugin(tauri_plugin_single_instance::init(startup::second_start))
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
                .build(),
        )
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_opener::init())
        .menu(menu::build)
        .on_menu_event(menu::chosen)
        .setup(|app| {
            #[cfg(target_os = "linux")]
            painting::fit(app.handle());
            app.manage(startup::begin(app.handle()));
            tray::follow(app.handle());
            Ok(())
        })
        .invoke_handler(commands::handler())
        .build(tauri::generate_context!());
    match app {
        Ok(app) => {
            app.run(|handle, event| match event {
                RunEvent::Exit => startup::remember(handle),
                // macOS hands over files this way, also to the running application.
                #[cfg(target_os = "macos")]
                RunEvent::Opened { urls } => {
                    for url in &urls {
                        if startup::is_address(url.as_str()) {
                            startup::hand_over(handle, url.as_str());
                        } else if let Ok(path) = url.to_file_path() {
                            startup::open(handle, &path);
                        }
                    }
                }
                _ => {}
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("Perennial could not open its window: {error}");
            ExitCode::FAILURE
        }
    }
}
