//! The window under test.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use fantoccini::{
    Client, ClientBuilder,
    actions::{InputSource as _, MouseActions, PointerAction},
    elements::Element,
    wd::Capabilities,
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::{
    By, Home, Outcome, PATIENCE, Target, Trouble,
    driver::{Driver, told},
};

const FIND: &str = include_str!("find.js");
/// Keeps what the page complains about: errors, and what its policy forbids.
const LISTEN: &str = "\
    window.__complaints = [];\
    const note = (text) => window.__complaints.push(String(text));\
    window.addEventListener('error', (event) => note(`${event.message}\\n${event.error?.stack ?? ''}`));\
    window.addEventListener('unhandledrejection', (event) => note(event.reason?.stack ?? event.reason));\
    document.addEventListener('securitypolicyviolation', (event) => note(`forbidden: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));\
    const error = console.error;\
    console.error = (...words) => { note(words.join(' ')); error(...words); };";
/// The key under which the driver names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// An open window. Close it with [`Window::close`]; dropping it ends it as well.
#[derive(Debug)]
pub struct Window {
    client: Client,
    // Ends itself and the window when dropped.
    driver: Driver,
}

impl Window {
    /// Opens the window on a book, or as a new user would see it.
    ///
    /// # Errors
    /// Where the driver or the window does not start.
    pub async fn open(home: &Home, book: Option<&Path>) -> Outcome<Self> {
        Self::open_with(home, book, &[]).await
    }

    /// The same with more in its environment, such as `GTK_THEME`.
    ///
    /// # Errors
    /// As [`Window::open`].
    pub async fn open_with(
        home: &Home,
        book: Option<&Path>,
        extra: &[(&str, &OsStr)],
    ) -> Outcome<Self> {
        let driver = Driver::start(home, extra).await?;
        let arguments: Vec<&Path> = book.into_iter().collect();
        let wanted = json!({
            "browserName": "wry",
            "tauri:options": { "application": told("PERENNIAL_WINDOW")?, "args": arguments },
        });
        let Value::Object(capabilities) = wanted else {
            return Err(Trouble::Driver("no capabilities".into()));
        };
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(Capabilities::from_iter(capabilities));
        let address = driver.address();
        let connecting = builder.connect(&address);
        let client = tokio::time::timeout(PATIENCE * 2, connecting)
            .await
            .map_err(|_| Trouble::Driver("the window did not open".into()))?
            .map_err(|error| Trouble::Driver(error.to_string()))?;
        client.execute(LISTEN, Vec::new()).await?;
        Ok(Self { client, driver })
    }

    /// The title of the page.
    ///
    /// # Errors
    /// Where the window is gone.
    pub async fn title(&self) -> Outcome<String> {
        Ok(self.client.title().await?)
    }

    /// Waits until a thing can be seen.
    ///
    /// # Errors
    /// Where it does not come in time.
    pub async fn see(&self, target: &Target) -> Outcome<Element> {
        let begun = Instant::now();
        loop {
            let found = self.client.execute(FIND, target.arguments()).await?;
            if let Some(id) = found.get(ELEMENT).and_then(Value::as_str) {
                return Ok(Element::from_element_id(
                    self.client.clone(),
                    id.to_owned().into(),
                ));
            }
            if begun.elapsed() > PATIENCE {
                return Err(self.in_vain(target.to_string()).await);
            }
            pause().await;
        }
    }

    /// Waits until a thing cannot be seen any more.
    ///
    /// # Errors
    /// Where it stays.
    pub async fn gone(&self, target: &Target) -> Outcome {
        let begun = Instant::now();
        while !self
            .client
            .execute(FIND, target.arguments())
            .await?
            .is_null()
        {
            if begun.elapsed() > PATIENCE {
                return Err(self.in_vain(format!("{target} to go away")).await);
            }
            pause().await;
        }
        Ok(())
    }

    /// Presses a thing, as soon as it is there.
    ///
    /// # Errors
    /// Where it does not come, or something is in front of it.
    pub async fn press(&self, target: &Target) -> Outcome {
        let begun = Instant::now();
        loop {
            // What is being redrawn or slides into place cannot be pressed yet.
            match self.see(target).await?.click().await {
                Ok(()) => return Ok(()),
                Err(error) if begun.elapsed() > PATIENCE => {
                    return Err(self
                        .in_vain(format!("{target} to be pressed ({error})"))
                        .await);
                }
                Err(_) => pause().await,
            }
        }
    }

    /// Writes into a field, in place of what stands in it.
    ///
    /// # Errors
    /// Where the field does not come.
    pub async fn write(&self, target: &Target, text: &str) -> Outcome {
        let begun = Instant::now();
        loop {
            // A field that is drawn anew just then is written into again.
            let field = self.see(target).await?;
            let wrote = match field.clear().await {
                Ok(()) => field.send_keys(text).await,
                Err(error) => Err(error),
            };
            match wrote {
                Ok(()) => return Ok(()),
                Err(error) if begun.elapsed() > PATIENCE => {
                    return Err(self
                        .in_vain(format!("{target} to be written into ({error})"))
                        .await);
                }
                Err(_) => pause().await,
            }
        }
    }

    /// Opens a list of choices and takes the entry with this text.
    ///
    /// # Errors
    /// Where the list or the entry does not come.
    pub async fn choose(&self, target: &Target, entry: &str) -> Outcome {
        self.press(target).await?;
        self.press(&By::role("option", entry)).await
    }

    /// Ticks a box or a choice. Its label is pressed, as the box itself may be drawn by something else.
    ///
    /// # Errors
    /// Where it does not come.
    pub async fn tick(&self, target: &Target) -> Outcome {
        let tick = "const box = arguments[0]; const label = box.labels?.[0]; (label ?? box).scrollIntoView({ block: 'center' }); if (!box.checked) (label ?? box).click();";
        let id = self.see(target).await?.element_id().to_string();
        self.run(tick, vec![json!({ (ELEMENT): id })]).await?;
        Ok(())
    }

    /// Waits until a thing says something.
    ///
    /// # Errors
    /// Where it does not in time.
    pub async fn says(&self, target: &Target, words: &str) -> Outcome {
        let begun = Instant::now();
        loop {
            let id = self.see(target).await?.element_id().to_string();
            // A thing that is redrawn just now says nothing yet.
            let said = self
                .run(
                    "return arguments[0].innerText;",
                    vec![json!({ (ELEMENT): id })],
                )
                .await;
            let text = said
                .ok()
                .and_then(|text| text.as_str().map(str::to_owned))
                .unwrap_or_default();
            if text.contains(words) {
                return Ok(());
            }
            if begun.elapsed() > PATIENCE {
                return Err(self
                    .in_vain(format!("{target} to say “{words}”; it says “{text}”"))
                    .await);
            }
            pause().await;
        }
    }

    /// What the page complained about since it was opened: errors, and what its policy forbade.
    ///
    /// # Errors
    /// Where the window is gone.
    pub async fn complaints(&self) -> Outcome<Vec<String>> {
        let said = self
            .run("return window.__complaints ?? [];", Vec::new())
            .await?;
        Ok(said
            .as_array()
            .into_iter()
            .flatten()
            .map(|text| text.as_str().unwrap_or_default().to_owned())
            .collect())
    }

    /// How many things of a test id can be seen.
    ///
    /// # Errors
    /// Where the window is gone.
    pub async fn count(&self, id: &str) -> Outcome<usize> {
        let script =
            "return document.querySelectorAll(`[data-testid=\"${arguments[0]}\"]`).length;";
        let count = self.run(script, vec![json!(id)]).await?;
        Ok(count
            .as_u64()
            .and_then(|count| usize::try_from(count).ok())
            .unwrap_or_default())
    }

    /// Presses keys on the page as a whole, such as `"\u{e009}z"` for Ctrl+Z.
    ///
    /// # Errors
    /// Where the window is gone.
    pub async fn keys(&self, keys: &str) -> Outcome {
        let active = self.client.active_element().await?;
        active.send_keys(keys).await?;
        Ok(())
    }

    /// Answers the next file dialogs with a path; nothing outside the window can be pressed by a test.
    ///
    /// # Errors
    /// Where the window is gone.
    pub async fn will_pick(&self, path: &Path) -> Outcome {
        self.run(
            "const path = arguments[0]; window.__perennialPick = () => path;",
            vec![json!(path)],
        )
        .await?;
        Ok(())
    }

    /// Goes to an address inside the application, such as `#/links`.
    ///
    /// # Errors
    /// Where the window is gone.
    pub async fn go(&self, address: &str) -> Outcome {
        self.run("window.location.hash = arguments[0];", vec![json!(address)])
            .await?;
        Ok(())
    }

    /// Runs a script in the page.
    ///
    /// # Errors
    /// Where it throws.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Outcome<Value> {
        Ok(self.client.execute(script, arguments).await?)
    }

    /// Waits until a script gives true.
    ///
    /// # Errors
    /// Where it does not in time.
    pub async fn until(&self, what: &str, script: &str) -> Outcome {
        let begun = Instant::now();
        while self.client.execute(script, Vec::new()).await? != Value::Bool(true) {
            if begun.elapsed() > PATIENCE {
                return Err(self.in_vain(what.to_owned()).await);
            }
            pause().await;
        }
        Ok(())
    }

    /// Waits until an area is shown, nothing in it is still being read, and it stands still.
    ///
    /// # Errors
    /// Where that does not come about in time.
    pub async fn settled(&self, area: &str) -> Outcome {
        let script = format!(
            "return document.querySelector('main')?.dataset.area === '{area}' && !document.querySelector('[aria-busy=\"true\"]');"
        );
        let begun = Instant::now();
        // What stands on it, and whether anything moves. A picture would tell as well, but not every way of painting
        // gives one.
        let stands = "return [document.body.innerHTML, document.getAnimations().filter((one) => one.playState === 'running').length];";
        let mut last = Value::Null;
        loop {
            self.until(&format!("the area {area} to be read"), &script)
                .await?;
            let now = self.run(stands, Vec::new()).await?;
            if now == last && now[1] == 0 {
                return Ok(());
            }
            if begun.elapsed() > PATIENCE {
                return Err(self
                    .in_vain(format!("the area {area} to stand still"))
                    .await);
            }
            last = now;
            pause().await;
        }
    }

    /// The text that can be seen.
    ///
    /// # Errors
    /// Where the window is gone.
    pub async fn text(&self) -> Outcome<String> {
        let text = self
            .client
            .execute("return document.body.innerText;", Vec::new())
            .await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Makes the page this wide and high.
    ///
    /// # Errors
    /// Where the window is gone.
    pub async fn resize(&self, width: u32, height: u32) -> Outcome {
        self.client.set_window_size(width, height).await?;
        // What the frame and the menu bar take is added.
        let script = "return [window.innerWidth, window.innerHeight];";
        let inner = self.run(script, Vec::new()).await?;
        let missing = |index: usize, wanted: u32| {
            u32::try_from(inner[index].as_u64().unwrap_or_default())
                .map_or(0, |got| wanted.saturating_sub(got))
        };
        self.client
            .set_window_size(width + missing(0, width), height + missing(1, height))
            .await?;
        Ok(())
    }

    /// Takes the pointer where nothing answers to it, so that nothing looks pointed at.
    ///
    /// # Errors
    /// Where the window is gone.
    pub async fn point_nowhere(&self) -> Outcome {
        let away = PointerAction::MoveTo {
            duration: None,
            x: 600.0,
            y: 2.0,
        };
        let pointer = MouseActions::new("mouse".to_owned()).then(away);
        Ok(self.client.perform_actions(pointer).await?)
    }

    /// Writes a picture of the page, once two in a row are the same: what is drawn on a canvas tells of itself by nothing
    /// else.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub async fn picture(&self, path: &Path) -> Outcome {
        let begun = Instant::now();
        let mut png = self.client.screenshot().await?;
        loop {
            let next = self.client.screenshot().await?;
            let same = next == png;
            png = next;
            if same || begun.elapsed() > PATIENCE {
                break;
            }
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, png)?;
        Ok(())
    }

    /// Closes the window as its owner would.
    ///
    /// # Errors
    /// Where it does not answer.
    pub async fn close(self) -> Outcome {
        Ok(self.client.close().await?)
    }

    async fn in_vain(&self, what: String) -> Trouble {
        let folder = told("PERENNIAL_PICTURES").unwrap_or_else(|_| PathBuf::from("."));
        // Each window has a port of its own, so one picture does not replace another.
        let picture = folder.join(format!("in-vain-{}.png", self.driver.port()));
        // The trouble itself is what matters; a window that is gone has no picture and no text.
        // Nor is one waited for that does not come.
        let _ = tokio::time::timeout(PATIENCE, self.picture(&picture)).await;
        let mut text = self.text().await.unwrap_or_default();
        for complaint in self.complaints().await.unwrap_or_default() {
            text = format!("{text}\n  the page complained: {complaint}");
        }
        Trouble::InVain {
            what,
            picture,
            text,
        }
    }
}

async fn pause() {
    tokio::time::sleep(Duration::from_millis(50)).await;
}
