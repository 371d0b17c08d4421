//! One request under guard.

use super::{Auth, Base, Body, Credential, Http, HttpError, Limits, Request, body};
use reqwest::{
    Client, Response, StatusCode,
    header::{
        ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, DATE, HeaderMap,
        HeaderName, HeaderValue, LOCATION, RETRY_AFTER,
    },
    redirect,
};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use rustls_platform_verifier::BuilderVerifierExt as _;
use std::{
    error::Error,
    future::Future,
    sync::{Arc, mpsc},
    time::Duration,
};
use tokio::{runtime, time::timeout};
use url::Url;

/// Redirects followed for one request.
const REDIRECTS: usize = 3;
/// Bytes read of an answer that only explains a refusal.
const EXPLANATION: usize = 64 * 1024;
/// How soon a wish to stop is noticed.
const NOTICE: Duration = Duration::from_millis(50);

/// The guarded client of one connection: it sends the key to that connection's base address and nowhere else.
///
/// Proxy settings in the environment are not read: a variable set for another program must not route a key through
/// a third party. TLS is rustls with the certificates that the system trusts.
pub struct Guarded {
    base: Base,
    credential: Credential,
    limits: Limits,
    client: Client,
    // A thread of its own drives the sockets, so that callers may stand inside another runtime.
    runtime: Option<runtime::Runtime>,
}

impl Guarded {
    /// A client of a base address.
    ///
    /// # Errors
    /// Where the system's certificates cannot be read or no thread can be started.
    pub fn new(base: Base, credential: Credential, limits: Limits) -> Result<Self, HttpError> {
        let client = Client::builder()
            .user_agent(concat!("Perennial/", env!("CARGO_PKG_VERSION")))
            .tls_backend_preconfigured(tls(&base)?)
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .connect_timeout(limits.connect)
            .build()
            .map_err(|_| HttpError::Insecure("the client could not be set up".to_owned()))?;
        let runtime = runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("perennial-net")
            .enable_all()
            .build()
            .map_err(|error| {
                HttpError::Unreachable(format!("no thread for it: {}", error.kind()))
            })?;
        Ok(Self {
            base,
            credential,
            limits,
            client,
            runtime: Some(runtime),
        })
    }

    fn headers(&self, request: &Request) -> Result<HeaderMap, HttpError> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        for (name, value) in &request.headers {
            headers.insert(HeaderName::from_static(name), header(value)?);
        }
        let key = self.credential.expose();
        match &request.auth {
            Auth::Bearer => {
                headers.insert(AUTHORIZATION, header(&format!("Bearer {key}"))?);
            }
            Auth::Header(name) => {
                headers.insert(HeaderName::from_static(name), header(key)?);
            }
            // Set on the request itself, where they are encoded.
            Auth::Basic(_) | Auth::Form(_) => {}
        }
        Ok(headers)
    }

    fn exchange(
        &self,
        request: &Request,
    ) -> Result<impl Future<Output = Result<String, HttpError>> + Send + 'static, HttpError> {
        let (headers, request) = (self.headers(request)?, request.clone());
        let (client, base, credential, limits) = (
            self.client.clone(),
            self.base.clone(),
            self.credential.clone(),
            self.limits.clone(),
        );
        Ok(async move {
            let answer = follow(&client, &base, &credential, &request, headers, &limits).await?;
            read(answer, &limits, &credential).await
        })
    }
}

impl Http for Guarded {
    fn send(&self, request: &Request, stop: &dyn Fn() -> bool) -> Result<String, HttpError> {
        let exchange = self.exchange(request)?;
        let total = self.limits.total;
        let (sender, receiver) = mpsc::sync_channel(1);
        let Some(runtime) = &self.runtime else {
            return Err(HttpError::Stopped);
        };
        let task = runtime.spawn(async move {
            let answer = timeout(total, exchange)
                .await
                .unwrap_or(Err(HttpError::TimedOut("in all")));
            // Nobody waits any more where it was stopped.
            let _ = sender.send(answer);
        });
        loop {
            match receiver.recv_timeout(NOTICE) {
                Ok(answer) => return answer,
                Err(mpsc::RecvTimeoutError::Timeout) if stop() => {
                    task.abort();
                    return Err(HttpError::Stopped);
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => {
                    return Err(HttpError::BrokenOff("while waiting"));
                }
            }
        }
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        // Waiting for the thread is not allowed inside another runtime, and nothing is left to wait for.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn tls(base: &Base) -> Result<ClientConfig, HttpError> {
    let failed = |error: rustls::Error| HttpError::Insecure(error.to_string());
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(failed)?;
    if base.is_secure() {
        return Ok(builder
            .with_platform_verifier()
            .map_err(failed)?
            .with_no_client_auth());
    }
    // A plain loopback address never gets as far as a certificate: none is trusted.
    Ok(builder
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth())
}

fn header(value: &str) -> Result<HeaderValue, HttpError> {
    let mut value = HeaderValue::from_str(value).map_err(|_| {
        HttpError::Address("the key or a header holds characters that cannot be sent".to_owned())
    })?;
    value.set_sensitive(true);
    Ok(value)
}

async fn follow(
    client: &Client,
    base: &Base,
    credential: &Credential,
    request: &Request,
    headers: HeaderMap,
    limits: &Limits,
) -> Result<Response, HttpError> {
    let mut url = base.url(request)?;
    for _ in 0..=REDIRECTS {
        let answer = once(client, credential, request, &headers, url.clone(), limits).await?;
        if !answer.status().is_redirection() {
            return Ok(answer);
        }
        let location = answer
            .headers()
            .get(LOCATION)
            .and_then(|value| value.to_str().ok());
        url = base.redirect(answer.url(), location.unwrap_or_default())?;
    }
    Err(HttpError::Unreadable("it redirects without end"))
}

async fn once(
    client: &Client,
    credential: &Credential,
    request: &Request,
    headers: &HeaderMap,
    url: Url,
    limits: &Limits,
) -> Result<Response, HttpError> {
    let mut builder = match &request.body {
        Some(Body::Json(body)) => client
            .post(url)
            .header(CONTENT_TYPE, "application/json")
            .body(body.clone()),
        Some(Body::Form(fields)) => client
            .post(url)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form(fields, request, credential)),
        None => client.get(url),
    }
    .headers(headers.clone());
    if let Auth::Basic(user) = &request.auth {
        builder = builder.basic_auth(user, Some(credential.expose()));
    }
    let waiting = limits.connect + limits.idle;
    match timeout(waiting, builder.send()).await {
        Ok(answer) => answer.map_err(|error| sort(&error)),
        Err(_) => Err(HttpError::TimedOut("to begin its answer")),
    }
}

/// The fields of a form, the parts of the key first.
fn form(fields: &[(String, String)], request: &Request, credential: &Credential) -> String {
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    if let Auth::Form(names) = &request.auth {
        form.extend_pairs(names.iter().zip(credential.parts()));
    }
    form.extend_pairs(fields);
    form.finish()
}

async fn read(
    answer: Response,
    limits: &Limits,
    credential: &Credential,
) -> Result<String, HttpError> {
    let status = answer.status();
    if status == StatusCode::UNAUTHORIZED || status == StatusCode::FORBIDDEN {
        return Err(HttpError::SignIn(status.as_u16()));
    }
    let passing = [
        StatusCode::TOO_MANY_REQUESTS,
        StatusCode::REQUEST_TIMEOUT,
        StatusCode::TOO_EARLY,
    ];
    if status.is_server_error() || passing.contains(&status) {
        return Err(HttpError::Busy {
            status: status.as_u16(),
            retry_after: retry_after(answer.headers()),
        });
    }
    let kind = answer
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let is_json = is_json(kind);
    if !status.is_success() {
        let bytes = if is_json {
            collect(answer, limits, EXPLANATION)
                .await
                .unwrap_or_default()
        } else {
            Vec::new()
        };
        let says = credential.scrub(explanation(&bytes));
        return Err(HttpError::Refused {
            status: status.as_u16(),
            says,
        });
    }
    if !is_json {
        let kind = kind.split(';').next().unwrap_or_default().trim();
        let kind = if kind.is_empty() {
            "of no stated kind"
        } else {
            kind
        };
        return Err(HttpError::NotJson(kind.chars().take(60).collect()));
    }
    let text = body::text(collect(answer, limits, limits.bytes).await?)?;
    Ok(credential.scrub(text))
}

/// The body, unpacked, within the cap on both sides of the packing.
async fn collect(mut answer: Response, limits: &Limits, cap: usize) -> Result<Vec<u8>, HttpError> {
    let encoding = answer
        .headers()
        .get(CONTENT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("identity");
    let packed = match encoding.trim().to_ascii_lowercase().as_str() {
        "identity" | "" => false,
        "gzip" | "x-gzip" => true,
        _ => return Err(HttpError::Unreadable("its packing is not known")),
    };
    if answer
        .content_length()
        .is_some_and(|length| length > cap as u64)
    {
        return Err(body::too_large(cap));
    }
    let mut bytes = Vec::new();
    loop {
        let Ok(chunk) = timeout(limits.idle, answer.chunk()).await else {
            return Err(HttpError::TimedOut("between two bytes"));
        };
        let Some(chunk) = chunk.map_err(|error| sort(&error))? else {
            break;
        };
        if bytes.len() + chunk.len() > cap {
            return Err(body::too_large(cap));
        }
        bytes.extend_from_slice(&chunk);
    }
    if packed {
        body::gunzip(&bytes, cap)
    } else {
        Ok(bytes)
    }
}

/// What sort of failure it is. The client's own text is not passed on: it holds the address with its parameters.
fn sort(error: &reqwest::Error) -> HttpError {
    let (mut secure, mut reason) = (false, None);
    let mut cause = error.source();
    while let Some(inner) = cause {
        secure |= inner.is::<rustls::Error>();
        if let Some(io) = inner.downcast_ref::<std::io::Error>() {
            secure |= io
                .get_ref()
                .is_some_and(<dyn Error + Send + Sync>::is::<rustls::Error>);
            reason = Some(io.kind());
        }
        cause = inner.source();
    }
    if error.is_timeout() {
        return HttpError::TimedOut(if error.is_connect() {
            "to connect"
        } else {
            "to answer"
        });
    }
    if error.is_connect() {
        let reason = reason.map_or_else(|| "no connection".to_owned(), |kind| kind.to_string());
        return if secure {
            HttpError::Insecure("its certificate was not accepted".to_owned())
        } else {
            HttpError::Unreachable(reason)
        };
    }
    if error.is_body() || error.is_decode() {
        return HttpError::BrokenOff("in the middle of an answer");
    }
    HttpError::BrokenOff("before an answer")
}

fn is_json(content_type: &str) -> bool {
    let kind = content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

/// Seconds, or a date; a date is measured by the server's own clock, so that ours may be wrong.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
            .map(str::trim)
    };
    let wanted = text(RETRY_AFTER)?;
    if let Ok(seconds) = wanted.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = chrono::DateTime::parse_from_rfc2822(wanted).ok()?;
    let now = chrono::DateTime::parse_from_rfc2822(text(DATE)?).ok()?;
    Some((until - now).to_std().unwrap_or_default())
}

/// A network's own sentence about a refusal, shortened.
fn explanation(bytes: &[u8]) -> String {
    let message = std::str::from_utf8(bytes)
        .ok()
        .and_then(|text| crate::json::Json::parse(text).ok());
    let says = message
        .as_ref()
        .and_then(|json| json.text_at(&["message", "Message", "error", "detail"]));
    says.unwrap_or_default()
        .chars()
        .filter(|c| !c.is_control())
        .take(200)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_json_is_json() {
        for good in [
            "application/json",
            "application/json; charset=utf-8",
            "APPLICATION/problem+JSON",
        ] {
            assert!(is_json(good), "{good}");
        }
        for bad in [
            "",
            "text/html",
            "text/json",
            "application/jsonp",
            "application/octet-stream",
        ] {
            assert!(!is_json(bad), "{bad}");
        }
    }

    #[test]
    fn retry_after_is_read_by_the_servers_clock() {
        let mut headers = HeaderMap::new();
        headers.insert(
            RETRY_AFTER,
            HeaderValue::from_static("Wed, 21 Oct 2015 07:28:30 GMT"),
        );
        assert_eq!(retry_after(&headers), None);
        headers.insert(
            DATE,
            HeaderValue::from_static("Wed, 21 Oct 2015 07:28:00 GMT"),
        );
        assert_eq!(retry_after(&headers), Some(Duration::from_secs(30)));
        headers.insert(RETRY_AFTER, HeaderValue::from_static("12"));
        assert_eq!(retry_after(&headers), Some(Duration::from_secs(12)));
        headers.insert(RETRY_AFTER, HeaderValue::from_static("soon"));
        assert_eq!(retry_after(&headers), None);
    }
}
