//! What happens when Perennial is started: which book is meant, and what a second start does.
use std::sync::Arc;
use serde::{Serialize, Deserialize};
use tauri::{AppHandle, Emitter, Manager};
pub struct App;
#[derive(Serialize)]
pub struct Failure{code:String,message:String}
impl Failure { pub fn resource(c:&str,m:&str)->Self{Self{code:c.into(),message:m.into()}} pub fn hint(self,_:&str)->Self{self}}
#[derive(Deserialize)]
pub struct AboutIn{}
#[derive(Serialize)]
pub struct About{version:String}
pub fn about(_:&App,_:AboutIn)->Result<About,Failure>{Ok(About{version:"0".into()})}
pub fn shared()->Arc<App>{Arc::new(App)}
/// A second start brings the window forward and hands it the book that was asked for.
pub fn second_start(app: &AppHandle, arguments: Vec<String>, folder: String) {
    if let Some(window) = app.get_webview_window("main") {
        let _ = window.unminimize(); let _=window.set_focus();
    }
    if let Some(book) = arguments.get(1) {
        let _ = app.emit("open-book", std::path::Path::new(&folder).join(book));
    }
}
