// Finds what a person would point at: by its role and name, its label, its text or its test id. Gives the first one
// that can be seen, or null. Runs inside the window; `arguments` are how to find it, the role, and the words.
const [how, role, words, exact] = arguments;

const tidy = (text) => (text ?? '').replace(/\s+/g, ' ').trim();
const fits = (text) => {
  const found = tidy(text).toLowerCase();
  const wanted = words.toLowerCase();
  return exact ? found === wanted : found.includes(wanted);
};
const seen = (element) => {
  const box = element.getBoundingClientRect();
  if (box.width === 0 || box.height === 0) return false;
  const style = getComputedStyle(element);
  if (style.visibility === 'hidden' || style.display === 'none') return false;
  return !element.closest('[aria-hidden="true"], [inert]');
};
const roles = {
  button: 'button, [role="button"], input[type="submit"], summary',
  link: 'a[href], [role="link"]',
  heading: 'h1, h2, h3, h4, h5, h6, [role="heading"]',
  textbox: 'input:not([type]), input[type="text"], input[type="url"], input[type="search"], input[type="number"], input[type="email"], input[type="password"], textarea, [role="textbox"], [role="searchbox"], [contenteditable="true"]',
  checkbox: 'input[type="checkbox"], [role="checkbox"]',
  radio: 'input[type="radio"], [role="radio"]',
  switch: '[role="switch"]',
  slider: 'input[type="range"], [role="slider"]',
  combobox: 'select, [role="combobox"], button[aria-haspopup="listbox"]',
  option: 'option, [role="option"]',
  tab: '[role="tab"]',
  menuitem: '[role="menuitem"]',
  row: 'tr, [role="row"]',
  dialog: 'dialog, [role="dialog"], [role="alertdialog"]',
  status: '[role="status"], output, [aria-live]',
};
const byId = (ids) => tidy(ids.split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' '));
const name = (element) => {
  if (element.getAttribute('aria-labelledby')) return byId(element.getAttribute('aria-labelledby'));
  if (element.getAttribute('aria-label')) return element.getAttribute('aria-label');
  if (element.labels?.length) return [...element.labels].map((label) => label.textContent).join(' ');
  if (element.matches('input, textarea, select')) return element.placeholder || element.title || element.value;
  return element.textContent || element.title;
};

if (how === 'testid') {
  return [...document.querySelectorAll(`[data-testid="${CSS.escape(words)}"]`)].find(seen) ?? null;
}
if (how === 'role') {
  return [...document.querySelectorAll(roles[role] ?? `[role="${role}"]`)].find((e) => seen(e) && fits(name(e))) ?? null;
}
if (how === 'label') {
  const fields = 'input, textarea, select, [role="combobox"], [role="slider"], [role="checkbox"], [role="switch"], [role="textbox"]';
  return [...document.querySelectorAll(fields)].find((e) => seen(e) && fits(name(e))) ?? null;
}
// By text: the innermost element that has it.
const holders = [...document.body.querySelectorAll('*')].filter((e) => seen(e) && fits(e.textContent));
return holders.findLast((e) => ![...e.children].some((child) => seen(child) && fits(child.textContent))) ?? null;
