import { say, sectionOf, swap } from '@theme/core';

/** Dialogs, menus and small things that any page may have. */

document.addEventListener('click', (event) => {
  const { target } = event;
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const opener = target.closest('[data-open]');
  const dialog = opener && document.getElementById(opener.dataset.open);
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
    dialog.querySelector('input[type="search"]')?.focus();
    return;
  }
  if (target.closest('[data-close]') || target.matches('dialog')) target.closest('dialog')?.close();
  const cover = target.closest('[data-video]');
  if (cover) play(event, cover);
  const share = target.closest('[data-share]');
  if (share) shareAddress(event, share);
  for (const menu of document.querySelectorAll('[data-closing][open]')) {
    if (!menu.contains(target)) menu.open = false;
  }
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const menu of document.querySelectorAll('[data-closing][open]')) {
    const hadFocus = menu.contains(document.activeElement);
    menu.open = false;
    if (hadFocus) menu.querySelector('summary').focus();
  }
});

const PLAYERS = {
  youtube: (id) => `https://www.youtube-nocookie.com/embed/${encodeURIComponent(id)}?autoplay=1`,
  vimeo: (id) => `https://player.vimeo.com/video/${encodeURIComponent(id)}?autoplay=1&dnt=1`,
};

function play(event, cover) {
  const { video, videoId, videoTitle } = cover.dataset;
  if (!PLAYERS[video]) return;
  event.preventDefault();
  const frame = document.createElement('iframe');
  frame.src = PLAYERS[video](videoId);
  frame.title = videoTitle;
  frame.allow = 'autoplay; fullscreen; picture-in-picture';
  frame.allowFullscreen = true;
  cover.replaceWith(frame);
  frame.focus();
}

async function shareAddress(event, { dataset }) {
  const { share: url, shareTitle: title, shareDone } = dataset;
  if (!navigator.share && !navigator.clipboard) return;
  event.preventDefault();
  try {
    if (navigator.share) return await navigator.share({ url, title });
    await navigator.clipboard.writeText(url);
    say(shareDone);
  } catch (error) {
    if (error.name !== 'AbortError') location.href = event.target.closest('a').href;
  }
}

function tick() {
  for (const clock of document.querySelectorAll('[data-countdown]')) {
    const left = Math.max(0, Number(clock.dataset.countdown) - Math.floor(Date.now() / 1000));
    const parts = {
      days: Math.floor(left / 86_400),
      hours: Math.floor(left / 3600) % 24,
      minutes: Math.floor(left / 60) % 60,
      seconds: left % 60,
    };
    for (const [name, value] of Object.entries(parts)) {
      clock.querySelector(`[data-part="${name}"]`).textContent = value;
    }
    if (left === 0) clock.hidden = true;
  }
}
if (document.querySelector('[data-countdown]')) setInterval(tick, 1000);

// What goes with a product is asked for when it comes near.
const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      related(target);
    }
  },
  { rootMargin: '400px' },
);
for (const place of document.querySelectorAll('[data-related]:not([data-done])')) near.observe(place);

async function related(place) {
  const { searchParams } = new URL(place.dataset.related, location.href);
  try {
    const html = await sectionOf(place.dataset.related, searchParams.get('section_id'));
    if (html) swap(place, html);
    place.dataset.done = '';
  } catch {
    // A page without them is a whole page.
  }
}

// A country that was chosen before stands in the list again.
for (const list of document.querySelectorAll('select[data-default]')) {
  const wanted = list.dataset.default;
  const found = [...list.options].find(({ value, text }) => value === wanted || text === wanted);
  if (wanted && found) list.value = found.value;
}
