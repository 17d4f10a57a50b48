/** What the other modules share. Pages work without any of them. */

/** Says something to everybody; `isQuiet` to those only who do not see the page. */
export function say(text, { isQuiet = false } = {}) {
  const place = document.querySelector('[data-said]');
  if (!place) return;
  // Within a modal dialog only what is inside of it is read aloud.
  const dialog = document.querySelector('dialog:modal');
  (dialog ?? document.body).append(place);
  place.classList.toggle('unseen', isQuiet);
  place.textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => {
    place.textContent = '';
  }, 5000);
}

/** The parts of a section as they are now, in place of what was there; where one was stays where one is. */
export function swap(section, html) {
  const made = new DOMParser().parseFromString(html, 'text/html');
  const focused = document.activeElement?.id;
  for (const part of section.querySelectorAll('[data-swap]')) {
    const fresh = made.querySelector(`[data-swap="${CSS.escape(part.dataset.swap)}"]`);
    if (!fresh) continue;
    part.replaceChildren(...fresh.childNodes);
    if (fresh.dataset.count !== undefined) part.dataset.count = fresh.dataset.count;
  }
  const isLost = focused && document.activeElement?.id !== focused;
  if (isLost) document.getElementById(focused)?.focus({ preventScroll: true });
  return made;
}

/** A section of a page, as HTML; undefined when another one was asked for meanwhile. */
export async function sectionOf(address, id, key = id) {
  running.get(key)?.abort();
  const control = new AbortController();
  running.set(key, control);
  const url = new URL(address, location.href);
  url.searchParams.set('section_id', id);
  try {
    const answer = await fetch(url, { signal: control.signal });
    if (!answer.ok) throw new Error(`${url.pathname} was answered with ${answer.status}`);
    return await answer.text();
  } catch (error) {
    if (error.name === 'AbortError') return undefined;
    throw error;
  }
}

/** Waits until nothing has happened for a while. */
export function later(work, milliseconds) {
  let timer;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...given), milliseconds);
  };
}

const running = new Map();
