/** Starts the page. */
export function start(): void {
  /** Pages to read: the button that prints them, and on paper where they stand. */
  for (const button of document.querySelectorAll<HTMLButtonElement>('button.print')) {
    button.hidden = false
    button.addEventListener('click', () => print())
  }

  for (const place of document.querySelectorAll('.print-address'))
    place.textContent = location.origin + location.pathname
}
