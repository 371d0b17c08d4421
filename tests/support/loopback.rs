//! A server on this computer that answers as a test says, and misbehaves as a test says. One request a connection.

use std::{
    collections::BTreeMap,
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// Nothing a test serves takes longer.
const LONGEST: Duration = Duration::from_secs(20);

/// What was asked.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// GET, HEAD, POST …
    pub method: String,
    /// Without the query.
    pub path: String,
    /// Decoded.
    pub query: BTreeMap<String, String>,
    /// Names in lower case.
    pub headers: BTreeMap<String, String>,
    /// What was posted.
    pub body: String,
}

/// What is answered.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Ends the connection after so many bytes of the body.
    pub cut: Option<usize>,
    /// Waits before each byte of the body.
    pub drip: Option<Duration>,
    /// Sends the body so many times over, as one.
    pub times: usize,
}

impl Reply {
    /// A JSON answer.
    pub fn json(body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: 200,
            headers: Vec::new(),
            body: body.into(),
            cut: None,
            drip: None,
            times: 1,
        }
        .header("content-type", "application/json; charset=utf-8")
    }

    /// An answer that is only a status.
    pub fn status(status: u16) -> Self {
        let body = format!("{{\"message\":\"status {status}\",\"status\":{status}}}");
        Self {
            status,
            ..Self::json(body)
        }
    }

    /// The same with one more header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// The server; it ends when it is dropped.
pub struct Loopback {
    pub address: String,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Loopback {
    pub fn new(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let stop = Arc::new(AtomicBool::new(false));
        let (ending, answer) = (Arc::clone(&stop), Arc::new(answer));
        let thread = thread::spawn(move || {
            while !ending.load(Ordering::Relaxed) {
                match listener.accept() {
                    Ok((stream, _)) => {
                        let (answer, ending) = (Arc::clone(&answer), Arc::clone(&ending));
                        thread::spawn(move || serve(stream, &*answer, &ending));
                    }
                    Err(_) => thread::sleep(Duration::from_millis(1)),
                }
            }
        });
        Self {
            address,
            stop,
            thread: Some(thread),
        }
    }
}

impl Drop for Loopback {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(mut stream: TcpStream, answer: &dyn Fn(&Asked) -> Reply, ending: &AtomicBool) {
    let _ = stream.set_nonblocking(false);
    let _ = stream.set_read_timeout(Some(LONGEST));
    let Some(asked) = read(&mut stream) else {
        return;
    };
    let reply = answer(&asked);
    let mut head = format!(
        "HTTP/1.1 {} Said\r\nconnection: close\r\ncontent-length: {}\r\n",
        reply.status,
        reply.body.len() * reply.times
    );
    for (name, value) in &reply.headers {
        head = head + name + ": " + value + "\r\n";
    }
    head.push_str("\r\n");
    if stream.write_all(head.as_bytes()).is_err() {
        return;
    }
    let body = &reply.body[..reply.cut.unwrap_or(reply.body.len()).min(reply.body.len())];
    let Some(pause) = reply.drip else {
        for _ in 0..reply.times {
            if ending.load(Ordering::Relaxed) || stream.write_all(body).is_err() {
                return;
            }
        }
        return;
    };
    let begun = Instant::now();
    for byte in body {
        if ending.load(Ordering::Relaxed)
            || begun.elapsed() > LONGEST
            || stream.write_all(&[*byte]).is_err()
        {
            return;
        }
        thread::sleep(pause);
    }
}

fn read(stream: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 2048];
    while !bytes.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend_from_slice(&buffer[..count]),
        }
    }
    let end = bytes.windows(4).position(|end| end == b"\r\n\r\n")? + 4;
    let mut posted = bytes.split_off(end);
    let text = String::from_utf8_lossy(&bytes);
    let mut lines = text.lines();
    let mut first = lines.next()?.split(' ');
    let method = first.next()?.to_owned();
    let target = first.next()?.to_owned();
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let headers: BTreeMap<String, String> = lines
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let length = headers
        .get("content-length")
        .and_then(|length| length.parse().ok())
        .unwrap_or(0);
    while posted.len() < length {
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return None,
            Ok(count) => posted.extend_from_slice(&buffer[..count]),
        }
    }
    Some(Asked {
        method,
        path: path.to_owned(),
        query: form(query),
        headers,
        body: String::from_utf8_lossy(&posted).into_owned(),
    })
}

/// The fields of a query or a posted form.
pub fn form(text: &str) -> BTreeMap<String, String> {
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = tail.get(..2).filter(|_| *first == b'%');
        let byte = hex
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if let Some(byte) = byte {
            bytes.push(byte);
            rest = &tail[2..];
        } else {
            bytes.push(if *first == b'+' { b' ' } else { *first });
            rest = tail;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
