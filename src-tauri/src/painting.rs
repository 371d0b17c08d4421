//! How the window is painted on Linux.
//!
//! `WebKitGTK` composes pages by OpenGL. A machine without a graphics card, such as a remote desktop, has to emulate that:
//! it loads a compiler for shaders into each process and keeps each part of the page twice. Painting directly, without
//! layers, is quicker there and takes some 80 MB less.

use std::path::Path;

use tauri::{AppHandle, Manager, Runtime};
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt as _, WebViewExt as _};

/// Has windows paint directly where there is no graphics card.
pub fn fit<R: Runtime>(handle: &AppHandle<R>) {
    if card(Path::new("/dev")) {
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
    }
}
