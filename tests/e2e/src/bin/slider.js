// Moves the slider of refunds as a hand does, and keeps what each move took in `window.__slider`: sixteen moves alone, each
// until its figure and its chart are on the screen, and eight times eight quick moves, until the ranges of the last are there.
window.__slider = { figure: [], bands: [], frames: [], run: [], drawn: [], done: false, failed: null };
const times = window.__slider;
const seen = (id) => document.querySelector(`[data-testid="${id}"]`);
const slider = seen('slider-refund');
const total = seen('forecast-total');
const words = seen('forecast-words');
const rest = (time) => new Promise((done) => setTimeout(done, time));
/** The frame that shows a change is on the screen when the message after it arrives. */
const painted = () =>
  new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done();
    requestAnimationFrame(() => port2.postMessage(null));
  });
const until = (target, holds) =>
  new Promise((done) => {
    if (holds()) return done();
    const watcher = new MutationObserver(() => {
      if (!holds()) return;
      watcher.disconnect();
      done();
    });
    watcher.observe(target, { subtree: true, characterData: true, childList: true, attributes: true });
  });
const move = (steps) => {
  slider.value = String(Number(slider.value) + steps * Number(slider.step));
  slider.dispatchEvent(new Event('input', { bubbles: true }));
};
const drawn = () => words.dataset.drawn === 'true';
/** The curve of what is likely, as it is drawn. */
const curve = () =>
  [...seen('forecast-chart').querySelectorAll('svg path')].map((path) => path.getAttribute('d')).join();
/** How long the longest frame is until `over` ends: what blocks the window shows there. */
const longest = async (over) => {
  let [last, most, going] = [performance.now(), 0, true];
  const frame = () => {
    const now = performance.now();
    most = Math.max(most, now - last);
    last = now;
    if (going) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  await over();
  going = false;
  return most;
};
/** The commands by themselves, without the page: there, worked out, and back. */
const commands = async () => {
  const ask = (name, input) => window.__TAURI_INTERNALS__.invoke(name, { input });
  const { assumptions } = await ask('forecast_open', { program: null, months: 24 });
  for (let turn = 0; turn < 16; turn++) {
    let started = performance.now();
    await ask('forecast_run', assumptions);
    times.run.push(performance.now() - started);
    if (turn % 2) continue;
    started = performance.now();
    await ask('forecast_bands', { assumptions, paths: null, seed: null, job: `slider-${turn}` });
    times.drawn.push(performance.now() - started);
  }
};
(async () => {
  await until(words, drawn);
  for (let turn = 0; turn < 17; turn++) {
    const [before, shape] = [total.textContent, curve()];
    const started = performance.now();
    move(turn % 2 ? -16 : 16);
    await until(total, () => total.textContent !== before);
    await until(seen('forecast-chart'), () => curve() !== shape);
    await painted();
    // The first move pays for what is compiled then.
    if (turn) times.figure.push(performance.now() - started);
    await rest(60);
  }
  await until(words, drawn);
  for (let turn = 0; turn < 8; turn++) {
    let started = 0;
    const worst = await longest(async () => {
      for (let step = 0; step < 8; step++) {
        started = performance.now();
        move(turn % 2 ? -1 : 1);
        await rest(16);
      }
      await until(words, () => !drawn());
      await until(words, drawn);
      await painted();
    });
    times.bands.push(performance.now() - started);
    times.frames.push(worst);
  }
  await commands();
})()
  .catch((thrown) => {
    times.failed = String(thrown?.message ?? JSON.stringify(thrown));
  })
  .finally(() => {
    times.done = true;
  });
