/** Starts a page to read: shows its print button, and its address for paper. */
export function start(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button.print')) {
    button.hidden = false
    button.addEventListener('click', () => print())
  }

  for (const place of document.querySelectorAll('.print-address'))
    place.textContent = location.origin + location.pathname
}
