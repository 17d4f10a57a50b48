/** Takes needless space out of what a guest wrote. Others may add themselves to the filter `guestbook.text`. */
export function tidyText(text) {
  return text.replaceAll(/\s+/g, ' ').trim() || '-';
}
