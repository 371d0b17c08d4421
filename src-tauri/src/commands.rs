//! The commands of the UI: each is one line over the body of the same name in `perennial_app`.

use perennial_app::{App, Failure, for_each_command};
#[allow(
    clippy::wildcard_imports,
    reason = "the list names the bodies and their data without their path"
)]
use perennial_app::{commands::*, dto::*};
use serde::{Serialize, de::DeserializeOwned};
use tauri::{State, async_runtime::spawn_blocking, ipc::Invoke};

use crate::startup::Shared;

/// Runs a body off the window's thread. A body that panics fails alone; the window goes on.
async fn run<I, O>(
    app: Shared,
    input: I,
    body: fn(&App, I) -> Result<O, Failure>,
) -> Result<O, Failure>
where
    I: DeserializeOwned + Send + 'static,
    O: Serialize + Send + 'static,
{
    spawn_blocking(move || body(app.ready(), input))
        .await
        .unwrap_or_else(|_| {
            Err(Failure::resource(
                "app.bug",
                "Perennial made a mistake here and stopped this one step.",
            )
            .hint(
                "Nothing half-written is left. Try again; if it happens again, please report it.",
            ))
        })
}

/// One async command for each line of the list, and the handler of them all.
macro_rules! commands {
    ($($name:ident: $area:ident::$body:ident($input:ty) -> $output:ty, $about:literal;)*) => {
        $(
            #[doc = $about]
            #[tauri::command]
            async fn $name(state: State<'_, Shared>, input: $input) -> Result<$output, Failure> {
                run(Shared::clone(&state), input, $area::$body).await
            }
        )*

        /// Answers every command of the list.
        pub fn handler() -> impl Fn(Invoke<tauri::Wry>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($name),*]
        }
    };
}

for_each_command!(commands);
