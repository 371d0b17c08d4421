//! How the window is painted on Linux.
//!
//! `WebKitGTK` composes pages by OpenGL. A machine without a graphics card, such as a remote desktop, has to emulate that:
//! it loads a compiler for shaders into each process and keeps each part of the page twice. Painting directly, without
//! layers, is quicker there and takes some 100 MB less. Who knows better says so by `PERENNIAL_PAINTING`: `direct` where a
//! card's driver leaves the window blank, `composed` where pictures of the window are taken by its driver, which waits for
//! the composer.

use std::{env, ffi::OsStr, path::Path};

use tauri::{AppHandle, Manager, Runtime};
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt as _, WebViewExt as _};

/// What the user says of it.
const ASKED: &str = "PERENNIAL_PAINTING";

/// Has windows paint directly where there is no graphics card, or where that is asked for.
pub fn fit<R: Runtime>(handle: &AppHandle<R>) {
    if !direct(env::var_os(ASKED).as_deref(), Path::new("/dev")) {
        return;
    }
    for window in handle.webview_windows().values() {
        // Where it cannot be set, the window is painted as ever.
        let _ = window.with_webview(|webview| {
            if let Some(settings) = webview.inner().settings() {
                settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
            }
        });
    }
}

/// Whether pages are to be painted directly; a word that is not known says nothing.
fn direct(asked: Option<&OsStr>, devices: &Path) -> bool {
    match asked.and_then(OsStr::to_str) {
        Some("direct") => true,
        Some("composed") => false,
        _ => !card(devices),
    }
}

/// Whether the system offers a graphics card: one that the kernel drives, NVIDIA's own driver, or that of Windows
/// underneath.
fn card(devices: &Path) -> bool {
    let renders = devices
        .join("dri")
        .read_dir()
        .into_iter()
        .flatten()
        .flatten()
        .any(|entry| entry.file_name().to_string_lossy().starts_with("render"));
    renders || devices.join("nvidiactl").exists() || devices.join("dxg").exists()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_card_is_known_by_its_device() {
        let folder = tempfile::tempdir().unwrap();
        let devices = folder.path();
        assert!(!card(devices));
        fs::create_dir(devices.join("dri")).unwrap();
        fs::write(devices.join("dri/card0"), "").unwrap();
        assert!(!card(devices), "a display without a renderer");
        fs::write(devices.join("dri/renderD128"), "").unwrap();
        assert!(card(devices));
        assert!(!direct(None, devices));
    }

    #[test]
    fn who_knows_better_is_heard() {
        let folder = tempfile::tempdir().unwrap();
        let none = folder.path();
        assert!(direct(None, none));
        assert!(direct(Some(OsStr::new("anything")), none));
        assert!(!direct(Some(OsStr::new("composed")), none));
        fs::write(none.join("nvidiactl"), "").unwrap();
        assert!(direct(Some(OsStr::new("direct")), none));
    }
}
